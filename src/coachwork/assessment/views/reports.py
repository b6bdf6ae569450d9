"""The report of a feedback round: how to read it, what it says, what to make of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.assessment import actions, queries
from coachwork.assessment.forms.rounds import NoteForm, SenseForm, ThanksForm
from coachwork.assessment.models import FeedbackRound
from coachwork.assessment.queries import Report
from coachwork.assessment.views import pulses, report_words
from coachwork.evidence import queries as evidence
from coachwork.kit.errors import Invalid
from coachwork.people.access import Request

ALL, STRENGTHS = "all", "strengths"


def report(request: Request, feedback_round_id: UUID) -> HttpResponse:
    row = queries.feedback_round(actor=request.user, round_id=feedback_round_id)
    if row.state != FeedbackRound.State.RELEASED:
        return redirect("assessment:round", row.pk)
    if row.mode == FeedbackRound.Mode.PULSE:
        return pulses.report(request, row)
    found = queries.report(actor=request.user, asked_in=row)
    own = row.client.user_id == request.user.pk
    reading = request.GET.get("read", "" if own else ALL)
    form = None
    if own and reading == ALL:
        form = _sense_form(request, row, found)
        if form.is_bound and form.is_valid() and _kept(request, row, form):
            return redirect("assessment:report", row.pk, permanent=False)
    context = {
        "round": row,
        "client": row.client,
        "is_own": own,
        "reading": reading,
        "report": found,
        "form": form,
        "thanks": ThanksForm(),
        "note": None if own else NoteForm(initial={"text": _note(request, row)}),
        **report_words.told(
            found, importance=_importance(request, row), whole=reading == ALL, own=own
        ),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "assessment/report.html", context, status=status)


@require_POST
def thank(request: Request, feedback_round_id: UUID) -> HttpResponse:
    row = queries.feedback_round(actor=request.user, round_id=feedback_round_id)
    form = ThanksForm(request.POST)
    weeks = int(form.cleaned_data["weeks"] or 0) if form.is_valid() else 0
    actions.thank_raters(actor=request.user, asked_in=row, weeks=weeks, at=now())
    messages.success(request, _("Your thanks are on their way."))
    return redirect("assessment:report", row.pk)


def _sense_form(request: Request, row: FeedbackRound, found: Report) -> SenseForm:
    initial = {
        "confirms": row.confirms,
        "surprises": row.surprises,
        "questions": row.questions,
        "focus": row.focus,
    }
    choices = [
        (str(one.pk), f"{finding.asked.competency.worded('name')}: {one.worded('text')}")
        for finding in found.findings
        for one in finding.asked.behaviours
    ]
    return SenseForm(request.POST or None, initial=initial, choices=choices)


def _kept(request: Request, row: FeedbackRound, form: SenseForm) -> bool:
    try:
        actions.make_sense(actor=request.user, asked_in=row, at=now(), **form.cleaned_data)
    except Invalid as refusal:
        for name, sentence in refusal.fields.items():
            form.add_error(name, sentence)
        return False
    messages.success(request, _("Kept. What you chose is where the next weeks begin."))
    return True


def _importance(request: Request, row: FeedbackRound) -> dict[Any, int]:
    """How much each competency matters to the role that the client looks at."""
    aim = evidence.aim(actor=request.user, client=row.client)
    return {one.competency_id: one.importance for one in aim.targets.all()} if aim else {}


def _note(request: Request, row: FeedbackRound) -> str:
    return queries.debrief_note(actor=request.user, asked_in=row)
