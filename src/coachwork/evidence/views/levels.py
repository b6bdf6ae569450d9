"""Agree a level: the anchors and the latest evidence first, then the control."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from coachwork.evidence import actions, queries
from coachwork.evidence.forms import AgreeForm
from coachwork.evidence.views.places import Place, anchors_of, line, place
from coachwork.evidence.views.profile import card
from coachwork.frameworks import queries as frameworks
from coachwork.frameworks.models import Competency
from coachwork.kit.errors import Invalid
from coachwork.people.access import Request

LATEST = 5


def agree(request: Request, competency_id: UUID) -> HttpResponse:
    here = place(request, None)
    competency = frameworks.competency(
        actor=request.user, competency_id=competency_id, behaviours=False
    )
    form = AgreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.agree_level(
                actor=request.user,
                client=here.client,
                competency=competency,
                at=now(),
                **form.cleaned_data,
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            said = {"name": competency.worded("name")}
            messages.success(request, _("Agreed for %(name)s.") % said)
            return redirect(here.to("gaps"))
    context = {"competency": competency, "form": form, **_known(here, competency)}
    status = 422 if request.method == "POST" else 200
    return render(request, "evidence/agree.html", context, status=status)


def _known(here: Place, competency: Competency) -> dict[str, Any]:
    """What stands before the control: the anchors, what each side says, and what was seen last."""
    [view] = queries.level_views(
        actor=here.actor, client=here.client, at=now(), competencies=[competency]
    )
    rows = queries.ledger(actor=here.actor, client=here.client, competency=competency, limit=LATEST)
    return {
        "place": here,
        "anchors": anchors_of(competency),
        "card": card(here, view),
        "rows": [line(here, row) for row in rows],
    }
