"""Hand over a plan as a file, to whoever may read it."""

from datetime import date, datetime

from django.db import transaction

from coachwork.exchange.kinds import plans as kinds
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.plans import queries as plans


@transaction.atomic
def export_plan(*, actor: User, client: Client, kind: str, today: date, at: datetime) -> bytes:
    """The plan as a PDF, a calendar or JSON; the audit log says that it was taken."""
    access.require(actor, Verb.READ, Thing.PLAN, client)
    sheet = plans.sheet(actor=actor, client=client, today=today)
    made = kinds.KINDS[kind].file(sheet, at=at)
    people.audit(
        actor=actor,
        verb=f"plan.export.{kind}",
        stream=client.pk,
        thing="plan",
        item=sheet.plan.pk if sheet.plan else None,
        at=at,
    )
    return made
