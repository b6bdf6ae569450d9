"""Pages of knowledge checks: which there are, one question a screen, and what it came to."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.assessment import actions, queries
from coachwork.assessment.forms.knowledge import CheckForm, TakeForm
from coachwork.assessment.models import KnowledgeCheck
from coachwork.evidence.views.places import place
from coachwork.frameworks import queries as frameworks
from coachwork.people import queries as records
from coachwork.people.access import Request


def checks(request: Request) -> HttpResponse:
    client = records.record(actor=request.user)
    form = TakeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        competency = frameworks.competency(actor=request.user, competency_id=form.competency_id)
        found = actions.start_check(
            actor=request.user, client=client, competency=competency, at=now()
        )
        return redirect("assessment:check", found.pk)
    context = {
        "offered": queries.offered_checks(actor=request.user, client=client),
        "done": told(queries.knowledge_checks(actor=request.user, client=client)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessment/checks.html", context, status=status)


def check(
    request: Request, knowledge_check_id: UUID, client_id: UUID | None = None
) -> HttpResponse:
    client = place(request, client_id).client
    is_own = client.user_id == request.user.pk
    found = queries.knowledge_check(
        actor=request.user, client=client, knowledge_check_id=knowledge_check_id
    )
    if found.now is not None and not is_own:
        raise KnowledgeCheck.DoesNotExist  # while it is open it is nobody else's business
    if found.now is None:
        said = found.check.said
        context = {"taken": found, "said": said, "client": client, "is_own": is_own}
        return render(request, "assessment/check_result.html", context)
    form = CheckForm(request.POST or None, now=found.now)
    if request.method == "POST" and form.is_valid():
        actions.answer_check(actor=request.user, check=found.check, at=now(), **form.cleaned_data)
        if request.POST.get("go") == "leave":
            messages.success(request, _("Kept. Go on whenever you like."))
            return redirect("assessment:checks")
        return redirect("assessment:check", found.check.pk)
    context = {"taken": found, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "assessment/check.html", context, status=status)


@require_POST
def discard(request: Request, knowledge_check_id: UUID) -> HttpResponse:
    client = records.record(actor=request.user)
    found = queries.knowledge_check(
        actor=request.user, client=client, knowledge_check_id=knowledge_check_id
    )
    actions.discard_check(actor=request.user, check=found.check)
    messages.success(request, _("The check is gone. Nothing else has changed."))
    return redirect("assessment:checks")


def told(rows: list[KnowledgeCheck]) -> list[KnowledgeCheck]:
    """The finished ones."""
    return [row for row in rows if row.state == KnowledgeCheck.State.FINISHED]
