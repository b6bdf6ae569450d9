"""The moments of a week: those that most weeks have, those that were chosen, and what fits them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from coachwork.evidence import queries as evidence
from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit import weeks
from coachwork.kit.content.values import TypicalMoment
from coachwork.moments.models import MomentPlan
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.plans import queries as plans
from coachwork.plans.models import Goal, IfThen, blueprints


@dataclass(frozen=True)
class Offer:
    """One thing that could be done in a moment: an if-then that is there, or a behaviour."""

    key: str
    text: str
    competency: Competency
    behaviour: Behaviour | None = None
    if_then: IfThen | None = None


@dataclass(frozen=True)
class WeekView:
    """What planning a week starts from."""

    week_on: date
    moments: tuple[TypicalMoment, ...]
    planned: dict[str, MomentPlan]
    offers: tuple[Offer, ...]
    fitting: frozenset[str]  # codes of the moments that fit what the client works on

    @property
    def kept(self) -> list[tuple[str, MomentPlan]]:
        """What is planned already, by the name of its moment."""
        names = {one.code: one.name for one in self.moments}
        return [(names.get(code, ""), plan) for code, plan in self.planned.items()]


def moment_plans(*, actor: User, client: Client, week_on: date) -> list[MomentPlan]:
    """What is planned for the moments of one week."""
    rows = MomentPlan.objects.filter(access.visible(actor, Thing.PLAN, client=client))
    rows = rows.filter(moment__week_on=weeks.monday(week_on))
    related = ("moment", "competency", "behaviour", "if_then__goal")
    return list(rows.select_related(*related).order_by("pk"))


def moment_plan(*, actor: User, plan_id: UUID) -> MomentPlan:
    """One planned moment."""
    rows = MomentPlan.objects.filter(access.visible(actor, Thing.PLAN))
    related = ("client", "moment", "competency", "behaviour", "if_then__goal__competency")
    return rows.select_related(*related).get(pk=plan_id)


def week_view(*, actor: User, client: Client, week_on: date) -> WeekView:
    """The twelve typical moments, those that fit first, and what could be done in them."""
    goals = plans.goals(actor=actor, client=client, states=[Goal.State.ACTIVE], limit=3)
    worked_on = [goal.competency for goal in goals if goal.competency]
    if not worked_on:
        worked_on = evidence.focus(actor=actor, client=client)
    codes = {one.code for one in worked_on}
    moments = blueprints.moments()
    fitting = frozenset(one.code for one in moments if codes & set(one.competencies))
    planned = moment_plans(actor=actor, client=client, week_on=week_on)
    return WeekView(
        week_on=weeks.monday(week_on),
        moments=tuple(sorted(moments, key=lambda one: one.code not in fitting)),
        planned={plan.moment.code: plan for plan in planned},
        offers=tuple(_offers(actor, client, worked_on)),
        fitting=fitting,
    )


def _offers(actor: User, client: Client, worked_on: Sequence[Competency]) -> list[Offer]:
    """The client's own if-thens first, then the behaviours of what they work on."""
    own = [
        Offer(
            key=f"if_then:{one.pk}",
            text=str(one),
            competency=one.goal.competency,
            behaviour=one.goal.behaviour,
            if_then=one,
        )
        for one in plans.if_thens(actor=actor, client=client, active=True)
        if one.goal.competency
    ]
    by_key = {one.pk: one for one in worked_on}
    rows = Behaviour.objects.filter(competency__in=by_key).order_by("competency", "position")
    return own + [
        Offer(
            key=f"behaviour:{row.pk}",
            text=row.worded("text"),
            competency=by_key[row.competency_id],
            behaviour=row,
        )
        for row in rows[:24]
    ]
