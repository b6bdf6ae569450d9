"""What comes back: the outcome of a decision, a letter on its day."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Invalid
from coachwork.people.access import Request
from coachwork.reflection import actions, queries
from coachwork.reflection.forms import OutcomeForm
from coachwork.reflection.models import Entry


@never_cache
def outcome(request: Request, entry_id: UUID) -> HttpResponse:
    """Say what came of a decision, before one reads what one had expected."""
    page = queries.entry(actor=request.user, entry_id=entry_id)
    if page.row.kind != Entry.Kind.DECISION or page.words is None:
        raise Http404
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say_outcome(
                actor=request.user,
                entry=page.row,
                outcome=form.cleaned_data["outcome"],
                went=form.cleaned_data["went"],
                today=localdate(),
                at=now(),
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept. Now you can see what you had expected."))
            return redirect("reflection:entry", entry_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "reflection/outcome.html", {"form": form, "page": page}, status=status)


@require_POST
def open_letter(request: Request, entry_id: UUID) -> HttpResponse:
    """Open a letter on its day."""
    page = queries.entry(actor=request.user, entry_id=entry_id)
    actions.open_letter(actor=request.user, entry=page.row, today=localdate(), at=now())
    return redirect("reflection:entry", entry_id)
