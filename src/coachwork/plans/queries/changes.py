"""Changes that could help, worked out when they are looked at: what was seen, and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.engine import adjustments
from coachwork.engine.adjustments import Card, Load, Signs
from coachwork.evidence import queries as evidence
from coachwork.evidence.models import Source
from coachwork.frameworks.models import Competency
from coachwork.kit import weeks
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.plans.models import Goal, Plan, PlanItem, PlanVersion, Proposal, Rung
from coachwork.plans.queries.capacity import hours_of, week_times
from coachwork.plans.queries.plan import load, plan_of
from coachwork.practice import queries as practice

State = PlanItem.State
REAL = (PlanItem.Kind.PRACTICE, PlanItem.Kind.EXERCISE, PlanItem.Kind.PROJECT)
MOST = 3  # at once; the rest waits
SMALLEST = 5


@dataclass(frozen=True)
class Change:
    """One change to look at: what it would do, why, and what was seen.

    `item` is made shorter (to `minutes`), `adds` is put into the plan, `rests` is paused; exactly
    one of them is there.
    """

    key: str
    rule: str
    goal: Goal
    title: str
    why: str
    seen: str
    item: PlanItem | None = None
    minutes: int = 0
    adds: Mapping[str, Any] | None = None
    rests: bool = False


def changes(*, actor: User, client: Client, at: datetime, most: int = MOST) -> list[Change]:
    """The changes to suggest today, the most pressing first; never one that was answered."""
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    plan = plan_of(actor=actor, client=client)
    goals = _goals(actor, client)
    if plan is None or not goals:
        return []
    today = weeks.day(at, actor.timezone)
    items = _items(actor, client, plan)
    days = weeks.weeks(today, adjustments.LOOK_AHEAD)
    different = week_times(actor=actor, plan=plan, today=today)
    hours = hours_of(plan, different, days)
    free = {date.fromisoformat(day) for day in plan.reserve_taken}
    held = load([one for one in items if one.is_open], days[0], free)
    found = adjustments.cards(
        _signs(actor, client, plan, goals, items),
        today=today,
        loads=[
            Load(day, held.get(day, 0), int(left * 60))
            for day, left in zip(days, hours, strict=True)
        ],
        free=free | {one.week_on for one in different if not one.hours},
        answered=_answered(actor, client),
    )
    by_goal = {str(one.pk): one for one in goals}
    by_item = {str(one.pk): one for one in items}
    return [_told(card, by_goal[card.goal], by_item.get(card.thing)) for card in found[:most]]


def change(*, actor: User, client: Client, key: str, at: datetime) -> Change | None:
    """One of the changes that could be suggested now; None where its cause is gone."""
    found = changes(actor=actor, client=client, at=at, most=100)
    return next((one for one in found if one.key == key), None)


def _goals(actor: User, client: Client) -> list[Goal]:
    """The active goals, each with the highest outcome that was reached."""
    reached = Rung.objects.filter(
        client=OuterRef("client"), goal=OuterRef("pk"), reached_on__isnull=False
    ).order_by("-level")
    rows = Goal.objects.filter(access.visible(actor, Thing.GOALS, client=client))
    rows = rows.filter(state=Goal.State.ACTIVE).select_related("competency__framework")
    here = {f"here_{name}": Subquery(reached.values(name)[:1]) for name in ("level", "reached_on")}
    return list(rows.annotate(**here).order_by("-pk")[:200])


def _items(actor: User, client: Client, plan: Plan) -> list[PlanItem]:
    rows = PlanItem.objects.filter(access.visible(actor, Thing.PLAN, client=client), plan=plan)
    wanted = (*PlanItem.OPEN, State.DONE, State.SKIPPED)
    return list(rows.filter(state__in=wanted).order_by("-pk")[:300])


def _answered(actor: User, client: Client) -> set[str]:
    rows = Proposal.objects.filter(access.visible(actor, Thing.PLAN, client=client))
    return set(rows.exclude(cause="").values_list("cause", flat=True))


def _signs(
    actor: User, client: Client, plan: Plan, goals: Sequence[Goal], items: Sequence[PlanItem]
) -> list[Signs]:
    known = {one.competency_id: one.competency for one in goals}
    about: list[Competency] = [one for one in known.values() if one is not None]
    start = min((one.start_on for one in goals if one.start_on), default=None)
    done: dict[UUID, list[date]] = {}
    seen: dict[UUID, Any] = {}
    energies: dict[UUID, list[tuple[date, int]]] = {}
    if about and start:
        done = practice.occasions(actor=actor, client=client, competencies=about, since=start)
        seen = evidence.observations(actor=actor, client=client, competencies=about)
        energies = evidence.energies(actor=actor, client=client, competencies=about)
    looked = PlanVersion.objects.filter(client=client, plan=plan, trigger="review")
    reviews = tuple(
        weeks.day(at, actor.timezone)
        for at, content in looked.order_by("number").values_list("created_at", "content")
        if content.get("state") == Plan.State.ACTIVE  # a look that was finished
    )
    return [_sign(one, items, done, seen, energies, reviews) for one in goals if one.start_on]


def _sign(
    goal: Goal,
    items: Sequence[PlanItem],
    done: Mapping[UUID, list[date]],
    seen: Mapping[UUID, Any],
    energies: Mapping[UUID, list[tuple[date, int]]],
    reviews: tuple[date, ...],
) -> Signs:
    assert goal.start_on is not None
    key = goal.competency_id
    said = [one for one in (seen.get(key, ()) if key else ()) if one.level is not None]
    return Signs(
        key=str(goal.pk),
        started_on=goal.start_on,
        target_on=goal.target_on,
        weight=goal.weight,
        rung=getattr(goal, "here_level", None),
        rung_on=getattr(goal, "here_reached_on", None),
        practised=tuple(done.get(key, ())) if key else (),
        own=tuple((one.on, one.level) for one in said if one.source == Source.SELF),
        others=tuple(
            (one.on, one.level) for one in said if one.source != Source.SELF and not one.own_word
        ),
        energies=tuple(energies.get(key, ())) if key else (),
        reviews=reviews,
        things=tuple(_thing(one) for one in items if one.goal_id == goal.pk),
    )


def _thing(item: PlanItem) -> adjustments.Thing:
    return adjustments.Thing(
        key=str(item.pk),
        minutes=item.effort_minutes,
        real=item.kind in REAL and item.effort_minutes > SMALLEST,
        week_on=item.week_on,
        done_on=item.done_at.date() if item.state == State.DONE and item.done_at else None,
        gone=item.state == State.SKIPPED,
    )


def _told(card: Card, goal: Goal, item: PlanItem | None) -> Change:
    """A card in words: what it would do, why it could help, and what was seen."""
    seen = SEEN[card.rule](card.facts)
    common: dict[str, Any] = {
        "key": card.cause,
        "rule": card.rule,
        "goal": goal,
        "seen": seen,
    }
    if card.rule == adjustments.OVERLOAD:
        return Change(
            title=_("Let this goal rest for a while"), why=_why(card), rests=True, **common
        )
    if card.rule == adjustments.NO_PRACTICE and item is not None:
        half = max(SMALLEST, round(item.effort_minutes / 2 / 5) * 5)
        title = _("Make “%(item)s” smaller: %(minutes)d minutes") % {
            "item": item.title,
            "minutes": half,
        }
        return Change(title=title, why=_why(card), item=item, minutes=half, **common)
    words = _adds(card.rule)
    return Change(title=words["title"], why=_why(card), adds=words, **common)


def _adds(rule: str) -> dict[str, Any]:
    """What a rule would put into the plan."""
    said = {
        adjustments.NO_PRACTICE: (
            "practice", _("The smallest version of it"),
            _("Choose one moment tomorrow, and do only the first half of it."), 5,
        ),
        adjustments.LOW_ENERGY: (
            "support", _("Talk about whether this goal still fits"),
            _("Choose one person, and tell them what makes it heavy."), 20,
        ),
        adjustments.NO_MOVEMENT: (
            "reflection", _("Look for another way to the same goal"),
            _("Write down what you tried, and one thing you have not tried yet."), 15,
        ),
        adjustments.ONLY_OWN_VIEW: (
            "feedback", _("Ask one person to watch for one thing"),
            _("Tell them beforehand what you will do, and ask afterwards what they saw."), 10,
        ),
        adjustments.RUNG_EARLY: (
            "practice", _("Do it once where it is harder"),
            _("Choose a person or a meeting in which it would cost you more."), 15,
        ),
        adjustments.ALL_DONE: (
            "practice", _("The same, one notch harder"),
            _("Choose one thing that went easily, and make one part of it harder."), 15,
        ),
    }  # fmt: skip
    kind, title, first_step, minutes = said[rule]
    return {
        "kind": kind,
        "title": title,
        "first_step": first_step,
        "effort_minutes": minutes,
    }


def _why(card: Card) -> str:
    """Why it could help: about the plan, never about the person."""
    return {
        adjustments.OVERLOAD: _("A plan that holds less is done more often."),
        adjustments.LOW_ENERGY: _("Little energy often means that the goal or the help is wrong."),
        adjustments.NO_PRACTICE: _("A smaller step is easier to begin with after a pause."),
        adjustments.NO_MOVEMENT: _("When the effort is there, it is often the way that is wrong."),
        adjustments.ONLY_OWN_VIEW: _("What others can see must be told to them first."),
        adjustments.RUNG_EARLY: _("What you expected is there already. It may hold elsewhere too."),
        adjustments.ALL_DONE: _("What has become easy teaches little more."),
    }[card.rule]


def _day(value: object) -> str:
    return formats.date_format(value, "DATE_FORMAT")  # type: ignore[arg-type]


SEEN: dict[str, Callable[[Mapping[str, Any]], str]] = {
    adjustments.OVERLOAD: lambda facts: (
        ngettext(
            "%(weeks)d of the next three weeks holds more than you have time for, up to "
            "%(minutes)d minutes where there are %(capacity)d.",
            "%(weeks)d of the next three weeks hold more than you have time for, up to "
            "%(minutes)d minutes where there are %(capacity)d.",
            facts["weeks"],
        )
        % facts
    ),
    adjustments.LOW_ENERGY: lambda facts: (
        _("You gave your energy for it %(first)d of 5, and then %(second)d of 5.") % facts
    ),
    adjustments.NO_PRACTICE: lambda facts: (
        _("%(days)d days without practice since %(since)s, weeks that were free not counted.")
        % {**facts, "since": _day(facts["since"])}
    ),
    adjustments.NO_MOVEMENT: lambda facts: (
        _(
            "You looked at the plan %(reviews)d times since %(since)s, and the goal stands "
            "where it stood."
        )
        % {**facts, "since": _day(facts["since"])}
    ),
    adjustments.ONLY_OWN_VIEW: lambda facts: (
        _(
            "You practised %(times)d times, and your own view rose by %(up)s levels. "
            "Others see it as before."
        )
        % {**facts, "up": formats.number_format(facts["up"], 1)}
    ),
    adjustments.RUNG_EARLY: lambda facts: (
        _("You reached the expected outcome on %(on)s, %(days)d days before your date.")
        % {**facts, "on": _day(facts["on"])}
    ),
    adjustments.ALL_DONE: lambda facts: (
        _(
            "You finished %(number)d things for it in four weeks, each in its week, "
            "and none is left."
        )
        % facts
    ),
}
