"""Problem documents (RFC 9457): how a refusal reads for a program."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

API = "/api/"
Text = str | Promise
MEDIA_TYPE = "application/problem+json"
KIND = "urn:coachwork:problem:"
# The stable name of each kind, and its title.
KINDS: dict[int, tuple[str, Text]] = {
    400: ("malformed", gettext_lazy("This request cannot be read")),
    401: ("no-key", gettext_lazy("A key or a session is needed")),
    403: ("not-allowed", gettext_lazy("This is not allowed")),
    404: ("not-found", gettext_lazy("There is no such thing")),
    405: ("no-such-method", gettext_lazy("This cannot be done here")),
    409: ("refused", gettext_lazy("The rules do not allow this now")),
    412: ("stale", gettext_lazy("It has changed since it was read")),
    413: ("too-large", gettext_lazy("This is too large")),
    415: ("not-json", gettext_lazy("Only JSON is read here")),
    422: ("invalid", gettext_lazy("Something in it cannot be taken")),
    428: ("no-tag", gettext_lazy("Say which version you have read")),
    429: ("too-many", gettext_lazy("Too many requests")),
    500: ("fault", gettext_lazy("A fault of ours")),
}


def problem(
    status: int,
    detail: str = "",
    *,
    kind: str = "",
    mistakes: Iterable[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A problem document; `mistakes` says where each is, by JSON pointer or by parameter."""
    name, title = KINDS[status]
    said: dict[str, Any] = {"type": KIND + (kind or name), "title": str(title), "status": status}
    if detail:
        said["detail"] = detail
    if found := [dict(one) for one in mistakes]:
        said["errors"] = found
    return HttpResponse(
        json.dumps(said), status=status, content_type=MEDIA_TYPE, headers=dict(headers or {})
    )


def is_for(request: HttpRequest) -> bool:
    """Whether a program asked: below the address of the API no answer is a page."""
    return request.path_info.startswith(API)
