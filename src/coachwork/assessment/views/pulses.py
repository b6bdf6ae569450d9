"""Pulses: begin one, answer one by a personal link, and read what people noticed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from coachwork.assessment import actions, queries
from coachwork.assessment.forms.pulses import BeginPulseForm, PulseForm
from coachwork.assessment.models import FeedbackRound
from coachwork.assessment.queries.ratings import SUGGESTION
from coachwork.assessment.views.links import actor_of, known, opened
from coachwork.assessment.views.pulse_words import told
from coachwork.evidence.views.places import place
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.access import Request


def begin(request: Request) -> HttpResponse:
    """Which behaviour; then whom to ask, as in every round."""
    client = place(request, None).client
    open_one = queries.open_pulse(actor=request.user, client=client)
    if open_one is not None:
        return redirect("assessment:round", open_one.pk)
    choices = queries.noticeable(actor=request.user, client=client)
    first = queries.chosen_focus(actor=request.user, client=client)
    form = BeginPulseForm(request.POST or None, known=choices, first=first)
    if request.method == "POST" and form.is_valid():
        rows = {str(item.pk): item for one in choices for item in one.behaviours}
        behaviour = rows[form.cleaned_data["behaviour"]]
        try:
            row = actions.begin_pulse(
                actor=request.user, client=client, behaviour=behaviour, at=now()
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Now choose about five people who see you at work."))
            return redirect("assessment:round", row.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "assessment/pulse.html", {"form": form}, status=status)


@login_not_required
@never_cache
def answer(request: HttpRequest, rater_reply_id: UUID) -> HttpResponse:
    """Two questions on one page; handing in can be repeated until the pulse closes."""
    reply, token = opened(request, rater_reply_id)
    if reply.round.mode != FeedbackRound.Mode.PULSE:
        return redirect("assessment:rater-screen", reply.pk, 1)
    item = str(reply.round.asked[0][1][0])
    initial = {"change": reply.scores.get(item, ""), "suggestion": reply.comments.get(SUGGESTION)}
    form = PulseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _handed_in(request, token, item, form):
        return redirect("assessment:rater-done", reply.pk)
    status = 422 if request.method == "POST" else 200
    asked = queries.asked(asked_in=reply.round)[0].behaviours[0]
    context = {**known(reply), "form": form, "words": asked.worded("text")}
    return render(request, "assessment/rater_pulse.html", context, status=status)


def report(request: Request, row: FeedbackRound) -> HttpResponse:
    """What people noticed: words and counts, and nothing about a level."""
    found = queries.frozen(actor=request.user, asked_in=row)
    context: dict[str, Any] = {
        "round": row,
        "client": row.client,
        "is_own": row.client.user_id == request.user.pk,
        "report": found,
        "words": queries.asked(asked_in=row)[0].behaviours[0].worded("text"),
        **told(found.shown),
    }
    return render(request, "assessment/pulse_report.html", context)


def _handed_in(request: HttpRequest, token: str, item: str, form: PulseForm) -> bool:
    """Keep both answers and hand them in; what is wrong stands on the form."""
    actor, at = actor_of(request), now()
    try:
        actions.save_scores(actor=actor, token=token, scores={item: form.score()}, at=at)
        actions.save_comments(actor=actor, token=token, comments=form.words(), at=at)
        actions.hand_in(actor=actor, token=token, at=at)
    except Invalid as refusal:
        for name, sentence in refusal.fields.items():
            form.add_error(name if name in form.fields else None, sentence)
        return False
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
