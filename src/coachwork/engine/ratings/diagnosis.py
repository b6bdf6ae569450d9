"""What the makers of a framework want to know of it: plain figures of behaviours and competencies.

Everything is about many people at once, rounded, and left out below a minimum; nothing leads to a
client or a rater. Meanings: fit about 1 is good, .5 to 1.5 productive (Linacre); reliability 0 to
1; differential functioning in logits, with the classes A, B and C.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np

from coachwork.engine.ratings import fit
from coachwork.engine.ratings.calibration import Calibration
from coachwork.engine.ratings.partial_credit import Floats, Whole

FEWEST_ANSWERS: Final = 30  # to a behaviour
FEWEST_CLIENTS: Final = 30  # of a competency
SHARE: Final = 0.05  # shares of answers are told in steps of this
TENS: Final = 10  # counts are told in tens, downward
GOOD: Final = (0.5, 1.5)
RARE: Final = 0.05  # an answer that is used less than this is hardly used


@dataclass(frozen=True, slots=True)
class OfItem:
    """One behaviour: how hard it is (logits; higher is harder), its fit, and how answers are used.

    `shares` are of the answers from the lowest. Figures are None where too few answered.
    """

    item: str
    answers: int
    difficulty: float | None = None
    infit: float | None = None
    outfit: float | None = None
    shares: tuple[float, ...] = ()
    rises: bool | None = None
    ordered: bool | None = None


@dataclass(frozen=True, slots=True)
class OfSkill:
    """One competency: how well people are told apart in it; None below the minimum of clients."""

    skill: str
    clients: int
    reliability: float | None = None
    separation: float | None = None


@dataclass(frozen=True, slots=True)
class Between:
    """Whether two kinds of raters read behaviours alike; `items` are those that they do not."""

    first: str
    second: str
    raters: tuple[int, int]
    tested: bool
    items: tuple[tuple[str, float, str], ...] = ()  # the behaviour, by how much, and the class


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All that is told about a calibration."""

    items: tuple[OfItem, ...]
    skills: tuple[OfSkill, ...]
    between: tuple[Between, ...]

    def record(self) -> dict[str, Any]:
        """As plain values, for JSON."""
        return asdict(self)


def diagnosis(found: Calibration, *, pairs: tuple[tuple[str, str], ...]) -> Diagnosis:
    """The figures of a calibration; `pairs` are kinds of raters to compare."""
    left = fit.residuals(found)
    return Diagnosis(
        tuple(_items(found, left)), tuple(_skills(found)), tuple(_between(found, left, pairs))
    )


def _items(found: Calibration, left: fit.Residuals) -> list[OfItem]:
    squares = fit.fit(left, left.item, len(found.scale.items))
    rows = []
    for k, used in enumerate(fit.categories(found)):
        item, n = str(found.scale.items[k]), int(squares.answers[k])
        if n < FEWEST_ANSWERS:
            rows.append(OfItem(item, _tens(n)))
            continue
        steps = found.scale.thresholds[k][np.isfinite(found.scale.thresholds[k])]
        rows.append(
            OfItem(
                item,
                _tens(n),
                round(float(steps.mean()), 1),
                round(float(squares.infit[k]), 1),
                round(float(squares.outfit[k]), 1),
                tuple(_step(float(one) / n) for one in used.counts),
                used.rises,
                used.ordered,
            )
        )
    return rows


def _skills(found: Calibration) -> list[OfSkill]:
    skill = np.concatenate([one.skill for one in found.clients])
    client = np.concatenate([one.client for one in found.clients])
    mean = np.concatenate([one.mean for one in found.clients])
    sd = np.concatenate([one.sd for one in found.clients])
    rows = []
    for name in np.unique(skill):
        mine = skill == name
        n = len(np.unique(client[mine]))
        if n < FEWEST_CLIENTS:
            rows.append(OfSkill(str(name), _tens(n)))
            continue
        told = fit.reliability(mean[mine], sd[mine])
        rows.append(
            OfSkill(str(name), _tens(n), round(told.reliability, 1), round(told.separation, 1))
        )
    return rows


def _between(
    found: Calibration, left: fit.Residuals, pairs: tuple[tuple[str, str], ...]
) -> list[Between]:
    """The same test as between groups of clients, with raters in their place."""
    kinds = np.concatenate([one.kind for one in found.raters])
    many = _counts(kinds)
    rows = []
    for first, second in pairs:
        n = many.get(first, 0), many.get(second, 0)
        told = _tens(n[0]), _tens(n[1])
        if min(n) < fit.FEWEST:
            rows.append(Between(first, second, told, tested=False))
            continue
        by_rater = replace(left, client=left.rater)
        either = np.isin(kinds, (first, second)).astype(float)
        other = (kinds == second).astype(float)
        seen = fit.differences(by_rater, other, either, len(found.scale.items))
        items = tuple(
            (str(found.scale.items[one.item]), round(one.amount, 1), one.size)
            for one in seen
            if one.size != "A"
        )
        rows.append(Between(first, second, told, tested=True, items=items))
    return rows


def _counts(kinds: Any) -> Mapping[str, int]:
    names, many = np.unique(kinds, return_counts=True)
    counted: Whole = many
    return dict(zip((str(one) for one in names), counted.tolist(), strict=True))


def _tens(n: int) -> int:
    return n // TENS * TENS


def _step(share: float) -> float:
    found: Floats = np.round(np.asarray(share) / SHARE) * SHARE
    return round(float(found), 2)
