"""Ask for help, answer it, take it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coachwork.accountability import actions, queries
from coachwork.accountability.actions.support import DAYS
from coachwork.accountability.forms import AskForm, ReplyForm
from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request


def ask(request: Request) -> HttpResponse:
    """Ask a coach; without one, the page that helps along."""
    client = people.record(actor=request.user)
    coaches = queries.coaches(actor=request.user, client=client)
    if not coaches:
        return redirect("accountability:stuck")
    promised = queries.promises(actor=request.user, coaches=coaches)
    said = [(one, _promised(promised.get(one.pk))) for one in coaches]
    form = AskForm(request.POST or None, coaches=said)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.ask_for_help(actor=request.user, client=client, at=now(), **form.words())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Asked. The page says by when you hear."))
            return redirect("accountability:support", made.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "accountability/ask.html", {"form": form}, status=status)


def support(request: Request, support_request_id: UUID) -> HttpResponse:
    """One request: for the client to wait or to read, for the coach to answer."""
    found = queries.request(actor=request.user, request_id=support_request_id)
    mine = found.client.user_id == request.user.pk
    form = ReplyForm(None if mine else request.POST or None)
    if request.method == "POST" and not mine and form.is_valid():
        try:
            actions.help_out(
                actor=request.user, request=found, reply=form.cleaned_data["reply"], at=now()
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Answered."))
            return redirect("accountability:support", found.pk)
    status = 422 if request.method == "POST" else 200
    context = {"one": found, "mine": mine, "form": form}
    return render(request, "accountability/support.html", context, status=status)


@require_POST
def support_step(request: Request, support_request_id: UUID) -> HttpResponse:
    """The client takes it back, or the coach says to have seen it."""
    found = queries.request(actor=request.user, request_id=support_request_id)
    if found.client.user_id == request.user.pk:
        actions.withdraw(actor=request.user, request=found)
        messages.success(request, _("Taken back."))
    else:
        actions.acknowledge(actor=request.user, request=found, at=now())
    return redirect("accountability:support", found.pk)


def _promised(one: object) -> str:
    days = getattr(one, "working_days", DAYS)
    return ngettext(
        "answers within %(days)d working day", "answers within %(days)d working days", days
    ) % {"days": days}
