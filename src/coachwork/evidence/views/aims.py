"""Choose what to aim for, and shape the list of competencies that belongs to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.evidence import actions, queries
from coachwork.evidence.actions import Target
from coachwork.evidence.forms import AimForm, TargetsForm
from coachwork.evidence.models import Aim
from coachwork.evidence.views.places import key, place
from coachwork.frameworks import queries as frameworks
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.access import Request

FOUND = 8


def aim(request: Request) -> HttpResponse:
    here = place(request, None)
    roles = frameworks.roles(actor=request.user)
    form = AimForm(request.POST or None, roles=roles, initial={"role": request.GET.get("role")})
    if request.method == "POST" and form.is_valid():
        chosen = form.aim()
        if chosen["role"] is None:
            chosen["targets"] = _widely_asked(request)
        try:
            actions.set_aim(actor=request.user, client=here.client, at=now(), **chosen)
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect(_onward(request))
    context = {
        "place": here,
        "form": form,
        "aim": queries.aim(actor=request.user, client=here.client),
        "aims": queries.aims(actor=request.user, client=here.client),
        "onward": _onward(request),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/aim.html", context, status=status)


def targets(request: Request) -> HttpResponse:
    here = place(request, None)
    aim = queries.aim(actor=request.user, client=here.client)
    if aim is None:
        return redirect(here.to("aim"))
    form = TargetsForm(request.POST or None, targets=list(aim.targets.all()))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_targets(actor=request.user, aim=aim, targets=form.chosen(), at=now())
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Your list is kept."))
            return redirect(_onward(request))
    return _targets_page(request, aim, form)


@require_POST
def add_target(request: Request) -> HttpResponse:
    here = place(request, None)
    aim = queries.aim(actor=request.user, client=here.client)
    if aim is None:
        return redirect(here.to("aim"))
    competency = frameworks.competency(
        actor=request.user, competency_id=key(request.POST.get("competency", ""))
    )
    try:
        actions.add_target(actor=request.user, aim=aim, competency=competency, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("%(name)s is in your list.") % {"name": competency.worded("name")}
        )
    return redirect(here.to("targets"))


def _targets_page(request: Request, aim: Aim, form: TargetsForm) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:200]
    context: dict[str, Any] = {
        "aim": aim,
        "form": form,
        "limit": actions.TARGETS_MAX,
        "words": words,
        "found": _found(request, aim, words) if words else [],
        "onward": _onward(request),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/targets.html", context, status=status)


def _found(request: Request, aim: Aim, words: str) -> list[Any]:
    """Competencies by these words that are not in the list yet."""
    there = {str(row.competency_id) for row in aim.targets.all()}
    hits = frameworks.search(
        actor=request.user, text=words, kinds=("competency",), limit=FOUND + len(there)
    )
    return [hit for hit in hits if str(hit.key) not in there][:FOUND]


def _widely_asked(request: Request) -> list[Target]:
    rows = queries.widely_asked(actor=request.user)
    return [Target(competency, 3) for competency in rows]


def _onward(request: Request) -> str:
    """Where the person came from, within this site; else the list of the aim."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("evidence:gaps")
