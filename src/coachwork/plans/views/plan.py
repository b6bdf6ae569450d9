"""The plan by week, its settings, its states and its story."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.kit import charts, weeks
from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import NotVisible, Request, Thing
from coachwork.people.models import Client
from coachwork.plans import actions, queries
from coachwork.plans.forms.goals import ReasonForm
from coachwork.plans.forms.plan import TimeForm
from coachwork.plans.models import Goal, Plan, PlanItem
from coachwork.plans.views import practised
from coachwork.practice import queries as practice

SHOWN_GOALS = (Goal.State.ACTIVE, Goal.State.AGREED, Goal.State.DRAFT, Goal.State.PAUSED)
WEEKS_SHOWN = 12


def plan(request: Request, client_id: UUID | None = None) -> HttpResponse:
    """This week, next and later; for a helper the same list, read-only."""
    client = people.record(actor=request.user, client_id=client_id, thing=Thing.PLAN)
    return render(request, "plans/plan.html", page(request, client))


def page(request: Request, client: Client) -> dict[str, Any]:
    """What the plan page shows, also as the answer to a press in it."""
    today = localdate()
    goals = queries.goals(actor=request.user, client=client, states=SHOWN_GOALS, limit=30)
    view = queries.plan(actor=request.user, client=client, today=today, goals=goals)
    counts = practice.weekly_counts(
        actor=request.user, client=client, today=today, number=WEEKS_SHOWN
    )
    mine = client.user_id == request.user.pk
    if mine:
        practised.name_moments(request, client, view.open_items)
    due = view.plan and any(day <= today.isoformat() for day in view.plan.review_dates)
    return {
        "client": client,
        "mine": mine,
        "logged": practised.logged(request),
        "view": view,
        "plan": view.plan,
        "today": today,
        "this_week": weeks.monday(today),
        "practice": _sparkline(counts, view.plan) if any(one.chances for one in counts) else None,
        "waiting": view.plan.waiting if view.plan and mine else None,
        "overdue": mine and any(_slipped(one, today) for one in view.open_items),
        "review_due": due and view.plan and view.plan.state == Plan.State.ACTIVE,
    }


def _slipped(item: PlanItem, today: date) -> bool:
    """Whether something that is done once lies in a week that is over."""
    once = item.cadence == PlanItem.Cadence.ONCE
    return once and item.week_on is not None and item.week_on < weeks.monday(today)


def _sparkline(counts: list[practice.WeekCount], plan: Plan | None) -> charts.Chart:
    """Times practised a week, the weeks of reserve shaded."""
    taken = set(plan.reserve_taken) if plan else set()
    bars = [
        charts.Week(
            formats.date_format(one.week_on, "MONTH_DAY_FORMAT"),
            one.done,
            one.week_on.isoformat() in taken,
        )
        for one in counts
    ]
    return charts.weekly_bars(bars, title=_("Practice, week by week"))


def story(request: Request, client_id: UUID | None = None) -> HttpResponse:
    """How the plan came to be what it is: what changed, who changed it and why."""
    client = people.record(actor=request.user, client_id=client_id, thing=Thing.PLAN)
    found = queries.plan_of(actor=request.user, client=client)
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 9 else None
    lines = (
        queries.story(actor=request.user, client=client, plan=found, before=before) if found else []
    )
    context = {
        "client": client,
        "mine": client.user_id == request.user.pk,
        "lines": lines,
        "older": lines[-1].number if len(lines) == queries.STORY_PAGE else None,
        "before": before,
    }
    return render(request, "plans/story.html", context)


def settings(request: Request) -> HttpResponse:
    """How much time there is, the weeks in reserve, and the next look at the plan."""
    found = own_plan(request)
    coming = [day for day in found.review_dates if day >= localdate().isoformat()]
    first = {
        "capacity_hours_per_week": found.capacity_hours_per_week,
        "reserve_weeks": found.reserve_weeks,
        "review_dates": date.fromisoformat(coming[0]) if coming else None,
    }
    form = TimeForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.shape_plan(
                actor=request.user,
                plan=found,
                capacity_hours_per_week=form.hours(),
                reserve_weeks=said["reserve_weeks"],
                review_dates=[said["review_dates"]] if said["review_dates"] else [],
                at=now(),
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept."))
            return redirect("plans:plan")
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/settings.html", {"form": form, "plan": found}, status=status)


@require_POST
def reserve(request: Request) -> HttpResponse:
    """Take this or another week as reserve, or use it after all."""
    found = own_plan(request)
    try:
        week_on = date.fromisoformat(request.POST.get("week_on", ""))
    except ValueError:
        week_on = localdate()
    back = request.POST.get("back") == "yes"
    act = actions.give_back_reserve if back else actions.take_reserve
    act(actor=request.user, plan=found, week_on=week_on, at=now())
    if not back:
        messages.success(request, _("This week is yours. Nothing is asked in it."))
    return redirect("plans:plan")


def review(request: Request) -> HttpResponse:
    """Look at the plan: what works, what should change; then go on."""
    found = own_plan(request)
    form = ReasonForm(request.POST or None)
    at = now()
    if request.method == "POST" and form.is_valid():
        if found.state == Plan.State.ACTIVE:
            actions.review_plan(actor=request.user, plan=found, at=at)
        actions.finish_review(actor=request.user, plan=found, at=at, **form.cleaned_data)
        messages.success(request, _("Noted. When would you like to look again?"))
        return redirect("plans:settings")
    goals = queries.goals(actor=request.user, client=found.client, states=[Goal.State.ACTIVE])
    context = {"form": form, "plan": found, "goals": goals}
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/review.html", context, status=status)


def close(request: Request) -> HttpResponse:
    """Close the plan; a new one can begin."""
    found = own_plan(request)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.close_plan(actor=request.user, plan=found, at=now(), **form.cleaned_data)
        messages.success(request, _("Closed. Its story stays in your record."))
        return redirect("plans:plan")
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "plan": found, "back": reverse("plans:plan")}
    return render(request, "plans/close_plan.html", context, status=status)


def own_plan(request: Request) -> Plan:
    """The open plan of whoever asks."""
    client = people.record(actor=request.user)
    found = queries.plan_of(actor=request.user, client=client)
    if found is None:
        raise NotVisible("There is no open plan yet.")
    found.client = client
    return found
