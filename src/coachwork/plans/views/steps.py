"""What each page of the dialogue shows first, stores, and needs around its question."""

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from coachwork.kit.errors import Invalid
from coachwork.people.access import Request
from coachwork.plans import actions, queries
from coachwork.plans.actions import if_thens, wording
from coachwork.plans.forms import dialogue as forms
from coachwork.plans.forms.fields import Words
from coachwork.plans.forms.hints import hints
from coachwork.plans.models import Goal, IfThen, blueprints


def nothing(request: Request, goal: Goal) -> dict[str, Any]:
    return {}


def why(request: Request, goal: Goal) -> dict[str, Any]:
    return {"why": goal.why, "if_nothing": goal.if_nothing}


def goal(request: Request, goal: Goal) -> dict[str, Any]:
    return {"title": goal.title, "kind": goal.kind}


def today(request: Request, goal: Goal) -> dict[str, Any]:
    return {"baseline": goal.baseline, "target_on": goal.target_on, "start_on": goal.start_on}


def outcomes(request: Request, goal: Goal) -> dict[str, Any]:
    texts = {rung.level: rung.text for rung in goal.rungs.all()}
    return {name: texts.get(level, "") for level, name in wording.RUNGS.items()}


def obstacle(request: Request, goal: Goal) -> dict[str, Any]:
    named = next((one for one in blueprints.obstacles() if one.name == goal.obstacle), None)
    return {"choice": named.code} if named else {"obstacle": goal.obstacle}


def commitment(request: Request, goal: Goal) -> dict[str, Any]:
    return {"commitment": goal.commitment, "confidence": goal.confidence}


def if_then(request: Request, goal: Goal) -> dict[str, Any]:
    """A ready pair or a moment that was picked, else what is written already."""
    code = request.GET.get("ready", "")
    ready = next((one for one in blueprints.ready_pairs() if one.code == code), None)
    if ready is not None:
        return {
            "if_text": ready.if_text,
            "then_text": ready.then_text,
            "cue_type": ready.cue_type,
            "moment_kind": ready.moment,
        }
    written = _first_if_then(request, goal)
    known = (
        {
            "if_text": written.if_text,
            "then_text": written.then_text,
            "cue_type": written.cue_type,
            "moment_kind": written.moment_kind,
        }
        if written
        else {"cue_type": IfThen.Cue.EVENT}
    )
    moment = blueprints.moment(request.GET.get("moment", ""))
    return known | {"moment_kind": moment.code} if moment else known


def _first_if_then(request: Request, goal: Goal) -> IfThen | None:
    found = queries.if_thens(actor=request.user, client=goal.client, goal=goal, limit=1)
    return found[0] if found else None


def save_words(request: Request, goal: Goal, form: Words) -> None:
    actions.shape_goal(actor=request.user, goal=goal, at=now(), **form.cleaned_data)


def save_outcomes(request: Request, goal: Goal, form: forms.OutcomesForm) -> None:
    _make_own(request, goal)
    actions.write_outcomes(actor=request.user, goal=goal, texts=form.texts(), at=now())
    same = wording.rung_problems(form.texts())
    if same and request.POST.get("go") != "later":
        # Kept as it is, but worth another look before going on.
        raise Invalid(same)


def save_obstacle(request: Request, goal: Goal, form: forms.ObstacleForm) -> None:
    actions.shape_goal(actor=request.user, goal=goal, at=now(), obstacle=form.said())


def save_if_then(request: Request, goal: Goal, form: forms.IfThenForm) -> None:
    """Store what is there; half an if-then is kept, and the open question is asked."""
    said = form.cleaned_data
    if not (said["if_text"] or said["then_text"]):
        return
    kept = actions.write_if_then(
        actor=request.user,
        goal=goal,
        if_then=_first_if_then(request, goal),
        obstacle=goal.obstacle[:300],
        at=now(),
        **said,
    )
    gaps = if_thens.unfinished(kept)
    if gaps and request.POST.get("go") != "later":
        raise Invalid(gaps)


def save_rehearsal(request: Request, goal: Goal, form: Words) -> None:
    written = _first_if_then(request, goal)
    if written is not None and request.POST.get("go") == "rehearsed":
        actions.rehearse(actor=request.user, if_then=written, at=now())
        messages.success(request, _("Good. Going through it once makes it easier to notice."))


def _make_own(request: Request, goal: Goal) -> None:
    if goal.state == Goal.State.OFFERED:
        actions.take_up_goal(actor=request.user, goal=goal, at=now())


def around_goal(request: Request, goal: Goal) -> dict[str, Any]:
    """The sentence frames, and the gaps of the one that was picked."""
    code = request.GET.get("frame", "") or request.POST.get("frame", "")
    frames = blueprints.frames()
    chosen = next((one for one in frames if one.code == code), None)
    return {
        "frames": frames,
        "frame": chosen,
        "gaps": forms.FrameForm(frame=chosen) if chosen else None,
        "hints": hints(goal.title),
        "hints_url": reverse("plans:goal-hints", args=[goal.pk]),
    }


def around_outcomes(request: Request, goal: Goal) -> dict[str, Any]:
    return {"example": blueprints.ladder_example(blueprints.code_of(goal.competency))}


def around_if_then(request: Request, goal: Goal) -> dict[str, Any]:
    """Typical moments and ready pairs that fit the goal; and the question of the obstacle."""
    code = blueprints.code_of(goal.competency)
    moment = blueprints.moment(request.GET.get("moment", ""))
    named = next((one for one in blueprints.obstacles() if one.name == goal.obstacle), None)
    fitting = blueprints.ready_pairs(code=code, moment=moment.code if moment else "")
    return {
        "moments": blueprints.moments(code),
        "moment": moment,
        "ready": fitting or blueprints.ready_pairs(moment=moment.code if moment else "")[:6],
        "obstacle_question": named.prompt if named else "",
    }


def around_rehearse(request: Request, goal: Goal) -> dict[str, Any]:
    written = _first_if_then(request, goal)
    return {"if_then": written if written and not if_thens.unfinished(written) else None}
