"""One track: the week, the last time, making it stay, pausing and returning."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request
from coachwork.tracks import actions, queries
from coachwork.tracks.forms import AdaptForm, BaselineForm, ConsolidateForm
from coachwork.tracks.models import Enrolment
from coachwork.tracks.views.tracks import two_active

ACTIONS: dict[str, tuple[Callable[..., Enrolment], Any]] = {
    "pause": (actions.pause, gettext_lazy("Paused. Everything stays as it is.")),
    "stop": (actions.stop, gettext_lazy("Stopped. What you logged stays yours.")),
    "finish": (actions.finish, gettext_lazy("Done. What you logged stands in your evidence.")),
}
STEPS = ("begin", "next", "resume", *ACTIONS)


def enrolment(request: Request, enrolment_id: UUID) -> HttpResponse:
    """The week one is in; any earlier week can be read again."""
    found = queries.enrolment(actor=request.user, enrolment_id=enrolment_id)
    mine = found.client.user_id == request.user.pk
    number = _asked(request, found)
    stage = found.stages[number - 1] if 0 < number <= len(found.stages) else None
    notes = queries.notes(actor=request.user, enrolment=found)
    strips = queries.strips(actor=request.user, client=found.client, enrolment=found)
    context = {
        "enrolment": found,
        "mine": mine,
        "number": number,
        "stage": stage,
        "weeks": list(enumerate(found.stages, start=1)),
        "notes": [one for one in notes if one.stage == number],
        "strips": strips,
        "recap": recap(found, strips) if found.state == Enrolment.State.PAUSED else "",
        "adapt": None if mine else AdaptForm(initial={"stage": number}),
    }
    return render(request, "tracks/enrolment.html", context)


def _asked(request: Request, found: Enrolment) -> int:
    asked = request.GET.get("week", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else found.stage
    return number if 0 < number <= len(found.stages) else found.stage


def recap(found: Enrolment, strips: list[queries.Strip]) -> str:
    """Where one was, in one line; nothing about the time in between."""
    names = [one.get("name", "") for one in found.stages]
    name = names[found.stage - 1] if 0 < found.stage <= len(names) else found.title
    said = _("You were in week %(number)d, “%(name)s”.") % {"number": found.stage, "name": name}
    last = next((one.target.to_act for one in strips), "")
    return f"{said} {_('What you practised: %(act)s') % {'act': last}}" if last else said


@require_POST
def step(request: Request, enrolment_id: UUID, step: str) -> HttpResponse:
    """One of the plain steps: begin, go on, pause, return, stop, finish."""
    found = queries.enrolment(actor=request.user, enrolment_id=enrolment_id)
    said: dict[str, Any] = {"actor": request.user, "at": now()}
    try:
        if step == "begin":
            actions.start_track(client=found.client, offered=found, **said)
        elif step == "resume":
            actions.resume(enrolment=found, **said)
            strips = queries.strips(actor=request.user, client=found.client, enrolment=found)
            messages.success(request, recap(found, strips))
        elif step == "next":
            week = request.POST.get("week", "")
            stage = int(week) if week.isascii() and week.isdigit() and len(week) < 4 else 0
            actions.move_on(enrolment=found, stage=stage, **said)
        else:
            act, words = ACTIONS[step]
            act(enrolment=found, **said)
            messages.success(request, str(words))
    except actions.TwoActive as refusal:
        return two_active(request, refusal, begin=request.path)
    return _after(request, found)


def _after(request: Request, found: Enrolment) -> HttpResponse:
    """Back to the track, or on to the one that waited for this pause."""
    waiting = request.POST.get("then", "")
    if waiting.startswith(reverse("tracks:home")) and "//" not in waiting:
        return render(request, "tracks/room_made.html", {"begin": waiting, "paused": found})
    return redirect("tracks:enrolment", found.pk)


def baseline(request: Request, enrolment_id: UUID) -> HttpResponse:
    """The last time it happened, in five lines."""
    found = queries.enrolment(actor=request.user, enrolment_id=enrolment_id)
    people.record(actor=request.user, client_id=found.client_id)
    first = {f"line_{n}": text for n, text in enumerate(found.baseline.splitlines()[:5])}
    form = BaselineForm(request.POST or None, initial=first)

    def keep() -> None:
        actions.write_baseline(
            actor=request.user, enrolment=found, lines=form.lines(), at=now()
        )  # fmt: skip

    return _kept(request, found, form, keep, "tracks/baseline.html")


def consolidate(request: Request, enrolment_id: UUID) -> HttpResponse:
    """What stays, the new cue, who will notice."""
    found = queries.enrolment(actor=request.user, enrolment_id=enrolment_id)
    first = {name: getattr(found, name) for name in ("stays", "cue", "who_notices")}
    form = ConsolidateForm(request.POST or None, initial=first)

    def keep() -> None:
        actions.consolidate(
            actor=request.user, enrolment=found, words=form.cleaned_data, at=now()
        )  # fmt: skip

    return _kept(request, found, form, keep, "tracks/consolidate.html")


def _kept(
    request: Request, found: Enrolment, form: Any, keep: Callable[[], None], template: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            keep()
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("tracks:enrolment", found.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"enrolment": found, "form": form}, status=status)


@require_POST
def adapt(request: Request, enrolment_id: UUID) -> HttpResponse:
    """A coach's words for one week."""
    found = queries.enrolment(actor=request.user, enrolment_id=enrolment_id)
    form = AdaptForm(request.POST)
    if form.is_valid():
        try:
            actions.adapt_stage(
                actor=request.user, enrolment=found, at=now(), **form.cleaned_data
            )  # fmt: skip
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Your words stand beside the week now."))
            return redirect("tracks:enrolment", found.pk)
    context = {"enrolment": found, "form": form}
    return render(request, "tracks/adapt.html", context, status=422)


@require_POST
def aside(request: Request, stage_note_id: UUID) -> HttpResponse:
    """The client goes by the original words."""
    found = queries.note(actor=request.user, note_id=stage_note_id)
    actions.set_aside(actor=request.user, note=found, at=now())
    return redirect("tracks:enrolment", found.enrolment_id)
