"""Your record: what is in it, taking it away, erasing it, searching in it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from coachwork.exchange import actions, queries
from coachwork.exchange.forms import EraseForm, SearchForm
from coachwork.exchange.kinds import plans as plan_kinds
from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request, Thing


@require_GET
def record(request: Request) -> HttpResponse:
    """What can be done with the whole record."""
    client = people.record(actor=request.user)
    return render(request, "exchange/record.html", {"client": client, "search": SearchForm()})


@require_GET
def search(request: Request) -> HttpResponse:
    """Where the words stand in one's own record."""
    client = people.record(actor=request.user)
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.search_record(actor=request.user, client=client, text=text)
    page = {"client": client, "search": form, "found": found, "text": text}
    return render(request, "exchange/search.html", page)


@require_POST
@never_cache
def export(request: Request) -> HttpResponse:
    """Download everything as one archive."""
    at = now()
    client = people.record(actor=request.user)
    archive = actions.export_record(actor=request.user, client=client, at=at)
    name = f"coachwork-record-{at:%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(archive, content_type="application/zip", headers=headers)


@require_POST
@never_cache
def plan(request: Request, client_id: UUID | None = None) -> HttpResponse:
    """Download the plan: as a PDF, for a calendar, or as JSON."""
    kind = request.POST.get("kind", "")
    if kind not in plan_kinds.KINDS:
        raise Http404(_("There is no such form of a plan."))
    client = people.record(actor=request.user, client_id=client_id, thing=Thing.PLAN)
    at, today = now(), localdate()
    made = actions.export_plan(actor=request.user, client=client, kind=kind, today=today, at=at)
    headers = {"Content-Disposition": f'attachment; filename="coachwork-plan-{today}.{kind}"'}
    return HttpResponse(made, content_type=plan_kinds.KINDS[kind].CONTENT_TYPE, headers=headers)


def erase(request: Request) -> HttpResponse:
    """Say what will go and what stays; then erase."""
    client = people.record(actor=request.user)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.erase_record(actor=request.user, client=client, at=now(), **form.cleaned_data)
        except Invalid as problem:
            for field, message in problem.fields.items():
                form.add_error(field, message)
        else:
            logout(request)
            messages.success(request, _("Your record has been erased."))
            return redirect("home")
    status = 422 if request.method == "POST" else 200
    return render(request, "exchange/erase.html", {"client": client, "form": form}, status=status)
