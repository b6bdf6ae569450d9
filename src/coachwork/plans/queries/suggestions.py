"""What might go into a plan: small practices that fit a goal, each with the reason it is shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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
    evidence: str = ""
    moments: tuple[str, ...] = ()  # the typical moments in which it can be done
    locale: str = ""
    cadence: str = ""  # how often, where what ships says so; else once, or as a plan has room

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def cadence_label(self) -> str:
        """How often, in words; nothing for what is done once."""
        said = self.cadence and self.cadence != PlanItem.Cadence.ONCE
        return str(PlanItem.Cadence(self.cadence).label) if said else ""


def suggestions(
    *,
    actor: User,
    client: Client,
    goals: Sequence[Goal],
    most_minutes: int | None = None,
    moment: str = "",
    kind: str = "",
) -> list[Suggestion]:
    """Suggestions for the open goals that are not in the plan yet, the quickest first."""
    used = PlanItem.objects.filter(access.visible(actor, Thing.PLAN, client=client), goal__in=goals)
    taken = set(used.exclude(blueprint="").values_list("goal", "blueprint")[:1000])
    wanted = {goal.pk: blueprints.code_of(goal.competency) for goal in goals if goal.is_open}
    found = [
        one
        for goal in goals
        if goal.pk in wanted
        for one in [*_practices(goal, wanted[goal.pk]), *_blueprints(goal, wanted[goal.pk])]
        if (goal.pk, one.code) not in taken
    ]
    if most_minutes is not None:
        found = [one for one in found if one.minutes <= most_minutes]
    if moment:
        found = [one for one in found if moment in one.moments]
    if kind:
        found = [one for one in found if one.kind == kind]
    return _with_behaviours(found)


def suggestion(*, actor: User, goal: Goal, code: str) -> Suggestion | None:
    """One suggestion for this goal, by its code."""
    offered = suggestions(actor=actor, client=goal.client, goals=[goal])
    return next((one for one in offered if one.code == code), None)


def _practices(goal: Goal, code: str) -> list[Suggestion]:
    if not code:
        return []
    moments = {code: tuple(one.code for one in blueprints.moments() if code in one.competencies)}
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
            moments=moments.get(code, ()),
            locale=one.locale,
        )
        for one in sorted(blueprints.practices([code]), key=lambda one: one.minutes)
    ]


def _blueprints(goal: Goal, code: str) -> list[Suggestion]:
    """What ships for this competency, and what helps with any goal."""
    return [
        Suggestion(
            code=one.code,
            goal=goal,
            kind=one.kind,
            title=one.title,
            first_step=one.first_step,
            minutes=one.minutes,
            done_when=one.done_when,
            why=WHY_ANY[one.kind] if not one.competencies else _why(one.kind),
            evidence=one.evidence,
            moments=one.moments,
            locale=one.locale,
            cadence=one.cadence,
        )
        for one in blueprints.items(code)
    ]


# Why a thing of this kind helps with any goal.
WHY_ANY: dict[str, Any] = {
    Kind.LEARNING: gettext_lazy("A real example shows more than a description."),
    Kind.MENTOR: gettext_lazy("Whoever has done it can save you a detour."),
    Kind.FEEDBACK: gettext_lazy("Others see what you cannot see yourself."),
    Kind.REFLECTION: gettext_lazy("What is written down can be compared later."),
    Kind.SUPPORT: gettext_lazy("It is easier when somebody knows and helps."),
}


def _why(kind: str) -> str:
    """The same for what was made for the competency of the goal."""
    said = {
        Kind.PRACTICE: _("It trains what your goal is about, in real work."),
        Kind.EXERCISE: _("It trains what your goal is about, where nothing is at stake."),
        Kind.PROJECT: _("It uses what your goal is about, for something that stays."),
    }
    return said.get(Kind(kind), _("It fits what your goal is about."))


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
