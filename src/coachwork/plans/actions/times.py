"""Weeks that have more or fewer hours than usual: a holiday, a fair, a quiet week."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _

from coachwork.kit import weeks
from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User
from coachwork.plans.actions.locks import hold
from coachwork.plans.actions.plan import MOST_HOURS
from coachwork.plans.actions.story import Trigger, tell
from coachwork.plans.models import Plan, WeekTime

MOST_WEEKS = 26  # at once


@transaction.atomic
def set_week_time(
    *, actor: User, plan: Plan, first: date, last: date, hours: Decimal, at: datetime
) -> list[WeekTime]:
    """Say how many hours the weeks from one day to another have; 0 means away."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, plan)
    hold(plan)
    this_week = weeks.monday(weeks.day(at, actor.timezone))
    problems: dict[str, str] = {}
    if weeks.monday(first) < this_week:
        problems["first"] = _("This week has passed. Please choose one still to come.")
    if last < first:
        problems["last"] = _("This day is before the start. Please choose a later one.")
    number = (weeks.monday(last) - weeks.monday(first)).days // 7 + 1
    if number > MOST_WEEKS:
        problems["last"] = _("Up to 26 weeks at once. For longer, change your usual hours.")
    if not Decimal(0) <= hours <= MOST_HOURS:
        problems["hours"] = _("Choose between 0 and 40 hours.")
    if problems:
        raise Invalid(problems)
    made = [_set(actor, plan, week_on, hours, at) for week_on in weeks.weeks(first, number)]
    what = _("Away in %(week)s") if not hours else _("Other hours in %(week)s")
    when = formats.date_format(made[0].week_on, "MONTH_DAY_FORMAT")
    named = _("the week of %(day)s") % {"day": when}
    if number > 1:
        named = _("%(number)d weeks from %(day)s") % {"number": number, "day": when}
    tell(actor, plan, what % {"week": named}, at, trigger=Trigger.LIFE)
    return made


def _set(actor: User, plan: Plan, week_on: date, hours: Decimal, at: datetime) -> WeekTime:
    rows = WeekTime.objects.filter(client=plan.client, plan=plan)
    found = rows.filter(week_on=week_on).first()
    if found is None:
        found = WeekTime(
            client=plan.client,
            plan=plan,
            visibility=plan.visibility,
            created_by=actor,
            created_at=at,
            week_on=week_on,
        )
    found.hours = hours
    found.save()
    return found


@transaction.atomic
def usual_week_time(*, actor: User, plan: Plan, week_on: date, at: datetime) -> None:
    """Let a week have the usual hours again."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, plan)
    hold(plan)
    rows = WeekTime.objects.filter(client=plan.client, plan=plan, week_on=weeks.monday(week_on))
    if rows.delete()[0]:
        day = formats.date_format(weeks.monday(week_on), "MONTH_DAY_FORMAT")
        what = _("Usual hours again in the week of %(day)s") % {"day": day}
        tell(actor, plan, what, at, trigger=Trigger.LIFE)
