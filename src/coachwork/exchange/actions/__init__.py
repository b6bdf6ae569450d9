"""Take a record or a plan away, and erase it."""

from coachwork.exchange.actions.erasing import erase_record
from coachwork.exchange.actions.exporting import export_record
from coachwork.exchange.actions.plans import export_plan

__all__ = ["erase_record", "export_plan", "export_record"]
