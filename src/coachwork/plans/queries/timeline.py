"""The plan over the weeks to come: for each goal, what lies in which weeks. Optional to look at."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from coachwork.kit import weeks
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.plans.models import Goal, Plan, PlanItem
from coachwork.plans.queries.capacity import week_times
from coachwork.plans.queries.plan import MOST_LISTED, plan_of, weeks_of

AHEAD = 12


@dataclass(frozen=True)
class Lying:
    """One thing to do, and the weeks shown in which it lies."""

    item: PlanItem
    weeks: tuple[date, ...]


@dataclass(frozen=True)
class Timeline:
    """Twelve weeks, which of them are free, what lies in them by goal, and what lies beyond."""

    plan: Plan | None
    weeks: tuple[date, ...]
    free: frozenset[date]
    goals: tuple[tuple[Goal | None, tuple[Lying, ...]], ...]
    beyond: tuple[PlanItem, ...]


def timeline(*, actor: User, client: Client, today: date) -> Timeline:
    """The open things of the plan; what lay in a week that is over lies in this one."""
    access.require(actor, Verb.READ, Thing.PLAN, client)
    plan = plan_of(actor=actor, client=client)
    rows = PlanItem.objects.filter(access.visible(actor, Thing.PLAN, client=client))
    rows = rows.filter(state__in=PlanItem.OPEN).exclude(plan__state=Plan.State.CLOSED)
    items = list(rows.select_related("goal").order_by("week_on", "position", "pk")[:MOST_LISTED])
    readable = access.visible(actor, Thing.GOALS, client=client)
    known = set(
        Goal.objects.filter(readable, pk__in={one.goal_id for one in items}).values_list(
            "pk", flat=True
        )
    )
    shown = tuple(weeks.weeks(today, AHEAD))
    free = _free(actor, plan, today) if plan else frozenset()
    found: dict[Goal | None, list[Lying]] = {}
    beyond = []
    for one in items:
        there = _there(one, shown, free)
        if not there:
            beyond.append(one)
            continue
        goal = one.goal if one.goal_id in known else None
        found.setdefault(goal, []).append(Lying(one, there))
    order = sorted(found, key=lambda goal: (goal is None, -goal.weight if goal else 0))
    return Timeline(
        plan=plan,
        weeks=shown,
        free=free & frozenset(shown),
        goals=tuple((goal, tuple(found[goal])) for goal in order),
        beyond=tuple(beyond),
    )


def _free(actor: User, plan: Plan, today: date) -> frozenset[date]:
    """Weeks away and weeks taken off from the reserve."""
    away = {one.week_on for one in week_times(actor=actor, plan=plan, today=today) if not one.hours}
    return frozenset(away | {date.fromisoformat(day) for day in plan.reserve_taken})


def _there(one: PlanItem, shown: tuple[date, ...], free: Collection[date]) -> tuple[date, ...]:
    if one.week_on is None:
        return ()
    lying = weeks_of(one, max(one.week_on, shown[0]))
    once = one.cadence == PlanItem.Cadence.ONCE
    return tuple(day for day in lying if day in shown and (once or day not in free))
