"""The report of a round: what was frozen, as a reader meets it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from coachwork.assessment.models import FeedbackRound, RoundReport
from coachwork.assessment.queries.changes import Changes, changes
from coachwork.assessment.queries.pulses import frozen
from coachwork.assessment.queries.rounds import Asked, asked
from coachwork.engine import estimates
from coachwork.engine.estimates import SELF, SourceView
from coachwork.evidence.queries import LISTS, Sides
from coachwork.people.models import User

# A report is frozen: one of an older making may lack what was added since.
EMPTY: dict[str, Any] = {
    "framework": "",
    "own": {},
    "groups": [],
    "named": [],
    "withheld": [],
    "overall": None,
    "sides": None,
    "comments": {},
    "named_comments": {},
    "picks": [],
    "named_picks": [],
    "spread": None,
    "named_spread": [],
    "kept_back": False,
}
HARD, SEVERAL = 2.5, 3
NEVER = date.min  # a comparison asks for no day


@dataclass(frozen=True)
class Said:
    """What one group says about one thing, with the interval that follows from how many said it."""

    source: str
    value: float
    n: int
    bound: str
    low: float | None = None
    high: float | None = None

    @property
    def view(self) -> SourceView:
        """The same, as the engine compares it; made from what is shown and nothing else."""
        return SourceView(self.source, self.value, self.n, newest=NEVER, used=(),
                          low=self.low, high=self.high)  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One competency of the report."""

    asked: Asked
    own: float | None
    said: tuple[Said, ...]
    overall: Said | None
    items: tuple[tuple[str, tuple[Said, ...]], ...]  # the words of a behaviour, and who says what
    sign: int  # 1: others clearly higher than the client; -1: lower; 0: no clear difference

    @property
    def level(self) -> float:
        """What others say, for the order of a list."""
        if self.overall is not None:
            return self.overall.value
        return sum(one.value for one in self.said) / len(self.said) if self.said else 0


@dataclass(frozen=True)
class Report:
    """A released report."""

    row: RoundReport
    asked_in: FeedbackRound
    findings: tuple[Finding, ...]
    since: Changes

    @property
    def data(self) -> dict[str, Any]:
        return {**EMPTY, **self.row.shown}

    @property
    def strengths(self) -> list[Finding]:
        """The three that others see most, first."""
        seen = [one for one in self.findings if one.said]
        return sorted(seen, key=lambda one: -one.level)[:3]

    @property
    def higher(self) -> list[Finding]:
        """Others clearly see more than the client does, one by one."""
        return [one for one in self.findings if one.sign > 0]

    @property
    def lower(self) -> list[Finding]:
        """Others clearly see less."""
        return [one for one in self.findings if one.sign < 0]

    @property
    def is_hard(self) -> bool:
        """Whether it may weigh on somebody: others see little of most, or less in several."""
        levels = [one.level for one in self.findings if one.said]
        low = sum(level < HARD for level in levels)
        return low * 2 > len(levels) or len(self.lower) >= SEVERAL

    @property
    def sides(self) -> Sides | None:
        """The four lists as they were frozen; a report of an older making has none."""
        kept = self.data["sides"]
        if kept is None:
            return None
        by_code = {str(one.asked.competency.pk): one.asked.competency for one in self.findings}
        lists = {
            name: tuple(by_code[code] for code in kept[name] if code in by_code) for name in LISTS
        }
        return Sides(**lists, everywhere=kept["everywhere"])


def report(*, actor: User, asked_in: FeedbackRound) -> Report:
    """The frozen report of a round."""
    row = frozen(actor=actor, asked_in=asked_in)
    shown = {**EMPTY, **row.shown}
    findings = [_finding(one, shown) for one in asked(asked_in=asked_in)]
    since = changes(actor=actor, asked_in=asked_in, row=row)
    return Report(row, asked_in, tuple(findings), since)


def _finding(one: Asked, data: dict[str, Any]) -> Finding:
    code = str(one.competency.pk)
    views = [*data["named"], *data["groups"]]
    said = tuple(
        _said(view, "competencies", code) for view in views if code in view["competencies"]
    )
    own = data["own"].get(code)
    overall = (data["overall"] or {}).get(code)
    items = tuple(
        (
            behaviour.worded("text"),
            tuple(
                _said(view, "items", str(behaviour.pk))
                for view in views
                if str(behaviour.pk) in view["items"]
            ),
        )
        for behaviour in one.behaviours
    )
    return Finding(
        asked=one,
        own=own,
        said=said,
        overall=Said("all", overall["value"], overall["n"], overall["bound"]) if overall else None,
        items=items,
        sign=_sign(own, said),
    )


def _said(view: dict[str, Any], part: str, code: str) -> Said:
    value = view[part][code]
    around = estimates.margin(view["name"], value["n"])
    return Said(
        source=view["name"],
        value=value["value"],
        n=value["n"],
        bound=value["bound"],
        low=max(1.0, value["value"] - around),
        high=min(5.0, value["value"] + around),
    )


def _sign(own: float | None, said: tuple[Said, ...]) -> int:
    """Whether every group that differs clearly from the client differs the same way."""
    if own is None:
        return 0
    mine = SourceView(SELF, own, 1, newest=NEVER, used=())
    signs = {estimates.difference(mine, one.view).sign for one in said} - {0}
    return signs.pop() if len(signs) == 1 else 0
