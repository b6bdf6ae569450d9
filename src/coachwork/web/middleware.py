"""What every request passes: the person's language and clock, and the row lock."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation

from coachwork.kit import rowlock
from coachwork.people import access
from coachwork.people.models import User

Answer = Callable[[HttpRequest], HttpResponse]


class PersonalLocale:
    """Speak the person's language and show their time; a visitor's browser says which."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        known = {code for code, _name in settings.LANGUAGES}
        locale = user.locale if user.is_authenticated else ""
        if locale not in known:
            locale = translation.get_language_from_request(request)
        with translation.override(locale), timezone.override(_zone(user)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
        return response


class FirstRun:
    """On an installation without any account, the ways in lead to the page that sets it up."""

    WAYS_IN = {"home", "account_login", "account_signup"}
    begun = False  # once there is an account, nothing is asked any more

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if FirstRun.begun or match is None or match.view_name not in self.WAYS_IN:
            return None
        FirstRun.begun = User.objects.exists()
        return None if FirstRun.begun else redirect("people:setup")


class RowLock:
    """On PostgreSQL, let the database itself hold back every record the person may not see."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not rowlock.locks():
            return self.get_response(request)
        user = request.user
        with rowlock.locked_to(access.client_ids(user) if user.is_authenticated else ()):
            return self.get_response(request)


def _zone(user: object) -> ZoneInfo | None:
    try:
        return ZoneInfo(getattr(user, "timezone", "") or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        return None
