"""The page of the hard moment: open to everybody, about nobody, and kept on the device."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from coachwork.tracks.models import shelf

QUESTIONS = (
    ("with-whom", _("With whom?")),
    ("aim", _("What should be different afterwards?")),
    ("first-sentence", _("Your first sentence")),
    ("if-wrong", _("If it goes wrong")),
)


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    """Three steps, and a plan for what to say."""
    context = {
        "feelings": [(group, words[:6]) for group, words in shelf.feelings()],
        "questions": QUESTIONS,
        "crisis_lines": settings.CRISIS_LINES,
    }
    return render(request, "tracks/hard_moment.html", context)


@login_not_required
def worker(request: HttpRequest) -> HttpResponse:
    """What keeps that page on the device; it sees no other page."""
    answer = render(request, "tracks/worker.js", content_type="text/javascript")
    answer["Cache-Control"] = "no-cache"
    return answer
