"""Self-assessments: the drafts to go on with, one screen of a form, and what the mirror shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Max, Prefetch, QuerySet

from coachwork.assessment.models import SelfAssessment, SelfRating
from coachwork.evidence import queries as evidence
from coachwork.evidence.models import Aim
from coachwork.frameworks.models import Anchor, Competency
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User

STRENGTHS_SHOWN = 3


@dataclass(frozen=True)
class Screen:
    """One competency of a form: the answer about the whole, and those about its behaviours."""

    assessment: SelfAssessment
    competency: Competency
    position: int
    positions: int
    whole: SelfRating
    behaviours: tuple[SelfRating, ...]

    @property
    def ratings(self) -> tuple[SelfRating, ...]:
        """What is asked on the level scale."""
        return self.behaviours or (self.whole,)


@dataclass(frozen=True)
class Reflection:
    """One competency in the mirror."""

    competency: Competency
    level: float | None
    whole: SelfRating

    @property
    def is_sure(self) -> bool:
        """Said with an example, and not with low confidence."""
        return bool(self.whole.example) and self.whole.confidence != SelfRating.Confidence.LOW


@dataclass(frozen=True)
class Mirror:
    """What a self-assessment shows its person: strengths first, then what is unsure."""

    assessment: SelfAssessment
    all: tuple[Reflection, ...]  # in the order of the form
    strengths: tuple[Reflection, ...]
    unsure: tuple[Reflection, ...]
    other: tuple[Reflection, ...]
    not_seen: tuple[Reflection, ...]
    not_asked: tuple[Reflection, ...] = ()  # of an adaptive form: what the role asks little of

    @property
    def reviewed(self) -> tuple[Reflection, ...]:
        """What there is to look over before it is handed in."""
        return tuple(one for one in self.all if one not in self.not_asked)

    @property
    def nothing_seen(self) -> bool:
        return len(self.not_seen) + len(self.not_asked) == len(self.all)


def assessments(*, actor: User, client: Client, limit: int = 50) -> list[SelfAssessment]:
    """The client's self-assessments, the newest first."""
    rows = _visible(actor=actor, client=client).select_related("framework", "aim")
    return list(rows.order_by("-pk")[:limit])


def drafts(*, actor: User, client: Client) -> list[SelfAssessment]:
    """Those that were begun and can be gone on with, with how far they got."""
    rows = _visible(actor=actor, client=client).filter(state=SelfAssessment.State.DRAFT)
    ratings = SelfRating.objects.order_by("position").only(
        "assessment_id", "client_id", "position", "answered_at", "behaviour_id"
    )
    rows = rows.prefetch_related(Prefetch("ratings", queryset=ratings)).order_by("-pk")
    return list(rows.select_related("aim")[:10])


def assessment(*, actor: User, client: Client, assessment_id: UUID) -> SelfAssessment:
    """One self-assessment of this client."""
    return (
        _visible(actor=actor, client=client)
        .select_related("framework", "aim")
        .get(pk=assessment_id)
    )


def screen(*, actor: User, client: Client, assessment_id: UUID, position: int) -> Screen:
    """The screen at this position, counted from 1."""
    found = assessment(actor=actor, client=client, assessment_id=assessment_id)
    anchors = Prefetch("competency__anchors", queryset=Anchor.objects.order_by("level"))
    rows = list(
        found.ratings.filter(position=position)
        .select_related("competency", "behaviour")
        .prefetch_related(anchors)
        .order_by("behaviour__position")
    )
    whole = next((row for row in rows if row.behaviour_id is None), None)
    if whole is None:
        raise SelfRating.DoesNotExist
    last = found.ratings.aggregate(last=Max("position"))["last"]
    behaviours = tuple(row for row in rows if row.behaviour_id is not None)
    return Screen(found, whole.competency, position, last, whole, behaviours)


def next_position(*, actor: User, assessment: SelfAssessment) -> int:
    """The first screen without an answer, or the last one."""
    rows = SelfRating.objects.filter(
        access.visible(actor, Thing.ASSESSMENT, client=assessment.client), assessment=assessment
    )
    places = list(rows.values_list("position", "answered_at").order_by("position"))
    open_ones = [position for position, answered in places if answered is None]
    return open_ones[0] if open_ones else max((place for place, _at in places), default=1)


def mirror(*, actor: User, client: Client, assessment_id: UUID) -> Mirror:
    """What the answers show: the strongest with examples, what is unsure, what was not seen."""
    found = assessment(actor=actor, client=client, assessment_id=assessment_id)
    rows = list(found.ratings.select_related("competency").order_by("position"))
    seen = [_reflection(row, rows) for row in rows if row.behaviour_id is None]
    rated = [one for one in seen if one.level is not None]
    ranked = sorted(rated, key=lambda one: (-(one.level or 0), not one.is_sure))
    strengths = tuple(ranked[:STRENGTHS_SHOWN])
    rest = [one for one in rated if one not in strengths]
    is_adaptive = found.depth == SelfAssessment.Depth.ADAPTIVE
    unrated = [one for one in seen if one.level is None]
    skipped = [one for one in unrated if is_adaptive and not _was_asked(one, rows)]
    return Mirror(
        assessment=found,
        all=tuple(seen),
        strengths=strengths,
        unsure=tuple(one for one in rest if not one.is_sure),
        other=tuple(one for one in rest if one.is_sure),
        not_seen=tuple(one for one in unrated if one not in skipped),
        not_asked=tuple(skipped),
    )


@dataclass(frozen=True)
class Group:
    """A group of the framework: one sitting of the full form."""

    name: str  # in the language of the framework, which is what a draft keeps
    title: str  # in the reader's language
    count: int
    done: bool = False  # handed in once


def groups(*, actor: User, client: Client, aim: Aim | None) -> list[Group]:
    """The groups of the client's framework, in order, and which of them were handed in."""
    rows = evidence.neighbours(actor=actor, aim=aim)
    handed_in = _visible(actor=actor, client=client).exclude(state=SelfAssessment.State.DRAFT)
    done = set(handed_in.exclude(part="").values_list("part", flat=True))
    found: dict[str, list[Competency]] = {}
    for row in rows:
        found.setdefault(row.group, []).append(row)
    return [
        Group(name, members[0].worded("group"), len(members), name in done)
        for name, members in found.items()
        if name
    ]


def in_group(*, actor: User, client: Client, group: str) -> list[Competency]:
    """The competencies of one group of the client's framework."""
    aim = evidence.aim(actor=actor, client=client)
    rows = evidence.neighbours(actor=actor, aim=aim)
    return [row for row in rows if row.group == group]


def _visible(*, actor: User, client: Client) -> QuerySet[SelfAssessment]:
    return SelfAssessment.objects.filter(access.visible(actor, Thing.ASSESSMENT, client=client))


def _was_asked(one: Reflection, rows: Sequence[SelfRating]) -> bool:
    mine = [row for row in rows if row.competency_id == one.whole.competency_id]
    return any(row.answered_at is not None for row in mine)


def _reflection(whole: SelfRating, rows: Sequence[SelfRating]) -> Reflection:
    """The answer about the whole; where only behaviours were asked, their mean."""
    levels = [
        row.level
        for row in rows
        if row.competency_id == whole.competency_id and row.level is not None
    ]
    level = sum(levels) / len(levels) if levels else None
    return Reflection(whole.competency, level, whole)
