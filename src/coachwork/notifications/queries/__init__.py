"""What a person chose to receive, and what has come to them."""

from coachwork.notifications.queries.attention import held_back, may_reach, rhythm
from coachwork.notifications.queries.outbox import outbox, outbox_message
from coachwork.notifications.queries.preferences import (
    CHOICES,
    is_paused,
    preference,
    reader,
    recent,
    zone,
)

__all__ = [
    "CHOICES",
    "held_back",
    "is_paused",
    "may_reach",
    "outbox",
    "outbox_message",
    "preference",
    "reader",
    "recent",
    "rhythm",
    "zone",
]
