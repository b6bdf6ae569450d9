"""Released reports: what was frozen, and nothing that it was made from."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from coachwork.assessment import queries
from coachwork.assessment.models import RaterGroup
from coachwork.kit.api import Out, one_of, tagged
from coachwork.people.access import Request
from coachwork.people.api import opens
from coachwork.people.models import Scope

Group = Annotated[RaterGroup, one_of(RaterGroup)]
router = Router(tags=["Feedback rounds"], auth=opens(Scope.READ))
Band = Literal["less", "same", "some", "more"]
OneToFive = Annotated[float, Field(ge=1, le=5)]


class ShownOut(Out):
    """A value as it may be shown; with a bound it is that value or beyond it."""

    value: OneToFive
    n: int
    bound: Literal["", "or_lower", "or_higher"]


class GroupViewOut(Out):
    """What one group says, by the ids of competencies and of behaviours."""

    name: Group
    groups: list[Group]
    n: int
    competencies: dict[str, ShownOut]
    items: dict[str, ShownOut]


class WithheldOut(Out):
    """A group of which nothing is shown, and why."""

    group: Group
    reason: Literal["too_few", "too_close"]


class PicksOut(Out):
    """How many of a group picked what, from three on; null is all, or all but one."""

    name: Group
    groups: list[Group]
    n: int
    counts: dict[str, int | None]


class SpreadOut(Out):
    """What colleagues say in a pulse: counts, or nearly one voice, or only which way they lean."""

    n: int
    unsure: int
    counts: dict[Band, int] | None
    nearly: Band | Literal[""]
    leaning: Band | Literal[""]


class ReportOut(Out):
    """A released report: frozen, so that it never changes. `spread` is what a pulse has instead."""

    id: UUID
    at: datetime
    framework: str
    own: dict[str, float]
    groups: list[GroupViewOut]
    named: list[GroupViewOut]
    withheld: list[WithheldOut]
    overall: dict[str, ShownOut] | None
    comments: dict[str, list[str]]
    named_comments: dict[str, list[str]]
    picks: list[PicksOut]
    named_picks: list[str]
    spread: SpreadOut | None
    named_spread: list[Band]


@router.get("/rounds/{uuid:round_id}/report", response=ReportOut, summary="The report of a round")
def report(request: Request, response: HttpResponse, round_id: UUID) -> Out:
    """404 until it is released."""
    row = queries.feedback_round(actor=request.user, round_id=round_id)
    found = queries.report(actor=request.user, asked_in=row)
    facts: dict[str, Any] = {name: found.data[name] for name in ReportOut.model_fields.keys() - OWN}
    return tagged(response, ReportOut(id=found.row.pk, at=found.row.created_at, **facts))


OWN = {"id", "at"}
