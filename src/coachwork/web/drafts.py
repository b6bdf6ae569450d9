"""Tell the browser which draft the server has stored, so that its own copy can go."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

COOKIE = "draft_done"
LONGEST_KEY = 120


class Drafts:
    """A form that keeps a draft sends its key; only a stored form answers with that key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and _stored(request, response):
            key = request.POST.get("draft", "")
            if 0 < len(key) <= LONGEST_KEY and key.isascii() and key.isprintable():
                response.set_cookie(
                    COOKIE, key, max_age=300, samesite="Lax", secure=request.is_secure()
                )
        return response


def _stored(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the form was taken: a step on, or for htmx an answer without problems."""
    if 300 <= response.status_code < 400:
        sent_to_sign_in = response.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))
        return not sent_to_sign_in
    return "HX-Request" in request.headers and 200 <= response.status_code < 300
