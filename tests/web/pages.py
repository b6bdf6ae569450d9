"""Addresses for tests of the look: the style guide, and a form that keeps drafts."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template import RequestContext, Template
from django.urls import path

from coachwork.web import appearance, errors
from coachwork.web.styleguide import styleguide

FORM = Template(
    '{% extends "base.html" %}{% block title %}A note{% endblock %}{% block main %}<h1>A note</h1>'
    '<form class="form" method="post" action="{{ action }}" data-draft="note" data-count>'
    '{% csrf_token %}<div class="field"><label class="field__label" for="text">Note</label>'
    '<textarea name="text" id="text">{{ saved }}</textarea></div>'
    '<button class="button button--primary">Save</button></form>'
    '<form method="post" action="/signed-out" data-sign-out>{% csrf_token %}'
    '<button class="button">Sign out</button></form>{% endblock %}'
)
SEARCH = Template(
    '{% extends "base.html" %}{% block title %}Find{% endblock %}{% block main %}<h1>Find</h1>'
    '{% include "components/search_box.html" with action="/find" id="role" label="Find a role" %}'
    "{% endblock %}"
)
SAVED: list[str] = []
ROLES = ("Project lead", "Project sponsor", "Nurse")


@login_not_required
def note(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        SAVED.append(request.POST["text"])
        return redirect("/note")
    context = RequestContext(request, {"action": request.GET.get("to", "/note"), "saved": "Saved."})
    return HttpResponse(FORM.render(context))


@login_not_required
def find(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "")
    found = [
        {"url": f"/note?{role}", "title": role} for role in ROLES if asked.lower() in role.lower()
    ]
    answer = {"value": asked, "results": found if asked else [], "searched": bool(asked)}
    if "HX-Request" in request.headers:
        return render(request, "components/search_results.html", answer)
    return HttpResponse(SEARCH.render(RequestContext(request, answer)))


@login_not_required
def expired(request: HttpRequest) -> HttpResponse:
    """What the sign-in wall answers when the session ended while somebody was typing."""
    return redirect("/account/login/?next=/note")


@login_not_required
def signing_in(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<!doctype html><title>Sign in</title><h1>Sign in</h1>")


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("styleguide", styleguide, name="styleguide"),
    path("appearance/", appearance.choose, name="appearance"),
    path("note", note),
    path("find", find),
    path("expired", expired),
    path("account/login/", signing_in, name="account_login"),
    path("signed-out", signing_in),
    path("broken", broken),
]
handler404 = errors.not_found
handler500 = errors.broken
