"""What raters said, the rules, and what comes out of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

MERGED: Final = "other"  # small groups go in here, together with the other colleagues themselves
ATTRIBUTABLE: Final = "manager"  # told before the first question that this view carries a name
TOO_FEW, TOO_CLOSE = "too_few", "too_close"
LOWER, HIGHER = "or_lower", "or_higher"
RULE: Final = "anonymity/1"

Sets = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """How many there must be. `step` is for reading; 0 gives exact means, for tests alone."""

    least: int = 3  # raters in a group, in a competency, and behind comments
    least_item: int = 5  # raters behind the value of one question
    low: float = 1.5  # a group mean beyond these would show that everybody said the same
    high: float = 4.5
    step: float = 0.5


RULES: Final = Rules()


@dataclass(frozen=True, slots=True)
class Reply:
    """What one rater said; a question that they could not judge is simply not there.

    `rater` is a pseudonym that stays the same in all releases that are compared.
    """

    rater: str
    group: str
    scores: Mapping[str, int]
    comments: Mapping[str, str] = field(default_factory=dict)
    picks: tuple[str, ...] = ()  # the competencies that would help most, two at most


class Cell(NamedTuple):
    """Replies that are shown as one."""

    name: str
    groups: tuple[str, ...]
    replies: tuple[Reply, ...]

    @property
    def raters(self) -> frozenset[str]:
        return frozenset(reply.rater for reply in self.replies)


@dataclass(frozen=True, slots=True)
class Picks:
    """How many of a group picked what; None is everybody, or everybody but one."""

    name: str
    groups: tuple[str, ...]
    n: int
    counts: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Value:
    """A mean as it may be shown; `bound` says that it is that value or beyond it."""

    value: float
    n: int
    bound: str = ""


@dataclass(frozen=True, slots=True)
class GroupView:
    """What one group says; `groups` are the kinds of raters in it, more than one where merged."""

    name: str
    groups: tuple[str, ...]
    n: int
    competencies: Mapping[str, Value]
    items: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A group of which nothing is shown, and why."""

    group: str
    reason: str


@dataclass(frozen=True, slots=True)
class Published:
    """Who stands behind what was shown: kept from all readers, and asked at the next release."""

    cells: Sets = ()
    columns: Mapping[str, Sets] = field(default_factory=dict)
    comments: Mapping[str, Sets] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Release:
    """Everything that may be shown, and the record of whom it was made from."""

    groups: tuple[GroupView, ...]
    named: tuple[GroupView, ...]  # views that carry a name: the manager's
    withheld: tuple[Withheld, ...]
    overall: Mapping[str, Value] | None  # None where somebody's answers are in no shown group
    comments: Mapping[str, tuple[str, ...]]
    named_comments: Mapping[str, tuple[str, ...]]
    picks: tuple[Picks, ...]
    named_picks: tuple[str, ...]
    published: Published
