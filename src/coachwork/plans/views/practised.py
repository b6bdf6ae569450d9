"""One tap on an if-then or an item: did it, partly, not, or no chance."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Invalid
from coachwork.people.access import Request
from coachwork.people.models import Client
from coachwork.plans import actions, queries
from coachwork.plans.forms.plan import LogForm
from coachwork.plans.models import IfThen, PlanItem
from coachwork.practice import queries as practice
from coachwork.practice.models import moment_of


@require_POST
def if_then(request: Request, if_then_id: UUID) -> HttpResponse:
    """Log what came of an if-then plan."""
    return _logged(request, queries.if_then(actor=request.user, if_then_id=if_then_id))


@require_POST
def item(request: Request, plan_item_id: UUID) -> HttpResponse:
    """Log what came of a plan item."""
    return _logged(request, queries.item(actor=request.user, item_id=plan_item_id))


def _logged(request: Request, thing: IfThen | PlanItem) -> HttpResponse:
    form = LogForm(request.POST)
    back = _back(request)
    if not form.is_valid():
        raise Invalid({name: str(errors[0]) for name, errors in form.errors.items()})
    said = _said(form.cleaned_data)
    log = actions.log_chance(actor=request.user, thing=thing, at=now(), **said)
    if log.chance != said["chance"]:
        messages.info(request, _("This one is logged already. You can undo it on the list."))
        return redirect("practice:logs")
    messages.success(request, _("Logged: %(answer)s.") % {"answer": log.get_chance_display()})
    return redirect(f"{back}?logged={log.pk}#logged")


def _said(said: dict[str, Any]) -> dict[str, Any]:
    """What was said, with today and work where nothing else was."""
    on = said["occasion_on"] or localdate()
    return {
        "chance": said["chance"],
        "occasion_on": on,
        "context": said["context"] or "work",
        "line": said["line"],
        "moment": said["moment"] or moment_of(on),
    }


def logged(request: Request) -> UUID | None:
    """The log that was just made, so that its page can offer to take it back."""
    try:
        return UUID(request.GET.get("logged", ""))
    except ValueError:
        return None


def name_moments(request: Request, client: Client, things: Iterable[IfThen | PlanItem]) -> None:
    """Give each thing the name of its next chance of today, so that two presses are one log."""
    today = localdate()
    times = practice.times_today(actor=request.user, client=client, on=today)
    for thing in things:
        thing.next_moment = moment_of(today, times.get(thing.pk, 0))


def _back(request: Request) -> str:
    """Where the tap came from, when that is a page of ours without a question in it."""
    asked = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if safe and asked.startswith("/") and "?" not in asked else reverse("home")
