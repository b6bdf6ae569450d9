"""Tags for safe edits: who changes a thing says which version of it they have read."""

import hashlib
from typing import Annotated, TypeVar

from django.http import HttpResponse
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from ninja import Header

from coachwork.kit.api.shapes import Out
from coachwork.kit.errors import Refused, Stale

Shown = TypeVar("Shown", bound=Out)
IfMatch = Annotated[
    str,
    Header(alias="If-Match", max_length=500, description="The ETag of the version you have read."),
]


class NoTag(Refused):
    """An edit without a tag could overwrite what somebody else has just written."""

    def __init__(self) -> None:
        super().__init__(_("Send the ETag of what you have read in If-Match."))


def tag(shown: Out) -> str:
    """The ETag of a thing as it is shown."""
    return f'"{hashlib.sha256(shown.model_dump_json().encode()).hexdigest()[:32]}"'


def tagged(response: HttpResponse, shown: Shown) -> Shown:
    """The same, with its tag in the answer's headers."""
    response["ETag"] = tag(shown)
    return shown


def check_tag(if_match: str, shown: Out) -> None:
    """Refuse an edit by somebody who has not read the thing as it is now."""
    if not if_match.strip():
        raise NoTag
    given = parse_etags(if_match)
    if "*" not in given and tag(shown) not in given:
        raise Stale(_("This has changed since you read it. Nothing was overwritten."))
