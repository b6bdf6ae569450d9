"""The plan on paper: one page with everything that counts, to print or to take away as a file."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from coachwork.people import queries as people
from coachwork.people.access import Request, Thing
from coachwork.plans import queries


@require_GET
def sheet(request: Request, client_id: UUID | None = None) -> HttpResponse:
    """Goals with their rungs, the weeks, if-thens and dates; no coach's note is on it."""
    client = people.record(actor=request.user, client_id=client_id, thing=Thing.PLAN)
    today = localdate()
    found = queries.sheet(actor=request.user, client=client, today=today)
    mine = client.user_id == request.user.pk
    context = {"client": client, "mine": mine, "sheet": found, "today": today}
    return render(request, "plans/sheet.html", context)
