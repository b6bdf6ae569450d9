"""The client's plan as the engine takes it: goals with their gaps, items, suggestions, hours."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from coachwork.engine.weekplans import Piece, Question, Way
from coachwork.evidence import queries as evidence
from coachwork.evidence.queries import LevelView
from coachwork.kit import weeks
from coachwork.kit.errors import Refused
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.plans.models import Dependency, Goal, Plan, PlanItem
from coachwork.plans.queries.capacity import hours_of, week_times
from coachwork.plans.queries.suggestions import Suggestion, suggestions

WIDE = 13  # weeks beyond the last date: room to say "so many weeks more"
SHORTEST, LONGEST = 26, 78
MOST_ITEMS = 400
MOST_SUGGESTIONS = 20  # of each goal
UNDER_WAY = (Goal.State.ACTIVE, Goal.State.AGREED)


@dataclass(frozen=True)
class Laying:
    """The question, and what its keys stand for."""

    plan: Plan
    today: date
    question: Question
    items: Mapping[str, PlanItem] = field(default_factory=dict)
    suggestions: Mapping[str, Suggestion] = field(default_factory=dict)
    goals: Mapping[str, Goal] = field(default_factory=dict)

    @property
    def series(self) -> frozenset[str]:
        """The keys of what comes back."""
        return frozenset(one.key for one in self.question.pieces if one.comes_back)

    def day(self, week: int) -> date:
        """The Monday of a week."""
        return weeks.monday(self.today) + week * weeks.WEEK


def laying(*, actor: User, client: Client, plan: Plan, at: datetime) -> Laying:
    """Everything that a schedule for this plan depends on, as far as the actor may see it.

    The question is plain values, so that it can be answered where there is no Django.
    """
    today = weeks.day(at, actor.timezone)
    goals = _goals(actor, client)
    items = _items(actor, client, plan)
    offered = _offered(actor, client, goals)
    ways = standings(actor=actor, client=client, goals=goals, at=at)
    number = _horizon(goals, today)
    days = weeks.weeks(today, number)
    different = week_times(actor=actor, plan=plan, today=today)
    needs = _needs(client, items)
    pieces = [
        *(_piece(one, today, needs.get(one.pk, ())) for one in items),
        *(_suggested(key, one) for key, one in offered.items()),
    ]
    return Laying(
        plan=plan,
        today=today,
        question=Question(
            pieces=tuple(pieces),
            ways=tuple(ways),
            capacity=tuple(hours_of(plan, different, days)),
            reserve=max(plan.reserve_weeks - len(plan.reserve_taken), 0),
        ),
        items={str(one.pk): one for one in items},
        suggestions=offered,
        goals={str(one.pk): one for one in goals},
    )


def _goals(actor: User, client: Client) -> list[Goal]:
    rows = Goal.objects.filter(access.visible(actor, Thing.GOALS, client=client))
    rows = rows.filter(state__in=UNDER_WAY).select_related("competency__framework")
    return list(rows.order_by("-weight", "pk")[:30])


def _items(actor: User, client: Client, plan: Plan) -> list[PlanItem]:
    """What is open, and what others suggested."""
    rows = PlanItem.objects.filter(access.visible(actor, Thing.PLAN, client=client), plan=plan)
    found = rows.filter(state__in=(*PlanItem.OPEN, PlanItem.State.SUGGESTED))
    items = list(found.order_by("week_on", "position", "pk")[: MOST_ITEMS + 1])
    if len(items) > MOST_ITEMS:
        text = _(
            "There are more than %(most)d things in this plan. Nobody can do so much, and no "
            "schedule helps: let some go first. Nothing was changed."
        )
        raise Refused(text % {"most": MOST_ITEMS})
    return items


def _needs(client: Client, items: Sequence[PlanItem]) -> dict[UUID, tuple[str, ...]]:
    """What each item waits for, among those that are still to do."""
    open_ones = {one.pk for one in items}
    found: dict[UUID, tuple[str, ...]] = {}
    rows = Dependency.objects.filter(client=client, item__in=open_ones, needed__in=open_ones)
    for item, needed in rows.values_list("item", "needed"):
        found[item] = (*found.get(item, ()), str(needed))
    return found


def _offered(actor: User, client: Client, goals: Sequence[Goal]) -> dict[str, Suggestion]:
    """What could be added, up to so many for each goal."""
    found: dict[str, Suggestion] = {}
    counts: dict[UUID, int] = {}
    for one in suggestions(actor=actor, client=client, goals=goals):
        counts[one.goal.pk] = counts.get(one.goal.pk, 0) + 1
        if counts[one.goal.pk] <= MOST_SUGGESTIONS:
            found[f"{one.goal.pk}:{one.code}"] = one
    return found


def standings(*, actor: User, client: Client, goals: Iterable[Goal], at: datetime) -> list[Way]:
    """For each goal where the client stands, what the aim asks, and by when."""
    today = weeks.day(at, actor.timezone)
    goals = list(goals)
    wanted = {one.competency_id: one.competency for one in goals if one.competency_id}
    aim = evidence.aim(actor=actor, client=client) if wanted else None
    targets = {row.competency_id: float(row.level) for row in aim.targets.all()} if aim else {}
    views: dict[UUID, LevelView] = {}
    if wanted:
        known = [one for one in wanted.values() if one is not None]
        for view in evidence.level_views(actor=actor, client=client, at=at, competencies=known):
            views[view.competency.pk] = view
    return [
        Way(
            key=str(one.pk),
            due=_week(one.target_on, today),
            level=_level(views.get(one.competency_id)) if one.competency_id else None,
            target=targets.get(one.competency_id) if one.competency_id else None,
            weight=one.weight,
        )
        for one in goals
    ]


def _level(view: LevelView | None) -> float | None:
    """The agreed level, else the client's own view; never a mean of several sources."""
    if view is None:
        return None
    if view.agreed is not None:
        return float(view.agreed.level)
    return view.estimate.own.mean if view.estimate.own else None


def _week(day: date | None, today: date) -> int | None:
    return None if day is None else (weeks.monday(day) - weeks.monday(today)).days // 7


def _horizon(goals: Sequence[Goal], today: date) -> int:
    last = max((_week(one.target_on, today) or 0 for one in goals), default=0)
    return min(max(last + 1 + WIDE, SHORTEST), LONGEST)


def _piece(item: PlanItem, today: date, after: tuple[str, ...]) -> Piece:
    mine = item.state != PlanItem.State.SUGGESTED
    return Piece(
        key=str(item.pk),
        kind=str(item.kind),
        minutes=item.effort_minutes,
        goal=str(item.goal_id) if item.goal_id else "",
        cadence=str(item.cadence),
        week=_week(item.week_on, today) if mine else None,
        until=_week(item.window_end, today),
        in_plan=mine,
        personal=not mine and item.suggested_by == "coach",
        after=after,
    )


def _suggested(key: str, one: Suggestion) -> Piece:
    """What ships says how often; a small practice, which does not, comes back every week."""
    return Piece(
        key=key,
        kind=str(one.kind),
        minutes=one.minutes,
        goal=str(one.goal.pk),
        cadence=str(one.cadence or PlanItem.Cadence.WEEKLY),
        in_plan=False,
    )
