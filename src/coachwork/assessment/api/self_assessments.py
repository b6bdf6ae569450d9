"""Self-assessments: begin, answer screen by screen, hand in."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext as _
from ninja import Path, Router
from ninja.responses import Status
from pydantic import Field

from coachwork.assessment import actions, queries
from coachwork.assessment.models import SelfAssessment, SelfRating
from coachwork.frameworks.api import competency_of
from coachwork.kit.api import In, Out, Page, Text, one_of
from coachwork.kit.errors import Invalid
from coachwork.people.access import Request
from coachwork.people.api import Asked, opens, record_of
from coachwork.people.models import Scope, Visibility

AssessmentState = Annotated[SelfAssessment.State, one_of(SelfAssessment.State)]
router = Router(tags=["Self-assessment"], auth=opens(Scope.READ))
writes = opens(Scope.ASSESSMENT)
Rating = Annotated[int, Field(ge=1, le=5)]
Position = Annotated[int, Path(ge=1, le=1000)]
ADDRESS = "/self-assessments"


class AssessmentOut(Out):
    """A self-assessment: a draft, handed in, or replaced by a later one."""

    id: UUID
    depth: SelfAssessment.Depth
    purpose: SelfAssessment.Purpose
    state: AssessmentState
    part: str
    at: datetime
    submitted_at: datetime | None
    visibility: Visibility


class RatingOut(Out):
    """One answer; without a behaviour it is about the competency as a whole."""

    behaviour: UUID | None
    level: int | None
    not_seen: bool


class ScreenOut(Out):
    """One competency of the form: what was answered, and what each level looks like."""

    assessment: UUID
    position: int
    positions: int
    competency: UUID
    name: str
    anchors: dict[int, str]
    ratings: list[RatingOut]
    confidence: str
    example: str
    example_on: date | None
    answered_at: datetime | None


class StartIn(In):
    """How deep to look. Without competencies, those of the open aim."""

    depth: SelfAssessment.Depth
    purpose: SelfAssessment.Purpose | None = None
    competencies: Annotated[list[UUID], Field(min_length=1, max_length=60)] | None = None


class RatingIn(In):
    """One answer: a level, or “not seen”."""

    behaviour: UUID | None = None
    level: Rating | None = None
    not_seen: bool = False


class ScreenIn(In):
    """The answers of one screen."""

    ratings: Annotated[list[RatingIn], Field(min_length=1, max_length=20)]
    confidence: SelfRating.Confidence | None = None
    example: Text = ""
    example_on: date | None = None


class AnswerIn(In):
    """A level, or “not seen”, or neither."""

    level: Rating | None = None
    not_seen: bool = False


class SkillOut(Out):
    """One competency of an adaptive form. `stopped` says why no more is asked about it.

    precise, little_left, most or none_left; empty where there is more to ask.
    """

    competency: UUID
    position: int
    asked: int
    of: int
    stopped: str
    offered: bool


class NextOut(Out):
    """The behaviour to ask next, if any, and where each competency stands."""

    competency: UUID | None
    behaviour: UUID | None
    text: str
    skills: list[SkillOut]


class SubmitIn(In):
    """Who may read it; without it, as new items start."""

    visibility: Visibility | None = None


@router.get(ADDRESS, response=Page[AssessmentOut], summary="Self-assessments, newest first")
def assessments(request: Request, client: Asked = None) -> Page[AssessmentOut]:
    """Drafts and those that were handed in."""
    rows = queries.assessments(actor=request.user, client=record_of(request, client))
    return Page[AssessmentOut](items=[_shown(row) for row in rows])


@router.post(ADDRESS, response={201: AssessmentOut}, auth=writes, summary="Begin")
def start(request: Request, body: StartIn) -> Status[Out]:
    """Begin, or go on with the draft of the same depth."""
    asked = body.competencies
    made = actions.start_self_assessment(
        actor=request.user,
        client=record_of(request),
        depth=body.depth,
        purpose=body.purpose or "",
        competencies=[competency_of(request, one, "competencies") for one in asked or ()] or None,
        at=now(),
    )
    return Status(201, _shown(made))


@router.get(f"{ADDRESS}/{{uuid:assessment_id}}", response=AssessmentOut, summary="One of them")
def assessment(request: Request, assessment_id: UUID, client: Asked = None) -> Out:
    """One self-assessment."""
    return _shown(_found(request, assessment_id, client))


@router.delete(
    f"{ADDRESS}/{{uuid:assessment_id}}",
    response={204: None},
    auth=writes,
    summary="Throw a draft away",
)
def discard(request: Request, assessment_id: UUID) -> Status[None]:
    """Throw a draft away; what was handed in stays."""
    actions.discard(actor=request.user, assessment=_found(request, assessment_id))
    return Status(204, None)


@router.get(
    f"{ADDRESS}/{{uuid:assessment_id}}/screens/{{int:position}}",
    response=ScreenOut,
    summary="One screen",
)
def screen(request: Request, assessment_id: UUID, position: Position, client: Asked = None) -> Out:
    """One competency of the form, counted from 1."""
    return _screen(_on(request, assessment_id, position, client))


@router.put(
    f"{ADDRESS}/{{uuid:assessment_id}}/screens/{{int:position}}",
    response=ScreenOut,
    auth=writes,
    summary="Answer a screen",
)
def answer(request: Request, assessment_id: UUID, position: Position, body: ScreenIn) -> Out:
    """Keep the answers of one screen; sending them again changes nothing."""
    found = _on(request, assessment_id, position)
    actions.answer(
        actor=request.user,
        assessment=found.assessment,
        whole=found.whole,
        answers=_answers(found, body.ratings),
        confidence=body.confidence or "",
        example=body.example,
        example_on=body.example_on,
        at=now(),
    )
    return _screen(_on(request, assessment_id, position))


@router.get(f"{ADDRESS}/{{uuid:assessment_id}}/next", response=NextOut, summary="What to ask next")
def next_question(request: Request, assessment_id: UUID, client: Asked = None) -> Out:
    """Of an adaptive form: the behaviour to ask next, and why each competency stopped."""
    return _next(_asking(request, assessment_id, client))


@router.put(
    f"{ADDRESS}/{{uuid:assessment_id}}/answers/{{uuid:behaviour_id}}",
    response=NextOut,
    auth=writes,
    summary="Answer one behaviour of an adaptive form",
)
def answer_question(
    request: Request, assessment_id: UUID, behaviour_id: UUID, body: AnswerIn
) -> Out:
    """Keep one answer; an empty one leaves the question out. Tells what to ask next."""
    found = _asking(request, assessment_id)
    rows = [row for skill in found.skills for row in skill.behaviours]
    row = next((row for row in rows if row.behaviour_id == behaviour_id), None)
    if row is None:
        raise SelfRating.DoesNotExist
    given = actions.Answer(row, body.level, body.not_seen)
    actions.answer_question(actor=request.user, assessment=found.assessment, given=given, at=now())
    return _next(_asking(request, assessment_id))


@router.post(
    f"{ADDRESS}/{{uuid:assessment_id}}/submission",
    response={200: AssessmentOut},
    auth=writes,
    summary="Hand it in",
)
def submit(request: Request, assessment_id: UUID, body: SubmitIn) -> Out:
    """Hand it in: the answers become evidence, once."""
    found = _found(request, assessment_id)
    return _shown(
        actions.submit(actor=request.user, assessment=found, visibility=body.visibility, at=now())
    )


def _found(request: Request, assessment_id: UUID, client: UUID | None = None) -> SelfAssessment:
    owner = record_of(request, client)
    return queries.assessment(actor=request.user, client=owner, assessment_id=assessment_id)


def _on(
    request: Request, assessment_id: UUID, position: int, client: UUID | None = None
) -> queries.Screen:
    owner = record_of(request, client)
    return queries.screen(
        actor=request.user, client=owner, assessment_id=assessment_id, position=position
    )


def _answers(found: queries.Screen, given: list[RatingIn]) -> list[actions.Answer]:
    asked = {rating.behaviour_id: rating for rating in found.ratings}
    answers = []
    for one in given:
        rating = asked.get(one.behaviour)
        if rating is None:
            raise Invalid({"ratings": _("This is not asked on this screen.")})
        answers.append(actions.Answer(rating, one.level, one.not_seen))
    return answers


def _asking(request: Request, assessment_id: UUID, client: UUID | None = None) -> queries.Asking:
    owner = record_of(request, client)
    return queries.asking(actor=request.user, client=owner, assessment_id=assessment_id)


def _next(found: queries.Asking) -> NextOut:
    open_ones = [one for one in found.core if one.next is not None and not one.is_closed]
    row = open_ones[0].next if open_ones else None
    return NextOut(
        competency=row.competency_id if row else None,
        behaviour=row.behaviour_id if row else None,
        text=row.behaviour.worded("text") if row and row.behaviour else "",
        skills=[
            SkillOut(
                competency=one.whole.competency_id,
                position=one.whole.position,
                asked=one.answered,
                of=len(one.behaviours),
                stopped=one.stopped or "",
                offered=one.is_offered,
            )
            for one in found.skills
        ],
    )


def _shown(row: SelfAssessment) -> AssessmentOut:
    return AssessmentOut(
        id=row.pk,
        depth=SelfAssessment.Depth(row.depth),
        purpose=SelfAssessment.Purpose(row.purpose),
        state=SelfAssessment.State(row.state),
        part=row.part,
        at=row.created_at,
        submitted_at=row.submitted_at,
        visibility=Visibility(row.visibility),
    )


def _screen(found: queries.Screen) -> ScreenOut:
    whole = found.whole
    return ScreenOut(
        assessment=found.assessment.pk,
        position=found.position,
        positions=found.positions,
        competency=found.competency.pk,
        name=found.competency.worded("name"),
        anchors={one.level: one.worded("text") for one in found.competency.anchors.all()},
        ratings=[
            RatingOut(behaviour=one.behaviour_id, level=one.level, not_seen=one.not_seen)
            for one in found.ratings
        ],
        confidence=whole.confidence,
        example=whole.example,
        example_on=whole.example_on,
        answered_at=whole.answered_at,
    )
