"""Rows of the ledger: read, add, correct, take back, dispute."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.utils import timezone
from django.utils.timezone import now
from ninja import Router
from ninja.responses import Status
from pydantic import Field

from coachwork.evidence import actions, queries
from coachwork.evidence.models import Chance, Evidence, Source
from coachwork.frameworks.api import behaviour_of, competency_of
from coachwork.kit.api import LIMIT, Cursor, In, Level, Limit, Out, Page, Text, page_of
from coachwork.kit.ids import new_id
from coachwork.people.access import Request
from coachwork.people.api import Asked, opens, record_of
from coachwork.people.models import Scope, Visibility

router = Router(tags=["Evidence"], auth=opens(Scope.READ))
writes = opens(Scope.EVIDENCE)


class EvidenceOut(Out):
    """One observation. `replaced_by` is the row that stands in its place, if there is one."""

    id: UUID
    competency: UUID
    competency_name: str
    behaviour: UUID | None
    source: Source
    occasion_on: date
    level: Level | None
    chance: Chance | None
    context: Evidence.Context
    text: str
    n_raters: int
    withdrawn: bool
    disputes: list[str]
    replaced_by: UUID | None
    visibility: Visibility
    at: datetime


class EvidenceIn(In):
    """An example of one's own work, or what somebody said (which carries no level)."""

    competency: UUID
    source: Literal[Source.SELF, Source.WORK_SAMPLE]
    text: Text
    occasion_on: date | None = None
    level: Annotated[int, Field(ge=1, le=5)] | None = None
    behaviour: UUID | None = None
    context: Evidence.Context = Evidence.Context.WORK
    visibility: Visibility | None = None


class CorrectionIn(In):
    """How it should have read."""

    text: Text
    occasion_on: date
    level: Annotated[int, Field(ge=1, le=5)] | None = None


class DisputeIn(In):
    """Why one disagrees."""

    reason: Text


@router.get("/evidence", response=Page[EvidenceOut], summary="The ledger, newest first")
def ledger(
    request: Request,
    client: Asked = None,
    competency: UUID | None = None,
    source: Source | None = None,
    cursor: Cursor = "",
    limit: Limit = LIMIT,
) -> Page[EvidenceOut]:
    """Every row that may be read, those that were corrected or taken back too."""
    owner = record_of(request, client)

    def rows(after: UUID | None, number: int) -> list[queries.PlainRow]:
        return queries.plain_ledger(
            actor=request.user,
            client=owner,
            competency_id=competency,
            source=source or "",
            after=after,
            limit=number,
        )

    return page_of(EvidenceOut, _shown, rows, cursor=cursor, limit=limit)


@router.post("/evidence", response={201: EvidenceOut}, auth=writes, summary="Add evidence")
def add(request: Request, body: EvidenceIn) -> Status[Out]:
    """Add an example of one's own work, or what somebody said."""
    competency = competency_of(request, body.competency)
    owner = record_of(request)
    made = actions.add_own(
        actor=request.user,
        client=owner,
        competency=competency,
        behaviour=behaviour_of(request, competency, body.behaviour),
        source=body.source,
        occasion_on=body.occasion_on or timezone.localdate(),
        text=body.text,
        level=body.level,
        context=body.context,
        visibility=body.visibility,
        entry=str(new_id()),
        at=now(),
    )
    return Status(201, _found(request, made.pk))


@router.get("/evidence/{uuid:evidence_id}", response=EvidenceOut, summary="One row")
def entry(request: Request, evidence_id: UUID, client: Asked = None) -> Out:
    """One row with what stands beside it."""
    return _found(request, evidence_id, client)


@router.post(
    "/evidence/{uuid:evidence_id}/correction",
    response={201: EvidenceOut},
    auth=writes,
    summary="Correct a row",
)
def correct(request: Request, evidence_id: UUID, body: CorrectionIn) -> Status[Out]:
    """Put a corrected row in the place of one's own; both stay readable."""
    made = actions.correct(
        actor=request.user,
        evidence=_row(request, evidence_id),
        text=body.text,
        occasion_on=body.occasion_on,
        level=body.level,
        at=now(),
    )
    return Status(201, _found(request, made.pk))


@router.post(
    "/evidence/{uuid:evidence_id}/withdrawal",
    response={201: EvidenceOut},
    auth=writes,
    summary="Take a row back",
)
def withdraw(request: Request, evidence_id: UUID) -> Status[Out]:
    """Take one's own row back: a new row says so, and it counts no more."""
    made = actions.withdraw(actor=request.user, evidence=_row(request, evidence_id), at=now())
    return Status(201, _found(request, made.pk))


@router.post(
    "/evidence/{uuid:evidence_id}/dispute",
    response={201: EvidenceOut},
    auth=writes,
    summary="Disagree with a row",
)
def dispute(request: Request, evidence_id: UUID, body: DisputeIn) -> Status[Out]:
    """Say that one disagrees, and why; it stands beside the row from now on."""
    actions.dispute(
        actor=request.user, evidence=_row(request, evidence_id), reason=body.reason, at=now()
    )
    return Status(201, _found(request, evidence_id))


def _row(request: Request, evidence_id: UUID) -> Evidence:
    owner = record_of(request)
    return queries.entry(actor=request.user, client=owner, evidence_id=evidence_id)


def _found(request: Request, evidence_id: UUID, client: UUID | None = None) -> EvidenceOut:
    owner = record_of(request, client)
    rows = queries.plain_ledger(actor=request.user, client=owner, only=evidence_id, limit=1)
    if not rows:
        raise Evidence.DoesNotExist
    return _shown(rows[0])


def _shown(row: queries.PlainRow) -> EvidenceOut:
    return EvidenceOut(
        id=row.pk,
        competency=row.competency,
        competency_name=row.competency_name,
        behaviour=row.behaviour,
        source=Source(row.source),
        occasion_on=row.occasion_on,
        level=row.level,
        chance=Chance(row.chance) if row.chance else None,
        context=Evidence.Context(row.context),
        text=row.text,
        n_raters=row.n_raters,
        withdrawn=row.withdrawn,
        disputes=list(row.disputes),
        replaced_by=row.replaced_by,
        visibility=Visibility(row.visibility),
        at=row.created_at,
    )
