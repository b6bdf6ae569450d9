"""The gaps to the role: the picture, the order with its reasons, and a decision for each."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from coachwork.evidence import actions, queries
from coachwork.evidence.forms import DecideForm
from coachwork.evidence.models import GapDecision
from coachwork.evidence.queries import GapRow, GapTable
from coachwork.evidence.views import drawings, sides, wording
from coachwork.evidence.views.places import Place, place
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.access import NotVisible, Request


def gaps(request: Request, client_id: UUID | None = None) -> HttpResponse:
    here = place(request, client_id)
    table = queries.role_gaps(actor=request.user, client=here.client, at=now())
    context = {
        "place": here,
        "table": table,
        "rows": [_row(here, row) for row in table.rows],
        "chart": drawings.gaps_chart(table),
        "headline": drawings.gaps_headline(table),
        "lists": sides.lists(table, own=here.is_own),
        "has_lists": any(row.view.estimate.own and row.view.estimate.others for row in table.rows),
        "next_step": _next_step(here, table) if here.is_own else None,
        "agreed": sum(row.view.agreed is not None for row in table.rows),
        "focus_limit": actions.FOCUS_LIMIT,
    }
    return render(request, "evidence/gaps.html", context)


def decide(request: Request, competency_id: UUID) -> HttpResponse:
    here = place(request, None)
    table = queries.role_gaps(actor=request.user, client=here.client, at=now())
    row = next((row for row in table.rows if row.competency.pk == competency_id), None)
    if row is None:
        raise NotVisible("This competency is not part of the aim.")
    before = row.decision
    start = {"decision": row.choice, "energy": before.energy if before else ""}
    start |= {"note": before.note if before else ""}
    form = DecideForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid() and _decided(request, here, row, form):
        return redirect(f"{here.to('gaps')}#gap-{competency_id}")
    context = {"place": here, "row": _row(here, row), "form": form, "table": table}
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/decide.html", context, status=status)


def _decided(request: Request, here: Place, row: GapRow, form: DecideForm) -> bool:
    """Whether the decision was taken; a refusal stands on the form and the words stay."""
    try:
        actions.decide_gap(
            actor=request.user,
            client=here.client,
            competency=row.competency,
            at=now(),
            **form.cleaned_data,
        )
    except Invalid as refusal:
        form.refuse(refusal)
    except Refused as refusal:
        form.add_error("decision", str(refusal))
    else:
        messages.success(
            request, _("Decided for %(name)s.") % {"name": row.competency.worded("name")}
        )
        return True
    return False


def _row(here: Place, row: GapRow) -> dict[str, Any]:
    """One gap as the page shows it."""
    choice = row.choice
    return {
        "row": row,
        "name": row.competency.worded("name"),
        "gap": wording.gap_said(row),
        "basis": wording.BASIS[row.gap.standing.basis],
        "reason": wording.place_said(row),
        "choice": str(GapDecision.Decision(choice).label) if choice else "",
        "practice": wording.practice_said(row.view.practice),
        "links": here.competency_links(row.competency),
        "plan_url": f"{_plan()}?competency={row.competency.pk}" if here.is_own else "",
    }


def _next_step(here: Place, table: GapTable) -> dict[str, str] | None:
    """The one thing to do next: make a focus a goal, choose a focus, or agree a first level."""
    if not table.rows:
        return None
    if table.focus:
        row = table.focus[0]
        return {
            "title": row.competency.worded("name"),
            "text": _("You chose to focus on it. A goal says what will be different, and by when."),
            "url": f"{_plan()}?competency={row.competency.pk}",
            "label": _("Make it a goal"),
        }
    agreed = [row for row in table.rows if row.view.agreed]
    row = (agreed or table.rows)[0]
    name = row.competency.worded("name")
    if agreed:
        return {
            "title": _("Choose one thing to work on"),
            "text": _("One is enough to begin. First in the list: %(name)s.") % {"name": name},
            "url": here.to("decide", row.competency.pk),
            "label": _("Decide about it"),
        }
    return {
        "title": _("Agree your first level"),
        "text": _("A gap is measured from the level you agree. Start with %(name)s.")
        % {"name": name},
        "url": here.to("agree", row.competency.pk),
        "label": _("Agree a level"),
    }


def _plan() -> str:
    """Where a focus becomes a goal: a page of a room above, known here by its address alone."""
    return reverse("plans:goal-new")
