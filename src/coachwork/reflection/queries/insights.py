"""Insights with their words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.reflection.models import Insight
from coachwork.reflection.queries.keys import words


@dataclass(frozen=True)
class Kept:
    """An insight, and whether it is time to ask about it again."""

    row: Insight
    words: dict[str, Any] | None

    @property
    def text(self) -> str:
        return str((self.words or {}).get("text", ""))

    @property
    def tests(self) -> list[str]:
        return list((self.words or {}).get("tests", ()))

    def is_due(self, today: date) -> bool:
        return self.row.asks_on is not None and self.row.asks_on <= today


def insights(*, actor: User, client: Client) -> list[Kept]:
    """All insights, newest first."""
    rows = Insight.objects.filter(access.visible(actor, Thing.ENTRIES, client=client))
    return kept(actor=actor, client=client, rows=rows.order_by("-pk")[:200])


def insight(*, actor: User, insight_id: UUID) -> Kept:
    """One insight."""
    rows = Insight.objects.filter(access.visible(actor, Thing.ENTRIES)).select_related("client")
    row = rows.get(pk=insight_id)
    return kept(actor=actor, client=row.client, rows=[row])[0]


def kept(*, actor: User, client: Client, rows: Iterable[Insight]) -> list[Kept]:
    """These rows with their words."""
    held = list(rows)
    opened = words(actor=actor, client=client, rows=held)
    return [Kept(row, said) for row, said in zip(held, opened, strict=True)]
