"""Purpose packs: choose one, and see what there is for its competencies."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from coachwork.people import queries as people
from coachwork.people.access import Request
from coachwork.tracks import actions, queries
from coachwork.tracks.models import shelf


def packs(request: Request) -> HttpResponse:
    """The packs, and what the present list of competencies opens."""
    client = people.record(actor=request.user)
    context = {
        "packs": shelf.packs(),
        "found": queries.filtered(actor=request.user, client=client),
    }
    return render(request, "tracks/packs.html", context)


def choose(request: Request, pack: str) -> HttpResponse:
    """What a pack holds; choosing it makes its competencies what one looks at."""
    found = shelf.pack(pack)
    if found is None:
        raise Http404(_("There is no such pack."))
    client = people.record(actor=request.user)
    if request.method == "POST":
        actions.choose_pack(actor=request.user, client=client, code=pack, at=now())
        messages.success(request, _("Chosen. Change the list as you like."))
        return redirect("tracks:packs")
    names = shelf.competencies(found.competencies)
    context = {
        "pack": found,
        "competencies": [names[one].worded("name") for one in found.competencies if one in names],
        "tracks": [one for one in shelf.tracks() if one.code in found.tracks],
    }
    return render(request, "tracks/pack.html", context)
