"""Around the report: coaches wait with a reason or take notes; clients choose how to read."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.assessment import actions, queries
from coachwork.assessment.forms.rounds import HoldForm, NoteForm
from coachwork.assessment.models import FeedbackRound
from coachwork.kit.errors import Invalid
from coachwork.people.access import Request

Reading = FeedbackRound.Reading


def standings(request: Request) -> HttpResponse:
    """The open rounds of everybody one coaches."""
    rows = queries.standings(actor=request.user, before=localdate())
    return render(request, "assessment/standings.html", {"rows": rows})


def hold(request: Request, feedback_round_id: UUID) -> HttpResponse:
    """Until when, and why: a page of its own, so that nothing is lost when it comes back."""
    row = queries.feedback_round(actor=request.user, round_id=feedback_round_id)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.hold_report(actor=request.user, asked_in=row, at=now(), **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept. Your client reads the reason on the page."))
            return redirect("assessment:round", row.pk)
    may = row.state == FeedbackRound.State.CLOSED and row.mode == FeedbackRound.Mode.FULL
    if not may or row.client.user_id == request.user.pk:
        return redirect("assessment:round", row.pk)
    status = 422 if request.method == "POST" else 200
    context = {"round": row, "client": row.client, "form": form}
    return render(request, "assessment/round_hold.html", context, status=status)


@require_POST
def write_note(request: Request, feedback_round_id: UUID) -> HttpResponse:
    row = queries.feedback_round(actor=request.user, round_id=feedback_round_id)
    form = NoteForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else request.POST.get("text", "")
    actions.write_debrief_note(actor=request.user, asked_in=row, text=text, at=now())
    messages.success(request, _("Kept. Only you read it."))
    return redirect("assessment:report", row.pk)


@require_POST
def read(request: Request, feedback_round_id: UUID) -> HttpResponse:
    """How the client wants to read the report."""
    row = queries.feedback_round(actor=request.user, round_id=feedback_round_id)
    reading = request.POST.get("reading", "")
    actions.choose_reading(actor=request.user, asked_in=row, reading=reading, at=now())
    if reading == Reading.COACH:
        messages.success(request, _("Good. It stays here until you read it together."))
        return redirect("home")
    part = "strengths" if reading == Reading.STRENGTHS else "all"
    return redirect(reverse("assessment:report", args=[row.pk]) + f"?read={part}")
