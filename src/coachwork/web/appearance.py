"""The look that a person chose: kept with their account, and in the browser for before sign-in."""

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from coachwork.people import actions as people

COOKIE: Final = "theme"
THEMES: Final = ("light", "dark", "contrast")
A_YEAR: Final = 365 * 24 * 60 * 60


def theme_of(request: HttpRequest) -> str:
    """The theme of the account, or of a visitor's browser; nothing where the device decides."""
    user = getattr(request, "user", None)
    chosen = (
        user.theme
        if user is not None and user.is_authenticated
        else request.COOKIES.get(COOKIE, "")
    )
    return chosen if chosen in THEMES else ""


@login_not_required
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the theme and go back to the page."""
    here = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        here, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(here if safe else "/")
    theme = request.POST.get("theme", "")
    if theme not in {*THEMES, ""}:
        return response
    if request.user.is_authenticated:
        people.choose_theme(actor=request.user, theme=theme or "system", at=timezone.now())
    if theme:
        response.set_cookie(
            COOKIE, theme, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
