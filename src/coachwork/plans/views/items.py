"""Plan items: add, suggest, change, move and finish them; every press works without a script."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.kit import weeks
from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people import queries as people
from coachwork.people.access import Request, Thing, Verb
from coachwork.people.models import Client
from coachwork.plans import actions, queries
from coachwork.plans.forms.goals import ReasonForm
from coachwork.plans.forms.plan import ItemForm
from coachwork.plans.models import Goal, PlanItem, blueprints
from coachwork.plans.views import plan as plans

Act = Callable[..., Any]
Kind = PlanItem.Kind
OPEN_GOALS = (Goal.State.ACTIVE, Goal.State.AGREED, Goal.State.DRAFT)
FIELDS = (
    "title",
    "kind",
    "first_step",
    "effort_minutes",
    "cadence",
    "week_on",
    "window_end",
    "done_when",
)
SIMPLE: dict[str, Act] = {
    "accept": actions.accept_item,
    "start": actions.start_item,
    "finish": actions.finish_item,
    "reopen": actions.reopen_item,
    "shrink": actions.shrink_item,
    "split": actions.split_item,
}


def new(request: Request, client_id: UUID | None = None) -> HttpResponse:
    """Add something in one's own words; a coach suggests, and the client decides."""
    client = people.record(
        actor=request.user, client_id=client_id, thing=Thing.PLAN, verb=Verb.PROPOSE
    )
    mine = client.user_id == request.user.pk
    goals = queries.goals(actor=request.user, client=client, states=OPEN_GOALS, limit=30)
    today = localdate()
    first = {"effort_minutes": 15, "week_on": weeks.monday(today), "goal": request.GET.get("goal")}
    first["kind"] = request.GET.get("kind", PlanItem.Kind.PRACTICE)
    form = ItemForm(request.POST or None, goals=goals, today=today, initial=first)
    if request.method == "POST" and form.is_valid():
        act: Act = actions.add_item if mine else actions.suggest_item
        try:
            item = act(actor=request.user, client=client, at=now(), **form.words())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _after_adding(request, client, item, mine=mine)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "client": client, "mine": mine}
    return render(request, "plans/item.html", context, status=status)


def _after_adding(request: Request, client: Client, item: PlanItem, *, mine: bool) -> HttpResponse:
    if mine:
        messages.success(request, _("Added to your plan."))
        return redirect(_at(item))
    messages.success(request, _("Suggested. It counts once it is accepted."))
    return redirect("plans:plan-of", client.pk)


def suggestions(request: Request) -> HttpResponse:
    """Things that would fit, each with the reason why it is here."""
    client = people.record(actor=request.user)
    goals = queries.goals(actor=request.user, client=client, states=OPEN_GOALS, limit=10)
    asked = request.GET.get("minutes", "")
    most = int(asked) if asked in {"5", "15", "30", "60"} else None
    about = [one for one in goals if str(one.pk) == request.GET.get("goal")] or goals
    known = {one.code: one for one in blueprints.moments()}
    moment = request.GET.get("moment", "") if request.GET.get("moment") in known else ""
    kind = request.GET.get("kind", "") if request.GET.get("kind") in Kind.values else ""
    found = queries.suggestions(
        actor=request.user,
        client=client,
        goals=about,
        most_minutes=most,
        moment=moment,
        kind=kind,
    )
    context = {
        "goals": goals,
        "suggestions": sorted(found, key=lambda one: (goals.index(one.goal), one.minutes)),
        "minutes": asked if most else "",
        "moments": known.values(),
        "moment": moment,
        "kinds": Kind.choices,
        "kind": kind,
        "chosen": about[0] if about is not goals else None,
    }
    return render(request, "plans/suggestions.html", context)


@require_POST
def take(request: Request, goal_id: UUID) -> HttpResponse:
    """Add a suggestion with one press."""
    goal = queries.goal(actor=request.user, goal_id=goal_id)
    code = request.POST.get("code", "")
    found = queries.suggestion(actor=request.user, goal=goal, code=code)
    if found is None:
        messages.info(request, _("This is in your plan already."))
        return redirect("plans:plan")
    item = actions.add_item(
        actor=request.user,
        client=goal.client,
        goal=goal,
        behaviour=found.behaviour,
        kind=found.kind,
        title=found.title,
        first_step=found.first_step,
        effort_minutes=found.minutes,
        done_when=found.done_when,
        cadence=found.cadence or PlanItem.Cadence.ONCE,
        blueprint=found.code,
        reason=str(found.why)[:300],
        evidence_expected=found.evidence,
        week_on=weeks.monday(localdate()),
        at=now(),
    )
    messages.success(request, _("Added to this week."))
    return redirect(_at(item))


def edit(request: Request, plan_item_id: UUID) -> HttpResponse:
    """Change an item: its words, its time, its week, what must come first."""
    item = _own(request, plan_item_id)
    goals = queries.goals(actor=request.user, client=item.client, states=OPEN_GOALS, limit=30)
    first = {name: getattr(item, name) for name in FIELDS}
    first["goal"] = str(item.goal_id or "")
    first["needs"] = [str(one.needed_id) for one in item.needs.all()]
    form = ItemForm(
        request.POST or None,
        goals=[*goals, item.goal] if item.goal and item.goal not in goals else goals,
        others=queries.others(actor=request.user, item=item),
        today=localdate(),
        initial=first,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_item(actor=request.user, item=item, at=now(), **form.words())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect(_at(item))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "client": item.client, "mine": True, "item": item}
    return render(request, "plans/item.html", context, status=status)


@require_POST
def step(request: Request, plan_item_id: UUID, step: str) -> HttpResponse:
    """One press that needs no words: accept, start, finish, take up again, shrink, split."""
    item = _own(request, plan_item_id)
    SIMPLE[step](actor=request.user, item=item, at=now())
    return _back(request, item, undo=step == "finish")


@require_POST
def move(request: Request, plan_item_id: UUID) -> HttpResponse:
    """Up or down, this week, next week, a week on, or later without a week."""
    item = _own(request, plan_item_id)
    to = request.POST.get("to", "")
    this_week = weeks.monday(localdate())
    here = max(item.week_on or this_week, this_week)
    targets = {
        "this": this_week,
        "next": this_week + weeks.WEEK,
        "on": here + timedelta(weeks=1),
        "later": None,
    }
    if to in {"up", "down"}:
        change = -1 if to == "up" else 1
        actions.reorder_item(actor=request.user, item=item, step=change, at=now())
    elif to in targets:
        actions.move_item(actor=request.user, item=item, week_on=targets[to], at=now())
    return _back(request, item, pressed=to)


def let_go(request: Request, plan_item_id: UUID) -> HttpResponse:
    """Let an item go, or leave a suggestion aside; with a reason or without."""
    item = _own(request, plan_item_id)
    form = ReasonForm(request.POST or None)
    suggested = item.state == PlanItem.State.SUGGESTED
    if request.method == "POST" and form.is_valid():
        act: Act = actions.refuse_item if suggested else actions.let_go_item
        act(actor=request.user, item=item, at=now(), **form.cleaned_data)
        return _back(request, item, undo=not suggested)
    context = {"item": item, "form": form, "offered": suggested, "goal": None}
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/let_go.html", context, status=status)


def _own(request: Request, plan_item_id: UUID) -> PlanItem:
    item = queries.item(actor=request.user, item_id=plan_item_id)
    access.require(request.user, Verb.WRITE, Thing.PLAN, item.client)
    return item


def _at(item: PlanItem) -> str:
    return f"{reverse('plans:plan')}#item-{item.pk}"


def _back(
    request: Request, item: PlanItem, *, pressed: str = "", undo: bool = False
) -> HttpResponse:
    """The list as it is now: alone for a script, else the page, at the item that moved."""
    if request.headers.get("HX-Request"):
        context = plans.page(request, item.client) | {"moved": item, "pressed": pressed}
        if undo:
            context["undo"] = item
        return render(request, "plans/plan.html#weeks", context)
    if undo:
        return redirect(f"{reverse('plans:plan')}?undo={item.pk}")
    return redirect(_at(item))
