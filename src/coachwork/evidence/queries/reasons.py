"""Why a number is what it is: its inputs, what was left out, the rule and its version."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch

from coachwork.engine.estimates import SourceView
from coachwork.evidence.models import AgreedLevel, Calibration, Dispute, Evidence
from coachwork.evidence.queries.calibrations import of_name
from coachwork.evidence.queries.ledger import COMPANIONS, counting_rows
from coachwork.evidence.queries.levels import LevelView, level_views
from coachwork.frameworks.models import Competency
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User

SHOWN = 60  # rows that do not count; the ledger has them all
AGREED_SHOWN = 10


@dataclass(frozen=True)
class Input:
    """One row of the ledger, and why it does not count where it does not."""

    evidence: Evidence
    reason: str = ""  # empty: it counts


@dataclass(frozen=True)
class Step:
    """One source of the view, with the rows it was worked out from."""

    view: SourceView
    inputs: tuple[Input, ...]


@dataclass(frozen=True)
class Reasons:
    """Everything behind the numbers of one competency."""

    view: LevelView
    steps: tuple[Step, ...]
    left_out: tuple[Input, ...]
    agreed: tuple[AgreedLevel, ...]  # the newest first
    calibration: Calibration | None = None  # the version that the proposed range was read with

    @property
    def disputed(self) -> tuple[Input, ...]:
        """Rows, counting or not, that the client disagreed with."""
        rows = [seen for step in self.steps for seen in step.inputs] + list(self.left_out)
        return tuple(seen for seen in rows if seen.evidence.disputed)


def why(*, actor: User, client: Client, competency: Competency, at: datetime) -> Reasons:
    """The inputs and the arithmetic behind the level view of one competency."""
    agreed = AgreedLevel.objects.filter(
        access.visible(actor, Thing.ASSESSMENT, client=client), competency=competency
    )
    newest = tuple(agreed.order_by("-pk")[:AGREED_SHOWN])
    [view] = level_views(
        actor=actor,
        client=client,
        at=at,
        competencies=[competency],
        agreed={row.competency_id: row for row in newest[:1]},
    )
    used = [seen.ref for said in view.estimate.by_source for seen in said.used]
    recent = sorted(view.estimate.left_out, key=lambda left: left.observation.ref)[-SHOWN:]
    shown = _evidence(actor, client, [*used, *(left.observation.ref for left in recent)])
    steps = tuple(
        Step(source, tuple(Input(shown[UUID(seen.ref)]) for seen in source.used))
        for source in view.estimate.by_source
    )
    left_out = tuple(
        Input(shown[UUID(left.observation.ref)], left.reason) for left in reversed(recent)
    )
    named = view.estimate.proposed.calibration
    read = of_name(named, competency) if named else None
    return Reasons(view, steps, left_out, newest, read)


def _evidence(actor: User, client: Client, refs: list[str]) -> dict[UUID, Evidence]:
    rows = counting_rows(actor=actor, client=client).filter(pk__in=refs)
    disputes = Prefetch("disputes", queryset=Dispute.objects.order_by("pk"), to_attr="against")
    rows = rows.select_related(*COMPANIONS).prefetch_related(disputes)
    return {row.pk: row for row in rows}
