"""The record as JSON, with the JSON Schema that describes it."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from coachwork.exchange.kinds.table import Column, Table

FORMAT = "coachwork-record/1"
TYPES: dict[str, dict[str, Any]] = {
    "boolean": {"type": ["boolean", "null"]},
    "integer": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "date-time": {"type": ["string", "null"], "format": "date-time"},
    "date": {"type": ["string", "null"], "format": "date"},
    "object": {},
    "string": {"type": ["string", "integer", "null"]},
}


def files(tables: Sequence[Table], *, name: str, at: datetime) -> dict[str, str]:
    """`record.json` and `record.schema.json`."""
    record = {
        "format": FORMAT,
        "name": name,
        "exported_at": at.isoformat(),
        "tables": {table.name: list(table.rows) for table in tables},
    }
    return {
        "record.json": _text(record),
        "record.schema.json": _text(schema(tables)),
    }


def schema(tables: Sequence[Table]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a record with these tables."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A Coachwork record",
        "type": "object",
        "required": ["format", "name", "exported_at", "tables"],
        "properties": {
            "format": {"const": FORMAT},
            "name": {"type": "string"},
            "exported_at": {"type": "string", "format": "date-time"},
            "tables": {
                "type": "object",
                "required": [table.name for table in tables],
                "properties": {table.name: _rows(table) for table in tables},
            },
        },
    }


def _rows(table: Table) -> dict[str, Any]:
    return {
        "title": table.label,
        "type": "array",
        "items": {
            "type": "object",
            "required": [column.name for column in table.columns],
            "properties": {column.name: _property(column) for column in table.columns},
            "additionalProperties": False,
        },
    }


def _property(column: Column) -> dict[str, Any]:
    return {"title": column.label, **TYPES[column.kind]}


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
