"""The ledger, row by row, and what can be done with one row."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.evidence import actions, queries
from coachwork.evidence.forms import CorrectForm, DisputeForm, LedgerFilter
from coachwork.evidence.models import Evidence
from coachwork.evidence.views.places import Place, line, place
from coachwork.kit.errors import Invalid
from coachwork.people.access import Request


def ledger(request: Request, client_id: UUID | None = None) -> HttpResponse:
    here = place(request, client_id)
    chosen = LedgerFilter(
        request.GET,
        competencies=queries.competencies(actor=request.user, client=here.client),
        sources=queries.sources(actor=request.user, client=here.client),
    )
    wanted = chosen.wanted()
    rows = queries.ledger(actor=request.user, client=here.client, limit=queries.PAGE + 1, **wanted)
    first, more = rows[: queries.PAGE], rows[queries.PAGE :]
    context = {
        "place": here,
        "rows": [line(here, row) for row in first],
        "form": chosen,
        "filtered": bool(wanted["competency"] or wanted["source"]),
        "newest_url": _page(here, wanted, None) if wanted["after"] else "",
        "older_url": _page(here, wanted, first[-1]) if more else "",
    }
    return render(request, "evidence/ledger.html", context)


def entry(request: Request, evidence_id: UUID, client_id: UUID | None = None) -> HttpResponse:
    here = place(request, client_id)
    row = queries.entry(actor=request.user, client=here.client, evidence_id=evidence_id)
    return _entry_page(request, here, row)


def correct(request: Request, evidence_id: UUID, client_id: UUID | None = None) -> HttpResponse:
    here = place(request, client_id)
    row = queries.entry(actor=request.user, client=here.client, evidence_id=evidence_id)
    form = CorrectForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            newer = actions.correct(actor=request.user, evidence=row, at=now(), **form.cleaned_data)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Corrected. The earlier version stays readable."))
            return redirect(here.to("entry", newer.pk))
    context = {"place": here, "row": row, "form": form, "entry_url": here.to("entry", row.pk)}
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/correct.html", context, status=status)


@require_POST
def withdraw(request: Request, evidence_id: UUID, client_id: UUID | None = None) -> HttpResponse:
    here = place(request, client_id)
    row = queries.entry(actor=request.user, client=here.client, evidence_id=evidence_id)
    actions.withdraw(actor=request.user, evidence=row, at=now())
    messages.success(request, _("Taken back. It counts no more; the row stays readable to you."))
    return redirect(here.to("ledger"))


@require_POST
def dispute(request: Request, evidence_id: UUID) -> HttpResponse:
    here = place(request, None)
    row = queries.entry(actor=request.user, client=here.client, evidence_id=evidence_id)
    form = DisputeForm(request.POST)
    if form.is_valid():
        actions.dispute(actor=request.user, evidence=row, at=now(), **form.cleaned_data)
        messages.success(request, _("Kept. Your words now stand beside it."))
        return redirect(here.to("entry", row.pk))
    return _entry_page(request, here, row, form, status=422)


def _entry_page(
    request: Request,
    here: Place,
    row: Evidence,
    form: DisputeForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    mine = row.created_by_id == request.user.pk and not row.withdrawn and not row.replaced_by
    newer = row.replaced_by
    context = {
        "place": here,
        "row": row,
        "line": line(here, row),
        "may_change": mine,
        "may_dispute": here.is_own and row.created_by_id != request.user.pk and not row.withdrawn,
        "form": form or DisputeForm(),
        "earlier_url": here.to("entry", row.corrects_id) if row.corrects_id else "",
        "newer_url": here.to("entry", newer.pk) if newer else "",
        "correct_url": here.to("correct", row.pk) if mine else "",
        "withdraw_url": here.to("withdraw", row.pk) if mine else "",
    }
    return render(request, "evidence/entry.html", context, status=status)


def _page(here: Place, wanted: dict[str, Any], last: Evidence | None) -> str:
    """The address of another page of the same list."""
    parts = {
        "competency": wanted["competency"].pk if wanted["competency"] else "",
        "source": wanted["source"],
        "after": last.pk if last else "",
    }
    return f"{here.to('ledger')}?{urlencode({k: v for k, v in parts.items() if v})}"
