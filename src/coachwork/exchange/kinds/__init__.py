"""The forms in which a record can be taken away. To add one: a module here, and a line in KINDS."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from coachwork.exchange.kinds import csv_files, html_page, json_file
from coachwork.exchange.kinds.table import Table


class Kind(Protocol):
    """What a module of this folder offers."""

    def files(self, tables: Sequence[Table], *, name: str, at: datetime) -> dict[str, str]:
        """The text of each file, by its name in the archive."""


KINDS: dict[str, Kind] = {"html": html_page, "json": json_file, "csv": csv_files}
