"""Where one is, which track to choose, and a coach's offer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from coachwork.kit.errors import Invalid, Refused
from coachwork.people import queries as people
from coachwork.people.access import Request, Thing, Verb
from coachwork.tracks import actions, queries
from coachwork.tracks.forms import OfferForm
from coachwork.tracks.models import Enrolment, shelf

OVER = (Enrolment.State.DONE, Enrolment.State.STOPPED)


def home(request: Request, client_id: UUID | None = None) -> HttpResponse:
    """The tracks under way with what came of the chances; for a coach what was opened to them."""
    client = people.record(actor=request.user, client_id=client_id, thing=Thing.PLAN)
    rows = queries.enrolments(actor=request.user, client=client)
    context = {
        "client": client,
        "mine": client.user_id == request.user.pk,
        "open": [one for one in rows if one.state not in OVER],
        "over": [one for one in rows if one.state in OVER],
        "strips": queries.strips(actor=request.user, client=client),
    }
    return render(request, "tracks/home.html", context)


def choose(request: Request) -> HttpResponse:
    """Begin with what is hard right now, or with what fits."""
    client = people.record(actor=request.user)
    problem = request.GET.get("problem", "")
    context = {
        "problems": shelf.problems(),
        "problem": next((one for one in shelf.problems() if one.code == problem), None),
        "offers": queries.offers(actor=request.user, client=client, problem=problem),
    }
    return render(request, "tracks/choose.html", context)


def track(request: Request, track: str) -> HttpResponse:
    """What a track is like, week by week, and beginning it."""
    found = shelf.track(track)
    if found is None:
        raise Http404(_("There is no such track."))
    client = people.record(actor=request.user)
    if request.method == "POST":
        try:
            made = actions.start_track(actor=request.user, client=client, code=track, at=now())
        except actions.TwoActive as refusal:
            return two_active(request, refusal, begin=request.path)
        return redirect("tracks:enrolment", made.pk)
    return render(request, "tracks/track.html", {"track": found})


def two_active(request: Request, refusal: actions.TwoActive, *, begin: str) -> HttpResponse:
    """Two are under way: which one may pause?"""
    context = {"active": refusal.active, "explanation": str(refusal), "begin": begin}
    return render(request, "tracks/two_active.html", context, status=409)


def offer(request: Request, client_id: UUID) -> HttpResponse:
    """A coach offers a track; only the person begins it."""
    client = people.record(
        actor=request.user, client_id=client_id, thing=Thing.PLAN, verb=Verb.PROPOSE
    )
    known = [(one.code, one.title) for one in shelf.tracks()]
    form = OfferForm(request.POST or None, tracks=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.offer_track(actor=request.user, client=client, at=now(), **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Offered. It begins only if they begin it."))
            return redirect("tracks:home-of", client.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "tracks/offer.html", {"client": client, "form": form}, status=status)
