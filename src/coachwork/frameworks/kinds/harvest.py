"""What an importer brings back from a file: plain values, not yet in the database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from coachwork.frameworks.kinds.report import Report

Progress = Callable[[int, int], None]

LONGEST_URI = 200
LONGEST_NAME = 300
LONGEST_LABEL = 400


@dataclass(frozen=True)
class Wish:
    """What the person who brought the file said about it."""

    locale: str = "en"
    name: str = ""


class ConceptRow(NamedTuple):
    uri: str
    kind: str  # skill, knowledge, ability, activity, style, tool, occupation, group
    name: str
    description: str


class LabelRow(NamedTuple):
    uri: str
    kind: str  # preferred, other, hidden
    text: str


class RelationRow(NamedTuple):
    origin: str
    target: str
    kind: str


class RatingRow(NamedTuple):
    occupation: str
    element: str
    importance: str  # a number as text, or nothing
    level: str
    suppressed: bool
    not_relevant: bool


@dataclass
class CatalogueHarvest:
    """One release of a catalogue, or a part of it.

    `complete` names the kinds of concept of which the whole list was there: what is known of such
    a kind and not in the list has left the catalogue. `related` does the same for relations.
    """

    source: str
    release: str
    locale: str
    attribution: str
    concepts: dict[str, ConceptRow] = field(default_factory=dict)
    labels: dict[tuple[str, str], LabelRow] = field(default_factory=dict)
    relations: dict[RelationRow, None] = field(default_factory=dict)  # in the order of the source
    ratings: dict[tuple[str, str], RatingRow] = field(default_factory=dict)
    complete: set[str] = field(default_factory=set)
    related: set[tuple[str, str]] = field(default_factory=set)  # (kind of origin, kind)
    rated: bool = False
    target_source: str = ""  # of a crosswalk: the catalogue that its relations point into

    def add_label(self, report: Report, uri: str, kind: str, text: str, *, where: str = "") -> None:
        """Keep one name of a concept; the preferred one wins over the same text as another."""
        text = " ".join(text.split())
        if not text:
            return
        if len(text) > LONGEST_LABEL:
            report.skip("label_too_long", where or text[:80])
            return
        known = self.labels.get((uri, text))
        if known is None or (kind == "preferred" and known.kind != "preferred"):
            self.labels[uri, text] = LabelRow(uri, kind, text)


@dataclass
class BehaviourDraft:
    code: str
    text: str
    eligible_360: bool = True


@dataclass
class CompetencyDraft:
    code: str
    name: str
    group: str = ""
    description: str = ""
    observable_by_others: bool = True
    uri: str = ""
    behaviours: list[BehaviourDraft] = field(default_factory=list)
    anchors: dict[int, str] = field(default_factory=dict)


@dataclass
class TargetDraft:
    code: str
    level: Decimal
    importance: int


@dataclass
class RoleDraft:
    title: str
    targets: list[TargetDraft] = field(default_factory=list)


@dataclass
class FrameworkDraft:
    """A framework as a file describes it."""

    slug: str
    name: str
    locale: str = "en"
    description: str = ""
    source: str = "csv"
    release: str = ""
    version: int | None = None  # where the source itself says which
    licence: str = ""
    attribution: str = ""
    competencies: list[CompetencyDraft] = field(default_factory=list)
    roles: list[RoleDraft] = field(default_factory=list)

    def by_code(self) -> dict[str, CompetencyDraft]:
        return {competency.code: competency for competency in self.competencies}

    def __iter__(self) -> Iterator[CompetencyDraft]:
        return iter(self.competencies)


@dataclass
class Harvest:
    """Everything one file gave: a catalogue, a framework, or both."""

    catalogue: CatalogueHarvest | None = None
    framework: FrameworkDraft | None = None
