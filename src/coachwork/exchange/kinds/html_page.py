"""The record as one page that opens offline in any browser."""

from collections.abc import Sequence
from datetime import datetime

from django.template.loader import render_to_string

from coachwork.exchange.kinds.table import Table


def files(tables: Sequence[Table], *, name: str, at: datetime) -> dict[str, str]:
    """`index.html`: every table that has rows; the empty ones are named at the end."""
    filled = [
        {
            "table": table,
            "rows": [
                [
                    (column.label, row[column.name])
                    for column in table.columns
                    if row[column.name] not in (None, "", [], {})
                ]
                for row in table.rows
            ],
        }
        for table in tables
        if table.rows
    ]
    context = {
        "name": name,
        "at": at,
        "filled": filled,
        "empty": [table.label for table in tables if not table.rows],
    }
    return {"index.html": render_to_string("exchange/record_file.html", context)}
