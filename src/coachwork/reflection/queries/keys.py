"""The key of a person's journal, and the words of what is sealed with it."""

from collections.abc import Iterable
from typing import Any

from coachwork.kit import sealing
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.reflection.models import JournalKey, SealedRow


def key(*, actor: User, client: Client) -> bytes | None:
    """The key of the client's own journal; none where nothing was ever written.

    Raises `sealing.Unreadable` where the installation has lost its part of it.
    """
    access.require(actor, Verb.WRITE, Thing.ENTRIES, client)
    kept = JournalKey.objects.filter(client=client).values_list("key", flat=True).first()
    return None if kept is None else sealing.unwrapped(kept, client.pk)


def words(*, actor: User, client: Client, rows: Iterable[SealedRow]) -> list[dict[str, Any] | None]:
    """The words of each row; none for a row that cannot be opened here."""
    access.require(actor, Verb.WRITE, Thing.ENTRIES, client)
    held = list(rows)
    try:
        opener = key(actor=actor, client=client) if held else None
    except sealing.Unreadable:
        opener = None
    return [None if opener is None else _opened(opener, row) for row in held]


def told(words: dict[str, Any] | None) -> str:
    """The words of a row as a text, for a file that the client takes along."""
    said = dict(words or {})
    lines = [f"{prompt}\n{text}" for prompt, text in said.pop("answers", ())]
    for name, value in said.items():
        lines.append(f"{name}: {'; '.join(value) if isinstance(value, list) else value}")
    return "\n\n".join(lines)


def _opened(opener: bytes, row: SealedRow) -> dict[str, Any] | None:
    try:
        return sealing.unsealed(opener, row.sealed, row.client_id)
    except sealing.Unreadable:
        return None
