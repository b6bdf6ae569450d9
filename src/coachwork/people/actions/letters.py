"""Mails that this room causes.

It lies below the room of messages, so the settings name the queue.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from coachwork.people.models import User


def write(  # noqa: PLR0913  what a letter is made of
    kind: str,
    *,
    key: str,
    at: datetime,
    reader: User | str,
    fields: Mapping[str, object],
    links: Mapping[str, str],
    about: UUID | None = None,
) -> None:
    """Queue one mail, to an account or to the address of somebody who may have none."""
    queue: Callable[..., Any] = import_string(settings.MESSAGE_QUEUE)
    to = {"user": reader} if isinstance(reader, User) else {"address": reader}
    queue(kind=kind, key=key, at=at, fields=fields, links=links, about=about, **to)
