"""What the API answers to each kind of refusal, as RFC 9457 problem documents."""

import logging
from collections.abc import Callable, Mapping
from traceback import extract_tb
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError, ValidationError

from coachwork.kit.api import NoTag
from coachwork.kit.errors import Invalid
from coachwork.people.queries import NoRecord
from coachwork.web import errors, refusals
from coachwork.web.problems import KINDS, problem

QUERY = {"cursor", "limit", "client"}  # fields that stand in the address, not in the body

log = logging.getLogger("coachwork.api")


def refused(request: HttpRequest, error: Exception) -> HttpResponse:
    """The problem for whatever was raised; the table of statuses is that of the pages."""
    for kind, answer in ANSWERS.items():
        if isinstance(error, kind):
            return answer(error)
    refusals.note(request, error)
    status = errors.status_of(error)
    if status is None:
        return _fault(request, error)
    return problem(status, "" if status == 404 else str(error))


def _mistakes(error: Invalid) -> HttpResponse:
    return problem(
        422, str(error), mistakes=[_at(name, str(said)) for name, said in error.fields.items()]
    )


def _of_the_framework(error: HttpError) -> HttpResponse:
    if error.status_code == 401:
        return problem(401, headers={"WWW-Authenticate": 'Bearer realm="api"'})
    if error.status_code == 403:
        return problem(403, _("Send the CSRF token of the page in X-CSRFToken, or use a key."))
    status = error.status_code if error.status_code in KINDS else 400
    return problem(status)


def _fault(request: HttpRequest, error: Exception) -> HttpResponse:
    """Log where it happened and what kind it is, never what it says: that may be personal."""
    places = [f"{place.filename}:{place.lineno}" for place in extract_tb(error.__traceback__)]
    route = request.resolver_match.route if request.resolver_match else ""
    log.error("%s %s: %s at %s", request.method, route, type(error).__name__, places[-3:])
    return problem(500)


def _at(name: str, detail: str) -> dict[str, str]:
    where = {"parameter": name} if name in QUERY else {"pointer": f"#/{_escaped(name)}"}
    return {**where, "detail": detail}


def _mistake(error: Mapping[str, Any]) -> dict[str, str]:
    """Where pydantic found something, without what it found there."""
    source, *path = error["loc"]
    detail = str(error["msg"])
    if source != "body":
        return {"parameter": str(path[-1] if path else source), "detail": detail}
    inside = path[1:]  # the first is the name of our own argument
    return {"pointer": "#" + "".join(f"/{_escaped(str(one))}" for one in inside), "detail": detail}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


# What the API says in its own way; the first kind that fits is the answer.
ANSWERS: dict[type[Exception], Callable[[Any], HttpResponse]] = {
    ValidationError: lambda error: problem(422, mistakes=map(_mistake, error.errors)),
    Invalid: _mistakes,
    NoTag: lambda error: problem(428, str(error)),
    NoRecord: lambda error: problem(404, str(error), kind="no-record"),
    RequestDataTooBig: lambda _error: problem(413),
    HttpError: _of_the_framework,
}
