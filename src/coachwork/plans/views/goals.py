"""One goal: its ladder, what belongs to it, how it has read, and what can be done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.evidence.models import Source
from coachwork.kit import charts
from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people import queries as people
from coachwork.people.access import Request, Thing, Verb
from coachwork.people.models import Relation, Visibility
from coachwork.plans import actions, queries
from coachwork.plans.actions import wording
from coachwork.plans.forms.goals import (
    CloseForm,
    OfferForm,
    ReasonForm,
    RewordForm,
    RungForm,
    WeightForm,
)
from coachwork.plans.models import Goal
from coachwork.plans.views import practised
from coachwork.practice import queries as practice

Act = Callable[..., Any]


def goal(request: Request, goal_id: UUID) -> HttpResponse:
    """The goal as its client sees it, or read-only for somebody who may read it."""
    found = queries.goal(actor=request.user, goal_id=goal_id)
    client, mine = found.client, found.client.user_id == request.user.pk
    if_thens = queries.if_thens(actor=request.user, client=client, goal=found)
    items = queries.items_of(actor=request.user, goal=found)
    done = practice.practised(
        actor=request.user, client=client, items=[one.pk for one in (*if_thens, *items)]
    )
    if mine:
        practised.name_moments(request, client, if_thens)
    context = {
        "goal": found,
        "client": client,
        "mine": mine,
        "logged": practised.logged(request),
        "ladder": ladder(found),
        "written": any(rung.text for rung in found.rungs.all()),
        "if_thens": [(one, done.get(one.pk)) for one in if_thens],
        "items": items,
        "practised": sum(times for times, _last in done.values()),
        "last_on": max((last for _times, last in done.values()), default=None),
        "may_agree": not mine and _may_tick(request, found),
        "can_share": found.visibility != Visibility.PAIR,
        "today": localdate(),
        "weigh": WeightForm(initial={"weight": str(found.weight)}) if found.is_open else None,
        **outlook(request, found),
    }
    return render(request, "plans/goal.html", context)


def outlook(request: Request, goal: Goal) -> dict[str, Any]:
    """What can be said about the date, with the fan and who spoke."""
    found = queries.outlook(actor=request.user, goal=goal, at=now())
    if found is None or found.forecast is None or not found.speaks:
        return {"outlook": found}
    days = [
        charts.Spread(formats.date_format(one.on, "MONTH_DAY_FORMAT"), one.levels)
        for one in found.forecast.fan
    ]
    drawn = charts.fan(days, title=_("Where the level may go"), step=found.step or 0.0)
    return {"outlook": found, "fan": drawn, "source": Source(found.source).label}


def _may_tick(request: Request, found: Goal) -> bool:
    held = access.relations(request.user, found.client)
    return found.state == Goal.State.DRAFT and not found.coach_agreed_at and Relation.COACH in held


def ladder(goal: Goal) -> charts.Chart:
    """The outcomes as a ladder, with the rung that the goal is on."""
    rungs = list(goal.rungs.all())
    reached = [rung.level for rung in rungs if rung.reached_on]
    here = max(reached) if reached else None
    shown = [charts.Rung(rung.level, rung.text, rung.level == here) for rung in rungs]
    return charts.ladder(shown, title=_("How far it has come"))


def versions(request: Request, goal_id: UUID) -> HttpResponse:
    """Every wording the goal has had, with who changed it, when and why."""
    found = queries.goal(actor=request.user, goal_id=goal_id)
    asked = request.GET.get("before", "")
    before = int(asked) if asked.isdecimal() and len(asked) < 9 else None
    told = queries.versions(actor=request.user, goal=found, before=before)
    older = told[-1].number if told and told[-1].number > 1 else None
    context = {"goal": found, "versions": told, "older": older, "before": before}
    return render(request, "plans/versions.html", context)


def reword(request: Request, goal_id: UUID) -> HttpResponse:
    """Change the wording of a goal that is agreed, with a reason."""
    found = _own(request, goal_id)
    texts = {rung.level: rung.text for rung in found.rungs.all()}
    now_said = {name: getattr(found, name) for name in RewordForm.GOAL_FIELDS}
    now_said |= {name: texts.get(level, "") for level, name in wording.RUNGS.items()}
    form = RewordForm(request.POST or None, initial=now_said)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reword_goal(actor=request.user, goal=found, at=now(), **form.words())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Changed. How it read before stays readable."))
            return redirect("plans:goal", found.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/reword.html", {"goal": found, "form": form}, status=status)


def close(request: Request, goal_id: UUID) -> HttpResponse:
    """End a goal with how it came out."""
    found = _own(request, goal_id)
    form = CloseForm(request.POST or None, initial={"outcome": _likely(found)})
    if request.method == "POST" and form.is_valid():
        actions.close_goal(actor=request.user, goal=found, at=now(), **form.cleaned_data)
        messages.success(request, _("Closed. It stays in your record."))
        return redirect("plans:goal", found.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/close.html", {"goal": found, "form": form}, status=status)


def _likely(goal: Goal) -> str:
    """What the ladder suggests; the client decides."""
    reached = [rung.level for rung in goal.rungs.all() if rung.reached_on]
    if not reached:
        return ""
    if max(reached) >= 0:
        return Goal.State.MET
    return Goal.State.PARTLY_MET if max(reached) == -1 else Goal.State.NOT_MET


def drop(request: Request, goal_id: UUID) -> HttpResponse:
    """Let a goal go, or decline one that was offered; asked once, with room for a reason."""
    found = _own(request, goal_id)
    form = ReasonForm(request.POST or None)
    offered = found.state == Goal.State.OFFERED
    if request.method == "POST" and form.is_valid():
        act: Act = actions.refuse_goal if offered else actions.drop_goal
        act(actor=request.user, goal=found, at=now(), **form.cleaned_data)
        messages.success(request, _("Let go. You can take it up again whenever you like."))
        return redirect("plans:plan")
    context = {"goal": found, "form": form, "offered": offered}
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/let_go.html", context, status=status)


@require_POST
def pause(request: Request, goal_id: UUID) -> HttpResponse:
    actions.pause_goal(actor=request.user, goal=_own(request, goal_id), at=now())
    messages.success(request, _("Paused. Nothing of it is lost."))
    return redirect("plans:goal", goal_id)


@require_POST
def reopen(request: Request, goal_id: UUID) -> HttpResponse:
    actions.reopen_goal(actor=request.user, goal=_own(request, goal_id), at=now())
    return redirect("plans:goal-goal", goal_id)


@require_POST
def take_up(request: Request, goal_id: UUID) -> HttpResponse:
    actions.take_up_goal(actor=request.user, goal=_own(request, goal_id), at=now())
    return redirect("plans:goal-why", goal_id)


@require_POST
def agree(request: Request, goal_id: UUID) -> HttpResponse:
    """The coach's tick under a goal that the client shares."""
    found = queries.goal(actor=request.user, goal_id=goal_id)
    actions.agree_goal(actor=request.user, goal=found, at=now())
    messages.success(request, _("Agreed."))
    return redirect("plans:goal", goal_id)


@require_POST
def reach(request: Request, goal_id: UUID) -> HttpResponse:
    """Mark the rung that the goal is on."""
    form = RungForm(request.POST)
    if form.is_valid():
        actions.reach_rung(
            actor=request.user, goal=_own(request, goal_id), at=now(), **form.cleaned_data
        )
        messages.success(request, _("Marked. You can change it at any time."))
    return redirect("plans:goal", goal_id)


@require_POST
def weigh(request: Request, goal_id: UUID) -> HttpResponse:
    """How much the goal counts beside the others."""
    found, form = _own(request, goal_id), WeightForm(request.POST)
    if form.is_valid():
        actions.weigh_goal(actor=request.user, goal=found, at=now(), **form.cleaned_data)
        messages.success(request, _("Kept. The next schedule that is suggested goes by it."))
    else:
        messages.error(request, _("Nothing was changed. Please choose one of the three."))
    return redirect("plans:goal", goal_id)


@require_POST
def readers(request: Request, goal_id: UUID) -> HttpResponse:
    """Keep a goal to oneself, or open it to the coach."""
    found = _own(request, goal_id)
    hide = found.visibility == Visibility.PAIR
    visibility = Visibility.PRIVATE if hide else Visibility.PAIR
    actions.show_goal(actor=request.user, goal=found, visibility=visibility, at=now())
    return redirect("plans:goal", goal_id)


def offer(request: Request, client_id: UUID) -> HttpResponse:
    """Offer somebody a goal; it is theirs to take up, rewrite or leave."""
    client = people.record(
        actor=request.user, client_id=client_id, thing=Thing.GOALS, verb=Verb.OFFER
    )
    form = OfferForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.offer_goal(actor=request.user, client=client, at=now(), **form.cleaned_data)
        messages.success(request, _("Offered. You will see here whether it was taken up."))
        return redirect("plans:offer", client.pk)
    made = [one for one in queries.offers(actor=request.user) if one.client.pk == client.pk]
    status = 422 if request.method == "POST" else 200
    context = {"client": client, "form": form, "offers": made}
    return render(request, "plans/offer.html", context, status=status)


def _own(request: Request, goal_id: UUID) -> Goal:
    """A goal that the actor may change; for others it reads, it is there but not theirs."""
    found = queries.goal(actor=request.user, goal_id=goal_id)
    access.require(request.user, access.Verb.WRITE, Thing.GOALS, found.client)
    return found
