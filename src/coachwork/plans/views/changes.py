"""Changes that could help: each with its reason and what was seen, to take, reword or leave."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request
from coachwork.people.models import Client
from coachwork.plans import actions, queries
from coachwork.plans.forms.changes import ChangeForm
from coachwork.plans.forms.goals import ReasonForm


def changes(request: Request) -> HttpResponse:
    """What could be changed today, and why; nothing changes by itself."""
    client = people.record(actor=request.user)
    return _page(request, client)


def _page(request: Request, client: Client, refused: ChangeForm | None = None) -> HttpResponse:
    found = queries.changes(actor=request.user, client=client, at=now())
    goals = list({one.goal.pk: one.goal for one in found}.values())
    if any(one.rests for one in found):
        goals = queries.goals(actor=request.user, client=client, states=["active"])
    cards = []
    for number, one in enumerate(found):
        form = ChangeForm(change=one, goals=goals, number=number)
        if refused is not None and refused.data.get("key") == one.key:
            form = refused
        cards.append((one, form))
    status = 200 if refused is None else 422
    return render(request, "plans/changes.html", {"cards": cards, "client": client}, status=status)


@require_POST
def accept(request: Request) -> HttpResponse:
    """Make a change, as suggested or as reworded."""
    client = people.record(actor=request.user)
    key = request.POST.get("key", "")
    found = queries.change(actor=request.user, client=client, key=key, at=now())
    if found is None:
        messages.info(request, _("This suggestion has been overtaken. Nothing was changed."))
        return redirect("plans:changes")
    goals = queries.goals(actor=request.user, client=client, states=["active"])
    form = ChangeForm(request.POST, change=found, goals=goals)
    if not form.is_valid():
        return _page(request, client, form)
    try:
        actions.accept_change(actor=request.user, client=client, at=now(), **form.words())
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(request, client, form)
    messages.success(request, _("Changed. The story of your plan says why."))
    return redirect("plans:plan")


@require_POST
def refuse(request: Request) -> HttpResponse:
    """Leave a change aside for good."""
    client = people.record(actor=request.user)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    key = request.POST.get("key", "")
    actions.refuse_change(actor=request.user, client=client, key=key, reason=reason, at=now())
    messages.success(request, _("Left aside. It will not be suggested again for this reason."))
    return redirect("plans:changes")
