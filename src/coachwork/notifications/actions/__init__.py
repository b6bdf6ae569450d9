"""Write messages, send them within a person's limits, and keep what they chose."""

from coachwork.notifications.actions.choosing import choose, pause, resume, unsubscribe
from coachwork.notifications.actions.queueing import queue
from coachwork.notifications.actions.rhythm import due_digests, move_on, plan_first_digests
from coachwork.notifications.actions.sending import (
    forget_messages,
    not_sent,
    note_answer,
    sent,
    take,
)

__all__ = [
    "choose",
    "due_digests",
    "forget_messages",
    "move_on",
    "not_sent",
    "note_answer",
    "pause",
    "plan_first_digests",
    "queue",
    "resume",
    "sent",
    "take",
    "unsubscribe",
]
