"""The story so far."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coachwork.people import queries as people
from coachwork.people.access import NotVisible, Request, Thing
from coachwork.people.models import Event
from coachwork.people.views import words
from coachwork.reflection import actions, queries

PAGE = 50


@never_cache
def story(request: Request) -> HttpResponse:
    """What happened, newest first, and the turning points that one marked."""
    client = people.record(actor=request.user)
    only = request.GET.get("pinned") == "1"
    after = _after(request)
    steps = queries.story(actor=request.user, client=client, pinned_only=only, after=after)
    told = [(one, words.step(one.event.kind)) for one in steps]
    older = f"?after={steps[-1].event.pk}" if len(steps) >= PAGE and not only else ""
    return render(
        request, "reflection/story.html", {"steps": told, "only": only, "older_url": older}
    )


@require_POST
def pin(request: Request, event_id: UUID) -> HttpResponse:
    """Mark a step as a turning point, or take the mark off."""
    client = people.record(actor=request.user)
    found = people.row(actor=request.user, thing=Thing.EVENTS, item=event_id)
    if not isinstance(found, Event) or found.client_id != client.pk:
        raise NotVisible("There is no such step.")
    pinned = request.POST.get("pinned") == "1"
    actions.pin(actor=request.user, client=client, event=found, pinned=pinned, at=now())
    return redirect("reflection:story")


def _after(request: Request) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None
