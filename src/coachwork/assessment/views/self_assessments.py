"""Pages of the self-assessment: why, what, one competency a screen, and the mirror."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.assessment import actions, queries
from coachwork.assessment.forms import BeginForm, RateForm, SubmitForm
from coachwork.assessment.models import SelfAssessment
from coachwork.assessment.queries import Screen
from coachwork.assessment.views.knowledge import told
from coachwork.evidence import queries as evidence
from coachwork.evidence.views import sides
from coachwork.evidence.views.places import place
from coachwork.frameworks import queries as frameworks
from coachwork.frameworks.models import Competency
from coachwork.kit import levels
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import queries as records
from coachwork.people.access import Request
from coachwork.people.models import Client

Depth, State = SelfAssessment.Depth, SelfAssessment.State


def start(request: Request) -> HttpResponse:
    client = records.record(actor=request.user)
    problem = ""
    if request.method == "POST":
        form = BeginForm(request.POST)
        if form.is_valid():
            try:
                return _begun(request, form)
            except Refused as refusal:
                problem = str(refusal)
    aim = evidence.aim(actor=request.user, client=client)
    context = {
        "aim": aim,
        "drafts": queries.drafts(actor=request.user, client=client),
        "groups": queries.groups(actor=request.user, client=client, aim=aim),
        "seen_by": records.starting_class(actor=request.user, client=client),
        "problem": problem,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessment/start.html", context, status=status)


def rate(request: Request, assessment_id: UUID, position: int) -> HttpResponse:
    client = records.record(actor=request.user)
    screen = queries.screen(
        actor=request.user, client=client, assessment_id=assessment_id, position=position
    )
    if screen.assessment.state != State.DRAFT:
        return redirect("assessment:mirror", screen.assessment.pk)
    form = RateForm(request.POST or None, screen=screen)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(
                actor=request.user,
                assessment=screen.assessment,
                whole=screen.whole,
                answers=form.answers(),
                at=now(),
                confidence=form.cleaned_data["confidence"],
                example=form.cleaned_data["example"],
                example_on=form.cleaned_data["example_on"],
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _onward(request, screen)
    context = {"screen": screen, "form": form, "anchors": anchors_of(screen.competency)}
    status = 422 if request.method == "POST" else 200
    return render(request, "assessment/rate.html", context, status=status)


def resume(request: Request, assessment_id: UUID) -> HttpResponse:
    """Go on where the answers end."""
    client = records.record(actor=request.user)
    found = queries.assessment(actor=request.user, client=client, assessment_id=assessment_id)
    if found.depth == Depth.ADAPTIVE:
        return redirect("assessment:ask", found.pk)
    place = queries.next_position(actor=request.user, assessment=found)
    return redirect("assessment:rate", found.pk, place)


def review(request: Request, assessment_id: UUID) -> HttpResponse:
    client = records.record(actor=request.user)
    mirror = queries.mirror(actor=request.user, client=client, assessment_id=assessment_id)
    if mirror.assessment.state != State.DRAFT:
        return redirect("assessment:mirror", mirror.assessment.pk)
    seen_by = records.starting_class(actor=request.user, client=client)
    form = SubmitForm(request.POST or None, initial={"visibility": seen_by})
    if request.method == "POST" and form.is_valid():
        actions.submit(
            actor=request.user, assessment=mirror.assessment, at=now(), **form.cleaned_data
        )
        return redirect("assessment:mirror", mirror.assessment.pk)
    status = 422 if request.method == "POST" else 200
    context = {"mirror": mirror, "form": form}
    if mirror.assessment.depth == Depth.ADAPTIVE:
        context["asking"] = queries.asking(
            actor=request.user, client=client, assessment_id=assessment_id
        )
    return render(request, "assessment/review.html", context, status=status)


def mirror(request: Request, assessment_id: UUID, client_id: UUID | None = None) -> HttpResponse:
    client = place(request, client_id).client
    found = queries.mirror(actor=request.user, client=client, assessment_id=assessment_id)
    is_own = client.user_id == request.user.pk
    if is_own and found.assessment.state == State.DRAFT:
        return redirect("assessment:review", found.assessment.pk)
    context = {"mirror": found, "client": client, "is_own": is_own}
    if found.assessment.state == State.SUBMITTED:
        context |= _beside(request, client, [one.competency for one in found.all], is_own)
    return render(request, "assessment/mirror.html", context)


def history(request: Request, client_id: UUID | None = None) -> HttpResponse:
    client = place(request, client_id).client
    context = {
        "rows": queries.assessments(actor=request.user, client=client),
        "checks": told(queries.knowledge_checks(actor=request.user, client=client)),
        "client": client,
        "is_own": client.user_id == request.user.pk,
    }
    return render(request, "assessment/history.html", context)


def _beside(
    request: Request, client: Client, competencies: list[Competency], own: bool
) -> dict[str, Any]:
    """What others credibly see otherwise, where they have spoken about the same competencies."""
    views = evidence.level_views(
        actor=request.user, client=client, at=now(), competencies=competencies
    )
    both = evidence.Sides.of(views)
    lists = [one for one in sides.named(both, own=own) if one.key in sides.OTHERWISE]
    return {"lists": lists, "everywhere": sides.everywhere_said(both.everywhere, own=own)}


@require_POST
def discard(request: Request, assessment_id: UUID) -> HttpResponse:
    client = records.record(actor=request.user)
    found = queries.assessment(actor=request.user, client=client, assessment_id=assessment_id)
    actions.discard(actor=request.user, assessment=found)
    messages.success(request, _("The draft is gone. Nothing else has changed."))
    return redirect("assessment:start")


def _begun(request: Request, form: BeginForm) -> HttpResponseRedirect:
    """Begin, or go on with the draft of the same kind."""
    client = records.record(actor=request.user)
    depth, part = form.cleaned_data["depth"], form.cleaned_data["part"]
    asked: list[Competency] | None = None
    if part and depth == Depth.SINGLE:
        asked = [frameworks.competency(actor=request.user, competency_id=_id(part))]
    elif part:
        asked = queries.in_group(actor=request.user, client=client, group=part)
    found = actions.start_self_assessment(
        actor=request.user, client=client, depth=depth, part=part, competencies=asked, at=now()
    )
    return redirect("assessment:resume", found.pk)


def _onward(request: Request, screen: Screen) -> HttpResponseRedirect:
    """Where the button that was pressed leads."""
    pressed = request.POST.get("go", "on")
    if pressed == "leave":
        messages.success(request, _("Kept. Go on whenever you like."))
        return redirect("home")
    if screen.assessment.depth == Depth.ADAPTIVE:
        return redirect("assessment:ask", screen.assessment.pk)
    place = screen.position - 1 if pressed == "back" else screen.position + 1
    if 1 <= place <= screen.positions:
        return redirect("assessment:rate", screen.assessment.pk, place)
    return redirect("assessment:review", screen.assessment.pk)


def anchors_of(competency: Competency) -> list[dict[str, Any]]:
    return levels.anchors([row.worded("text") for row in competency.anchors.all()])


def _id(part: str) -> UUID:
    try:
        return UUID(part)
    except ValueError:
        raise Competency.DoesNotExist from None
