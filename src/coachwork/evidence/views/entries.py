"""Add to the ledger: one's own example, or what a coach saw."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from coachwork.evidence import actions, queries
from coachwork.evidence.forms import ExampleForm, OwnExampleForm
from coachwork.evidence.views.places import Place, anchors_of, key, place
from coachwork.frameworks import queries as frameworks
from coachwork.frameworks.models import Competency
from coachwork.kit.errors import Invalid
from coachwork.kit.ids import new_id
from coachwork.people import access
from coachwork.people import queries as records
from coachwork.people.access import Request, Thing, Verb


def add(request: Request) -> HttpResponse:
    here = place(request, None)
    competency = _chosen(request)
    if competency is None:
        return _choose(request, here)
    seen_by = records.starting_class(actor=request.user, client=here.client)
    start = {**_fresh(), "visibility": seen_by, "source": "work_sample"}
    form = OwnExampleForm(request.POST or None, initial=start, anchors=anchors_of(competency))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_own(
                actor=request.user,
                client=here.client,
                competency=competency,
                at=now(),
                **form.cleaned_data,
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept in your record."))
            return redirect(here.to("why", competency.pk))
    return _form_page(request, here, competency, form)


def observe(request: Request, client_id: UUID) -> HttpResponse:
    here = place(request, client_id)
    access.require(request.user, Verb.PROPOSE, Thing.ASSESSMENT, here.client)
    competency = _chosen(request)
    if competency is None:
        return _choose(request, here)
    form = ExampleForm(request.POST or None, initial=_fresh(), anchors=anchors_of(competency))
    if request.method == "POST" and form.is_valid():
        try:
            actions.observe(
                actor=request.user,
                client=here.client,
                competency=competency,
                at=now(),
                **form.cleaned_data,
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept. It stands beside the other views."))
            return redirect(here.to("why", competency.pk))
    return _form_page(request, here, competency, form)


def _fresh() -> dict[str, Any]:
    """What a form starts with; the new id makes sending it twice one row."""
    return {"context": "work", "occasion_on": localdate(), "entry": new_id()}


def _chosen(request: Request) -> Competency | None:
    """The competency that the address names; an address that names none leads to the choice."""
    try:
        wanted = key(request.GET.get("competency", ""))
        found: Competency = frameworks.competency(actor=request.user, competency_id=wanted)
    except Competency.DoesNotExist:
        return None
    return found


def _choose(request: Request, here: Place) -> HttpResponse:
    """Which competency is it about? Those of the aim first, then all that are known."""
    aim = queries.aim(actor=request.user, client=here.client)
    aimed = [row.competency for row in aim.targets.all()] if aim else []
    there = {row.pk for row in aimed}
    known = queries.neighbours(actor=request.user, aim=aim)
    others = [row for row in known if row.pk not in there]
    context = {"place": here, "aimed": aimed, "others": others, "url": here.to("add")}
    return render(request, "evidence/choose.html", context)


def _form_page(
    request: Request, here: Place, competency: Competency, form: ExampleForm
) -> HttpResponse:
    context = {"place": here, "competency": competency, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/add.html", context, status=status)
