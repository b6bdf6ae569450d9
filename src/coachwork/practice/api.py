"""The JSON door of practice: what came of chances to do the thing."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.timezone import now
from ninja import Router
from ninja.responses import Status

from coachwork.evidence.models import Chance, Evidence
from coachwork.frameworks.api import behaviour_of, competency_of
from coachwork.kit.api import LIMIT, Cursor, In, Limit, Line, Out, Page, page_of
from coachwork.people.access import Request
from coachwork.people.api import Asked, opens, record_of
from coachwork.people.models import Scope, Visibility
from coachwork.practice import actions, queries
from coachwork.practice.models import PracticeLog

router = Router(tags=["Practice"], auth=opens(Scope.READ))


class LogOut(Out):
    """One chance, and whether it was taken."""

    id: UUID
    competency: UUID
    competency_name: str
    behaviour: UUID | None
    occasion_on: date
    chance: Chance
    context: Evidence.Context
    line: str
    item: UUID | None
    visibility: Visibility
    at: datetime


class LogIn(In):
    """What came of a chance. `moment` names it, so that it counts once."""

    competency: UUID
    chance: Chance
    occasion_on: date | None = None
    behaviour: UUID | None = None
    context: Evidence.Context = Evidence.Context.WORK
    line: Line = ""
    item: UUID | None = None
    moment: str = ""
    visibility: Visibility | None = None


@router.get("/practice-logs", response=Page[LogOut], summary="Practice, newest first")
def logs(
    request: Request,
    client: Asked = None,
    competency: UUID | None = None,
    cursor: Cursor = "",
    limit: Limit = LIMIT,
) -> Page[LogOut]:
    """The logs that stand; those taken back are not among them."""
    owner = record_of(request, client)

    def rows(after: UUID | None, number: int) -> list[PracticeLog]:
        return queries.logs(
            actor=request.user, client=owner, competency_id=competency, after=after, limit=number
        )

    return page_of(LogOut, _shown, rows, cursor=cursor, limit=limit)


@router.post(
    "/practice-logs", response={201: LogOut}, auth=opens(Scope.PRACTICE), summary="Log practice"
)
def log(request: Request, body: LogIn) -> Status[Out]:
    """Log a chance and what came of it; it becomes evidence."""
    competency = competency_of(request, body.competency)
    made = actions.log(
        actor=request.user,
        client=record_of(request),
        competency=competency,
        behaviour=behaviour_of(request, competency, body.behaviour),
        chance=body.chance,
        occasion_on=body.occasion_on or timezone.localdate(),
        context=body.context,
        line=body.line,
        item=body.item,
        moment=body.moment,
        visibility=body.visibility,
        at=now(),
    )
    return Status(201, _shown(made))


@router.get("/practice-logs/{uuid:log_id}", response=LogOut, summary="One log")
def one_log(request: Request, log_id: UUID) -> Out:
    """One chance."""
    return _shown(queries.log(actor=request.user, log_id=log_id))


@router.post(
    "/practice-logs/{uuid:log_id}/undo",
    response={200: LogOut},
    auth=opens(Scope.PRACTICE),
    summary="Take a log back",
)
def undo(request: Request, log_id: UUID) -> Out:
    """Take a log back; a new row says so, and its evidence counts no more."""
    found = queries.log(actor=request.user, log_id=log_id)
    actions.undo(actor=request.user, log=found, at=now())
    return _shown(found)


def _shown(row: PracticeLog) -> LogOut:
    return LogOut(
        id=row.pk,
        competency=row.competency_id,
        competency_name=row.competency.worded("name"),
        behaviour=row.behaviour_id,
        occasion_on=row.occasion_on,
        chance=Chance(row.chance),
        context=Evidence.Context(row.context),
        line=row.line,
        item=row.item,
        visibility=Visibility(row.visibility),
        at=row.created_at,
    )
