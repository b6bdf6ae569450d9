"""Comments that a coach looks at before the client does; and the line that says one is missing."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from coachwork.assessment import actions, queries
from coachwork.assessment.forms.holding import HeldForm
from coachwork.assessment.queries import HeldText
from coachwork.people.access import Request


def held(request: Request, feedback_round_id: UUID) -> HttpResponse:
    """Every comment that waits, each with its own choice."""
    row = queries.feedback_round(actor=request.user, round_id=feedback_round_id)
    rows = queries.held_texts(actor=request.user, asked_in=row)
    if not rows:
        return redirect("assessment:round", row.pk)
    forms = [(one, _form(request, one)) for one in rows]
    sent = [(one, form) for one, form in forms if form.is_bound]
    for one, form in sent:
        if form.is_valid():
            actions.decide_held(
                actor=request.user, asked_in=row, comment=one.key, at=now(), **form.cleaned_data
            )
            messages.success(request, _("Kept. You can change it until the report is opened."))
            return redirect("assessment:round-held", row.pk)
    context = {"round": row, "client": row.client, "forms": forms}
    status = 422 if sent else 200
    return render(request, "assessment/round_held.html", context, status=status)


def kept_back(shown: Mapping[str, Any]) -> str:
    """That something is missing, why, and whom to ask: the same words whatever it was."""
    if not shown.get("kept_back"):
        return ""
    said = _(
        "A comment was kept back, because a word in it is on the list of slurs and threats. "
        "Nobody is told who wrote it, and what is here does not change any more."
    )
    if settings.CONTACT:
        return f"{said} " + _("Whom to ask: %(contact)s") % {"contact": settings.CONTACT}
    return f"{said} " + _("If that leaves you with a question, ask those who run this site.")


def _form(request: Request, one: HeldText) -> HeldForm:
    """The form of one comment; bound where it is the one that was sent."""
    sent = request.method == "POST" and request.POST.get("comment") == str(one.key)
    return HeldForm(
        request.POST if sent else None,
        initial={"outcome": one.outcome},
        auto_id=f"id_{one.key}_%s",
    )
