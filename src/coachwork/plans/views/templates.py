"""Begin from a whole plan: choose one, look at it week by week, change it, take it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.kit import weeks
from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request, Thing, Verb
from coachwork.people.models import Client
from coachwork.plans import actions, queries
from coachwork.plans.forms.templates import NEW, TemplateForm
from coachwork.plans.models import Plan
from coachwork.plans.views.items import OPEN_GOALS


def templates(request: Request, client_id: UUID | None = None) -> HttpResponse:
    """All plans to begin from, those that fit first, each with its reason."""
    client = _client(request, client_id)
    found = queries.templates(actor=request.user, client=client)
    mine = client.user_id == request.user.pk
    context = {"client": client, "mine": mine, "offered": found}
    return render(request, "plans/templates.html", context)


def template(request: Request, code: str, client_id: UUID | None = None) -> HttpResponse:
    """One of them by weeks, to be changed before anything is added."""
    client = _client(request, client_id)
    preview = queries.template(actor=request.user, client=client, code=code)
    if preview is None:
        raise Http404(_("There is no such plan to begin from."))
    mine = client.user_id == request.user.pk
    goals = queries.goals(actor=request.user, client=client, states=OPEN_GOALS, limit=30)
    today = localdate()
    first = {"starts_on": weeks.monday(today).isoformat(), "goal": NEW if mine else ""}
    form = TemplateForm(
        request.POST or None, preview=preview, goals=goals, today=today, mine=mine, initial=first
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            if request.POST.get("go") != "take":
                status = 200
            elif _taken(request, client, form, mine=mine):
                return redirect("plans:plan") if mine else redirect("plans:plan-of", client.pk)
    context = {"client": client, "mine": mine, "form": form, "preview": preview}
    context |= _by_week(request, client, form, today)
    return render(request, "plans/template.html", context, status=status)


def _client(request: Request, client_id: UUID | None) -> Client:
    return people.record(
        actor=request.user, client_id=client_id, thing=Thing.PLAN, verb=Verb.PROPOSE
    )


def _taken(request: Request, client: Client, form: TemplateForm, *, mine: bool) -> bool:
    said: dict[str, Any] = {
        "preview": form.preview,
        "chosen": form.chosen(),
        "starts_on": form.cleaned_data["starts_on"],
        "goal": form.goal_chosen(),
        "at": now(),
    }
    try:
        if mine:
            made = actions.take_template(
                actor=request.user, client=client, write_goal=form.writes_goal, **said
            )[1]
        else:
            made = actions.suggest_template(actor=request.user, client=client, **said)
    except Invalid as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _told(len(made), mine=mine))
    return True


def _told(count: int, *, mine: bool) -> str:
    if not count:
        return _("All of this was there already. Nothing has changed.")
    if mine:
        text = ngettext(
            "%(count)d item is in your plan. Move it, change it or let it go as you like.",
            "%(count)d items are in your plan. Move them, change them or let them go as you like.",
            count,
        )
    else:
        text = ngettext(
            "%(count)d item is suggested. It counts once it is accepted.",
            "%(count)d items are suggested. They count once they are accepted.",
            count,
        )
    return text % {"count": count}


def _by_week(request: Request, client: Client, form: TemplateForm, today: date) -> dict[str, Any]:
    """What each week would ask for, beside the hours that there are."""
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    starts = said.get("starts_on") or weeks.monday(today)
    spans = [one.row.span(week=one.week, minutes=one.minutes) for one in form.chosen()]
    plan: Plan | None = queries.plan_of(actor=request.user, client=client)
    hours = float(plan.capacity_hours_per_week) if plan else form.preview.template.hours_per_week
    load = form.preview.load(spans, starts)
    capacity = int(hours * 60)
    return {
        "load": [(week, minutes, minutes > capacity) for week, minutes in load],
        "capacity": capacity,
        "most": max((minutes for _week, minutes in load), default=0),
        "known_hours": plan is not None,
        "open_goal": form.initial["goal"],
    }
