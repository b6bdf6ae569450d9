"""Commitments: make one, say what became of it, agree it anew, let it go."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.accountability import actions, queries
from coachwork.accountability.forms import AnewForm, CommitForm, ReasonForm
from coachwork.accountability.models import Commitment
from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request

A_WEEK = timedelta(days=7)


def commit(request: Request) -> HttpResponse:
    """Commit to something by a day."""
    client = people.record(actor=request.user)
    first = {"due_on": localdate() + A_WEEK, "text": request.GET.get("what", "")[:300]}
    form = CommitForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.commit(
                actor=request.user, client=client, today=localdate(), at=now(), **form.cleaned_data
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("That is a word. You can agree it anew up to its day."))
            return redirect("accountability:keeping")
    status = 422 if request.method == "POST" else 200
    return render(request, "accountability/commit.html", {"form": form}, status=status)


def commitment(request: Request, commitment_id: UUID) -> HttpResponse:
    """One commitment, and what can be done with it."""
    found = queries.commitment(actor=request.user, commitment_id=commitment_id)
    return _page(request, found)


@require_POST
def settle(request: Request, commitment_id: UUID) -> HttpResponse:
    """Say what became of it, in one tap; after a no, what got in the way."""
    found = queries.commitment(actor=request.user, commitment_id=commitment_id)
    state = request.POST.get("state", "")
    reason = request.POST.get("reason", "")
    actions.settle(actor=request.user, commitment=found, state=state, reason=reason, at=now())
    if state == Commitment.State.NOT_THIS_TIME and not reason:
        messages.success(request, _("Thank you for saying so. What would help now?"))
        return redirect("accountability:stuck")
    messages.success(request, _("Kept in mind."))
    return redirect("accountability:keeping")


@require_POST
def anew(request: Request, commitment_id: UUID) -> HttpResponse:
    """Agree it anew: smaller, later or otherwise."""
    found = queries.commitment(actor=request.user, commitment_id=commitment_id)
    form = AnewForm(request.POST)
    if form.is_valid():
        try:
            actions.renegotiate(
                actor=request.user,
                commitment=found,
                today=localdate(),
                at=now(),
                **form.cleaned_data,
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Agreed anew, in good time."))
            return redirect("accountability:keeping")
    return _page(request, found, form)


@require_POST
def release(request: Request, commitment_id: UUID) -> HttpResponse:
    """Let it go."""
    found = queries.commitment(actor=request.user, commitment_id=commitment_id)
    actions.release(actor=request.user, commitment=found, at=now())
    messages.success(request, _("Let go. That makes room."))
    return redirect("accountability:keeping")


def _page(request: Request, found: Commitment, form: AnewForm | None = None) -> HttpResponse:
    first = {"text": found.text, "due_on": max(found.due_on, localdate()) + A_WEEK}
    mine = found.client.user_id == request.user.pk
    is_open = found.state == Commitment.State.MADE
    context: dict[str, Any] = {
        "one": found,
        "mine": mine,
        "form": form or AnewForm(initial=first),
        "reason_form": ReasonForm(),
        "is_open": is_open,
        "in_time": is_open and found.due_on >= localdate(),
    }
    status = 422 if form is not None else 200
    return render(request, "accountability/commitment.html", context, status=status)
