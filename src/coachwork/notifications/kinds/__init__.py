"""The ways in which a message reaches a person: one module each, and this table."""

from coachwork.notifications.kinds.email import Email
from coachwork.notifications.kinds.parcels import Channel, Parcel, Undeliverable

KINDS: dict[str, Channel] = {"email": Email()}

__all__ = ["KINDS", "Channel", "Parcel", "Undeliverable"]
