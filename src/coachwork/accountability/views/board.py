"""The board of a coach's Monday, and how soon the coach answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from coachwork.accountability import actions, queries
from coachwork.accountability.actions.support import DAYS
from coachwork.accountability.forms import PromiseForm
from coachwork.people.access import Request


def board(request: Request) -> HttpResponse:
    """Who asks for help, who answered, and what was kept: people, not numbers."""
    places = queries.board(actor=request.user, today=localdate())
    return render(request, "accountability/board.html", {"places": places})


def promise(request: Request) -> HttpResponse:
    """How soon I answer whoever asks me."""
    known = queries.promises(actor=request.user, coaches=[request.user]).get(request.user.pk)
    first = {
        "working_days": known.working_days if known else DAYS,
        "words": known.words if known else "",
    }
    form = PromiseForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        actions.promise(actor=request.user, **form.cleaned_data)
        messages.success(request, _("Kept. It is shown to whoever asks you."))
        return redirect("accountability:board")
    status = 422 if request.method == "POST" else 200
    return render(request, "accountability/promise.html", {"form": form}, status=status)
