"""How far a person stands from what a role asks, in which order to look, and what it suggests.

The order is a plain sort that anybody can redo by hand: how much it matters to the role, then the
gap in half steps, then the person's energy for it. It is never a product score. Levels are floats
on the 1-5 scale; gaps are counted in half steps and are never negative.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from coachwork.engine.estimates import NEARLY, STRONG, LevelEstimate, Rule, SourceView, sides

GAP: Final = Rule("gap", 1)
ORDER: Final = Rule("gap-order", 1)
FOUR_LISTS: Final = Rule("four-lists", 2)

ENOUGH_SOURCES: Final = 2
DEPENDABLE: Final = 3.0

USE_STRENGTH: Final = "use_strength"
GATHER_EVIDENCE: Final = "gather_evidence"

AGREED: Final = "agreed"
OWN_VIEW: Final = "own_view"
NOTHING: Final = "nothing"


@dataclass(frozen=True, slots=True)
class Standing:
    """One competency of an aim: what it asks, and where the person stands.

    `level` is the agreed level; where there is none yet, the person's own view, and `basis` says
    which. `sources` counts the sources whose evidence counts now.
    """

    competency: str
    target: float
    importance: int  # 1 to 3, 3 matters most
    level: float | None = None
    basis: str = NOTHING
    sources: int = 0
    energy: int | None = None  # 1 to 5
    position: int = 0  # in the aim; settles what is otherwise equal


@dataclass(frozen=True, slots=True)
class Gap:
    """A standing with its gap, its place, and what is suggested where nothing was decided.

    `half_steps` is None where no level is known. `place` is the key of the reason for its place:
    first, importance, gap, energy, order (what settled it against the row above), evidence (below
    the rows with evidence).
    """

    standing: Standing
    half_steps: int | None
    suggestion: str
    place: str
    rule: Rule = GAP
    order: Rule = ORDER

    @property
    def at_target(self) -> bool:
        """At or above what the role asks."""
        return self.half_steps == 0


@dataclass(frozen=True, slots=True)
class FourLists:
    """Competencies by what the person and others see in them; only credible differences count."""

    agreed_strengths: tuple[str, ...] = ()
    hidden_strengths: tuple[str, ...] = ()
    possible_blind_spots: tuple[str, ...] = ()
    agreed_needs: tuple[str, ...] = ()
    everywhere: int = 0  # 1 where the person sees credibly more in everything, -1 where less
    rule: Rule = FOUR_LISTS


def half_steps(*, level: float | None, target: float) -> int | None:
    """The half steps from the level up to the target; 0 at or above it."""
    if level is None:
        return None
    return max(0, math.ceil((target - level) * 2 - NEARLY))


def ordered(standings: Iterable[Standing]) -> list[Gap]:
    """The gaps in the order in which to look at them, each with the reason for its place."""
    rows = sorted(standings, key=_key)
    gaps: list[Gap] = []
    for above, row in zip([None, *rows], rows, strict=False):
        steps = half_steps(level=row.level, target=row.target)
        gaps.append(Gap(row, steps, suggestion(row), _place(above, row)))
    return gaps


def suggestion(standing: Standing) -> str:
    """What to do where nothing was decided: use a strength, look closer, or nothing in particular.

    A level that the person agreed to counts by itself; their own view alone asks for a second one.
    """
    reached = half_steps(level=standing.level, target=standing.target) == 0
    if reached and standing.basis == AGREED:
        return USE_STRENGTH
    if standing.sources < ENOUGH_SOURCES:
        return GATHER_EVIDENCE
    return USE_STRENGTH if reached else ""


def four_lists(seen: Sequence[tuple[str, float | None, LevelEstimate]]) -> FourLists:
    """Sort competencies, given as (name, target or None, estimate), into the four lists.

    A hidden strength: others see credibly more than the person does, beside what that person adds
    or takes off everywhere. A possible blind spot: credibly less, and below the target. Of the
    rest, what all see at or above the target is an agreed strength, what all see below it an agreed
    need. Without a target strong counts as there, and less than dependable as a need.
    """
    found = sides(seen)
    kinds = [
        (name, _list_of(estimate, target, found.signs.get(name))) for name, target, estimate in seen
    ]

    def of(kind: str) -> tuple[str, ...]:
        return tuple(name for name, found in kinds if found == kind)

    return FourLists(
        agreed_strengths=of("agreed_strengths"),
        hidden_strengths=of("hidden_strengths"),
        possible_blind_spots=of("possible_blind_spots"),
        agreed_needs=of("agreed_needs"),
        everywhere=found.everywhere,
    )


def _list_of(estimate: LevelEstimate, target: float | None, sign: int | None) -> str:
    own, others = estimate.own, estimate.others
    if own is None or not others:
        return ""
    if sign:
        return "hidden_strengths" if sign < 0 else "possible_blind_spots"
    views: tuple[SourceView, ...] = (own, *others)
    if all(view.mean >= (target or STRONG) for view in views):
        return "agreed_strengths"
    return "agreed_needs" if all(view.mean < (target or DEPENDABLE) for view in views) else ""


def _key(row: Standing) -> tuple[bool, int, int, int, int]:
    steps = half_steps(level=row.level, target=row.target)
    unknown = row.sources < ENOUGH_SOURCES
    return (unknown, -row.importance, -(steps or 0), -(row.energy or 0), row.position)


def _place(above: Standing | None, row: Standing) -> str:
    if row.sources < ENOUGH_SOURCES:
        return "evidence"
    if above is None:
        return "first"
    names = ("evidence", "importance", "gap", "energy", "order")
    pairs = zip(names, _key(above), _key(row), strict=True)
    return next(name for name, before, mine in pairs if before != mine or name == "order")
