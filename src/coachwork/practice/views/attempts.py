"""Play a scene, look at oneself, and think it through."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Invalid, Stale
from coachwork.people.access import Request
from coachwork.practice import actions, queries
from coachwork.practice.forms import DebriefForm, RubricForm
from coachwork.practice.models import Attempt
from coachwork.practice.queries import Played

State = Attempt.State
LESS, SAME = gettext_lazy("less than at first"), gettext_lazy("as at first")
MORE = gettext_lazy("more than at first")
WORDS = {
    "trust": (gettext_lazy("Trust"), LESS, SAME, MORE),
    "clarity": (gettext_lazy("Clarity"), LESS, SAME, MORE),
    "progress": (
        gettext_lazy("Progress"),
        gettext_lazy("further away"),
        SAME,
        gettext_lazy("closer"),
    ),
}


@never_cache
def attempt(request: Request, attempt_id: UUID) -> HttpResponse:
    """Where the scene stands: what is said, what one notices, and what one can answer."""
    found = queries.played(actor=request.user, attempt_id=attempt_id)
    mine = found.row.client.user_id == request.user.pk
    context = {"found": found, "state": _said(found), "mine": mine, "step": len(found.row.record)}
    name = "result" if found.place.is_over else "play"
    return render(request, f"practice/{name}.html", context)


@require_POST
def step(request: Request, attempt_id: UUID) -> HttpResponse:
    """One choice, one step back, back to the turning point, or out."""
    row = queries.attempt(actor=request.user, attempt_id=attempt_id)
    act = request.POST.get("act", "choose")
    if act == "leave":
        actions.leave(actor=request.user, attempt=row)
        messages.success(request, _("Left. That costs nothing."))
        return redirect("practice:scenes")
    if act in {"back", "rewind"}:
        go = actions.go_back if act == "back" else actions.rewind
        go(actor=request.user, attempt=row)
        return redirect("practice:attempt", attempt_id)
    try:
        actions.choose(
            actor=request.user,
            attempt=row,
            step=_number(request, "step"),
            choice=_number(request, "choice"),
            at=now(),
        )
    except Stale as refusal:
        messages.info(request, str(refusal))
    return redirect("practice:attempt", attempt_id)


@never_cache
def rate(request: Request, attempt_id: UUID) -> HttpResponse:
    """Look at oneself. No model and nobody else's view is on this page."""
    found = queries.played(actor=request.user, attempt_id=attempt_id)
    if found.row.state != State.SUBMITTED:
        return redirect("practice:attempt", attempt_id)
    form = RubricForm(request.POST or None, rubric=found.role_play.rubric)
    if request.method == "POST" and form.is_valid():
        actions.rate(actor=request.user, attempt=found.row, levels=form.levels())
        return redirect("practice:debrief", attempt_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "practice/rate.html", {"found": found, "form": form}, status=status)


@never_cache
def debrief(request: Request, attempt_id: UUID) -> HttpResponse:
    """Think it through beside two good ways and a poor one, once one has looked at oneself."""
    found = queries.played(actor=request.user, attempt_id=attempt_id)
    if found.row.state not in {State.RATED, State.DEBRIEFED}:
        return redirect("practice:attempt", attempt_id)
    if found.row.state == State.DEBRIEFED:
        return redirect("practice:result", attempt_id)
    form = DebriefForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.debrief(
                actor=request.user,
                attempt=found.row,
                words=form.cleaned_data,
                today=localdate(),
                at=now(),
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept. What you rated is in your evidence as an exercise."))
            return redirect("practice:result", attempt_id)
    status = 422 if request.method == "POST" else 200
    context = {"found": found, "form": form, "own": _own(found)}
    return render(request, "practice/debrief.html", context, status=status)


@never_cache
def result(request: Request, attempt_id: UUID) -> HttpResponse:
    """What was thought, beside the attempts before."""
    found = queries.played(actor=request.user, attempt_id=attempt_id)
    if found.row.state != State.DEBRIEFED:
        return redirect("practice:attempt", attempt_id)
    rows = queries.attempts(actor=request.user, client=found.row.client, code=found.row.exercise)
    context = {"found": found, "own": _own(found), "rows": rows, "today": localdate()}
    return render(request, "practice/debriefed.html", context)


def _said(found: Played) -> list[tuple[str, str]]:
    """The state in words: less, as before, or more; never a number."""
    said = []
    for part, value in found.place.state.items():
        name, less, same, more = WORDS[part]
        said.append((str(name), str(less if value < 0 else more if value > 0 else same)))
    return said


def _own(found: Played) -> list[tuple[Any, str]]:
    return [(row, found.row.rubric.get(row.behaviour, "")) for row in found.role_play.rubric]


def _number(request: Request, name: str) -> int:
    try:
        return int(request.POST.get(name, ""))
    except ValueError:
        return -1
