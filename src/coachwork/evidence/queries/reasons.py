"""Why a number is what it is: its inputs, what was left out, the rule and its version."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from coachwork.engine import estimates
from coachwork.engine.estimates import Observation, SourceView
from coachwork.evidence.models import AgreedLevel, Evidence
from coachwork.evidence.models.limits import day_of
from coachwork.evidence.queries.ledger import counting_rows, with_company
from coachwork.evidence.queries.levels import FIELDS, LevelView, level_views, observation
from coachwork.frameworks.models import Competency
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User

SHOWN = 60  # rows that do not count; the ledger has them all


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

    @property
    def disputed(self) -> tuple[Input, ...]:
        """Rows, counting or not, that the client disagreed with."""
        rows = [seen for step in self.steps for seen in step.inputs] + list(self.left_out)
        return tuple(seen for seen in rows if seen.evidence.disputes.all())


def why(*, actor: User, client: Client, competency: Competency, at: datetime) -> Reasons:
    """The inputs and the arithmetic behind the level view of one competency."""
    [view] = level_views(actor=actor, client=client, at=at, competencies=[competency])
    counting = [seen.ref for said in view.estimate.by_source for seen in said.used]
    rows = counting_rows(actor=actor, client=client).filter(competency=competency)
    recent = rows.filter(level__isnull=False).exclude(pk__in=counting).order_by("-pk")[:SHOWN]
    said = [observation(row) for row in recent.values(*FIELDS)]
    shown = _evidence(actor, client, [*counting, *(seen.ref for seen in said)])
    steps = tuple(
        Step(source, tuple(Input(shown[UUID(seen.ref)]) for seen in source.used))
        for source in view.estimate.by_source
    )
    left_out = tuple(Input(shown[UUID(seen.ref)], _reason(seen, at)) for seen in said)
    agreed = AgreedLevel.objects.filter(
        access.visible(actor, Thing.ASSESSMENT, client=client), competency=competency
    )
    newest = tuple(agreed.select_related("created_by").order_by("-pk")[:10])
    return Reasons(view=view, steps=steps, left_out=left_out, agreed=newest)


def _evidence(actor: User, client: Client, refs: list[str]) -> dict[UUID, Evidence]:
    rows = counting_rows(actor=actor, client=client).filter(pk__in=refs)
    found = with_company(rows.select_related("behaviour", "created_by"), actor)
    return {row.pk: row for row in found}


def _reason(seen: Observation, at: datetime) -> str:
    """Why this row does not count: what the engine says of it alone, else a later view does."""
    alone = estimates.level_view([seen], at=day_of(at))
    return alone.left_out[0].reason if alone.left_out else "later_view"
