"""Mail goes out in the background, so that no page waits for a mail server."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from coachwork.kit import jobs
from coachwork.kit.jobs import task
from coachwork.notifications import actions
from coachwork.notifications.actions import queueing, sending
from coachwork.notifications.kinds import KINDS, Parcel, Undeliverable
from coachwork.notifications.models import Message

LEFT_BEHIND_AFTER = timedelta(minutes=15)


@task(priority=10)
def send_message(message_id: str) -> None:
    """Send one message, once, within its reader's limits."""
    message = actions.take(message_id=UUID(message_id), at=timezone.now())
    if message is None:
        return
    try:
        KINDS["email"].deliver(_parcel(message))
    except Undeliverable as problem:
        actions.not_sent(message=message, kind=problem.kind, final=problem.final, at=timezone.now())
    else:
        actions.sent(message=message, at=timezone.now())


@task
def send_left_behind() -> None:
    """Look for messages whose job was lost, and ask for it again; asking twice does no harm."""
    for message_id in sending.left_behind(before=timezone.now() - LEFT_BEHIND_AFTER):
        jobs.enqueue(queueing.SEND, message_id)


@task
def plan_first_digests() -> None:
    """Give new people their first time for a digest, a batch after the other."""
    while actions.plan_first_digests(at=timezone.now()):
        pass


def _parcel(message: Message) -> Parcel:
    return Parcel(
        id=message.pk,
        address=message.address,
        subject=message.subject,
        text=message.text,
        html=message.html,
        headers=_list_headers(message),
    )


def _list_headers(message: Message) -> dict[str, str]:
    """Nudges carry a way out that a mail program can use by itself (RFC 2369, RFC 8058)."""
    if message.transactional or message.user is None:
        return {}
    return {
        "List-Unsubscribe": f"<{queueing.unsubscribe_link(message.user, message.kind)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Help": f"<{queueing.preferences_link()}>",
    }
