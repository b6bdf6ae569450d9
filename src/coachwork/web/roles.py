"""What the person is on this page: always shown, never mixed. Nothing here asks the database."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from coachwork.people.models import Relation

ORGANISATION = ("people:organisation",)
HELPING = ("people:helping", "people:shared")


def role(request: HttpRequest) -> dict[str, Any]:
    """The role of this page, and the others that one can change to."""
    match = request.resolver_match
    here = match.view_name if match else ""
    held = getattr(request.user, "seen_as", None)
    owns = getattr(request.user, "client", None) is not None
    if held:
        label = ", ".join(str(Relation(one).label) for one in sorted(held))
        current = "helper"
    elif here.startswith(ORGANISATION):
        label, current = _("Organisation"), "organisation"
    elif here.startswith(HELPING) or not owns:
        label, current = _("Helper"), "helper"
    else:
        label, current = _("Client"), "client"
    return {"label": label, "options": _options(current, owns=owns)}


def _options(current: str, *, owns: bool) -> list[dict[str, Any]]:
    ways = [
        (
            "client",
            reverse("home") if owns else reverse("people:start"),
            _("Client: my own record"),
        ),
        ("helper", reverse("people:helping"), _("Helper: people I help")),
        ("organisation", reverse("people:organisations"), _("Organisations")),
    ]
    return [{"url": url, "label": label, "current": name == current} for name, url, label in ways]


def account_links() -> list[dict[str, Any]]:
    """The menu behind the person's sign."""
    links = [
        ("people:settings", _("Settings"), "settings"),
        ("people:security", _("Sign-in and security"), "lock"),
        ("people:helpers", _("People who help me"), "pair"),
        ("people:shares", _("What I have shared"), "share"),
        ("exchange:record", _("My record"), "record"),
    ]
    return [{"url": reverse(name), "label": label, "icon": icon} for name, label, icon in links]
