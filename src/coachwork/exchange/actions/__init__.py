"""Take a record away, and erase it."""

from coachwork.exchange.actions.erasing import erase_record
from coachwork.exchange.actions.exporting import export_record

__all__ = ["erase_record", "export_record"]
