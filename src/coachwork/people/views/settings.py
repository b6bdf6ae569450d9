"""A person's settings, the safety of their account, and its log."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from coachwork.people import actions, queries
from coachwork.people.access import Request
from coachwork.people.forms import RecordForm, SettingsForm, given, zones
from coachwork.people.models import User
from coachwork.people.views.words import entry


def settings(request: Request) -> HttpResponse:
    """Name, language, time zone and appearance."""
    person = User.objects.get(pk=request.user.pk)  # a refused form must not change the page
    form = SettingsForm(given(request), instance=person)
    if request.method == "POST" and form.is_valid():
        values = {"locale": person.locale, **form.cleaned_data}
        actions.change_settings(actor=request.user, at=now(), **values)
        with override(request.user.language):
            messages.success(request, _("Your settings are saved."))
        response = redirect("people:settings")
        response.delete_cookie("theme", samesite="Lax")  # the choice here is the newer one
        return response
    page = {"form": form, "zones": zones(), "record_form": _record_form(request)}
    return render(request, "people/settings.html", page, status=422 if form.errors else 200)


@require_POST
def record_settings(request: Request) -> HttpResponse:
    """The situation the record is packed for, and what new items start as."""
    client = queries.record(actor=request.user)
    form = RecordForm(request.POST)
    if not form.is_valid():
        page = {
            "form": SettingsForm(instance=request.user),
            "zones": zones(),
            "record_form": form,
        }
        return render(request, "people/settings.html", page, status=422)
    actions.change_record(actor=request.user, client=client, at=now(), **form.cleaned_data)
    messages.success(request, _("Your settings are saved."))
    return redirect("people:settings")


@require_GET
def security(request: Request) -> HttpResponse:
    """How one signs in, what protects the account, and what happened lately."""
    own = getattr(request.user, "client", None)
    page = queries.trail(actor=request.user, client=own, limit=5)
    entries = [entry(request.user, one) for one in page.entries]
    return render(request, "people/security.html", {"entries": entries})


@require_GET
def trail(request: Request) -> HttpResponse:
    """The whole security log, newest first; on demand, whether it is complete."""
    own = getattr(request.user, "client", None)
    page = queries.trail(actor=request.user, client=own, after=cursor(request))
    shown = {
        "entries": [entry(request.user, one) for one in page.entries],
        "after": page.after,
        "checked": "check" in request.GET,
        "whole": "check" in request.GET and queries.whole(actor=request.user, client=own),
    }
    return render(request, "people/trail.html", shown)


def cursor(request: HttpRequest) -> UUID | None:
    """Where the last page of a list ended; a made-up one means the beginning."""
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _record_form(request: Request) -> RecordForm | None:
    own = getattr(request.user, "client", None)
    return RecordForm(instance=own) if own is not None else None
