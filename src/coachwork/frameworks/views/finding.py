"""Search, as a page and as you type."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coachwork.frameworks import queries
from coachwork.people.access import Request

LONGEST = 200
SHOWN = 20
# What a hit is, in a word; and what the filters put together.
KIND_WORDS = {
    "competency": _("Competency"),
    "role": _("Role"),
    "occupation": _("Occupation"),
    "skill": _("Skill"),
    "knowledge": _("Knowledge"),
    "ability": _("Ability"),
    "activity": _("Work activity"),
    "style": _("Work style"),
    "tool": _("Tool"),
}
FILTERS = {
    "": (_("Everything"), None),
    "roles": (_("Roles and occupations"), ("role", "occupation")),
    "skills": (
        _("Competencies and skills"),
        ("competency", "skill", "knowledge", "ability", "activity", "style", "tool"),
    ),
}
PAGES = {"competency": "frameworks:competency", "role": "frameworks:role"}


def search(request: Request) -> HttpResponse:
    words = request.GET.get("q", "")[:LONGEST]
    only = request.GET.get("only", "")
    only = only if only in FILTERS else ""
    hits = queries.search(
        actor=request.user,
        text=words,
        kinds=FILTERS[only][1],
        limit=SHOWN,
        locale=get_language(),
    )
    context = {
        "words": words,
        "only": only,
        "filters": [(key, label, key == only) for key, (label, _kinds) in FILTERS.items()],
        "searched": bool(words.strip()),
        "results": [_result(hit) for hit in hits],
        # With the list, not in the footer: as you type, only the list is new.
        "notices": queries.attributions(
            actor=request.user, sources={hit.catalogue for hit in hits}
        ),
    }
    fragment = request.headers.get("HX-Target", "").endswith("found")
    return render(request, f"frameworks/search.html{'#found' if fragment else ''}", context)


def _result(hit: queries.Hit) -> dict[str, Any]:
    page = PAGES.get(hit.kind, "frameworks:concept")
    return {
        "url": reverse(page, args=[hit.key]),
        "title": hit.name,
        "kind": KIND_WORDS.get(hit.kind, hit.kind),
        "known_as": hit.also_known_as,
        "summary": hit.summary,
        "source": hit.source,
        "locale": hit.locale,
        "deprecated": hit.deprecated,
    }
