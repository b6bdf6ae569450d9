"""Pages of long lists: each names where the next begins, so that no row is counted or skipped."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Query

from coachwork.kit.api.shapes import Item, Page
from coachwork.kit.errors import Invalid

LIMIT = 50
Row = TypeVar("Row")

Limit = Annotated[int, Query(ge=1, le=100, description="How many rows at most.")]
Cursor = Annotated[
    str, Query(max_length=100, description="`next` of the page before; empty for the first.")
]


def opened(cursor: str) -> UUID | None:
    """The id after which to go on; none for the first page."""
    if not cursor:
        return None
    try:
        return UUID(bytes=base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        raise Invalid({"cursor": _("This is not a cursor of this list.")}) from None


def sealed(last: UUID) -> str:
    """A cursor; what is in it is nobody's business."""
    return base64.urlsafe_b64encode(last.bytes).decode().rstrip("=")


def page_of(
    shape: type[Item],
    show: Callable[[Row], Item],
    rows: Callable[[UUID | None, int], Sequence[Row]],
    *,
    cursor: str,
    limit: int,
) -> Page[Item]:
    """One page: `rows` takes the id to go on after and how many; one more says if there is more."""
    found = rows(opened(cursor), limit + 1)
    last = found[limit - 1].pk if len(found) > limit else None  # type: ignore[attr-defined]
    items = [show(row) for row in found[:limit]]
    return Page[shape](items=items, next=sealed(last) if last else None)  # type: ignore[valid-type]
