"""The forms in which a plan can be taken away. To add one: a module here, and a line in KINDS."""

from datetime import datetime
from typing import Protocol

from coachwork.exchange.kinds.plans import calendar_file, json_file, pdf_file
from coachwork.plans.queries import Sheet


class PlanKind(Protocol):
    """What a module of this folder offers."""

    CONTENT_TYPE: str

    def file(self, sheet: Sheet, *, at: datetime) -> bytes:
        """The whole file; the same sheet at the same time gives the same bytes."""


KINDS: dict[str, PlanKind] = {"pdf": pdf_file, "ics": calendar_file, "json": json_file}
