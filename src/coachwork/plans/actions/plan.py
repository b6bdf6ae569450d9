"""The plan itself: how much time there is, when to look at it again, and its states."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit import weeks
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User
from coachwork.plans.actions import wording
from coachwork.plans.actions.locks import hold
from coachwork.plans.actions.story import Trigger, tell
from coachwork.plans.models import Plan

State = Plan.State
MOST_HOURS = Decimal(40)
MOST_RESERVE = 8
MOST_REVIEWS = 12


@transaction.atomic
def shape_plan(
    *,
    actor: User,
    plan: Plan,
    capacity_hours_per_week: Decimal,
    reserve_weeks: int,
    review_dates: Sequence[date],
    at: datetime,
) -> Plan:
    """Say how many hours a week the plan may take, its reserve weeks, and when to look at it."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, plan)
    hold(plan)
    today = weeks.day(at, actor.timezone)
    known = set(plan.review_dates)
    problems: dict[str, str] = {}
    if not Decimal(0) < capacity_hours_per_week <= MOST_HOURS:
        problems["capacity_hours_per_week"] = _(
            "A plan needs a little time: choose between a quarter of an hour and 40 hours a week. "
            "For a week without any, take a reserve week instead."
        )
    if not 0 <= reserve_weeks <= MOST_RESERVE:
        problems["reserve_weeks"] = _("Choose between 0 and 8 reserve weeks.")
    if len(review_dates) > MOST_REVIEWS:
        problems["review_dates"] = _("Up to twelve review dates fit here.")
    if any(day < today and day.isoformat() not in known for day in review_dates):
        problems["review_dates"] = _("This day has passed. Please choose one still to come.")
    if problems:
        raise Invalid(problems)
    before = (plan.capacity_hours_per_week, plan.reserve_weeks, plan.review_dates)
    plan.capacity_hours_per_week = capacity_hours_per_week
    plan.reserve_weeks = reserve_weeks
    plan.review_dates = sorted({day.isoformat() for day in review_dates})
    if before != (plan.capacity_hours_per_week, plan.reserve_weeks, plan.review_dates):
        plan.save()
        tell(actor, plan, _("Changed the time for the plan"), at)
    return plan


@transaction.atomic
def take_reserve(*, actor: User, plan: Plan, week_on: date, at: datetime) -> Plan:
    """Take one of the reserve weeks: nothing is asked in it, and nothing is lost."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, plan)
    hold(plan)
    week = weeks.monday(week_on).isoformat()
    if week in plan.reserve_taken:
        return plan
    if len(plan.reserve_taken) >= plan.reserve_weeks:
        raise Refused(_("All reserve weeks are taken. You can add more where you set your time."))
    plan.reserve_taken = sorted([*plan.reserve_taken, week])
    plan.save(update_fields=["reserve_taken"])
    tell(actor, plan, _("Took a reserve week"), at, trigger=Trigger.LIFE)
    return plan


@transaction.atomic
def give_back_reserve(*, actor: User, plan: Plan, week_on: date, at: datetime) -> Plan:
    """Use a week after all that had been set aside."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, plan)
    hold(plan)
    week = weeks.monday(week_on).isoformat()
    if week in plan.reserve_taken:
        plan.reserve_taken = [one for one in plan.reserve_taken if one != week]
        plan.save(update_fields=["reserve_taken"])
        tell(actor, plan, _("Used a reserve week after all"), at, trigger=Trigger.LIFE)
    return plan


@transaction.atomic
def agree_plan(*, actor: User, plan: Plan, at: datetime) -> Plan:
    """Say yes to the plan as it stands."""
    return _move(actor=actor, plan=plan, state=State.AGREED, what=_("Agreed the plan"), at=at)


@transaction.atomic
def start_plan(*, actor: User, plan: Plan, at: datetime) -> Plan:
    """Begin with an agreed plan."""
    return _move(actor=actor, plan=plan, state=State.ACTIVE, what=_("Started the plan"), at=at)


@transaction.atomic
def review_plan(*, actor: User, plan: Plan, at: datetime) -> Plan:
    """Sit back and look at the plan: what works, what should change."""
    return _move(
        actor=actor,
        plan=plan,
        state=State.UNDER_REVIEW,
        what=_("Began to look at the plan again"),
        at=at,
    )


@transaction.atomic
def finish_review(*, actor: User, plan: Plan, at: datetime, reason: str = "") -> Plan:
    """Go on with the plan after a review, with what was learnt in a line."""
    problems = wording.text_problem("reason", reason, wording.LONGEST_LINE)
    if problems:
        raise Invalid(problems)
    return _move(
        actor=actor,
        plan=plan,
        state=State.ACTIVE,
        what=_("Looked at the plan again"),
        at=at,
        reason=reason,
    )


@transaction.atomic
def close_plan(*, actor: User, plan: Plan, at: datetime, reason: str = "") -> Plan:
    """Close the plan; its story stays readable, and a new one can begin."""
    problems = wording.text_problem("reason", reason, wording.LONGEST_LINE)
    if problems:
        raise Invalid(problems)
    return _move(
        actor=actor, plan=plan, state=State.CLOSED, what=_("Closed the plan"), at=at, reason=reason
    )


def _move(
    *, actor: User, plan: Plan, state: Plan.State, what: str, at: datetime, reason: str = ""
) -> Plan:
    access.require_row(actor, Verb.WRITE, Thing.PLAN, plan)
    hold(plan)
    if plan.state == state:
        return plan
    if not plan.may_become(state):
        text = _("A plan in the state “%(now)s” cannot become “%(then)s”.")
        raise Refused(text % {"now": plan.get_state_display(), "then": state.label})
    reviewing = State.UNDER_REVIEW in (plan.state, state)
    plan.state = state
    if state == State.CLOSED:
        plan.closed_at = at
    plan.save()
    tell(
        actor,
        plan,
        what,
        at,
        reason=reason,
        trigger=Trigger.REVIEW if reviewing else Trigger.CLIENT,
    )
    people.note(
        actor=actor,
        client=plan.client,
        kind=f"plan.{state}",
        item=plan.pk,
        at=at,
        visibility=plan.visibility,
    )
    return plan
