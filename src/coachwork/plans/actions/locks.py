"""Hold a row while it changes, so that two presses at once cannot both win."""

from typing import TypeVar

from coachwork.people.models import ClientRow

Row = TypeVar("Row", bound=ClientRow)


def hold(row: Row) -> Row:
    """Bring the row up to date and keep others from changing it until the transaction ends."""
    client = row.client
    rows = type(row)._base_manager.select_for_update().filter(client=client)
    row.refresh_from_db(from_queryset=rows)
    row.client = client
    return row
