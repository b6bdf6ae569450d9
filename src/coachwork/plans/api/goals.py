"""Goals: write, word, agree, start, rest, close and let go."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.timezone import now
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from coachwork.frameworks.api import behaviour_of, competency_of
from coachwork.kit.api import IfMatch, In, Line, Out, Page, Text, check_tag, one_of, tagged
from coachwork.people import queries as people
from coachwork.people.access import Request, Thing, Verb
from coachwork.people.api import Asked, opens, record_of
from coachwork.people.models import Scope, Visibility
from coachwork.plans import actions, queries
from coachwork.plans.actions.locks import hold
from coachwork.plans.models import Goal

GoalKind = Annotated[Goal.Kind, one_of(Goal.Kind)]
GoalState = Annotated[Goal.State, one_of(Goal.State)]
router = Router(tags=["Goals"], auth=opens(Scope.READ))
writes = opens(Scope.PLAN)
ADDRESS = "/goals"
ONE = "/goals/{uuid:goal_id}"
OneToTen = Annotated[int, Field(ge=1, le=10)]


class RungOut(Out):
    """One of the five outcomes; 0 is what is expected."""

    level: int
    text: str
    reached_on: date | None


class GoalOut(Out):
    """A goal in the client's own words."""

    id: UUID
    kind: GoalKind
    state: GoalState
    title: str
    why: str
    if_nothing: str
    baseline: str
    obstacle: str
    competency: UUID | None
    behaviour: UUID | None
    weight: int
    start_on: date | None
    target_on: date | None
    commitment: int | None
    confidence: int | None
    version: int
    rungs: list[RungOut]
    visibility: Visibility
    at: datetime


class GoalIn(In):
    """What may be written into a goal; what is left out stays as it is."""

    kind: GoalKind | None = None
    title: Line | None = None
    why: Text | None = None
    if_nothing: Text | None = None
    baseline: Text | None = None
    obstacle: Text | None = None
    competency: UUID | None = None
    behaviour: UUID | None = None
    weight: Annotated[int, Field(ge=1, le=3)] | None = None
    start_on: date | None = None
    target_on: date | None = None
    commitment: OneToTen | None = None
    confidence: OneToTen | None = None


class DraftIn(GoalIn):
    """The first words of a goal."""

    title: Annotated[str, Field(min_length=1, max_length=500)]
    visibility: Visibility | None = None


class RewordIn(GoalIn):
    """New words; for a goal that is agreed, with the reason."""

    reason: Line = ""


class RungIn(In):
    """One outcome."""

    level: Annotated[int, Field(ge=-2, le=2)]
    text: Line


class RungsIn(In):
    """Outcomes to write; those left out stay."""

    rungs: Annotated[list[RungIn], Field(min_length=1, max_length=5)]


class GoalStepIn(In):
    """What becomes of the goal. To start a fourth one, `pause` names the one that rests."""

    state: Literal["agreed", "active", "paused", "met", "partly_met", "not_met", "dropped", "draft"]
    reason: Line = ""
    pause: UUID | None = None


class ReachedIn(In):
    """The outcome that the goal is at today."""

    level: Annotated[int, Field(ge=-2, le=2)]


class OfferIn(In):
    """A goal to offer to somebody; it counts once they take it up."""

    client: UUID
    title: Annotated[str, Field(min_length=1, max_length=300)]


class OfferOut(Out):
    """What who offered a goal reads: their own words, and whether it was left aside."""

    client: UUID
    offered_text: str
    offered_at: datetime
    not_taken_up: bool
    reason: str


@router.get(f"{ADDRESS}/offers", response=Page[OfferOut], summary="What I have offered")
def offers(request: Request) -> Page[OfferOut]:
    """Goals that the caller offered to others, the newest first."""
    rows = queries.offers(actor=request.user)
    return Page[OfferOut](items=[_offer(row) for row in rows])


@router.post(
    f"{ADDRESS}/offers", response={201: OfferOut}, auth=writes, summary="Offer somebody a goal"
)
def offer(request: Request, body: OfferIn) -> Status[Out]:
    """Put a goal on the table; it is nobody's until the client takes it up."""
    client = people.record(
        actor=request.user, client_id=body.client, thing=Thing.GOALS, verb=Verb.OFFER
    )
    actions.offer_goal(actor=request.user, client=client, title=body.title, at=now())
    made = next(one for one in queries.offers(actor=request.user) if one.client.pk == client.pk)
    return Status(201, _offer(made))


def _offer(row: queries.Offer) -> OfferOut:
    return OfferOut(
        client=row.client.pk,
        offered_text=row.offered_text,
        offered_at=row.offered_at,
        not_taken_up=row.not_taken_up,
        reason=row.reason,
    )


@router.get(ADDRESS, response=Page[GoalOut], summary="Goals, active ones first")
def goals(request: Request, client: Asked = None) -> Page[GoalOut]:
    """All goals that were taken up."""
    rows = queries.goals(actor=request.user, client=record_of(request, client))
    return Page[GoalOut](items=[shown(row) for row in rows])


@router.post(ADDRESS, response={201: GoalOut}, auth=writes, summary="Start to write a goal")
def draft(request: Request, body: DraftIn) -> Status[Out]:
    """A draft; it can be written on at any time."""
    made = actions.draft_goal(
        actor=request.user,
        client=record_of(request),
        visibility=body.visibility,
        at=now(),
        **_words(request, body),
    )
    return Status(201, shown(_goal(request, made.pk)))


@router.get(ONE, response=GoalOut, summary="One goal")
def goal(request: Request, response: HttpResponse, goal_id: UUID) -> Out:
    """A goal with its five outcomes."""
    return tagged(response, shown(_goal(request, goal_id)))


@router.patch(ONE, response=GoalOut, auth=writes, summary="Write on, or reword with a reason")
def reword(
    request: Request, response: HttpResponse, goal_id: UUID, body: RewordIn, if_match: IfMatch = ""
) -> Out:
    """Write on at a draft; an agreed goal keeps how it read before. Needs If-Match."""
    with transaction.atomic():
        found = _held(request, goal_id, if_match)
        words = _words(request, body)
        if found.state in (Goal.State.DRAFT, Goal.State.OFFERED):
            actions.shape_goal(actor=request.user, goal=found, at=now(), **words)
        else:
            actions.reword_goal(
                actor=request.user, goal=found, reason=body.reason, at=now(), **words
            )
    return tagged(response, shown(_goal(request, goal_id)))


@router.put(f"{ONE}/rungs", response=GoalOut, auth=writes, summary="Write the outcomes")
def write_outcomes(
    request: Request, response: HttpResponse, goal_id: UUID, body: RungsIn, if_match: IfMatch = ""
) -> Out:
    """The outcomes of a draft, from -2 (today) to +2. Needs If-Match."""
    with transaction.atomic():
        found = _held(request, goal_id, if_match)
        texts = {one.level: one.text for one in body.rungs}
        actions.write_outcomes(actor=request.user, goal=found, texts=texts, at=now())
    return tagged(response, shown(_goal(request, goal_id)))


@router.post(
    f"{ONE}/state", response={200: GoalOut}, auth=writes, summary="Agree, start, rest or close"
)
def become(request: Request, goal_id: UUID, body: GoalStepIn) -> Out:
    """Take the goal on to another state; what it still needs is said field by field."""
    found, asker, at = _goal(request, goal_id), request.user, now()
    if body.state == "agreed":
        actions.agree_goal(actor=asker, goal=found, at=at)
    elif body.state == "active":
        rests = _goal(request, body.pause) if body.pause else None
        actions.activate_goal(actor=asker, goal=found, pause=rests, at=at)
    elif body.state == "paused":
        actions.pause_goal(actor=asker, goal=found, reason=body.reason, at=at)
    elif body.state == "dropped":
        actions.drop_goal(actor=asker, goal=found, reason=body.reason, at=at)
    elif body.state == "draft":
        actions.reopen_goal(actor=asker, goal=found, at=at)
    else:
        actions.close_goal(actor=asker, goal=found, outcome=body.state, reason=body.reason, at=at)
    return shown(_goal(request, goal_id))


@router.post(
    f"{ONE}/reached", response={200: GoalOut}, auth=writes, summary="Mark how far it has come"
)
def reached(request: Request, goal_id: UUID, body: ReachedIn) -> Out:
    """Mark the outcome that the goal is at today."""
    found = _goal(request, goal_id)
    actions.reach_rung(actor=request.user, goal=found, level=body.level, at=now())
    return shown(_goal(request, goal_id))


def _goal(request: Request, goal_id: UUID) -> Goal:
    return queries.goal(actor=request.user, goal_id=goal_id)


def _held(request: Request, goal_id: UUID, if_match: str) -> Goal:
    """The goal, held until the transaction ends, if it is still the one that was read."""
    hold(_goal(request, goal_id))
    found = _goal(request, goal_id)
    check_tag(if_match, shown(found))
    return found


def _words(request: Request, body: GoalIn) -> dict[str, Any]:
    """What was sent, with the things that it names."""
    words = body.dict(include=set(GoalIn.model_fields), exclude_unset=True)
    unset = {"kind", "title", "why", "if_nothing", "baseline", "obstacle", "weight"}
    words = {name: value for name, value in words.items() if value is not None or name not in unset}
    if words.get("competency") is not None:
        words["competency"] = competency_of(request, words["competency"])
        if words.get("behaviour") is not None:
            words["behaviour"] = behaviour_of(request, words["competency"], words["behaviour"])
    else:
        words.pop("behaviour", None)
    return words


def shown(row: Goal) -> GoalOut:
    """A goal as it goes out."""
    same = ("title", "why", "if_nothing", "baseline", "obstacle", "weight", "start_on")
    more = ("target_on", "commitment", "confidence", "version")
    return GoalOut(
        id=row.pk,
        kind=Goal.Kind(row.kind),
        state=Goal.State(row.state),
        competency=row.competency_id,
        behaviour=row.behaviour_id,
        visibility=Visibility(row.visibility),
        at=row.created_at,
        rungs=[
            RungOut(level=one.level, text=one.text, reached_on=one.reached_on)
            for one in row.rungs.all()
        ],
        **{name: getattr(row, name) for name in (*same, *more)},
    )
