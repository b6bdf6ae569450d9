"""Roles, competencies, frameworks and what the catalogues say: pages to read."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from coachwork.frameworks import actions, queries
from coachwork.frameworks.models import Competency, Framework, RoleProfile
from coachwork.frameworks.views.finding import KIND_WORDS
from coachwork.kit import levels
from coachwork.people import access
from coachwork.people.access import Request

IMPORTANCE_WORDS = {3: _("Matters most"), 2: _("Matters"), 1: _("Helps")}
RELATION_WORDS = {
    "essential": _("Needed for it"),
    "optional": _("Often helpful for it"),
    "uses": _("Tools that people use in it"),
    "related": _("Occupations close to it"),
    "broader": _("Part of"),
    "needed_by": _("Occupations that need it"),
    "exact_match": _("The same in ESCO"),
    "close_match": _("Close to it in ESCO"),
    "narrow_match": _("Narrower in ESCO"),
    "broad_match": _("Wider in ESCO"),
}


def roles(request: Request) -> HttpResponse:
    found = queries.roles(actor=request.user)
    groups = [
        (_("Your organisations"), [one for one in found if one.organisation_id]),
        (_("Roles that come with Coachwork"), [one for one in found if _ships(one)]),
        (
            _("Made from occupations"),
            [one for one in found if not one.organisation_id and not _ships(one)],
        ),
    ]
    context = {
        "groups": [(title, rows) for title, rows in groups if rows],
        "attributions": sorted({one.attribution for one in found if one.attribution}),
    }
    return render(request, "frameworks/roles.html", context)


def _ships(role: RoleProfile) -> bool:
    return role.source == RoleProfile.Source.CONTENT


def role(request: Request, role_id: UUID) -> HttpResponse:
    found = queries.role(actor=request.user, role_id=role_id)
    behind = queries.ratings_behind(actor=request.user, role=found)
    rows = [
        {
            "target": target,
            "competency": target.competency,
            "importance": IMPORTANCE_WORDS[target.importance],
            "source": behind.get(target.competency.code),
        }
        for target in found.targets.all()
    ]
    context = {
        "role": found,
        "rows": rows,
        "mapped": bool(behind),
        "newer": None,
        "attributions": _named(found.attribution or found.framework.attribution),
    }
    if found.framework.status == Framework.Status.RETIRED:
        context["newer"] = queries.version_after(actor=request.user, framework=found.framework)
    return render(request, "frameworks/role.html", context)


def competency(request: Request, competency_id: UUID) -> HttpResponse:
    found = queries.competency(actor=request.user, competency_id=competency_id)
    texts = {one.level: one.worded("text") for one in found.anchors.all()}
    anchors = [
        {"level": level, "word": word, "text": texts.get(level) or levels.MEANINGS[level]}
        for level, word in levels.WORDS.items()
    ]
    context = {
        "competency": found,
        "anchors": anchors,
        "own_anchors": bool(texts),
        "attributions": _named(found.framework.attribution),
    }
    return render(request, "frameworks/competency.html", context)


def concept(request: Request, concept_id: int) -> HttpResponse:
    found = queries.concept(actor=request.user, concept_id=concept_id, locale=get_language())
    groups = [(RELATION_WORDS.get(kind, kind), rows) for kind, rows in found.groups.items() if rows]
    context = {
        "portrait": found,
        "concept": found.concept,
        "kind": KIND_WORDS.get(found.concept.kind, found.concept.kind),
        "groups": groups,
        "rows": [(one, IMPORTANCE_WORDS[one.target_importance]) for one in found.targets],
        "attributions": found.attributions,
        "borrowed": found.rated is not None and found.rated.pk != found.concept.pk,
    }
    return render(request, "frameworks/concept.html", context)


def _named(*attributions: str) -> list[str]:
    """The sources that ask to be named, for the foot of the page."""
    return [one for one in attributions if one]


@require_POST
def adopt(request: Request, concept_id: int) -> HttpResponse:
    found = queries.concept(actor=request.user, concept_id=concept_id)
    made = actions.adopt_occupation(actor=request.user, concept=found.concept, at=now())
    if request.POST.get("look"):
        return redirect("frameworks:role", made.pk)
    return redirect(f"{reverse('evidence:aim')}?role={made.pk}")


def frameworks(request: Request) -> HttpResponse:
    found = queries.frameworks(actor=request.user)
    writes = queries.authoring(actor=request.user)
    operates = access.operates(request.user)
    context = {
        "current": [one for one in found if one.status == Framework.Status.PUBLISHED],
        "drafts": [one for one in found if one.status == Framework.Status.DRAFT],
        "retired": [one for one in found if one.status == Framework.Status.RETIRED],
        "writes": bool(writes) or operates,
    }
    return render(request, "frameworks/frameworks.html", context)


def framework(request: Request, framework_id: UUID) -> HttpResponse:
    found = queries.framework(actor=request.user, framework_id=framework_id)
    rows = queries.competencies(actor=request.user, framework=found)
    before = queries.version_before(actor=request.user, framework=found)
    new: frozenset[UUID] = frozenset()
    if before is not None:
        new = queries.carried(actor=request.user, old=before, new=found).new
    context = {
        "framework": found,
        "groups": _grouped(rows, new),
        "before": before,
        "after": queries.version_after(actor=request.user, framework=found),
        "roles": queries.roles_of(actor=request.user, framework=found),
        "writes": queries.may_write(actor=request.user, framework=found),
        "checks": queries.may_check(actor=request.user, framework=found),
        "attributions": _named(found.attribution),
    }
    return render(request, "frameworks/framework.html", context)


def _grouped(
    rows: list[Competency], new: frozenset[UUID]
) -> list[tuple[str, list[dict[str, Any]]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in rows:
        groups.setdefault(one.worded("group"), []).append({"row": one, "new": one.pk in new})
    return list(groups.items())
