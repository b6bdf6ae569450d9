"""Levels by source, the range that is proposed, the level that is agreed, and why."""

from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import now
from ninja import Router
from ninja.responses import Status

from coachwork.engine.estimates import SourceView
from coachwork.evidence import actions, queries
from coachwork.evidence.models import AgreedLevel
from coachwork.frameworks.api import competency_of
from coachwork.kit.api import In, Level, Line, Out, Page
from coachwork.people.access import Request
from coachwork.people.api import Asked, opens, record_of
from coachwork.people.models import Scope, Visibility

router = Router(tags=["Levels"], auth=opens(Scope.READ))


class SourceOut(Out):
    """What one source says, with its interval; one's own view has none."""

    source: str
    mean: float
    low: float | None
    high: float | None
    n: int
    newest: date


class ProposedOut(Out):
    """The range that may be proposed, or why there is none."""

    state: str
    low: float | None
    high: float | None


class AgreedOut(Out):
    """The level that the client stands by."""

    level: Level
    reason: str
    at: datetime


class LevelOut(Out):
    """One competency from every side."""

    competency: UUID
    name: str
    sources: list[SourceOut]
    proposed: ProposedOut
    agreed: AgreedOut | None
    chances: int
    taken: int


class AgreedIn(In):
    """The level, in half steps, and why in a line."""

    competency: UUID
    level: Level
    reason: Line
    visibility: Visibility | None = None


class InputOut(Out):
    """A row that counts, or why it does not."""

    evidence: UUID
    source: str
    level: Level | None
    occasion_on: date
    reason: str


class WhyOut(Out):
    """What the numbers of one competency were worked out from, and by which rule."""

    view: LevelOut
    rules: list[str]
    inputs: list[InputOut]
    left_out: list[InputOut]


@router.get("/levels", response=Page[LevelOut], summary="Levels")
def levels(request: Request, client: Asked = None) -> Page[LevelOut]:
    """Every competency that is aimed for or has evidence, what matters most first."""
    views = queries.level_views(actor=request.user, client=record_of(request, client), at=now())
    return Page[LevelOut](items=[_shown(view) for view in views])


@router.get("/levels/{uuid:competency_id}/why", response=WhyOut, summary="Why this level?")
def why(request: Request, competency_id: UUID, client: Asked = None) -> Out:
    """The rows behind the numbers, and the rules."""
    found = queries.why(
        actor=request.user,
        client=record_of(request, client),
        competency=competency_of(request, competency_id),
        at=now(),
    )
    return WhyOut(
        view=_shown(found.view),
        rules=list(found.view.basis()["rules"]),
        inputs=[_input(one) for step in found.steps for one in step.inputs],
        left_out=[_input(one) for one in found.left_out],
    )


@router.post(
    "/agreed-levels", response={201: LevelOut}, auth=opens(Scope.EVIDENCE), summary="Agree a level"
)
def agree(request: Request, body: AgreedIn) -> Status[Out]:
    """Say which level one stands by; it may lie outside the range that was proposed."""
    competency, client = competency_of(request, body.competency), record_of(request)
    actions.agree_level(
        actor=request.user,
        client=client,
        competency=competency,
        level=body.level,
        reason=body.reason,
        visibility=body.visibility,
        at=now(),
    )
    [view] = queries.level_views(
        actor=request.user, client=client, at=now(), competencies=[competency]
    )
    return Status(201, _shown(view))


def _shown(view: queries.LevelView) -> LevelOut:
    proposed = view.estimate.proposed
    return LevelOut(
        competency=view.competency.pk,
        name=view.competency.worded("name"),
        sources=[_source(said) for said in view.estimate.by_source],
        proposed=ProposedOut(state=proposed.state, low=proposed.low, high=proposed.high),
        agreed=_agreed(view.agreed),
        chances=view.practice.chances,
        taken=view.practice.did + view.practice.partly,
    )


def _source(said: SourceView) -> SourceOut:
    return SourceOut(
        source=said.source,
        mean=said.mean,
        low=said.low,
        high=said.high,
        n=said.n,
        newest=said.newest,
    )


def _agreed(row: AgreedLevel | None) -> AgreedOut | None:
    if row is None:
        return None
    return AgreedOut(level=row.level, reason=row.reason, at=row.created_at)


def _input(one: queries.Input) -> InputOut:
    row = one.evidence
    return InputOut(
        evidence=row.pk,
        source=row.source,
        level=row.level,
        occasion_on=row.occasion_on,
        reason=one.reason,
    )
