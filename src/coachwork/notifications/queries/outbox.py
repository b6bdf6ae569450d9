"""The outbox: every mail of this installation, for a newcomer to look at. Demo and debug only."""

from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from coachwork.notifications.models import Message

SHOWN = 100


def is_open() -> bool:
    """Whether mails may be looked at here at all."""
    return bool(settings.DEMO or settings.DEBUG)


def outbox() -> QuerySet[Message]:
    """The newest mails, whoever they are for."""
    if not is_open():
        raise Message.DoesNotExist
    return Message.objects.order_by("-created_at", "-pk")[:SHOWN]


def outbox_message(*, message_id: UUID) -> Message:
    """One mail."""
    if not is_open():
        raise Message.DoesNotExist
    return Message.objects.get(pk=message_id)
