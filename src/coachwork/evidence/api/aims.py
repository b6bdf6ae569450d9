"""The aim, its gaps, and what is decided about each."""

from typing import Annotated
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.http import HttpResponse
from django.utils.timezone import now
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from coachwork.evidence import actions, queries
from coachwork.evidence.models import Aim, GapDecision
from coachwork.frameworks.api import competency_of, role_of
from coachwork.kit.api import IfMatch, In, Level, Line, Out, Page, check_tag, one_of, tagged
from coachwork.people.access import Request
from coachwork.people.api import Asked, opens, record_of
from coachwork.people.models import Client, Scope, Visibility

AimKind = Annotated[Aim.Kind, one_of(Aim.Kind)]
router = Router(tags=["Aim and gaps"], auth=opens(Scope.READ))
writes = opens(Scope.ASSESSMENT)
Importance = Annotated[int, Field(ge=1, le=3)]


class AimTargetOut(Out):
    """What the aim asks of one competency."""

    competency: UUID
    name: str
    level: Level
    importance: int


class AimOut(Out):
    """The open aim."""

    id: UUID
    kind: AimKind
    title: str
    role: UUID | None
    targets: list[AimTargetOut]
    visibility: Visibility


class AimTargetIn(In):
    """A competency of an aim."""

    competency: UUID
    level: Level
    importance: Importance = 2


class AimIn(In):
    """What to look at. Without targets of its own, those of the role."""

    kind: AimKind
    title: Line
    role: UUID | None = None
    targets: Annotated[list[AimTargetIn], Field(max_length=50)] | None = None
    visibility: Visibility | None = None


class TargetsIn(In):
    """The whole list, in its new order."""

    targets: Annotated[list[AimTargetIn], Field(min_length=1, max_length=50)]


class GapOut(Out):
    """One gap; `place` says why it stands where it stands, `decision` what was decided."""

    competency: UUID
    name: str
    target: Level
    level: float | None
    half_steps: int | None
    importance: int
    place: str
    suggestion: str
    decision: GapDecision.Decision | None
    energy: int | None
    note: str


class GapsOut(Out):
    """The gaps in the order in which to look at them, and the four lists."""

    items: list[GapOut]
    agreed_strengths: list[UUID]
    hidden_strengths: list[UUID]
    possible_blind_spots: list[UUID]
    agreed_needs: list[UUID]


class DecisionIn(In):
    """What to do about a gap."""

    decision: GapDecision.Decision
    energy: Annotated[int, Field(ge=1, le=5)] | None = None
    note: Line = ""


@router.get("/aim", response=AimOut, summary="The open aim")
def aim(request: Request, response: HttpResponse, client: Asked = None) -> Out:
    """What is aimed for now."""
    return tagged(response, _shown(_open(request, record_of(request, client))))


@router.post("/aim", response={201: AimOut}, auth=writes, summary="Choose an aim")
def set_aim(request: Request, body: AimIn) -> Status[Out]:
    """Open an aim, and close the one before."""
    client = record_of(request)
    actions.set_aim(
        actor=request.user,
        client=client,
        kind=body.kind,
        title=body.title,
        role=role_of(request, body.role),
        targets=None if body.targets is None else _targets(request, body.targets),
        visibility=body.visibility,
        at=now(),
    )
    return Status(201, _shown(_open(request, client)))


@router.put("/aim/targets", response=AimOut, auth=writes, summary="Change what the aim asks")
def change_targets(
    request: Request, response: HttpResponse, body: TargetsIn, if_match: IfMatch = ""
) -> Out:
    """Put this list in the place of the aim's list. Needs the If-Match of the aim."""
    client = record_of(request)
    with transaction.atomic():
        Aim.objects.select_for_update().filter(client=client, ended_at__isnull=True).first()
        found = _open(request, client)
        check_tag(if_match, _shown(found))
        targets = _targets(request, body.targets)
        actions.change_targets(actor=request.user, aim=found, targets=targets, at=now())
    return tagged(response, _shown(_open(request, client)))


@router.get("/gaps", response=GapsOut, summary="Gaps to the aim")
def gaps(request: Request, client: Asked = None) -> Out:
    """Where one stands against what the aim asks; empty without an aim."""
    return _gaps(queries.role_gaps(actor=request.user, client=record_of(request, client), at=now()))


@router.get("/focus", response=Page[UUID], summary="What is in focus")
def focus(request: Request, client: Asked = None) -> Page[UUID]:
    """The competencies, up to three, that were chosen to work on."""
    found = queries.focus(actor=request.user, client=record_of(request, client))
    return Page[UUID](items=[one.pk for one in found])


@router.put(
    "/gaps/{uuid:competency_id}/decision",
    response=GapsOut,
    auth=writes,
    summary="Decide about a gap",
)
def decide(request: Request, competency_id: UUID, body: DecisionIn) -> Out:
    """Focus on it, keep it up, use the strength, leave it, or look closer."""
    client = record_of(request)
    actions.decide_gap(
        actor=request.user,
        client=client,
        competency=competency_of(request, competency_id),
        decision=body.decision,
        energy=body.energy,
        note=body.note,
        at=now(),
    )
    return _gaps(queries.role_gaps(actor=request.user, client=client, at=now()))


def _open(request: Request, client: Client) -> Aim:
    found = queries.aim(actor=request.user, client=client)
    if found is None:
        raise ObjectDoesNotExist
    return found


def _targets(request: Request, given: list[AimTargetIn]) -> list[actions.Target]:
    return [
        actions.Target(competency_of(request, one.competency, "targets"), one.level, one.importance)
        for one in given
    ]


def _shown(row: Aim) -> AimOut:
    return AimOut(
        id=row.pk,
        kind=Aim.Kind(row.kind),
        title=row.title,
        role=row.role_id,
        visibility=Visibility(row.visibility),
        targets=[
            AimTargetOut(
                competency=one.competency_id,
                name=one.competency.worded("name"),
                level=one.level,
                importance=one.importance,
            )
            for one in row.targets.all()
        ],
    )


def _gaps(table: queries.GapTable) -> GapsOut:
    lists = ("agreed_strengths", "hidden_strengths", "possible_blind_spots", "agreed_needs")
    return GapsOut(
        items=[_gap(row) for row in table.rows],
        **{name: [one.pk for one in getattr(table, name)] for name in lists},
    )


def _gap(row: queries.GapRow) -> GapOut:
    decided = row.decision
    return GapOut(
        competency=row.competency.pk,
        name=row.competency.worded("name"),
        target=row.target.level,
        level=row.gap.standing.level,
        half_steps=row.gap.half_steps,
        importance=row.target.importance,
        place=row.gap.place,
        suggestion=row.gap.suggestion,
        decision=GapDecision.Decision(decided.decision) if decided else None,
        energy=decided.energy if decided else None,
        note=decided.note if decided else "",
    )
