"""The hours of each week: the usual ones, weeks that differ, and weeks in reserve."""

from collections.abc import Iterable
from datetime import date

from coachwork.kit import weeks
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import User
from coachwork.plans.models import Plan, WeekTime


def week_times(*, actor: User, plan: Plan, today: date) -> list[WeekTime]:
    """The weeks to come, this one included, that have other hours than usual."""
    rows = WeekTime.objects.filter(access.visible(actor, Thing.PLAN, client=plan.client), plan=plan)
    return list(rows.filter(week_on__gte=weeks.monday(today)).order_by("week_on"))


def hours_of(plan: Plan, different: Iterable[WeekTime], days: Iterable[date]) -> list[float]:
    """The hours of these weeks, named by their Mondays."""
    told = {one.week_on: float(one.hours) for one in different}
    usual, taken = float(plan.capacity_hours_per_week), set(plan.reserve_taken)
    return [0.0 if day.isoformat() in taken else told.get(day, usual) for day in days]
