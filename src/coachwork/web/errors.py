"""What the web answers to each kind of refusal: the one table, for pages and API alike."""

from collections.abc import Callable

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from coachwork.kit.errors import Invalid, Refused, Stale
from coachwork.people.queries import NoRecord
from coachwork.web import problems, refusals

# The first kind that fits is the answer, so the special ones come first.
STATUS: dict[type[Exception], int] = {
    Invalid: 422,
    Stale: 412,
    Refused: 409,
    PermissionDenied: 403,
    ObjectDoesNotExist: 404,
    Http404: 404,
}


def status_of(error: Exception) -> int | None:
    """The status for this error, or none where it is a fault of ours."""
    return next((code for kind, code in STATUS.items() if isinstance(error, kind)), None)


def refuse(request: HttpRequest, status: int, message: str = "") -> HttpResponse:
    """The page for a refusal; a missing thing never says whose it would have been."""
    shown = message if status not in {404, 500} else ""
    if problems.is_for(request):
        return problems.problem(status, shown)
    name = status if status in {400, 403, 404, 409, 413, 429, 500} else 409
    return render(request, f"errors/{name}.html", {"message": shown}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """An expired form: the words are still in the browser's draft, so say how to go on."""
    if problems.is_for(request):
        return refuse(request, 403, _("Send the CSRF token of the page in X-CSRFToken."))
    message = _(
        "This page was open for a long time. Go back, reload, and your text is still there."
    )
    return refuse(request, 403, message)


class Errors:
    """Turn what the rooms raise into pages; `web.api` gives the API the same table."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NoRecord):
            return redirect("people:start")
        refusals.note(request, error)
        status = status_of(error)
        return refuse(request, status, str(error)) if status else None


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, 403, str(exception))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refuse(request, 413 if isinstance(exception, RequestDataTooBig) else 400)


def broken(request: HttpRequest) -> HttpResponse:
    if problems.is_for(request):
        return problems.problem(500)
    return render(request, "errors/500.html", status=500)
