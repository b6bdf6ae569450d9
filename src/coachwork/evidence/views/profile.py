"""The profile: every source side by side, and why each number is what it is."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from coachwork.engine.estimates import DIFFERENCE, RULES
from coachwork.evidence import queries
from coachwork.evidence.queries import LevelView
from coachwork.evidence.views import drawings, sides, wording
from coachwork.evidence.views.places import Place, line, place
from coachwork.frameworks import queries as frameworks
from coachwork.kit import levels
from coachwork.people import access
from coachwork.people.access import Request, Thing, Verb


def profile(request: Request, client_id: UUID | None = None) -> HttpResponse:
    here = place(request, client_id)
    views = queries.level_views(actor=request.user, client=here.client, at=now())
    known = [view for view in views if not view.is_empty]
    aimed = [view for view in known if view.target]
    others = [view for view in known if not view.target]
    both = queries.Sides.of(known)
    context = {
        "place": here,
        "aimed": [card(here, view) for view in aimed],
        "others": [card(here, view) for view in others],
        "chart": drawings.sources_chart(aimed, own=here.is_own) if aimed else None,
        "others_chart": drawings.sources_chart(others, own=here.is_own) if others else None,
        "unknown": [view for view in views if view.is_empty],
        "lists": sides.named(both, own=here.is_own),
        "everywhere": sides.everywhere_said(both.everywhere, own=here.is_own),
        "may_propose": not here.is_own
        and access.can(request.user, Verb.PROPOSE, Thing.ASSESSMENT, here.client),
    }
    return render(request, "evidence/profile.html", context)


def why(request: Request, competency_id: UUID, client_id: UUID | None = None) -> HttpResponse:
    here = place(request, client_id)
    competency = frameworks.named(actor=request.user, competency_id=competency_id)
    reasons = queries.why(actor=request.user, client=here.client, competency=competency, at=now())
    context = {
        "place": here,
        "competency": competency,
        "reasons": reasons,
        "card": card(here, reasons.view),
        "steps": [
            {
                "view": step.view,
                "label": wording.source_label(step.view.source, own=here.is_own),
                "interval": levels.span_said(step.view.low or 1, step.view.high or 5),
                "lines": [line(here, seen.evidence, counts=True) for seen in step.inputs],
            }
            for step in sorted(reasons.steps, key=lambda one: drawings.ORDER[one.view.source])
        ],
        "left_out": [
            (line(here, seen.evidence, counts=True), wording.LEFT_OUT[seen.reason])
            for seen in reasons.left_out
        ],
        "rules": RULES,
        "difference_rule": DIFFERENCE,
        "chart": drawings.sources_chart([reasons.view], own=here.is_own),
    }
    return render(request, "evidence/why.html", context)


def card(here: Place, view: LevelView) -> dict[str, Any]:
    """One competency as the page shows it."""
    return {
        "view": view,
        "name": view.competency.worded("name"),
        "finding": wording.finding(view, own=here.is_own),
        "sources": [
            (mark.source, mark.label, wording.mark_said(mark))
            for mark in drawings.marks(view, own=here.is_own)
        ],
        "proposed": wording.proposed_said(view.estimate.proposed, own=here.is_own),
        "practice": wording.practice_said(view.practice),
        "older": wording.older_said(view),
        "links": here.competency_links(view.competency),
    }
