"""Read the key of a request before the row lock is set, so that the lock is that of its person."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from coachwork.people import actions as people
from coachwork.people import queries
from coachwork.people.access import NotVisible

PLACE = "/api/"


class ApiKeys:
    """Whoever sends a key is its person; a wrong key is nobody, whatever cookies come with it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get("Authorization", "")
        if not sent or not request.path.startswith(PLACE):
            return self.get_response(request)
        scheme, _, secret = sent.partition(" ")
        token = None
        if scheme.lower() == "bearer":
            try:
                token = queries.key(secret=secret.strip(), at=now())
            except NotVisible:
                token = None
        request.user = token.user if token else AnonymousUser()
        request.api_key = token  # type: ignore[attr-defined]
        response = self.get_response(request)
        if token is not None and token.used_on != now().date():
            people.mark_used(actor=token.user, token=token, at=now())  # once a day
        return response
