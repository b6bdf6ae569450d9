"""Where one stands with what one meant to do; the same page for a coach, where it is open."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from coachwork.accountability import actions, queries
from coachwork.accountability.queries import Keeping
from coachwork.engine.rhythm import State
from coachwork.kit import content
from coachwork.people import queries as people
from coachwork.people.access import Request, Thing

# What each state of a week is called, and its sign: nothing by colour alone.
WORDS = {
    State.ANSWERED: (gettext_lazy("answered"), "check"),
    State.REST: (gettext_lazy("rest"), "pause"),
    State.PAUSED: (gettext_lazy("pause"), "pause"),
    State.LAPSED: (gettext_lazy("open"), "minus"),
    State.OPEN: (gettext_lazy("this week"), "clock"),
}
PLACES = {
    "practice": "practice:logs",
    "plan": "plans:plan",
    "week": "moments:week",
    "ask": "accountability:ask",
    "help": "help",
}


def keeping(request: Request, client_id: UUID | None = None) -> HttpResponse:
    """Check-ins, commitments, the rhythm, and flags that both see alike."""
    client = people.record(actor=request.user, client_id=client_id, thing=Thing.CHECK_INS)
    mine = client.user_id == request.user.pk
    today = localdate()
    page = queries.keeping(actor=request.user, client=client, today=today)
    energies = queries.energies(actor=request.user, client=client)
    readings = energies.readings if energies else ()
    context = {
        "client": client,
        "mine": mine,
        "page": page,
        "today": today,
        "sentence": _sentence(page),
        "weeks": [(one.on, *WORDS[one.state]) for one in page.weeks],
        "answers_now": any(one.state is State.OPEN for one in page.weeks),
        "flags": queries.flags(actor=request.user, client=client, today=today, seen=page),
        "requests": queries.requests(actor=request.user, client=client, limit=5),
        "energies": energies,
        "readings": [(date.fromisoformat(week), value) for week, value in readings],
        "resting": bool(page.plan and page.plan.paused_until and page.plan.paused_until > today),
    }
    return render(request, "accountability/keeping.html", context)


def _sentence(page: Keeping) -> str:
    """The rhythm in words: never a streak, never a percentage."""
    answered, rests, asked = page.counted
    if not asked:
        return ""
    said = ngettext(
        "%(answered)d of the last %(asked)d week answered.",
        "%(answered)d of the last %(asked)d weeks answered.",
        asked,
    ) % {"answered": answered, "asked": asked}
    if not rests:
        return said
    rested = ngettext("%(rests)d was a rest.", "%(rests)d were rests.", rests) % {"rests": rests}
    return f"{said} {rested}"


def stuck(request: Request) -> HttpResponse:
    """Six ways of being stuck, and a first step for each."""
    people.record(actor=request.user)
    found: list[Any] = [
        (one, reverse(PLACES[one.place])) for one in content.load("stuck", get_language() or "en")
    ]
    return render(request, "accountability/stuck.html", {"found": found})


@require_POST
def dismiss(request: Request) -> HttpResponse:
    """Put a flag aside."""
    client = people.record(actor=request.user)
    flag = request.POST.get("flag", "")
    actions.dismiss(actor=request.user, client=client, flag=flag, at=now())
    return redirect("accountability:keeping")
