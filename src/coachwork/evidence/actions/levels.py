"""Agree a level: the client's own word, with a reason and what was on the table."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from coachwork.evidence import queries
from coachwork.evidence.models import AgreedLevel
from coachwork.evidence.models.limits import REASON_MAX, clean_level, clean_text
from coachwork.frameworks.models import Competency
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people import queries as records
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility


@transaction.atomic
def agree_level(  # noqa: PLR0913
    *,
    actor: User,
    client: Client,
    competency: Competency,
    level: Decimal | float | str,
    reason: str,
    at: datetime,
    visibility: Visibility | None = None,
) -> AgreedLevel:
    """Say which level the client stands by; it may lie outside the range that was proposed."""
    access.require(actor, Verb.WRITE, Thing.ASSESSMENT, client)
    chosen = clean_level(level, half_steps=True)
    why = clean_text("reason", reason, limit=REASON_MAX, required=True)
    [view] = queries.level_views(actor=actor, client=client, at=at, competencies=[competency])
    if view.agreed and (view.agreed.level, view.agreed.reason) == (chosen, why):
        return view.agreed  # the form was sent twice
    row = AgreedLevel(
        client=client,
        competency=competency,
        level=chosen,
        reason=why,
        basis=view.basis(),
        visibility=visibility or records.starting_class(actor=actor, client=client),
        created_by=actor,
        created_at=at,
    )
    row.save(force_insert=True)
    people.note(
        actor=actor,
        client=client,
        kind="level.agreed",
        at=at,
        item=row.pk,
        visibility=row.visibility,
    )
    return row
