"""If-then plans: write, rehearse, start and end them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people.access import Request, Thing, Verb
from coachwork.plans import actions, queries
from coachwork.plans.actions import if_thens as rules
from coachwork.plans.forms.dialogue import IfThenForm
from coachwork.plans.models import Goal, IfThen, blueprints

FIELDS = ("if_text", "then_text", "cue_type", "moment_kind")


def new(request: Request, goal_id: UUID) -> HttpResponse:
    """Another if-then plan for a goal."""
    goal = queries.goal(actor=request.user, goal_id=goal_id)
    access.require(request.user, Verb.WRITE, Thing.GOALS, goal.client)
    return _page(request, goal, None)


def edit(request: Request, if_then_id: UUID) -> HttpResponse:
    """Change an if-then plan."""
    found = _own(request, if_then_id)
    return _page(request, found.goal, found)


def _page(request: Request, goal: Goal, found: IfThen | None) -> HttpResponse:
    code = blueprints.code_of(goal.competency)
    moment = blueprints.moment(request.GET.get("moment", ""))
    form = IfThenForm(request.POST or None, initial=_first_words(request, found))
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.write_if_then(
                actor=request.user, goal=goal, if_then=found, at=now(), **form.cleaned_data
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _after(request, goal, kept)
    elif found is not None and "unfinished" in request.GET:
        form = IfThenForm({name: getattr(found, name) for name in FIELDS})
        form.refuse(Invalid(rules.unfinished(found)))
        form.focus_first_problem()
    context = {
        "goal": goal,
        "if_then": found,
        "form": form,
        "moments": blueprints.moments(code),
        "moment": moment,
        "ready": blueprints.ready_pairs(code=code, moment=moment.code if moment else ""),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/if_then.html", context, status=status)


def _first_words(request: Request, found: IfThen | None) -> dict[str, Any]:
    code = request.GET.get("ready", "")
    ready = next((one for one in blueprints.ready_pairs() if one.code == code), None)
    if ready:
        words = (ready.if_text, ready.then_text, ready.cue_type, ready.moment)
        return dict(zip(FIELDS, words, strict=True))
    return {name: getattr(found, name) for name in FIELDS} if found else {}


def _after(request: Request, goal: Goal, kept: IfThen) -> HttpResponse:
    """On to the goal; half a plan is kept and its open question asked; a fourth one explained."""
    if rules.unfinished(kept):
        return redirect(_asking(kept))
    if goal.state == Goal.State.ACTIVE and not kept.active:
        return _start(request, kept)
    messages.success(request, _("Kept. Going through it once in your mind makes it stick."))
    return redirect("plans:if-then-rehearse", kept.pk)


def _asking(kept: IfThen) -> str:
    from django.urls import reverse

    return reverse("plans:if-then", args=[kept.pk]) + "?unfinished=1"


@require_POST
def start(request: Request, if_then_id: UUID) -> HttpResponse:
    """Make an if-then plan active; the limit of three is explained, and can be passed knowingly."""
    return _start(request, _own(request, if_then_id))


def _start(request: Request, found: IfThen) -> HttpResponse:
    knowingly = request.POST.get("all_the_same") == "yes"
    try:
        actions.start_if_then(actor=request.user, if_then=found, at=now(), over_limit=knowingly)
    except Invalid:
        return redirect(_asking(found))
    except actions.TooManyIfThens as limit:
        context = {"if_then": found, "active": limit.active, "explanation": str(limit)}
        return render(request, "plans/three_if_thens.html", context, status=409)
    return redirect("plans:goal", found.goal_id)


def rehearse(request: Request, if_then_id: UUID) -> HttpResponse:
    """Go through it once in one's mind; thirty seconds, and nobody counts them."""
    found = _own(request, if_then_id)
    if request.method == "POST":
        actions.rehearse(actor=request.user, if_then=found, at=now())
        messages.success(request, _("Good. Going through it once makes it easier to notice."))
        return redirect("plans:goal", found.goal_id)
    return render(request, "plans/rehearse.html", {"if_then": found, "goal": found.goal})


@require_POST
def end(request: Request, if_then_id: UUID) -> HttpResponse:
    """Let an if-then plan go."""
    found = _own(request, if_then_id)
    actions.end_if_then(actor=request.user, if_then=found, at=now())
    messages.success(request, _("Ended. What you logged stays in your record."))
    return redirect("plans:goal", found.goal_id)


def _own(request: Request, if_then_id: UUID) -> IfThen:
    found = queries.if_then(actor=request.user, if_then_id=if_then_id)
    access.require(request.user, Verb.WRITE, Thing.PLAN, found.client)
    return found
