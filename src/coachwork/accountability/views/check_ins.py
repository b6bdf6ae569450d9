"""Check in, choose how, and rest."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.accountability import actions, queries
from coachwork.accountability.actions.check_ins import LINES
from coachwork.accountability.forms import CheckInForm, PlanForm, RestForm
from coachwork.kit import content, weeks
from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request


def check_in(request: Request) -> HttpResponse:
    """Two minutes about this week; what was said before stands there and can be changed."""
    client = people.record(actor=request.user)
    today = localdate()
    week_on = _week(request, today)
    plan = queries.plan_of(actor=request.user, client=client)
    known = queries.check_in(actor=request.user, client=client, week_on=week_on)
    template = _template(plan.template if plan else "")
    first: dict[str, Any] = {"week_on": week_on}
    if known is not None:
        first |= {name: getattr(known, name) for name in (*LINES, "wants_help")}
    form = CheckInForm(request.POST or None, template=template, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.answer(
                actor=request.user,
                client=client,
                week_on=week_on,
                words={name: said.get(name, "") for name in LINES},
                energy=int(said["energy"]) if said["energy"] else None,
                wants_help=said["wants_help"],
                today=today,
                at=now(),
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept. That was this week."))
            return redirect("accountability:ask" if made.wants_help else "accountability:keeping")
    status = 422 if request.method == "POST" else 200
    due = queries.keeping(actor=request.user, client=client, today=today).due
    context = {"form": form, "template": template, "week_on": week_on, "due": due, "plan": plan}
    return render(request, "accountability/check_in.html", context, status=status)


def plan(request: Request) -> HttpResponse:
    """How often, on which day, with which questions, and for whom."""
    client = people.record(actor=request.user)
    known = queries.plan_of(actor=request.user, client=client)
    names = ("cadence", "weekday", "template", "audience")
    first = {name: getattr(known, name) for name in names} if known else {
        "cadence": 1, "weekday": 4, "template": "four-lines", "audience": "V0"
    }  # fmt: skip
    form = PlanForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.choose_plan(
            actor=request.user, client=client, today=localdate(), at=now(), **form.cleaned_data
        )
        messages.success(request, _("Kept. It holds from now on; what you wrote before stays."))
        return redirect("accountability:keeping")
    status = 422 if request.method == "POST" else 200
    rest_form = RestForm() if known else None
    context = {"form": form, "plan": known, "rest_form": rest_form}
    return render(request, "accountability/plan.html", context, status=status)


def rest(request: Request) -> HttpResponse:
    """Rest until a day."""
    client = people.record(actor=request.user)
    form = RestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.rest_until(
                actor=request.user, client=client, today=localdate(), at=now(), **form.cleaned_data
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Rest well. Everything waits for you as it is."))
            return redirect("accountability:keeping")
    status = 422 if request.method == "POST" else 200
    return render(request, "accountability/rest.html", {"form": form}, status=status)


@require_POST
def go_on(request: Request) -> HttpResponse:
    """End a rest."""
    client = people.record(actor=request.user)
    actions.go_on(actor=request.user, client=client, today=localdate(), at=now())
    messages.success(request, _("Good to have you back."))
    return redirect("accountability:keeping")


def _week(request: Request, today: date) -> date:
    """This week, or the one that the form or the link names."""
    try:
        named = request.POST.get("week_on") or request.GET.get("week", "")
        return weeks.monday(date.fromisoformat(named))
    except ValueError:
        return weeks.monday(today)


def _template(code: str) -> Any:
    found = content.load("check_ins", get_language() or "en")
    return next((one for one in found if one.code == code), found[0])
