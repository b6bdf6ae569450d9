"""The plan on one sheet: what a person takes away, prints, or puts into a calendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import Prefetch

from coachwork.kit import weeks
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User, Visibility
from coachwork.plans.models import Dependency, Goal, IfThen, Plan, PlanItem
from coachwork.plans.queries.goals import goals as goals_of
from coachwork.plans.queries.if_thens import if_thens as if_thens_of
from coachwork.plans.queries.plan import MOST_LISTED, plan_of

Row = TypeVar("Row", Goal, IfThen)


@dataclass(frozen=True)
class Sheet:
    """Goals with their rungs, what is to be done in which week, if-thens, and days to look back."""

    client: Client
    today: date
    plan: Plan | None
    goals: tuple[Goal, ...]
    items: tuple[PlanItem, ...]
    if_thens: tuple[IfThen, ...]

    @property
    def this_week(self) -> date:
        return weeks.monday(self.today)

    @property
    def reviews(self) -> list[date]:
        """The days still to come on which the plan is looked at again."""
        days = [date.fromisoformat(day) for day in self.plan.review_dates] if self.plan else []
        return [day for day in days if day >= self.today]

    def goal_of(self, row: PlanItem | IfThen) -> Goal | None:
        """The goal that this serves, where the goal itself may be read too."""
        return next((goal for goal in self.goals if goal.pk == row.goal_id), None)

    @property
    def by_week(self) -> list[tuple[date | None, list[PlanItem]]]:
        """The items under their weeks, what lay in the past under this one; last what has none."""
        found: dict[date | None, list[PlanItem]] = {}
        for item in self.items:
            week = max(item.week_on, self.this_week) if item.week_on else None
            found.setdefault(week, []).append(item)
        return sorted(found.items(), key=lambda one: (one[0] is None, one[0] or date.max))


def sheet(*, actor: User, client: Client, today: date) -> Sheet:
    """What the actor may read of the plan that counts; a coach's own notes are never in it."""
    rows = PlanItem.objects.filter(access.visible(actor, Thing.PLAN, client=client))
    rows = rows.filter(state__in=PlanItem.OPEN).exclude(plan__state=Plan.State.CLOSED)
    rows = rows.exclude(visibility=Visibility.COACH).select_related("competency")
    needs = Prefetch("needs", queryset=Dependency.objects.select_related("needed"))
    items = rows.prefetch_related(needs).order_by("week_on", "position", "pk")[:MOST_LISTED]
    goals = [one for one in goals_of(actor=actor, client=client, states=Goal.OPEN) if one.title]
    plans = plan_of(actor=actor, client=client)
    pairs = if_thens_of(actor=actor, client=client, active=True)
    return Sheet(
        client=client,
        today=today,
        plan=None if plans and plans.visibility == Visibility.COACH else plans,
        goals=_open(goals),
        items=tuple(items),
        if_thens=_open(pairs),
    )


def _open(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(one for one in rows if one.visibility != Visibility.COACH)
