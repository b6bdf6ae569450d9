"""The plan by week, and its items."""

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

from coachwork.frameworks.api import competency_of
from coachwork.kit.api import IfMatch, In, Line, Out, check_tag, one_of, tagged
from coachwork.people.access import Request
from coachwork.people.api import Asked, opens, record_of
from coachwork.people.models import Scope, Visibility
from coachwork.plans import actions, queries
from coachwork.plans.actions.locks import hold
from coachwork.plans.models import Goal, PlanItem

ItemKind = Annotated[PlanItem.Kind, one_of(PlanItem.Kind)]
ItemState = Annotated[PlanItem.State, one_of(PlanItem.State)]
router = Router(tags=["Plan"], auth=opens(Scope.READ))
writes = opens(Scope.PLAN)
ONE = "/plan/items/{uuid:item_id}"
Minutes = Annotated[int, Field(ge=1, le=6000)]


class ItemOut(Out):
    """One thing to do. `week_on` is the Monday of its week."""

    id: UUID
    goal: UUID | None
    kind: ItemKind
    state: ItemState
    title: str
    first_step: str
    effort_minutes: int
    cadence: PlanItem.Cadence
    week_on: date | None
    window_end: date | None
    done_when: str
    competency: UUID | None
    reason: str
    suggested_by: str
    done_at: datetime | None
    visibility: Visibility


class WeekOut(Out):
    """One week; the one without a day holds what has no week yet."""

    week_on: date | None
    name: str
    minutes: int
    capacity: int
    items: list[ItemOut]


class PlanOut(Out):
    """The plan: this week, next, later, and what is suggested."""

    state: str | None
    capacity_hours_per_week: float | None
    weeks: list[WeekOut]
    suggested: list[ItemOut]
    closed: list[ItemOut]


class ItemIn(In):
    """What may be written into an item; what is left out stays."""

    kind: ItemKind | None = None
    title: Line | None = None
    first_step: Line | None = None
    effort_minutes: Minutes | None = None
    cadence: PlanItem.Cadence | None = None
    week_on: date | None = None
    window_end: date | None = None
    done_when: Line | None = None
    goal: UUID | None = None
    competency: UUID | None = None


class NewItemIn(ItemIn):
    """A new thing to do; with `client`, a suggestion to somebody whom one helps."""

    title: Annotated[str, Field(min_length=1, max_length=500)]
    client: UUID | None = None


class ItemStepIn(In):
    """What becomes of it."""

    state: Literal["todo", "doing", "done", "skipped", "refused"]
    reason: Line = ""


@router.get("/plan", response=PlanOut, summary="The plan")
def plan(request: Request, client: Asked = None) -> Out:
    """The open plan, laid out by week."""
    owner = record_of(request, client)
    goals = queries.goals(actor=request.user, client=owner, states=Goal.OPEN)
    found = queries.plan(actor=request.user, client=owner, today=timezone.localdate(), goals=goals)
    hours = found.plan.capacity_hours_per_week if found.plan else None
    return PlanOut(
        state=found.plan.state if found.plan else None,
        capacity_hours_per_week=None if hours is None else float(hours),
        weeks=[
            WeekOut(
                week_on=week.week_on,
                name=week.name,
                minutes=week.minutes,
                capacity=week.capacity,
                items=[_shown(one) for one in week.items],
            )
            for week in found.weeks
        ],
        suggested=[_shown(one) for one in found.suggested],
        closed=[_shown(one) for one in found.closed],
    )


@router.post("/plan/items", response={201: ItemOut}, auth=writes, summary="Add a thing to do")
def add(request: Request, body: NewItemIn) -> Status[Out]:
    """Put it into one's own plan, or suggest it to somebody whom one helps."""
    owner, words = record_of(request, body.client), _words(request, body)
    if owner.user_id == request.user.pk:
        made = actions.add_item(actor=request.user, client=owner, at=now(), **words)
    else:
        made = actions.suggest_item(actor=request.user, client=owner, at=now(), **words)
    return Status(201, _shown(made))


@router.get(ONE, response=ItemOut, summary="One thing to do")
def item(request: Request, response: HttpResponse, item_id: UUID) -> Out:
    """One item of a plan."""
    return tagged(response, _shown(_found(request, item_id)))


@router.patch(ONE, response=ItemOut, auth=writes, summary="Change it")
def change(
    request: Request, response: HttpResponse, item_id: UUID, body: ItemIn, if_match: IfMatch = ""
) -> Out:
    """Change what it says, how long it takes or when it lies. Needs If-Match."""
    with transaction.atomic():
        hold(_found(request, item_id))
        found = _found(request, item_id)
        check_tag(if_match, _shown(found))
        made = actions.change_item(
            actor=request.user, item=found, at=now(), **_words(request, body)
        )
    return tagged(response, _shown(made))


@router.post(
    f"{ONE}/state", response={200: ItemOut}, auth=writes, summary="Accept, begin, finish, let go"
)
def become(request: Request, item_id: UUID, body: ItemStepIn) -> Out:
    """Take the item on to another state."""
    found, asker, at = _found(request, item_id), request.user, now()
    if body.state == "todo" and found.state == PlanItem.State.SUGGESTED:
        actions.accept_item(actor=asker, item=found, at=at)
    elif body.state == "todo":
        actions.reopen_item(actor=asker, item=found, at=at)
    elif body.state == "doing":
        actions.start_item(actor=asker, item=found, at=at)
    elif body.state == "done":
        actions.finish_item(actor=asker, item=found, at=at)
    elif body.state == "skipped":
        actions.let_go_item(actor=asker, item=found, reason=body.reason, at=at)
    else:
        actions.refuse_item(actor=asker, item=found, reason=body.reason, at=at)
    return _shown(_found(request, item_id))


def _found(request: Request, item_id: UUID) -> PlanItem:
    return queries.item(actor=request.user, item_id=item_id)


def _words(request: Request, body: ItemIn) -> dict[str, Any]:
    """What was sent, with the things that it names."""
    words = body.dict(include=set(ItemIn.model_fields), exclude_unset=True)
    may_be_none = {"week_on", "window_end", "goal", "competency"}
    words = {
        name: value for name, value in words.items() if value is not None or name in may_be_none
    }
    if words.get("goal") is not None:
        words["goal"] = queries.goal(actor=request.user, goal_id=words["goal"])
    if words.get("competency") is not None:
        words["competency"] = competency_of(request, words["competency"])
    return words


def _shown(row: PlanItem) -> ItemOut:
    same = ("title", "first_step", "effort_minutes", "week_on", "window_end", "done_when")
    more = ("reason", "suggested_by", "done_at")
    return ItemOut(
        id=row.pk,
        goal=row.goal_id,
        kind=PlanItem.Kind(row.kind),
        state=PlanItem.State(row.state),
        cadence=PlanItem.Cadence(row.cadence),
        competency=row.competency_id,
        visibility=Visibility(row.visibility),
        **{name: getattr(row, name) for name in (*same, *more)},
    )
