"""What every page needs: where the person is, and where they can go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _

from coachwork.web import appearance, roles

# The main ways through the product: (address, words, icon).
NAVIGATION = (
    ("home", _("Home"), "home"),
    ("assessment:start", _("Assess"), "compass"),
    ("evidence:gaps", _("Gaps"), "gap"),
    ("plans:plan", _("Plan"), "plan"),
    ("practice:logs", _("Practice"), "practice"),
    ("accountability:keeping", _("Check-ins"), "check"),
    ("tracks:home", _("Tracks"), "ladder"),
    ("reflection:journal", _("Journal"), "note"),
    ("evidence:profile", _("Evidence"), "evidence"),
    ("exchange:record", _("Your record"), "record"),
)
# For somebody who helps others and has no record of their own.
HELPER_NAVIGATION = (
    ("people:helping", _("People I help"), "pair"),
    ("people:shared", _("Shared with me"), "share"),
    ("accountability:board", _("Board"), "bell"),
    ("people:start", _("My own record"), "record"),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """The frame of a page; nothing here asks the database."""
    user = getattr(request, "user", None)
    signed_in = bool(user and user.is_authenticated)
    shows_demo = settings.DEMO and not signed_in
    return {
        "navigation": SimpleLazyObject(lambda: _navigation(request)) if signed_in else [],
        "role": SimpleLazyObject(lambda: roles.role(request)) if signed_in else None,
        "account_links": SimpleLazyObject(roles.account_links) if signed_in else [],
        "direction": "rtl" if get_language_bidi() else "ltr",
        "theme": appearance.theme_of(request),
        "demo": settings.DEMO,
        "demo_sign_ins": SimpleLazyObject(_demo_sign_ins) if shows_demo else [],
    }


def _demo_sign_ins() -> list[Any]:
    """As whom a newcomer can look around."""
    from coachwork.exchange import demo

    return list(demo.sign_ins())


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    match = request.resolver_match
    here = match.view_name if match else ""
    owns = getattr(request.user, "client", None) is not None
    return [
        {"url": reverse(name), "label": label, "icon": icon, "current": here == name}
        for name, label, icon in (NAVIGATION if owns else HELPER_NAVIGATION)
    ]
