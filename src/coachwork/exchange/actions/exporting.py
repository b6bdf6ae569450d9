"""Hand the whole record to the person it is about."""

import io
import zipfile
from datetime import datetime

from django.db import transaction

from coachwork.exchange import queries
from coachwork.exchange.kinds import KINDS
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User


@transaction.atomic
def export_record(*, actor: User, client: Client, at: datetime) -> bytes:
    """A ZIP archive with the record as a page, as JSON with its schema, and as CSV."""
    access.require(actor, Verb.WRITE, Thing.RECORD, client)
    tables = queries.record_tables(actor=actor, client=client)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for kind in KINDS.values():
            for name, text in kind.files(tables, name=client.name, at=at).items():
                files.writestr(name, text)
    people.audit(
        actor=actor, verb="record.export", stream=client.pk, thing="record", item=client.pk, at=at
    )
    return archive.getvalue()
