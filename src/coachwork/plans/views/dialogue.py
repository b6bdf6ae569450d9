"""The dialogue in which a goal is written: one question a page, and every answer is kept."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.frameworks.models import Competency
from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request
from coachwork.plans import actions, queries
from coachwork.plans.actions import wording
from coachwork.plans.forms import dialogue as forms
from coachwork.plans.forms.fields import Words
from coachwork.plans.forms.hints import hints
from coachwork.plans.models import Goal, blueprints
from coachwork.plans.views import steps

STEPS = (
    "focus",
    "why",
    "goal",
    "today",
    "outcomes",
    "obstacle",
    "if-then",
    "rehearse",
    "commitment",
    "start",
)
# The page on which each field is asked, so that what is missing opens where it is asked.
PAGE_OF = {
    "title": "goal",
    "baseline": "today",
    "target_on": "today",
    **dict.fromkeys(wording.RUNGS.values(), "outcomes"),
}


@dataclass(frozen=True)
class Step:
    """One page: its form, what it shows first, what it stores, and what else the page needs."""

    form: type[Words]
    initial: Callable[[Request, Goal], dict[str, Any]]
    save: Callable[[Request, Goal, Any], None]
    around: Callable[[Request, Goal], dict[str, Any]] = lambda request, goal: {}


KINDS: dict[str, Step] = {
    "why": Step(forms.WhyForm, steps.why, steps.save_words),
    "goal": Step(forms.GoalForm, steps.goal, steps.save_words, steps.around_goal),
    "today": Step(forms.TodayForm, steps.today, steps.save_words),
    "outcomes": Step(
        forms.OutcomesForm, steps.outcomes, steps.save_outcomes, steps.around_outcomes
    ),
    "obstacle": Step(forms.ObstacleForm, steps.obstacle, steps.save_obstacle),
    "if-then": Step(forms.IfThenForm, steps.if_then, steps.save_if_then, steps.around_if_then),
    "rehearse": Step(Words, steps.nothing, steps.save_rehearsal, steps.around_rehearse),
    "commitment": Step(forms.CommitmentForm, steps.commitment, steps.save_words),
}


def new(request: Request) -> HttpResponse:
    """What the goal is about; the first answer opens a draft."""
    client = people.record(actor=request.user)
    found = queries.focus(actor=request.user, client=client)
    asked = _asked_for(request, found)
    known = [asked, *found] if asked and asked not in found else found
    first = {"competency": str(asked.pk)} if asked else {}
    form = forms.FocusForm(request.POST or None, competencies=known, initial=first)
    if request.method == "POST" and form.is_valid():
        goal = actions.draft_goal(
            actor=request.user, client=client, competency=form.chosen(), at=now()
        )
        return redirect("plans:goal-why", goal.pk)
    states = (Goal.State.DRAFT, Goal.State.OFFERED)
    drafts = queries.goals(actor=request.user, client=client, states=states, limit=10)
    context = {"form": form, "drafts": drafts, "position": 1, "steps": len(STEPS)}
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/dialogue/focus.html", context, status=status)


def _asked_for(request: Request, found: list[Competency]) -> Competency | None:
    """The competency that the page before named, such as the gap page."""
    from coachwork.frameworks import queries as frameworks

    try:
        wanted = UUID(request.GET.get("competency", ""))
    except ValueError:
        return None
    known = next((one for one in found if one.pk == wanted), None)
    return known or frameworks.competency(actor=request.user, competency_id=wanted)


def step(request: Request, goal_id: UUID, step: str) -> HttpResponse:
    """One question about a draft: answered, left for later, or gone back from."""
    goal = _own_draft(request, goal_id)
    if goal is None:
        return redirect("plans:goal", goal_id)
    page = KINDS[step]
    form = page.form(request.POST or None, initial=page.initial(request, goal))
    if request.method == "POST" and form.is_valid():
        try:
            page.save(request, goal, form)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _onward(request, goal, step)
    elif "missing" in request.GET and request.method == "GET":
        form = _with_gaps(page.form, page.initial(request, goal), goal)
    status = 422 if request.method == "POST" else 200
    context = _frame(goal, step) | {"form": form} | page.around(request, goal)
    name = step.replace("-", "_")
    return render(request, f"plans/dialogue/{name}.html", context, status=status)


def _own_draft(request: Request, goal_id: UUID) -> Goal | None:
    """The client's own goal while it is being written."""
    goal = queries.goal(actor=request.user, goal_id=goal_id)
    mine = goal.client.user_id == request.user.pk
    return goal if mine and goal.state in (Goal.State.DRAFT, Goal.State.OFFERED) else None


def _frame(goal: Goal, step: str) -> dict[str, Any]:
    """Where we are, and the way back."""
    place = STEPS.index(step)
    before = STEPS[place - 1]
    return {
        "goal": goal,
        "step": step,
        "position": place + 1,
        "steps": len(STEPS),
        "back": reverse(f"plans:goal-{before}", args=[goal.pk]) if place > 1 else "",
        "draft": f"goal-{goal.pk}-{step}",
    }


def _onward(request: Request, goal: Goal, step: str) -> HttpResponse:
    if request.POST.get("go") == "later":
        messages.success(request, _("Your draft is kept. Go on whenever you like."))
        return redirect("plans:goal", goal.pk)
    if request.POST.get("go") == "stay":
        return redirect(f"plans:goal-{step}", goal.pk)
    return redirect(f"plans:goal-{STEPS[STEPS.index(step) + 1]}", goal.pk)


def _with_gaps(kind: type[Words], initial: dict[str, Any], goal: Goal) -> Words:
    """The form as it stands, with what is missing said at its field, and the first one in focus."""
    form = kind(data=initial)
    form.is_valid()
    for name, sentence in _gaps(goal).items():
        if name in form.fields and name not in form.errors:
            form.add_error(name, sentence)
    form.focus_first_problem()
    return form


def _gaps(goal: Goal) -> dict[str, str]:
    return wording.missing(goal, list(goal.rungs.all()), today=localdate())


@require_POST
def show_hints(request: Request, goal_id: UUID) -> HttpResponse:
    """Questions that may help, while the goal is being typed."""
    goal = queries.goal(actor=request.user, goal_id=goal_id)
    found = hints(request.POST.get("title", "")[:1000])
    return render(request, "plans/dialogue/goal.html#hints", {"goal": goal, "hints": found})


@require_POST
def compose(request: Request, goal_id: UUID) -> HttpResponse:
    """Put the gaps of a sentence frame together; the sentence can still be changed."""
    goal = _own_draft(request, goal_id)
    frame = next(
        (one for one in blueprints.frames() if one.code == request.POST.get("frame")), None
    )
    if goal is None or frame is None:
        return redirect("plans:goal", goal_id)
    filled = forms.FrameForm(request.POST, frame=frame)
    context = _frame(goal, "goal") | steps.around_goal(request, goal)
    if not filled.is_valid():
        context |= {"form": forms.GoalForm(initial=steps.goal(request, goal)), "gaps": filled}
        return render(request, "plans/dialogue/goal.html", context, status=422)
    words = {"title": filled.sentence(), "kind": frame.goal_type}
    context |= {"form": forms.GoalForm(initial=words), "hints": hints(words["title"])}
    return render(request, "plans/dialogue/goal.html", context | {"composed": True})


def start(request: Request, goal_id: UUID) -> HttpResponse:
    """The whole goal on one page: look at it, choose who sees it, agree and start."""
    goal = queries.goal(actor=request.user, goal_id=goal_id)
    if goal.client.user_id != request.user.pk or not goal.is_open:
        return redirect("plans:goal", goal.pk)
    if goal.state == Goal.State.ACTIVE:
        return redirect("plans:goal", goal.pk)
    if request.method == "POST":
        return _started(request, goal)
    context = _frame(goal, "start") | {
        "gaps": _gaps(goal),
        "if_thens": queries.if_thens(actor=request.user, client=goal.client, goal=goal),
        "form": forms.ReadersForm(initial={"visibility": goal.visibility}),
        "coached": people.starting_class(actor=request.user, client=goal.client) == "V1"
        or goal.visibility == "V1",
    }
    return render(request, "plans/dialogue/start.html", context)


def _started(request: Request, goal: Goal) -> HttpResponse:
    """Agree and start, or say what is missing, whose word is awaited, or what must rest first."""
    chosen = forms.ReadersForm(request.POST)
    at = now()
    try:
        if chosen.is_valid():
            actions.show_goal(actor=request.user, goal=goal, at=at, **chosen.cleaned_data)
        actions.agree_goal(actor=request.user, goal=goal, at=at)
        pause = _paused(request)
        actions.activate_goal(actor=request.user, goal=goal, at=at, pause=pause)
    except Invalid as gap:
        page = PAGE_OF[next(iter(gap.fields))]
        return redirect(reverse(f"plans:goal-{page}", args=[goal.pk]) + "?missing=1")
    except actions.AwaitsCoach as wait:
        messages.info(request, str(wait))
        return redirect("plans:goal", goal.pk)
    except actions.TooManyGoals as question:
        context = {"goal": goal, "active": question.active}
        return render(request, "plans/make_room.html", context, status=409)
    messages.success(request, _("Started. Your goal has its first steps in your plan."))
    return redirect("plans:plan")


def _paused(request: Request) -> Goal | None:
    """The goal that the client chose to let rest, if they were asked."""
    chosen = request.POST.get("pause", "")
    try:
        return queries.goal(actor=request.user, goal_id=UUID(chosen)) if chosen else None
    except ValueError:
        return None
