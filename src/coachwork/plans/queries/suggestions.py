"""What might go into a plan: small practices that fit a goal, each with the reason it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.utils.translation import gettext as _

from coachwork.frameworks.models import Behaviour
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.plans.models import Goal, PlanItem, blueprints

Kind = PlanItem.Kind


@dataclass(frozen=True)
class Suggestion:
    """One thing that could be added with one press, and why it is here."""

    code: str
    goal: Goal
    kind: str
    title: str
    first_step: str
    minutes: int
    done_when: str
    why: str
    behaviour_code: str = ""
    behaviour: Behaviour | None = None


def suggestions(
    *, actor: User, client: Client, goals: Sequence[Goal], most_minutes: int | None = None
) -> list[Suggestion]:
    """Suggestions for the open goals that are not in the plan yet, the quickest first."""
    used = PlanItem.objects.filter(access.visible(actor, Thing.PLAN, client=client), goal__in=goals)
    taken = set(used.exclude(blueprint="").values_list("goal", "blueprint")[:1000])
    wanted = {goal.pk: blueprints.code_of(goal.competency) for goal in goals if goal.is_open}
    found = [
        one
        for goal in goals
        if goal.pk in wanted
        for one in [*_practices(goal, wanted[goal.pk]), *_for_any_goal(goal)]
        if (goal.pk, one.code) not in taken
    ]
    if most_minutes is not None:
        found = [one for one in found if one.minutes <= most_minutes]
    return _with_behaviours(found)


def suggestion(*, actor: User, goal: Goal, code: str) -> Suggestion | None:
    """One suggestion for this goal, by its code."""
    offered = suggestions(actor=actor, client=goal.client, goals=[goal])
    return next((one for one in offered if one.code == code), None)


def _practices(goal: Goal, code: str) -> list[Suggestion]:
    if not code:
        return []
    return [
        Suggestion(
            code=one.code,
            behaviour_code=one.behaviour,
            goal=goal,
            kind=Kind.PRACTICE,
            title=one.title,
            first_step=one.first_step,
            minutes=one.minutes,
            done_when=one.done_when,
            why=_("It trains what your goal is about."),
        )
        for one in sorted(blueprints.practices([code]), key=lambda one: one.minutes)
    ]


def _for_any_goal(goal: Goal) -> list[Suggestion]:
    """Two things that help with every goal: somebody's view, and somebody to learn from."""
    return [
        Suggestion(
            code="ask-one-person",
            goal=goal,
            kind=Kind.FEEDBACK,
            title=_("Ask one person what they noticed"),
            first_step=_("Choose somebody who sees you do it, and ask for one sentence."),
            minutes=10,
            done_when=_("One person told you what they saw, and you said thank you."),
            why=_("Others see what you cannot see yourself."),
        ),
        Suggestion(
            code="watch-one-person",
            goal=goal,
            kind=Kind.LEARNING,
            title=_("Watch somebody who does this well"),
            first_step=_("Choose a person and one meeting, and write down two things they do."),
            minutes=30,
            done_when=_("You wrote down two things that you could try yourself."),
            why=_("A real example shows more than a description."),
        ),
    ]


def _with_behaviours(found: list[Suggestion]) -> list[Suggestion]:
    """Name the behaviour that a practice trains, as the reason why it is there."""
    codes = {one.behaviour_code for one in found} - {""}
    if not codes:
        return found
    rows = Behaviour.objects.filter(
        code__in=codes, competency__in={one.goal.competency_id for one in found}
    )
    known: dict[tuple[UUID | None, str], Behaviour] = {
        (row.competency_id, row.code): row for row in rows
    }
    return [_named(one, known.get((one.goal.competency_id, one.behaviour_code))) for one in found]


def _named(one: Suggestion, behaviour: Behaviour | None) -> Suggestion:
    if behaviour is None:
        return one
    why = _("It trains this: %(behaviour)s") % {"behaviour": behaviour.worded("text")}
    return replace(one, why=why, behaviour=behaviour)
