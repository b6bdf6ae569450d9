"""Rows of the ledger as plain values, for lists that programs read: few queries, no objects."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, Subquery

from coachwork.evidence.models import Dispute, Evidence
from coachwork.evidence.queries.ledger import PAGE, visible_rows
from coachwork.frameworks.models import Competency
from coachwork.people.models import Client, User

FIELDS = (
    "pk",
    "competency",
    "behaviour",
    "source",
    "occasion_on",
    "level",
    "chance",
    "context",
    "text",
    "n_raters",
    "withdrawn",
    "visibility",
    "created_at",
)


class PlainRow(NamedTuple):
    """One row of the ledger with what stands beside it."""

    pk: UUID
    competency: UUID
    behaviour: UUID | None
    source: str
    occasion_on: date
    level: Decimal | None
    chance: str
    context: str
    text: str
    n_raters: int
    withdrawn: bool
    visibility: str
    created_at: datetime
    replaced_by: UUID | None
    competency_name: str = ""
    disputes: tuple[str, ...] = ()


def plain_ledger(  # noqa: PLR0913  one argument for each way to narrow the list
    *,
    actor: User,
    client: Client,
    competency_id: UUID | None = None,
    source: str = "",
    only: UUID | None = None,
    after: UUID | None = None,
    limit: int = PAGE,
) -> list[PlainRow]:
    """Rows that the actor may see, newest first; `only` names a single one."""
    rows = visible_rows(actor=actor, client=client)
    wanted = {"competency": competency_id, "source": source, "pk": only, "pk__lt": after}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    newer = Evidence.objects.filter(client=OuterRef("client"), corrects=OuterRef("pk"))
    rows = rows.annotate(newest=Subquery(newer.values("pk")[:1])).order_by("-pk")
    found = [PlainRow(*row) for row in rows.values_list(*FIELDS, "newest")[:limit]]
    return _accompanied(client, found)


def _accompanied(client: Client, rows: list[PlainRow]) -> list[PlainRow]:
    """The rows with the names of their competencies, and what was said against them."""
    known = Competency.objects.filter(pk__in={row.competency for row in rows})
    names = {one.pk: one.worded("name") for one in known.only("name", "translations")}
    said: dict[UUID, list[str]] = defaultdict(list)
    against = Dispute.objects.filter(client=client, evidence__in=[row.pk for row in rows])
    for evidence, reason in against.order_by("pk").values_list("evidence", "reason"):
        said[evidence].append(reason)
    return [
        row._replace(competency_name=names[row.competency], disputes=tuple(said.get(row.pk, ())))
        for row in rows
    ]
