"""Insights: keep a line, be asked about it again, let it go."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request
from coachwork.reflection import actions, queries
from coachwork.reflection.forms import LineForm, StillTrueForm


@never_cache
def insights(request: Request) -> HttpResponse:
    """All insights, and a line for a new one."""
    client = people.record(actor=request.user)
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.keep_insight(
                actor=request.user,
                client=client,
                text=form.cleaned_data["text"],
                today=localdate(),
                at=now(),
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept. In a month you are asked whether it still holds."))
            return redirect("reflection:insights")
    found = queries.insights(actor=request.user, client=client)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "reflection/insights.html", {"form": form, "found": found}, status=status
    )


@never_cache
def insight(request: Request, insight_id: UUID) -> HttpResponse:
    """Is it still true, and what tested it?"""
    found = queries.insight(actor=request.user, insight_id=insight_id)
    form = StillTrueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer_insight(
            actor=request.user,
            insight=found.row,
            still_true=form.cleaned_data["still_true"] == "yes",
            tested=form.cleaned_data["tested"],
            today=localdate(),
            at=now(),
        )
        messages.success(request, _("Thank you. That is kept beside it."))
        return redirect("reflection:insights")
    status = 422 if request.method == "POST" else 200
    return render(request, "reflection/insight.html", {"form": form, "found": found}, status=status)


@require_POST
def delete_insight(request: Request, insight_id: UUID) -> HttpResponse:
    """Let an insight go."""
    found = queries.insight(actor=request.user, insight_id=insight_id)
    actions.delete_insight(actor=request.user, insight=found.row)
    messages.success(request, _("Deleted."))
    return redirect("reflection:insights")
