"""The front page of the journal, what was put away, and how sure one was."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache

from coachwork.people import queries as people
from coachwork.people.access import Request
from coachwork.reflection import queries
from coachwork.reflection.models import Entry

# How long one has, and what fits: minutes and the kinds of pages.
FORMATS = (
    (1, (Entry.Kind.WINS, Entry.Kind.FREE)),
    (5, (Entry.Kind.AFTER_EVENT, Entry.Kind.DECISION)),
    (20, (Entry.Kind.WEEKLY, Entry.Kind.MONTHLY, Entry.Kind.LETTER)),
)


@never_cache
def journal(request: Request) -> HttpResponse:
    """What comes back today, ways to write, and the newest pages."""
    client = people.record(actor=request.user)
    today = localdate()
    desk = queries.desk(actor=request.user, client=client, today=today, after=_after(request))
    context = {
        "desk": desk,
        "formats": FORMATS,
        "today": today,
        "newest": [(one, one.is_closed(today)) for one in desk.newest],
        "older_url": f"?after={desk.older}" if desk.older else "",
        "newer_url": request.path if _after(request) else "",
        "unreadable": any(one.words is None for one in desk.newest),
    }
    return render(request, "reflection/journal.html", context)


@never_cache
def away(request: Request) -> HttpResponse:
    """Pages that were put away."""
    client = people.record(actor=request.user)
    after = _after(request)
    found = queries.entries(actor=request.user, client=client, away=True, after=after)
    shown = found[: queries.PAGE]
    older = f"?after={shown[-1].row.pk}" if len(found) > queries.PAGE else ""
    pages = [(one, one.is_closed(localdate())) for one in shown]
    return render(request, "reflection/away.html", {"pages": pages, "older_url": older})


@never_cache
def sureness(request: Request) -> HttpResponse:
    """How sure one was, beside what came of it."""
    client = people.record(actor=request.user)
    found = queries.calibration(actor=request.user, client=client)
    return render(request, "reflection/sureness.html", {"found": found})


def _after(request: Request) -> UUID | None:
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None
