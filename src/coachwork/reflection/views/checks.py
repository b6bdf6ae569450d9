"""Looking at one's own progress."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request
from coachwork.reflection import actions, queries
from coachwork.reflection.forms import CheckForm


@never_cache
def progress(request: Request) -> HttpResponse:
    """What one works on, when one last looked, and what that said."""
    client = people.record(actor=request.user)
    found = [
        (one, queries.standard_moved(actor=request.user, check=one.last) if one.last else [])
        for one in queries.checkable(actor=request.user, client=client)
    ]
    return render(request, "reflection/progress.html", {"found": found})


@never_cache
def look(request: Request, competency_id: UUID) -> HttpResponse:
    """Anchors and evidence first; the question can be answered once they have been looked at."""
    client = people.record(actor=request.user)
    found = queries.checkable(actor=request.user, client=client)
    chosen = next((one for one in found if one.competency.pk == competency_id), None)
    if chosen is None:
        raise Http404
    table = queries.look(actor=request.user, client=client, competency=chosen.competency)
    form = CheckForm(request.POST or None, asks_back=table.first is not None)
    ready = request.method == "POST" or request.GET.get("looked") == "1"
    if request.method == "POST" and form.is_valid():
        try:
            actions.check_progress(
                actor=request.user,
                client=client,
                competency=chosen.competency,
                level=form.cleaned_data["level"],
                then_level=form.cleaned_data.get("then_level", ""),
                sure=form.cleaned_data["sure"],
                today=localdate(),
                at=now(),
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Kept, as your own view beside the others."))
            return redirect("reflection:progress")
    status = 422 if request.method == "POST" else 200
    context = {"table": table, "form": form, "ready": ready, "competency": chosen.competency}
    return render(request, "reflection/look.html", context, status=status)
