"""A record as tables: what every form of it is made from."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    label: str
    kind: str  # string, number, integer, boolean, date-time, date, object


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of thing in a record, with all its rows."""

    name: str
    label: str
    columns: tuple[Column, ...]
    rows: tuple[dict[str, Any], ...]
