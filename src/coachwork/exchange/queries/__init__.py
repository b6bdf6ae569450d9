"""Read a whole record: as tables, as files to take away, and by searching in it."""

from coachwork.exchange.queries.search import Found, search_record
from coachwork.exchange.queries.tables import (
    account_models,
    client_models,
    record_tables,
)

__all__ = [
    "Found",
    "account_models",
    "client_models",
    "record_tables",
    "search_record",
]
