"""A proposed schedule: asked for, read as a difference, accepted in whole or part, taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request
from coachwork.plans import actions, queries
from coachwork.plans.forms.goals import ReasonForm
from coachwork.plans.forms.proposals import ScheduleForm


@require_POST
def propose(request: Request) -> HttpResponse:
    """Ask for a schedule; the plan stays as it is."""
    client = people.record(actor=request.user)
    made = actions.propose_schedule(actor=request.user, client=client, at=now())
    return redirect("plans:proposal", made.pk)


def proposal(request: Request, proposal_id: UUID) -> HttpResponse:
    """What would change, what is left out and why; nothing moves until it is accepted."""
    found = queries.proposal(actor=request.user, proposal_id=proposal_id)
    told = queries.shown(actor=request.user, proposal=found)
    form = ScheduleForm(request.POST or None, shown=told.steps, today=localdate())
    if request.method == "POST" and form.is_valid():
        try:
            actions.accept_schedule(actor=request.user, proposal=found, at=now(), **form.answer())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Your plan is laid out. You can still take it back."))
            return redirect("plans:proposal", found.pk)
    status = 422 if request.method == "POST" else 200
    fits = found.plan.version == found.from_version
    context = {
        "proposal": found,
        "told": told,
        "form": form,
        "fits": fits,
        "may_undo": found.may_be_undone(now()),
    }
    return render(request, "plans/proposal.html", context, status=status)


@require_POST
def refuse(request: Request, proposal_id: UUID) -> HttpResponse:
    """Leave the plan as it is."""
    found = queries.proposal(actor=request.user, proposal_id=proposal_id)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.refuse_schedule(actor=request.user, proposal=found, reason=reason, at=now())
    messages.success(request, _("Left aside. Your plan is as it was."))
    return redirect("plans:plan")


@require_POST
def take_back(request: Request, proposal_id: UUID) -> HttpResponse:
    """Put everything back that has not been touched since."""
    found = queries.proposal(actor=request.user, proposal_id=proposal_id)
    actions.take_back_schedule(actor=request.user, proposal=found, at=now())
    messages.success(request, _("Taken back. What you changed since then stays as you made it."))
    return redirect("plans:plan")
