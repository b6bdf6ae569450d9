"""Flags can be put aside by the client, for everybody."""

from datetime import datetime

from django.db import transaction

from coachwork.accountability.models import Dismissal
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility


@transaction.atomic
def dismiss(*, actor: User, client: Client, flag: str, at: datetime) -> None:
    """Put a flag aside: it comes back only with another cause."""
    access.require(actor, Verb.WRITE, Thing.CHECK_INS, client)
    Dismissal.objects.get_or_create(
        client=client,
        flag=flag[:80],
        defaults={"visibility": Visibility.PAIR, "created_by": actor, "created_at": at},
    )
