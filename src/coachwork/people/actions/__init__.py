"""Open records, bind people together, share and unshare, and leave a trail."""

from coachwork.people.actions.records import open_record
from coachwork.people.actions.trail import audit, note

__all__ = ["audit", "note", "open_record"]
