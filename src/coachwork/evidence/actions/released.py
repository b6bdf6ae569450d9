"""What a feedback round released enters the ledger: the same values that the report shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from coachwork.evidence.models import Evidence, Source
from coachwork.evidence.models.limits import clean_level
from coachwork.frameworks.models import Competency
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User

RELEASED_SOURCES = (Source.MANAGER, Source.PEER, Source.REPORT, Source.OTHER)


@dataclass(frozen=True)
class ReleasedView:
    """What one group says about one competency; `provenance` names the release."""

    competency: Competency
    source: str
    level: float
    n_raters: int
    provenance: str


@transaction.atomic
def record_released(
    *,
    actor: User,
    client: Client,
    views: Sequence[ReleasedView],
    occasion_on: date,
    visibility: str,
    at: datetime,
) -> None:
    """Write what groups say, once. It carries nobody's name, so that nobody can edit it."""
    access.require(actor, Verb.PROPOSE, Thing.ASSESSMENT, client)
    for view in views:
        if view.source not in RELEASED_SOURCES:
            raise ValueError(f"{view.source} is no group of a feedback round.")
    rows = [
        Evidence(
            client=client,
            provenance=view.provenance,
            competency=view.competency,
            source=view.source,
            level=clean_level(view.level),
            n_raters=view.n_raters,
            occasion_on=occasion_on,
            visibility=visibility,
            created_by=None,
            created_at=at,
        )
        for view in views
    ]
    # What was written before stays as it is: the provenance is there once.
    Evidence.objects.bulk_create(rows, ignore_conflicts=True)
