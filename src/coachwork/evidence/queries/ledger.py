"""The rows of the ledger, newest first, and which of them count."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from coachwork.evidence.models import Dispute, Evidence
from coachwork.frameworks.models import Competency
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User

PAGE = 50
COMPANIONS = ("competency", "behaviour", "created_by")


def ledger(
    *,
    actor: User,
    client: Client,
    competency: Competency | None = None,
    source: str = "",
    after: UUID | None = None,
    limit: int = PAGE,
) -> list[Evidence]:
    """Rows that the actor may see, newest first; `after` is the last id of the page before.

    Rows that were corrected or taken back are there too: `row.replaced_by` names the newer row.
    """
    rows = visible_rows(actor=actor, client=client).select_related(
        "competency", "behaviour", "created_by"
    )
    if competency is not None:
        rows = rows.filter(competency=competency)
    if source:
        rows = rows.filter(source=source)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return list(with_company(rows, actor).order_by("-pk")[:limit])


def entry(*, actor: User, client: Client, evidence_id: UUID) -> Evidence:
    """One row with what stands beside it."""
    rows = visible_rows(actor=actor, client=client).select_related(
        "competency", "behaviour", "created_by"
    )
    return with_company(rows, actor).get(pk=evidence_id)


def sources(*, actor: User, client: Client) -> list[str]:
    """The sources that have a row in the ledger."""
    rows = visible_rows(actor=actor, client=client).order_by("source")
    return list(rows.values_list("source", flat=True).distinct())


def competencies(*, actor: User, client: Client) -> list[Competency]:
    """The competencies that have a row in the ledger."""
    rows = visible_rows(actor=actor, client=client)
    return list(Competency.objects.filter(pk__in=rows.values("competency")))


def visible_rows(*, actor: User, client: Client) -> QuerySet[Evidence]:
    """All rows of the client that the actor may see."""
    return Evidence.objects.filter(access.visible(actor, Thing.ASSESSMENT, client=client))


def counting_rows(*, actor: User, client: Client) -> QuerySet[Evidence]:
    """The rows that stand: not corrected, not taken back."""
    newer = Evidence.objects.filter(client=OuterRef("client"), corrects=OuterRef("pk"))
    return visible_rows(actor=actor, client=client).filter(~Exists(newer), withdrawn=False)


def with_company(rows: QuerySet[Evidence], actor: User) -> QuerySet[Evidence]:
    """The rows with their disputes and the row that came in their place."""
    return rows.prefetch_related(
        Prefetch("disputes", queryset=Dispute.objects.order_by("pk"), to_attr="against"),
        Prefetch("corrected_by", queryset=Evidence.objects.order_by("pk"), to_attr="newer"),
    )
