"""What a feedback round released enters the ledger: the same values that the report shows."""

from datetime import date, datetime

from django.db import transaction

from coachwork.evidence.models import Evidence, Source
from coachwork.evidence.models.limits import clean_level
from coachwork.frameworks.models import Competency
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User

RELEASED_SOURCES = (Source.MANAGER, Source.PEER, Source.REPORT, Source.OTHER)


@transaction.atomic
def record_released(  # noqa: PLR0913 - one argument for each field of an observation
    *,
    actor: User,
    client: Client,
    competency: Competency,
    source: str,
    level: float,
    n_raters: int,
    occasion_on: date,
    provenance: str,
    visibility: str,
    at: datetime,
) -> Evidence:
    """Write what a group says, once. It carries nobody's name, so that nobody can edit it."""
    access.require(actor, Verb.PROPOSE, Thing.ASSESSMENT, client)
    if source not in RELEASED_SOURCES:
        raise ValueError(f"{source} is no group of a feedback round.")
    row, _made = Evidence.objects.get_or_create(
        client=client,
        provenance=provenance,
        defaults={
            "competency": competency,
            "source": source,
            "level": clean_level(level),
            "n_raters": n_raters,
            "occasion_on": occasion_on,
            "visibility": visibility,
            "created_by": None,
            "created_at": at,
        },
    )
    return row
