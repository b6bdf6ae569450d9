"""Weeks that are different: away, or with other hours than usual."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Invalid
from coachwork.people.access import Request
from coachwork.plans import actions, queries
from coachwork.plans.forms.proposals import WeekTimeForm
from coachwork.plans.views.plan import own_plan


def times(request: Request) -> HttpResponse:
    """The weeks to come that are different, and a form for more of them."""
    found = own_plan(request)
    form = WeekTimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_week_time(actor=request.user, plan=found, at=now(), **form.words())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept. Nothing in your plan has moved."))
            return redirect("plans:times")
    different = queries.week_times(actor=request.user, plan=found, today=localdate())
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "plan": found, "different": different}
    return render(request, "plans/times.html", context, status=status)


@require_POST
def usual(request: Request) -> HttpResponse:
    """Let a week have its usual hours again."""
    found = own_plan(request)
    try:
        week_on = date.fromisoformat(request.POST.get("week_on", ""))
    except ValueError:
        return redirect("plans:times")
    actions.usual_week_time(actor=request.user, plan=found, week_on=week_on, at=now())
    messages.success(request, _("Kept."))
    return redirect("plans:times")
