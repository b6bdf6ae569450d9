"""Hand over a report as a file."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from coachwork.assessment.queries import Report
from coachwork.kit import pdf
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User

TEMPLATE = "reports/templates/reports/round.typ"
MOST_PAGES = 12


@transaction.atomic
def export_report(
    *,
    actor: User,
    report: Report,
    editions: Iterable[Mapping[str, Any]],
    language: str,
    at: datetime,
) -> bytes:
    """The report of a round as an accessible PDF: the fullest edition that fits twelve pages."""
    access.require_row(actor, Verb.READ, Thing.REPORT, report.row)
    made = b""
    for values in editions:
        made = pdf.render(TEMPLATE, values, language=language, at=at)
        if pdf.pages(made) <= MOST_PAGES:
            break
    people.audit(
        actor=actor,
        verb="report.export",
        stream=report.row.client_id,
        thing="report",
        item=report.row.pk,
        at=at,
    )
    return made
