"""What one writes for oneself: trigger maps, talks to come, the style card."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Invalid
from coachwork.people import queries as people
from coachwork.people.access import Request
from coachwork.tracks import actions, queries
from coachwork.tracks.actions.own import CARD, MAP, TALK
from coachwork.tracks.forms import AfterForm, CardForm, MapForm, TalkForm, Words
from coachwork.tracks.models import Talk, shelf


def _sent(request: Request, form: Words, keep: Callable[[], Any]) -> bool:
    """Whether the form was sent and kept; a refusal stands beside its field."""
    if request.method != "POST" or not form.is_valid():
        return False
    try:
        keep()
    except Invalid as refusal:
        form.refuse(refusal)
        return False
    messages.success(request, _("Kept."))
    return True


def _status(request: Request) -> int:
    return 422 if request.method == "POST" else 200


def maps(request: Request) -> HttpResponse:
    """One's trigger maps."""
    client = people.record(actor=request.user)
    found = queries.trigger_maps(actor=request.user, client=client)
    return render(request, "tracks/maps.html", {"maps": found})


def map_form(request: Request, trigger_map_id: UUID | None = None) -> HttpResponse:
    """Write a trigger map, or read and change one."""
    client = people.record(actor=request.user)
    found = (
        queries.trigger_map(actor=request.user, trigger_map_id=trigger_map_id)
        if trigger_map_id
        else None
    )
    first = {name: getattr(found, name) for name in MAP} if found else {}
    words = [word for _group, some in shelf.feelings() for word in some]
    form = MapForm(request.POST or None, feelings=words, cues=shelf.body_cues(), initial=first)

    def keep() -> None:
        actions.keep_map(
            actor=request.user, client=client, words=form.cleaned_data, at=now(), trigger_map=found
        )

    if _sent(request, form, keep):
        return redirect("tracks:maps")
    context = {"map": found, "form": form}
    return render(request, "tracks/map.html", context, status=_status(request))


@require_POST
def map_delete(request: Request, trigger_map_id: UUID) -> HttpResponse:
    """Delete a trigger map."""
    found = queries.trigger_map(actor=request.user, trigger_map_id=trigger_map_id)
    actions.delete_own(actor=request.user, row=found, at=now())
    messages.success(request, _("Deleted."))
    return redirect("tracks:maps")


def talks(request: Request) -> HttpResponse:
    """Talks to come, and kinds of talks to prepare."""
    client = people.record(actor=request.user)
    found = queries.talks(actor=request.user, client=client)
    return render(request, "tracks/talks.html", {"talks": found, "planners": shelf.planners()})


def talk_new(request: Request) -> HttpResponse:
    """Prepare a talk, alone or with a planner beside."""
    code = request.POST.get("planner", "") or request.GET.get("planner", "")
    return _talk_form(request, None, code)


def talk_change(request: Request, talk_id: UUID) -> HttpResponse:
    """Change the plan of a talk."""
    found = queries.talk(actor=request.user, talk_id=talk_id)
    return _talk_form(request, found, found.planner)


def _talk_form(request: Request, found: Talk | None, code: str) -> HttpResponse:
    client = people.record(actor=request.user)
    planner = shelf.planner(code)
    first: dict[str, Any] = {"planner": planner.code if planner else ""}
    if found is not None:
        first = {name: getattr(found, name) for name in (*TALK, "on")}
    form = TalkForm(request.POST or None, initial=first)

    def keep() -> None:
        kept.append(
            actions.keep_talk(
                actor=request.user, client=client, words=form.cleaned_data, at=now(), talk=found
            )
        )

    kept: list[Talk] = []
    if _sent(request, form, keep):
        return redirect("tracks:talk", kept[0].pk)
    context = {"talk": found, "planner": planner, "form": form}
    return render(request, "tracks/talk_form.html", context, status=_status(request))


def talk(request: Request, talk_id: UUID) -> HttpResponse:
    """The plan on one page, to be printed; and a note after the talk."""
    found = queries.talk(actor=request.user, talk_id=talk_id)
    form = AfterForm(request.POST or None, initial={"after_note": found.after_note})

    def keep() -> None:
        actions.note_after_talk(
            actor=request.user, talk=found, text=form.cleaned_data["after_note"], at=now()
        )

    if _sent(request, form, keep):
        return redirect("tracks:talk", found.pk)
    context = {"talk": found, "form": form, "mine": found.client.user_id == request.user.pk}
    return render(request, "tracks/talk.html", context, status=_status(request))


@require_POST
def talk_delete(request: Request, talk_id: UUID) -> HttpResponse:
    """Delete the plan of a talk."""
    found = queries.talk(actor=request.user, talk_id=talk_id)
    actions.delete_own(actor=request.user, row=found, at=now())
    messages.success(request, _("Deleted."))
    return redirect("tracks:talks")


def card(request: Request) -> HttpResponse:
    """How one works, on one page, for whom one chooses."""
    client = people.record(actor=request.user)
    found = queries.card(actor=request.user, client=client)
    first = {name: getattr(found, name) for name in CARD} if found else {}
    form = CardForm(request.POST or None, initial=first)

    def keep() -> None:
        actions.keep_card(actor=request.user, client=client, words=form.cleaned_data, at=now())

    if _sent(request, form, keep):
        return redirect("tracks:card")
    context = {"card": found, "form": form, "client": client}
    return render(request, "tracks/card.html", context, status=_status(request))
