"""What the tests of this room share: a reader, a nudge, and the mails that went out."""

from datetime import datetime, timedelta
from typing import Any

import time_machine

from coachwork.notifications import actions
from coachwork.notifications.jobs import work_off
from coachwork.notifications.models import Message
from coachwork.people.models import User
from tests.builders import NOW

# 9:00 in Berlin on Monday, 5 January 2026 is inside everybody's open hours.
LINKS = {"do_url": "/do", "smaller_url": "/smaller", "move_url": "/move", "drop_url": "/drop"}


def queue(user: User | None, key: str = "one", **more: Any) -> Message | None:
    """A mail that is always sent: somebody shared something."""
    facts: dict[str, Any] = {
        "kind": "share-notice",
        "at": NOW,
        "fields": {"client_name": "Carl", "item": "a goal", "item_url": "https://x.example/1"},
        **more,
    }
    if user is None:
        facts["fields"] = {"name": "You", **facts["fields"]}
    return actions.queue(key=key, user=user, **facts)


def nudge(user: User, key: str = "nudge", at: datetime = NOW, **more: Any) -> Message | None:
    """A reminder of one step."""
    fields = {"when": "10:00, stand-up", "step": "Say it first", "reason": "you chose it"}
    facts = {"kind": "practice-nudge", "fields": fields, "links": LINKS, **more}
    return actions.queue(key=key, at=at, user=user, **facts)


def nudged(user: User, at: datetime, key: str = "") -> Message:
    """A reminder written and tried at this time, as it stands afterwards."""
    with time_machine.travel(at, tick=False):
        message = nudge(user, key or f"nudge {at}", at)
        work_off()
    assert message is not None
    message.refresh_from_db()
    return message


def days_of_nudges(user: User, days: int, start: datetime = NOW) -> str:
    """One reminder a day: S for sent, h for held."""
    marks = ""
    for n in range(days):
        state = nudged(user, start + timedelta(days=n)).state
        marks += {"sent": "S", "held": "h"}[state]
    return marks
