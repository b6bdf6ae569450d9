"""The record as one CSV file a table, safe to open in a spreadsheet."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from coachwork.exchange.kinds.table import Table

# A spreadsheet would run a cell that begins like this.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def files(tables: Sequence[Table], *, name: str, at: datetime) -> dict[str, str]:
    """`csv/<table>.csv`, with a byte order mark so that spreadsheets read the letters right."""
    return {f"csv/{table.name}.csv": _text(table) for table in tables}


def _text(table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([cell(row[column.name]) for column in table.columns])
    return "\ufeff" + out.getvalue()


def cell(value: Any) -> Any:
    """A value as a cell: never a formula."""
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(FORMULA):
        return f"'{value}"
    return value
