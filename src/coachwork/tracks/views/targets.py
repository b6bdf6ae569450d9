"""A behaviour to practise: say it, log its chances with one tap, end it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.evidence.models import Chance
from coachwork.kit.errors import Invalid
from coachwork.kit.ids import new_id
from coachwork.people.access import Request
from coachwork.tracks import actions, queries
from coachwork.tracks.forms import ChanceForm, TargetForm
from coachwork.tracks.models import BehaviourTarget, Enrolment

FIELDS = ("from_act", "to_act", "situations", "ally")


def new(request: Request, enrolment_id: UUID) -> HttpResponse:
    """Another behaviour to practise on this track."""
    found = queries.enrolment(actor=request.user, enrolment_id=enrolment_id)
    return _form(request, found, None)


def change(request: Request, behaviour_target_id: UUID) -> HttpResponse:
    """Say it in other words."""
    found = queries.target(actor=request.user, target_id=behaviour_target_id)
    return _form(request, found.enrolment, found)


def _form(request: Request, found: Enrolment, target: BehaviourTarget | None) -> HttpResponse:
    behaviours = list(found.competency.behaviours.all()) if found.competency else []
    first: dict[str, Any] = {}
    if target is not None:
        first = {name: getattr(target, name) for name in FIELDS}
        first["behaviour"] = str(target.behaviour_id or "")
    form = TargetForm(request.POST or None, behaviours=behaviours, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.set_target(
                actor=request.user, enrolment=found, words=form.words(), at=now(), target=target
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("tracks:target", kept.pk)
    status = 422 if request.method == "POST" else 200
    context = {"enrolment": found, "target": target, "form": form}
    return render(request, "tracks/target_form.html", context, status=status)


def target(request: Request, behaviour_target_id: UUID) -> HttpResponse:
    """The strip of chances, and one more with one tap."""
    found = queries.target(actor=request.user, target_id=behaviour_target_id)
    first = {"on": localdate(), "entry": new_id()}
    form = ChanceForm(request.POST or None, situations=found.moments, initial=first)
    if request.method == "POST" and form.is_valid() and _logged(request, found, form):
        messages.success(request, _("Logged. It is in your evidence now."))
        return redirect("tracks:target", found.pk)
    strips = queries.strips(actor=request.user, client=found.client, targets=[found])
    context = {
        "target": found,
        "strip": strips[0],
        "form": form,
        "chances": Chance.choices,
        "mine": found.client.user_id == request.user.pk,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "tracks/target.html", context, status=status)


def _logged(request: Request, found: BehaviourTarget, form: ChanceForm) -> bool:
    said = dict(form.cleaned_data)
    moment = said.pop("entry").hex
    try:
        actions.log_chance(
            actor=request.user, target=found, today=localdate(), at=now(), moment=moment, **said
        )
    except Invalid as refusal:
        form.refuse(refusal)
        return False
    return True


@require_POST
def end(request: Request, behaviour_target_id: UUID) -> HttpResponse:
    """Practise it no more."""
    found = queries.target(actor=request.user, target_id=behaviour_target_id)
    actions.end_target(actor=request.user, target=found, at=now())
    messages.success(request, _("Put away. What you logged stays."))
    return redirect("tracks:enrolment", found.enrolment_id)


@require_POST
def undo(request: Request, track_log_id: UUID) -> HttpResponse:
    """Take a log back."""
    found = queries.log(actor=request.user, log_id=track_log_id)
    actions.undo_log(actor=request.user, log=found, at=now())
    messages.success(request, _("Taken back. It counts no more."))
    return redirect("tracks:target", found.target_id)
