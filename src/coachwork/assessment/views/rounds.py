"""Pages of a feedback round for client and coach: the list, whom to ask, where it stands."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.assessment import actions, queries
from coachwork.assessment.forms.rounds import (
    AddressForm,
    BeginRoundForm,
    NominateForm,
    QuestionsForm,
)
from coachwork.assessment.models import FeedbackRound
from coachwork.evidence.views.places import place
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.access import Request

State = FeedbackRound.State
Mode = FeedbackRound.Mode
ENDED = (State.RELEASED, State.CANCELLED)


def rounds(request: Request, client_id: UUID | None = None) -> HttpResponse:
    here = place(request, client_id)
    rows = queries.rounds(actor=request.user, client=here.client)
    context = {
        "client": here.client,
        "is_own": here.is_own,
        "open": [row for row in rows if row.state not in ENDED],
        "may_begin": not any(row.state not in ENDED and row.mode == Mode.FULL for row in rows),
        "may_pulse": not any(row.state not in ENDED and row.mode == Mode.PULSE for row in rows),
        "ended": [row for row in rows if row.state in ENDED],
        "form": BeginRoundForm(),
    }
    return render(request, "assessment/rounds.html", context)


@require_POST
def begin(request: Request) -> HttpResponse:
    client = place(request, None).client
    form = BeginRoundForm(request.POST)
    leads = form.is_valid() and form.cleaned_data["leads"]
    row = actions.begin_round(actor=request.user, client=client, leads=leads, at=now())
    return redirect("assessment:round", row.pk)


def feedback_round(request: Request, feedback_round_id: UUID) -> HttpResponse:
    row = queries.feedback_round(actor=request.user, round_id=feedback_round_id)
    form = NominateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.nominate(actor=request.user, asked_in=row, at=now(), **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Added. Who else has seen you at work lately?"))
            return redirect("assessment:round", row.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "assessment/round.html", _context(request, row, form), status=status)


def questions(request: Request, feedback_round_id: UUID) -> HttpResponse:
    """What others are asked about, as long as nobody has been asked."""
    row = queries.feedback_round(actor=request.user, round_id=feedback_round_id)
    own = row.client.user_id == request.user.pk
    if not own or (row.state, row.mode) != (State.NOMINATING, Mode.FULL):
        return redirect("assessment:round-preview", row.pk)
    known = queries.choosable(actor=request.user, asked_in=row)
    initial = {"competencies": [code for code, _items in row.asked]}
    form = QuestionsForm(request.POST or None, known=known, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["competencies"]
        try:
            actions.choose_competencies(actor=request.user, asked_in=row, competencies=chosen)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept. This is what they will be asked about."))
            return redirect("assessment:round", row.pk)
    status = 422 if request.method == "POST" else 200
    context = {"round": row, "client": row.client, "form": form}
    return render(request, "assessment/round_questions.html", context, status=status)


def preview(request: Request, feedback_round_id: UUID) -> HttpResponse:
    """What raters see, before anybody is asked."""
    row = queries.feedback_round(actor=request.user, round_id=feedback_round_id)
    context = {
        "round": row,
        "client": row.client,
        "is_pulse": row.mode == Mode.PULSE,
        "asked": queries.asked(asked_in=row),
    }
    return render(request, "assessment/round_preview.html", context)


@require_POST
def drop(request: Request, feedback_round_id: UUID, nomination_id: UUID) -> HttpResponse:
    nomination = queries.nomination(
        actor=request.user, round_id=feedback_round_id, nomination_id=nomination_id
    )
    actions.drop_nomination(actor=request.user, nomination=nomination)
    return redirect("assessment:round", feedback_round_id)


@require_POST
def readdress(request: Request, feedback_round_id: UUID, nomination_id: UUID) -> HttpResponse:
    nomination = queries.nomination(
        actor=request.user, round_id=feedback_round_id, nomination_id=nomination_id
    )
    form = AddressForm(request.POST)
    email = form.cleaned_data["email"] if form.is_valid() else ""
    actions.correct_address(actor=request.user, nomination=nomination, email=email, at=now())
    messages.success(request, _("A new invitation is on its way."))
    return redirect("assessment:round", feedback_round_id)


@require_POST
def step(request: Request, feedback_round_id: UUID) -> HttpResponse:
    """One of the buttons of the page."""
    row = queries.feedback_round(actor=request.user, round_id=feedback_round_id)
    act = STEPS.get(request.POST.get("step", ""))
    if act is None:
        raise Refused(_("Please use one of the buttons."))
    done = act(request, row)
    if done:
        messages.success(request, done)
    return redirect("assessment:round", row.pk)


def _send(request: Request, row: FeedbackRound) -> str:
    row = actions.open_round(actor=request.user, asked_in=row, at=now())
    if row.state == State.PROPOSED:
        return _("Your coach has a look at the list. Nobody has been asked yet.")
    return _("The invitations are on their way.")


def _rework(request: Request, row: FeedbackRound) -> str:
    actions.rework_list(actor=request.user, asked_in=row)
    return _("The list can be changed again.")


def _approve(request: Request, row: FeedbackRound) -> str:
    actions.approve_round(actor=request.user, asked_in=row, at=now())
    return _("The invitations are on their way.")


def _remind(request: Request, row: FeedbackRound) -> str:
    actions.remind_raters(actor=request.user, asked_in=row, at=now())
    return _("A friendly line goes to all who have neither answered nor said no.")


def _cancel(request: Request, row: FeedbackRound) -> str:
    actions.cancel_round(actor=request.user, asked_in=row, at=now())
    return _("The round is called off, and all answers are deleted.")


def _release(request: Request, row: FeedbackRound) -> str:
    actions.release_round(actor=request.user, asked_in=row, at=now())
    return ""


STEPS: dict[str, Callable[[Request, FeedbackRound], str]] = {
    "send": _send,
    "rework": _rework,
    "approve": _approve,
    "remind": _remind,
    "cancel": _cancel,
    "release": _release,
}


def _context(request: Request, row: FeedbackRound, form: NominateForm) -> dict[str, Any]:
    own = row.client.user_id == request.user.pk
    listed = queries.nominations(actor=request.user, asked_in=row)
    return {
        "round": row,
        "client": row.client,
        "is_own": own,
        "is_pulse": row.mode == Mode.PULSE,
        "form": form,
        "listed": listed,
        "counts": queries.counts(actor=request.user, asked_in=row, before=localdate()),
        "undelivered": queries.undelivered(actor=request.user, asked_in=row) if own else (),
        "has_coach": own and bool(queries.coaches(actor=request.user, client=row.client)),
        "may_release": actions.may_release(asked_in=row, at=now())
        if own
        else row.state == State.CLOSED,
        "asked": queries.asked(asked_in=row) if row.mode == Mode.PULSE else (),
        "alone_from": actions.hold_ends(asked_in=row),
        "held": [] if own else queries.held_texts(actor=request.user, asked_in=row),
        "is_thin": row.mode == Mode.FULL and queries.is_thin(actor=request.user, asked_in=row),
        "address": AddressForm(),
    }
