"""Bring a file, and watch it being read."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from coachwork.frameworks import actions, queries
from coachwork.frameworks.forms import ImportForm
from coachwork.frameworks.kinds import KINDS
from coachwork.frameworks.kinds.report import Report
from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people.access import Request


def bring(request: Request) -> HttpResponse:
    organisations = queries.authoring(actor=request.user)
    operates = access.operates(request.user)
    if not organisations and not operates:
        raise PermissionDenied(_("Only authors of an organisation can bring frameworks."))
    form = ImportForm(
        request.POST or None, request.FILES or None,
        organisations=organisations, everybody=operates,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            run = actions.request_import(
                actor=request.user, kind=asked["kind"], upload=asked["file"],
                organisation=form.owner(), locale=asked["locale"], name=asked["name"],
                dry_run=asked["dry_run"], at=now(),
            )  # fmt: skip
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("frameworks:import-run", run.pk)
    context = {"form": form, "runs": queries.import_runs(actor=request.user)}
    status = 422 if request.method == "POST" else 200
    return render(request, "frameworks/import.html", context, status=status)


def run(request: Request, run_id: UUID) -> HttpResponse:
    found = queries.import_run(actor=request.user, run_id=run_id)
    context = {
        "run": found,
        "kind": KINDS[found.kind].title if found.kind in KINDS else found.kind,
        "lines": Report.of_json(found.report).lines() if found.report else [],
    }
    fragment = "HX-Request" in request.headers
    return render(request, f"frameworks/import_run.html{'#progress' if fragment else ''}", context)
