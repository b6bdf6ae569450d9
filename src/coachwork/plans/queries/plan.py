"""The plan as a list by week: this week, next, later; what counts, what is too much, what lacks."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, OuterRef, Prefetch, QuerySet, Subquery, When

from coachwork.kit import weeks
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.plans.models import Dependency, Goal, Plan, PlanItem, Proposal, WeekTime
from coachwork.plans.queries.capacity import week_times

Kind = PlanItem.Kind
DONE_SHOWN = 10
MOST_LISTED = 200  # a plan holds at most a hundred open items; the rest are suggestions
SUGGESTED_LAST = Case(When(state=PlanItem.State.SUGGESTED, then=1), default=0)
AHEAD = 12  # weeks in which what comes back is counted
TIMES_A_WEEK = {PlanItem.Cadence.DAILY: 5}


@dataclass(frozen=True)
class Week:
    """One week of the list; without a day it holds what has no week yet."""

    week_on: date | None
    name: str  # "this", "next", "later" or "some_day"
    items: tuple[PlanItem, ...]
    minutes: int = 0
    capacity: int = 0
    in_reserve: bool = False
    away: bool = False

    @property
    def over(self) -> int:
        """How many minutes the week holds more than there is time for."""
        return max(self.minutes - self.capacity, 0) if self.week_on else 0


@dataclass(frozen=True)
class Lack:
    """What a good mix would add to one goal, or to the plan as a whole."""

    goal: Goal | None
    practice: bool = False
    feedback: bool = False
    learning: bool = False
    review: bool = False
    only_learning: bool = False


@dataclass(frozen=True)
class PlanView:
    """Everything that the plan page shows."""

    plan: Plan | None
    goals: tuple[Goal, ...] = ()
    weeks: tuple[Week, ...] = ()
    suggested: tuple[PlanItem, ...] = ()
    closed: tuple[PlanItem, ...] = ()
    lacks: tuple[Lack, ...] = field(default=())

    @property
    def open_items(self) -> list[PlanItem]:
        return [item for week in self.weeks for item in week.items]

    @property
    def is_empty(self) -> bool:
        return not (self.goals or self.open_items or self.suggested or self.closed)

    @property
    def reserve_left(self) -> int:
        return max(self.plan.reserve_weeks - len(self.plan.reserve_taken), 0) if self.plan else 0


def plan_of(*, actor: User, client: Client) -> Plan | None:
    """The client's open plan, if there is one, with the schedule that waits for an answer."""
    rows = Plan.objects.filter(access.visible(actor, Thing.PLAN, client=client))
    waiting = Proposal.objects.filter(
        access.visible(actor, Thing.PLAN, client=client),
        client=OuterRef("client"),
        plan=OuterRef("pk"),
        from_version=OuterRef("version"),
        state__in=(Proposal.State.OPEN, Proposal.State.WORKING),
    ).order_by("-pk")
    rows = rows.annotate(waits=Subquery(waiting.values("pk")[:1]))
    found = rows.exclude(state=Plan.State.CLOSED).first()
    if found is not None:
        found.client, found.waiting = client, found.waits
    return found


def plan(*, actor: User, client: Client, today: date, goals: Sequence[Goal]) -> PlanView:
    """The open plan laid out by week, with what is suggested and what would make it rounder."""
    found = plan_of(actor=actor, client=client)
    if found is None and client.user_id == actor.pk:
        return PlanView(plan=None, goals=tuple(goals))
    rows = _visible_items(actor, client)
    open_ones = Dependency.objects.filter(needed__in=rows.values("pk"))
    needs = Prefetch("needs", queryset=open_ones.select_related("needed"))
    listed = rows.filter(state__in=(*PlanItem.OPEN, PlanItem.State.SUGGESTED))
    found_items = list(
        listed.select_related("goal", "created_by")
        .prefetch_related(needs)
        .order_by(SUGGESTED_LAST, "week_on", "position", "pk")[:MOST_LISTED]
    )
    _hide_goals(actor, client, found_items)
    items = [one for one in found_items if one.is_open]
    suggested = [one for one in found_items if not one.is_open]
    closed = rows.filter(state__in=(PlanItem.State.DONE, PlanItem.State.SKIPPED))
    different = week_times(actor=actor, plan=found, today=today) if found else []
    return PlanView(
        plan=found,
        goals=tuple(goals),
        weeks=tuple(laid_out(items, found, today, different)),
        suggested=tuple(suggested),
        closed=tuple(closed.order_by("-pk")[:DONE_SHOWN]),
        lacks=tuple(lacks(items, goals, found, today)),
    )


def _hide_goals(actor: User, client: Client, items: Sequence[PlanItem]) -> None:
    """Leave out a goal that is not open to the actor, though an item that serves it is."""
    if client.user_id == actor.pk:
        return
    seen = Goal.objects.filter(access.visible(actor, Thing.GOALS, client=client))
    known = set(seen.values_list("pk", flat=True))
    for one in items:
        if one.goal_id not in known:
            one.goal = None


def _visible_items(actor: User, client: Client) -> QuerySet[PlanItem]:
    rows = PlanItem.objects.filter(access.visible(actor, Thing.PLAN, client=client))
    return rows.exclude(plan__state=Plan.State.CLOSED)


def week(*, actor: User, client: Client, today: date, limit: int = 50) -> list[PlanItem]:
    """What lies in this week, with what was left open before; suggestions are not in it."""
    rows = PlanItem.objects.filter(access.visible(actor, Thing.PLAN, client=client))
    rows = rows.filter(state__in=PlanItem.OPEN, week_on__lte=weeks.monday(today))
    rows = rows.select_related("goal__competency", "competency")
    return list(rows.order_by("position", "pk")[:limit])


def item(*, actor: User, item_id: UUID) -> PlanItem:
    """One plan item, with its goal and what it needs."""
    rows = PlanItem.objects.filter(access.visible(actor, Thing.PLAN))
    needs = Prefetch("needs", queryset=Dependency.objects.select_related("needed"))
    related = ("client", "plan", "goal__competency", "goal__behaviour", "competency", "behaviour")
    return rows.select_related(*related, "if_then").prefetch_related(needs).get(pk=item_id)


def items_of(*, actor: User, goal: Goal, limit: int = 50) -> list[PlanItem]:
    """The items that serve one goal: the open ones first."""
    rows = PlanItem.objects.filter(access.visible(actor, Thing.PLAN, client=goal.client), goal=goal)
    wanted = (*PlanItem.OPEN, PlanItem.State.SUGGESTED, PlanItem.State.DONE)
    done_last = Case(When(state=PlanItem.State.DONE, then=1), default=0)
    rows = rows.filter(state__in=wanted).order_by(done_last, "week_on", "position", "pk")
    return list(rows[:limit])


def others(*, actor: User, item: PlanItem) -> list[PlanItem]:
    """The other open items of the same plan, from which one may have to come first."""
    rows = PlanItem.objects.filter(access.visible(actor, Thing.PLAN, client=item.client))
    rows = rows.filter(plan=item.plan_id, state__in=PlanItem.OPEN).exclude(pk=item.pk)
    return list(rows.order_by("week_on", "position", "pk"))


def laid_out(
    items: Sequence[PlanItem],
    plan: Plan | None,
    today: date,
    different: Sequence[WeekTime] = (),
) -> list[Week]:
    """The items under their weeks: this week and next always, then those that hold something."""
    this_week = weeks.monday(today)
    capacity = int(plan.capacity_hours_per_week * 60) if plan else 0
    told = {one.week_on: int(one.hours * 60) for one in different}
    taken = set(plan.reserve_taken) if plan else set()
    free = {day for day, minutes in told.items() if not minutes}
    free |= {date.fromisoformat(day) for day in taken}
    minutes = load(items, this_week, free)
    shown: dict[date, list[PlanItem]] = {this_week: [], this_week + weeks.WEEK: []}
    some_day = []
    for one in items:
        if one.week_on is None:
            some_day.append(one)
        else:
            shown.setdefault(max(one.week_on, this_week), []).append(one)
    names = {this_week: "this", this_week + weeks.WEEK: "next"}
    found = [
        Week(
            week_on=day,
            name=names.get(day, "later"),
            items=tuple(sorted(held, key=lambda one: (one.position, one.pk))),
            minutes=minutes.get(day, 0),
            capacity=told.get(day, capacity),
            away=told.get(day) == 0,
            in_reserve=day.isoformat() in taken,
        )
        for day, held in sorted(shown.items())
    ]
    if some_day:
        found.append(Week(week_on=None, name="some_day", items=tuple(some_day)))
    return found


def load(
    items: Iterable[PlanItem], this_week: date, free: Collection[date] = ()
) -> dict[date, int]:
    """The minutes that each coming week holds; what comes back counts in each of its weeks.

    In weeks that are kept `free` nothing comes back.
    """
    found: dict[date, int] = {}
    for one in items:
        if one.week_on is None:
            continue
        first = max(one.week_on, this_week)
        minutes = one.effort_minutes * TIMES_A_WEEK.get(PlanItem.Cadence(one.cadence), 1)
        for week_on in weeks_of(one, first):
            if week_on in free and one.cadence != PlanItem.Cadence.ONCE:
                continue
            found[week_on] = found.get(week_on, 0) + minutes
    return found


def weeks_of(one: PlanItem, first: date) -> list[date]:
    """The weeks in which it lies, from the first one on."""
    if one.cadence == PlanItem.Cadence.ONCE:
        return [first]
    last = one.window_end or first + timedelta(weeks=AHEAD - 1)
    step = 2 if one.cadence == PlanItem.Cadence.BIWEEKLY else 1
    number = min((weeks.monday(last) - first).days // 7 + 1, 2 * AHEAD)
    return weeks.weeks(first, max(number, 1))[::step]


REAL = (Kind.PRACTICE, Kind.PROJECT)


def lacks(
    items: Sequence[PlanItem], goals: Sequence[Goal], plan: Plan | None, today: date
) -> list[Lack]:
    """What would make the plan rounder: real practice, feedback, something to learn, a review."""
    if not items:
        return []
    if all(one.kind == Kind.LEARNING for one in items):
        return [Lack(goal=None, practice=True, feedback=True, only_learning=True)]
    coming = plan is not None and any(day >= today.isoformat() for day in plan.review_dates)
    found = []
    for goal in goals:
        if goal.state != Goal.State.ACTIVE:
            continue
        kinds = {one.kind for one in items if one.goal_id == goal.pk}
        lack = Lack(
            goal=goal,
            practice=not kinds & set(REAL),
            feedback=Kind.FEEDBACK not in kinds,
            learning=Kind.LEARNING not in kinds,
        )
        if lack.practice or lack.feedback or lack.learning:
            found.append(lack)
    if not coming and found:
        found.append(Lack(goal=None, review=True))
    return found
