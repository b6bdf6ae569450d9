"""Identifiers: UUID version 7, so that rows sort by the time they were made."""

from uuid import UUID

from uuid_utils.compat import uuid7


def new_id() -> UUID:
    """A new identifier, later ones sort after earlier ones."""
    return uuid7()
