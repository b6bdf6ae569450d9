"""Scenes to choose from, and what one is about before it begins."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from coachwork.people import queries as people
from coachwork.people.access import Request
from coachwork.practice import actions, queries
from coachwork.practice.forms import FocusForm


def scenes(request: Request) -> HttpResponse:
    """Scenes to play where nothing depends on it, and those to play again."""
    client = people.record(actor=request.user)
    rows = queries.attempts(actor=request.user, client=client)
    context = {
        "found": queries.role_plays(actor=request.user),
        "rows": rows,
        "repeats": queries.repeats(actor=request.user, client=client, rows=rows),
        "today": localdate(),
    }
    return render(request, "practice/scenes.html", context)


def scene(request: Request, code: str) -> HttpResponse:
    """Your role, your aim, and one thing to look at; the other person's side stays theirs."""
    client = people.record(actor=request.user)
    found = queries.role_play(actor=request.user, code=code)
    form = FocusForm(request.POST or None, rubric=found.rubric)
    if request.method == "POST" and form.is_valid():
        made = actions.start(
            actor=request.user,
            client=client,
            role_play=found,
            focus=form.cleaned_data["focus"],
            at=now(),
        )
        return redirect("practice:attempt", made.pk)
    status = 422 if request.method == "POST" else 200
    rows = queries.attempts(actor=request.user, client=client, code=code)
    context = {"one": found, "form": form, "rows": rows}
    return render(request, "practice/scene.html", context, status=status)
