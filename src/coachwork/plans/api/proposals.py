"""Proposed schedules and suggested changes: ask, read, accept, leave, take back."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils.timezone import now
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from coachwork.kit.api import In, Line, Out, Page, one_of
from coachwork.people.access import Request
from coachwork.people.api import opens, record_of
from coachwork.people.models import Scope
from coachwork.plans import actions, queries
from coachwork.plans.models import Proposal

router = Router(tags=["Plan"], auth=opens(Scope.READ))
writes = opens(Scope.PLAN)
ProposalState = Annotated[Proposal.State, one_of(Proposal.State)]
ProposalKind = Annotated[Proposal.Kind, one_of(Proposal.Kind)]
ADDRESS = "/plan/proposals"
ONE = "/plan/proposals/{uuid:proposal_id}"
CHANGES = "/plan/changes"


class StepOut(Out):
    """One change of a schedule, from its week before to its first and last week."""

    number: int
    do: str
    title: str
    goal: str
    first: date
    last: date
    before: date | None
    minutes: int
    comes_back: bool


class LeftOut(Out):
    """What was left out, and why."""

    title: str
    why: str


class ProposalOut(Out):
    """A proposal. A schedule does nothing until it is accepted; a change is kept as answered."""

    id: UUID
    kind: ProposalKind
    state: ProposalState
    created_at: datetime
    answered_at: datetime | None
    reason: str
    from_version: int
    to_version: int | None


class ScheduleOut(ProposalOut):
    """A proposed schedule in full; `fits` is false once the plan has changed since."""

    fits: bool
    steps: list[StepOut]
    left_out: list[LeftOut]
    helps: list[str]
    clash: list[str]


class AcceptIn(In):
    """Which steps to make (all, when left out), and other first weeks for some of them."""

    steps: Annotated[list[int], Field(max_length=500)] | None = None
    weeks: dict[int, date] = {}
    reason: Line = ""


class ReasonIn(In):
    """Why, if there is a why."""

    reason: Line = ""


class ChangeOut(Out):
    """A change that could help now, with what was seen and why it could help."""

    key: str
    rule: str
    goal: UUID
    title: str
    seen: str
    why: str


class ChangeAnswerIn(In):
    """The answer to one change, in one's own words where they are given."""

    key: Annotated[str, Field(max_length=120)]
    accept: bool
    title: Annotated[str, Field(max_length=200)] = ""
    minutes: Annotated[int, Field(ge=1, le=6000)] | None = None
    goal: UUID | None = None
    reason: Line = ""


@router.get(ADDRESS, response=Page[ProposalOut], summary="Proposals, the newest first")
def proposals(request: Request) -> Page[ProposalOut]:
    """Proposed schedules and answered changes of one's own plan."""
    rows = queries.proposals(actor=request.user, client=record_of(request))
    return Page[ProposalOut](items=[ProposalOut(**_base(row)) for row in rows])


@router.post(ADDRESS, response={201: ScheduleOut}, auth=writes, summary="Ask for a schedule")
def propose(request: Request) -> Status[Out]:
    """Work out a schedule; nothing moves. A large plan is worked out in the background."""
    client = record_of(request)
    made = actions.propose_schedule(actor=request.user, client=client, at=now())
    return Status(201, _schedule(request, made.pk))


@router.get(ONE, response=ScheduleOut, summary="One proposed schedule")
def proposal(request: Request, proposal_id: UUID) -> Out:
    """What would change, what is left out and why."""
    return _schedule(request, proposal_id)


@router.post(f"{ONE}/accept", response=ScheduleOut, auth=writes, summary="Accept it, or a part")
def accept(request: Request, proposal_id: UUID, body: AcceptIn) -> Out:
    """Make the changes; the plan gets one new version."""
    found = queries.proposal(actor=request.user, proposal_id=proposal_id)
    actions.accept_schedule(
        actor=request.user,
        proposal=found,
        steps=body.steps,
        weeks_on=body.weeks,
        reason=body.reason,
        at=now(),
    )
    return _schedule(request, proposal_id)


@router.post(f"{ONE}/refuse", response=ScheduleOut, auth=writes, summary="Leave it aside")
def refuse(request: Request, proposal_id: UUID, body: ReasonIn) -> Out:
    """The plan stays as it is."""
    found = queries.proposal(actor=request.user, proposal_id=proposal_id)
    actions.refuse_schedule(actor=request.user, proposal=found, reason=body.reason, at=now())
    return _schedule(request, proposal_id)


@router.post(f"{ONE}/undo", response=ScheduleOut, auth=writes, summary="Take it back")
def take_back(request: Request, proposal_id: UUID) -> Out:
    """Put back what has not been touched since; within two weeks."""
    found = queries.proposal(actor=request.user, proposal_id=proposal_id)
    actions.take_back_schedule(actor=request.user, proposal=found, at=now())
    return _schedule(request, proposal_id)


@router.get(CHANGES, response=Page[ChangeOut], summary="Changes that could help")
def changes(request: Request) -> Page[ChangeOut]:
    """What could be changed today; never what was answered for the same cause."""
    found = queries.changes(actor=request.user, client=record_of(request), at=now())
    same = ("key", "rule", "title", "seen", "why")
    return Page[ChangeOut](
        items=[
            ChangeOut(goal=one.goal.pk, **{name: getattr(one, name) for name in same})
            for one in found
        ]
    )


@router.post(CHANGES, response=ProposalOut, auth=writes, summary="Take or leave a change")
def answer(request: Request, body: ChangeAnswerIn) -> Out:
    """A change that is taken makes a new version; one that is left is not suggested again."""
    client, asker, at = record_of(request), request.user, now()
    told: dict[str, Any] = {"actor": asker, "client": client, "key": body.key, "at": at}
    if body.accept:
        goal = queries.goal(actor=asker, goal_id=body.goal) if body.goal else None
        made = actions.accept_change(
            **told, title=body.title, minutes=body.minutes, goal=goal, reason=body.reason
        )
    else:
        made = actions.refuse_change(**told, reason=body.reason)
    return ProposalOut(**_base(made))


def _base(row: Proposal) -> dict[str, Any]:
    same = ("created_at", "answered_at", "reason", "from_version", "to_version")
    return {
        "id": row.pk,
        "kind": Proposal.Kind(row.kind),
        "state": Proposal.State(row.state),
        **{name: getattr(row, name) for name in same},
    }


def _schedule(request: Request, proposal_id: UUID) -> ScheduleOut:
    found = queries.proposal(actor=request.user, proposal_id=proposal_id)
    told = queries.shown(actor=request.user, proposal=found)
    names = StepOut.model_fields
    return ScheduleOut(
        **_base(found),
        fits=found.plan.version == found.from_version,
        steps=[StepOut(**{name: getattr(one, name) for name in names}) for one in told.steps],
        left_out=[LeftOut(title=title, why=why) for title, why in told.left],
        helps=list(told.helps),
        clash=list(told.clash),
    )
