"""Feedback rounds: begin, whom to ask, where it stands; and nothing about any one rater."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from coachwork.assessment import actions, queries
from coachwork.assessment.models import FeedbackRound, Nomination, RaterGroup
from coachwork.kit.api import IfMatch, In, Line, Out, Page, check_tag, one_of, tagged
from coachwork.kit.errors import Invalid
from coachwork.people.access import Request
from coachwork.people.api import Asked, opens, record_of
from coachwork.people.models import Scope, Visibility

RoundMode = Annotated[FeedbackRound.Mode, one_of(FeedbackRound.Mode)]
RoundState = Annotated[FeedbackRound.State, one_of(FeedbackRound.State)]
Group = Annotated[RaterGroup, one_of(RaterGroup)]
router = Router(tags=["Feedback rounds"], auth=opens(Scope.READ))
writes = opens(Scope.ROUNDS)
ADDRESS = "/rounds"
ONE = "/rounds/{uuid:round_id}"
LISTED = f"{ONE}/nominations"
Chosen = Annotated[list[UUID], Field(min_length=1, max_length=60)]


class AskedOut(Out):
    """One competency that is asked about, and the behaviours of it."""

    competency: UUID
    behaviours: list[UUID]


class RoundOut(Out):
    """A round: what it asks, and how far it has come."""

    id: UUID
    mode: RoundMode
    state: RoundState
    framework: str
    leads: bool
    asked: list[AskedOut]
    at: datetime
    opened_at: datetime | None
    closes_at: datetime | None
    extended: bool
    released_at: datetime | None
    reminders: int
    visibility: Visibility


class CountOut(Out):
    """A group: how many were asked, and how many had answered when the day began.

    `answered` is null in a group of one or two, because there it would be a name.
    """

    group: Group
    invited: int
    answered: int | None


class RoundStatusOut(RoundOut):
    """The same, with its numbers, which move once a day."""

    counts: list[CountOut]


class NominationOut(Out):
    """Somebody on the list. Whether they have answered is nowhere."""

    id: UUID
    name: str
    email: str
    group: Group
    note: str


class BeginIn(In):
    """Without competencies, the usual ones are asked about; with a behaviour it is a pulse."""

    behaviour: UUID | None = None
    leads: bool = False
    competencies: Chosen | None = None


class ChosenIn(In):
    """All competencies to ask about: eight to twelve."""

    competencies: Chosen


class NominateIn(In):
    """Somebody to ask."""

    name: Line
    email: Line
    group: Group
    note: Line = ""


class RoundStepIn(In):
    """What is done with the round: the same steps as the buttons of the page."""

    step: Literal["send", "rework", "approve", "remind", "cancel", "release"]


@router.get(ADDRESS, response=Page[RoundOut], summary="Feedback rounds, newest first")
def rounds(request: Request, client: Asked = None) -> Page[RoundOut]:
    """Rounds of the client: their own, or of somebody one coaches."""
    rows = queries.rounds(actor=request.user, client=record_of(request, client))
    return Page[RoundOut](items=[RoundOut(**_facts(row)) for row in rows])


@router.post(ADDRESS, response={201: RoundStatusOut}, auth=writes, summary="Begin a round")
def begin(request: Request, body: BeginIn) -> Status[Out]:
    """Begin, or go on with the one of its kind that is open. Nobody is asked yet."""
    if body.behaviour is not None:
        return Status(201, _status(request, _pulse(request, body.behaviour).pk))
    chosen = None if body.competencies is None else [str(one) for one in body.competencies]
    row = actions.begin_round(
        actor=request.user,
        client=record_of(request),
        leads=body.leads,
        competencies=chosen,
        at=now(),
    )
    return Status(201, _status(request, row.pk))


@router.get(ONE, response=RoundStatusOut, summary="Where a round stands")
def feedback_round(request: Request, response: HttpResponse, round_id: UUID) -> Out:
    """What is asked, and how many have answered in each group; never who."""
    return tagged(response, _status(request, round_id))


@router.put(
    f"{ONE}/competencies", response=RoundStatusOut, auth=writes, summary="Choose what to ask about"
)
def choose(
    request: Request, response: HttpResponse, round_id: UUID, body: ChosenIn, if_match: IfMatch = ""
) -> Out:
    """Swap up to four of the usual ones, before anybody is asked. Needs If-Match."""
    with transaction.atomic():
        row = _row(request, round_id)
        check_tag(if_match, _status(request, round_id))
        chosen = [str(one) for one in body.competencies]
        actions.choose_competencies(actor=request.user, asked_in=row, competencies=chosen)
    return tagged(response, _status(request, round_id))


@router.get(LISTED, response=Page[NominationOut], summary="Who is on the list")
def nominations(request: Request, round_id: UUID) -> Page[NominationOut]:
    """Names are forgotten a month after the report."""
    rows = queries.nominations(actor=request.user, asked_in=_row(request, round_id))
    return Page[NominationOut](items=[_person(one) for one in rows])


@router.post(LISTED, response={201: NominationOut}, auth=writes, summary="Put somebody on the list")
def nominate(request: Request, round_id: UUID, body: NominateIn) -> Status[Out]:
    """Somebody to ask. They get no mail before the list is sent."""
    row = _row(request, round_id)
    made = actions.nominate(actor=request.user, asked_in=row, at=now(), **body.dict())
    return Status(201, _person(made))


@router.delete(
    f"{LISTED}/{{uuid:nomination_id}}",
    response={204: None},
    auth=writes,
    summary="Take somebody off the list",
)
def drop(request: Request, round_id: UUID, nomination_id: UUID) -> Status[None]:
    """Take somebody off, as long as nobody was asked."""
    found = queries.nomination(actor=request.user, round_id=round_id, nomination_id=nomination_id)
    actions.drop_nomination(actor=request.user, nomination=found)
    return Status(204, None)


@router.post(
    f"{ONE}/state", response={200: RoundStatusOut}, auth=writes, summary="Send, remind, release"
)
def step(request: Request, round_id: UUID, body: RoundStepIn) -> Out:
    """Take the round on; what is not possible now is said."""
    row = _row(request, round_id)
    STEPS[body.step](request, row)
    return _status(request, round_id)


def _rework(request: Request, row: FeedbackRound) -> None:
    actions.rework_list(actor=request.user, asked_in=row)


STEPS: dict[str, Callable[[Request, FeedbackRound], object]] = {
    "send": lambda asks, row: actions.open_round(actor=asks.user, asked_in=row, at=now()),
    "rework": _rework,
    "approve": lambda asks, row: actions.approve_round(actor=asks.user, asked_in=row, at=now()),
    "remind": lambda asks, row: actions.remind_raters(actor=asks.user, asked_in=row, at=now()),
    "cancel": lambda asks, row: actions.cancel_round(actor=asks.user, asked_in=row, at=now()),
    "release": lambda asks, row: actions.release_round(actor=asks.user, asked_in=row, at=now()),
}


def _pulse(request: Request, behaviour: UUID) -> FeedbackRound:
    client = record_of(request)
    known = queries.noticeable(actor=request.user, client=client)
    found = {item.pk: item for one in known for item in one.behaviours}.get(behaviour)
    if found is None:
        raise Invalid({"behaviour": _("Others cannot see this. Please choose another one.")})
    return actions.begin_pulse(actor=request.user, client=client, behaviour=found, at=now())


def _row(request: Request, round_id: UUID) -> FeedbackRound:
    return queries.feedback_round(actor=request.user, round_id=round_id)


def _status(request: Request, round_id: UUID) -> RoundStatusOut:
    row = _row(request, round_id)
    counts = queries.counts(actor=request.user, asked_in=row, before=localdate())
    told = [
        CountOut(
            group=one.group, invited=one.invited, answered=one.answered if row.opened_at else None
        )
        for one in counts
        if one.invited
    ]
    return RoundStatusOut(**_facts(row), counts=told)


def _facts(row: FeedbackRound) -> dict[str, Any]:
    return {
        "id": row.pk,
        "mode": FeedbackRound.Mode(row.mode),
        "state": FeedbackRound.State(row.state),
        "framework": str(row.framework),
        "leads": row.leads,
        "asked": [
            AskedOut(competency=UUID(code), behaviours=[UUID(item) for item in items])
            for code, items in row.asked
        ],
        "at": row.created_at,
        "opened_at": row.opened_at,
        "closes_at": row.closes_at,
        "extended": row.extended,
        "released_at": row.released_at,
        "reminders": row.reminders,
        "visibility": Visibility(row.visibility),
    }


def _person(one: Nomination) -> NominationOut:
    return NominationOut(
        id=one.pk, name=one.name, email=one.email, group=RaterGroup(one.group), note=one.note
    )
