"""Which accounts this browser has been signed in with: a signed cookie that only we can read."""

from typing import Final

from django.http import HttpRequest, HttpResponse

from coachwork.people.models import User
from coachwork.people.models.trail import digest

COOKIE: Final = "device"
SALT: Final = "coachwork.device"
A_YEAR: Final = 365 * 24 * 60 * 60
MOST: Final = 8


def knows(request: HttpRequest, user: User) -> bool:
    """Whether this account has been used in this browser before."""
    return _mark(user) in _marks(request)


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Keep that it has; nothing in the cookie says whose account that is."""
    marks = [_mark(user), *(mark for mark in _marks(request) if mark != _mark(user))]
    response.set_signed_cookie(
        COOKIE,
        ".".join(marks[:MOST]),
        salt=SALT,
        max_age=A_YEAR,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _marks(request: HttpRequest) -> list[str]:
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=A_YEAR)
    return [mark for mark in str(kept).split(".") if mark]


def _mark(user: User) -> str:
    return digest(f"device|{user.pk}")[:16]
