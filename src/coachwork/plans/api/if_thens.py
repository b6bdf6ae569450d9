"""If-then plans: a cue that one will notice, and the one thing to do then."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.timezone import now
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from coachwork.evidence.models import Chance, Evidence
from coachwork.kit.api import IfMatch, In, Line, Out, Page, check_tag, tagged
from coachwork.people.access import Request
from coachwork.people.api import Asked, opens, record_of
from coachwork.people.models import Scope, Visibility
from coachwork.plans import actions, queries
from coachwork.plans.actions.locks import hold
from coachwork.plans.models import IfThen

router = Router(tags=["If-then plans"], auth=opens(Scope.READ))
writes = opens(Scope.PLAN)
ONE = "/if-thens/{uuid:if_then_id}"


class IfThenOut(Out):
    """If I see this, then I do that."""

    id: UUID
    goal: UUID
    cue_type: str
    if_text: str
    then_text: str
    moment_kind: str
    obstacle: str
    active: bool
    rehearsed_at: datetime | None
    ended_at: datetime | None
    visibility: Visibility


class IfThenIn(In):
    """What to write; without a cue and an act it stays a draft."""

    cue_type: IfThen.Cue | Literal[""] | None = None
    if_text: Line | None = None
    then_text: Line | None = None
    moment_kind: Annotated[str, Field(max_length=24)] | None = None
    obstacle: Line | None = None


class IfThenStepIn(In):
    """What becomes of it."""

    state: Literal["active", "rehearsed", "ended"]
    over_limit: bool = False


class ChanceIn(In):
    """What came of a chance. `moment` names it, so that it counts once."""

    chance: Chance
    moment: Annotated[str, Field(min_length=1, max_length=40)]
    occasion_on: date | None = None
    context: Evidence.Context = Evidence.Context.WORK
    line: Line = ""


class ChanceOut(Out):
    """The log that was written."""

    log: UUID


@router.get("/if-thens", response=Page[IfThenOut], summary="If-then plans, active ones first")
def if_thens(request: Request, client: Asked = None) -> Page[IfThenOut]:
    """Those that have not ended."""
    rows = queries.if_thens(actor=request.user, client=record_of(request, client))
    return Page[IfThenOut](items=[_shown(row) for row in rows])


@router.post(
    "/goals/{uuid:goal_id}/if-thens", response={201: IfThenOut}, auth=writes, summary="Write one"
)
def write(request: Request, goal_id: UUID, body: IfThenIn) -> Status[Out]:
    """Write an if-then plan for a goal; a whole one starts with its goal."""
    goal = queries.goal(actor=request.user, goal_id=goal_id)
    made = actions.write_if_then(actor=request.user, goal=goal, at=now(), **_words(body))
    return Status(201, _shown(made))


@router.get(ONE, response=IfThenOut, summary="One if-then plan")
def if_then(request: Request, response: HttpResponse, if_then_id: UUID) -> Out:
    """One if-then plan."""
    return tagged(response, _shown(_found(request, if_then_id)))


@router.patch(ONE, response=IfThenOut, auth=writes, summary="Change its words")
def change(
    request: Request,
    response: HttpResponse,
    if_then_id: UUID,
    body: IfThenIn,
    if_match: IfMatch = "",
) -> Out:
    """Write it again. Needs If-Match."""
    with transaction.atomic():
        hold(_found(request, if_then_id))
        found = _found(request, if_then_id)
        check_tag(if_match, _shown(found))
        made = actions.write_if_then(
            actor=request.user, goal=found.goal, if_then=found, at=now(), **_words(body)
        )
    return tagged(response, _shown(made))


@router.post(
    f"{ONE}/state", response={200: IfThenOut}, auth=writes, summary="Start, rehearse or end it"
)
def become(request: Request, if_then_id: UUID, body: IfThenStepIn) -> Out:
    """Start it, note that it was gone through in the mind, or let it go."""
    found, asker, at = _found(request, if_then_id), request.user, now()
    if body.state == "active":
        actions.start_if_then(actor=asker, if_then=found, over_limit=body.over_limit, at=at)
    elif body.state == "rehearsed":
        actions.rehearse(actor=asker, if_then=found, at=at)
    else:
        actions.end_if_then(actor=asker, if_then=found, at=at)
    return _shown(_found(request, if_then_id))


@router.post(
    f"{ONE}/chances",
    response={201: ChanceOut},
    auth=opens(Scope.PRACTICE),
    summary="Log a chance",
)
def log_chance(request: Request, if_then_id: UUID, body: ChanceIn) -> Status[Out]:
    """Log what came of a chance, under the competency of its goal."""
    made = actions.log_chance(
        actor=request.user,
        thing=_found(request, if_then_id),
        chance=body.chance,
        moment=body.moment,
        occasion_on=body.occasion_on or timezone.localdate(),
        context=body.context,
        line=body.line,
        at=now(),
    )
    return Status(201, ChanceOut(log=made.pk))


def _found(request: Request, if_then_id: UUID) -> IfThen:
    return queries.if_then(actor=request.user, if_then_id=if_then_id)


def _words(body: IfThenIn) -> dict[str, Any]:
    return body.dict(exclude_none=True)


def _shown(row: IfThen) -> IfThenOut:
    same = ("cue_type", "if_text", "then_text", "moment_kind", "obstacle", "active")
    return IfThenOut(
        id=row.pk,
        goal=row.goal_id,
        rehearsed_at=row.rehearsed_at,
        ended_at=row.ended_at,
        visibility=Visibility(row.visibility),
        **{name: getattr(row, name) for name in same},
    )
