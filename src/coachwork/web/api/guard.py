"""What every operation passes on its way in and out: limits, media type, repeats, conditions."""

import hashlib
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.views.decorators.csrf import csrf_exempt

from coachwork.web.api import repeats
from coachwork.web.api.limits import Budget
from coachwork.web.problems import problem

View = Callable[..., HttpResponse]
BODY = {"POST", "PUT", "PATCH"}
UNKNOWN_PER_MINUTE = 120

budget = Budget()


def guarded(view: View) -> View:
    """The view as the API shows it; its own authentication takes the place of the login wall."""

    @login_not_required
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        response = _kept_out(request) or _run(view, request, *args, **named)
        response.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ["Authorization", "Cookie", "Accept-Language"])
        return response

    return answer


def _run(view: View, request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
    asked = request.method
    if asked == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": _methods(view(request, *args, **named))})
    try:
        if asked == "HEAD":
            request.method = "GET"  # the same headers; the server leaves the body out
        response = repeats.once(request, lambda: view(request, *args, **named))
    except RequestDataTooBig:
        return problem(413)
    finally:
        request.method = asked
    if response.status_code == 405:
        return problem(405, headers={"Allow": _methods(response)})
    if asked in {"GET", "HEAD"} and response.status_code == 200:
        return _unless_known(request, response)
    return response


def _methods(refusal: HttpResponse) -> str:
    there = [name.strip() for name in refusal.get("Allow", "").split(",") if name.strip()]
    return ", ".join([*there, *(["HEAD"] if "GET" in there else []), "OPTIONS"])


def _kept_out(request: HttpRequest) -> HttpResponse | None:
    """The problem with the request as such, before anybody looks at what it asks."""
    if wait := _too_many(request):
        return problem(429, headers={"Retry-After": str(wait)})
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.method not in BODY or length == "0":
        return None
    if not length.isdecimal():
        return problem(400)
    if int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        return problem(413)
    plain = request.headers.get("Content-Encoding", "identity") == "identity"
    if not plain or request.content_type != "application/json":
        return problem(415, headers={"Accept": "application/json", "Accept-Encoding": "identity"})
    return None


def _too_many(request: HttpRequest) -> int:
    token = getattr(request, "api_key", None)
    if token is not None:
        return budget.take(f"key {token.pk}", settings.API_PER_MINUTE, time.time())
    if request.user.is_authenticated:
        return budget.take(f"person {request.user.pk}", settings.API_PER_MINUTE, time.time())
    return budget.take(f"at {request.META.get('REMOTE_ADDR')}", UNKNOWN_PER_MINUTE, time.time())


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """304 where the caller has exactly this already."""
    if "ETag" not in response:
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if response["ETag"] not in known and "*" not in known:
        return response
    return HttpResponse(status=304, headers={"ETag": response["ETag"]})
