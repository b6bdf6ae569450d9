"""Pages of the adaptive form: one behaviour a screen, and why a competency needs no more."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from coachwork.assessment import actions, queries
from coachwork.assessment.forms import ExampleForm, QuestionForm
from coachwork.assessment.models import SelfAssessment
from coachwork.assessment.queries import AskedSkill, Asking
from coachwork.assessment.views.self_assessments import anchors_of
from coachwork.engine.adaptive import Reason
from coachwork.kit.errors import Invalid
from coachwork.people import queries as records
from coachwork.people.access import Request

State = SelfAssessment.State


def ask(request: Request, assessment_id: UUID) -> HttpResponseRedirect:
    """Where to go on: a question, the end of a competency, or the end of the form."""
    found = _asking(request, assessment_id)
    skill = found.now
    if found.assessment.state != State.DRAFT:
        return redirect("assessment:mirror", assessment_id)
    if skill is None:
        return redirect("assessment:review", assessment_id)
    if not skill.behaviours:
        return redirect("assessment:rate", assessment_id, skill.whole.position)
    if skill.next is None:
        return redirect("assessment:enough", assessment_id, skill.whole.position)
    return redirect("assessment:question", assessment_id, skill.next.pk)


def question(request: Request, assessment_id: UUID, question_id: UUID) -> HttpResponse:
    found = _asking(request, assessment_id)
    skill, rating = found.of(question_id)
    if found.assessment.state != State.DRAFT:
        return redirect("assessment:mirror", assessment_id)
    form = QuestionForm(request.POST or None, rating=rating)
    if request.method == "POST" and form.is_valid():
        actions.answer_question(
            actor=request.user, assessment=found.assessment, given=form.answer(), at=now()
        )
        return _onward(request, found, found.before(rating))
    context = {
        "asking": found,
        "skill": skill,
        "rating": rating,
        "before": found.before(rating),
        "form": form,
        "anchors": anchors_of(skill.competency),
        **_place(found, skill),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessment/question.html", context, status=status)


def enough(request: Request, assessment_id: UUID, position: int) -> HttpResponse:
    """One competency is done: why, and the last time it showed up."""
    found = _asking(request, assessment_id)
    skill = found.skill(position)
    if found.assessment.state != State.DRAFT:
        return redirect("assessment:mirror", assessment_id)
    form = ExampleForm(request.POST or None, whole=skill.whole)
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_skill(
                actor=request.user,
                assessment=found.assessment,
                whole=skill.whole,
                at=now(),
                **form.cleaned_data,
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return _onward(request, found, None)
    context = {"asking": found, "skill": skill, "form": form, "why": why_enough(skill)}
    status = 422 if request.method == "POST" else 200
    page = context | _place(found, skill)
    return render(request, "assessment/enough.html", page, status=status)


def why_enough(skill: AskedSkill) -> str:
    """The reason of a stop, as one would say it to somebody."""
    if skill.stopped is None:
        return _("You can leave it at this. What you answered so far is kept.")
    if skill.not_seen and skill.answered:
        return _(
            "These were all the questions there are, and you had little chance to notice any of it."
            " That is an answer too: nothing is made up in its place."
        )
    return {
        Reason.PRECISE: _(
            "I have asked enough about this: your own view is clear to about half a level, and"
            " more answers of yours would hardly change it."
        ),
        Reason.LITTLE_LEFT: _(
            "I have asked enough about this: another question would hardly narrow your own view."
        ),
        Reason.MOST: _("These are as many questions about one thing as are fair in one sitting."),
    }.get(skill.stopped, _("These were all the questions there are about it."))


def _asking(request: Request, assessment_id: UUID) -> Asking:
    client = records.record(actor=request.user)
    return queries.asking(actor=request.user, client=client, assessment_id=assessment_id)


def _place(found: Asking, skill: AskedSkill) -> dict[str, int]:
    """How many competencies in, of those that are asked about."""
    mine = [one.whole.pk for one in found.core]
    step = mine.index(skill.whole.pk) + 1 if skill.whole.pk in mine else len(mine)
    return {"step": step, "steps": len(mine)}


def _onward(request: Request, found: Asking, before: object) -> HttpResponseRedirect:
    pressed = request.POST.get("go", "on")
    if pressed == "leave":
        messages.success(request, _("Kept. Go on whenever you like."))
        return redirect("home")
    if pressed == "back" and before is not None:
        return redirect("assessment:question", found.assessment.pk, getattr(before, "pk", ""))
    return redirect("assessment:ask", found.assessment.pk)
