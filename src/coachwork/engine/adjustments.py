"""When to suggest a change of a plan: seven plain rules, each with what it saw.

A rule never changes anything. It names its cause, so that a change that was declined is not
suggested again for the same reason. Weeks kept free (reserve, away) count against nobody. The
numbers are choices of ours, from the adjustment rules of the product.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import fmean
from typing import Final

from coachwork.engine.estimates import Rule

ADJUSTMENTS: Final = Rule("adjustments", 1)

QUIET_DAYS: Final = 14  # without practice
PRACTISED: Final = 6  # times, before anything should be seen
UP: Final = 0.5  # levels that one's own view must have risen
FLAT: Final = 0.25  # levels that others' views may have moved at most
REVIEWS: Final = 2  # without movement
EARLY_DAYS: Final = 14
FRESH_DAYS: Final = 42  # after that it is no news
EARLY_SHARE: Final = 1 / 3  # of the time that was planned
EXPECTED: Final = 0  # the rung that was to be reached by the date
LOW: Final = 2  # energy, of 5
DONE: Final = 3  # things done in time, in DONE_DAYS
DONE_DAYS: Final = 28
LOOK_AHEAD: Final = 3  # weeks, this one included
TOO_FULL: Final = 2  # of them

OVERLOAD: Final = "overload"
LOW_ENERGY: Final = "low_energy"
NO_PRACTICE: Final = "no_practice"
NO_MOVEMENT: Final = "no_movement"
ONLY_OWN_VIEW: Final = "only_own_view"
RUNG_EARLY: Final = "rung_early"
ALL_DONE: Final = "all_done"

Fact = str | int | float | date


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of the plan that serves a goal: real practice or not, its week, what became of it.

    `done_on` is None while it is not done; `gone` says that it was let go.
    """

    key: str
    minutes: int
    real: bool = False
    week_on: date | None = None
    done_on: date | None = None
    gone: bool = False

    @property
    def is_open(self) -> bool:
        """Still to do."""
        return self.done_on is None and not self.gone


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of one goal under way, as far as it is known.

    `own` and `others` are levels with their days; `energies` from 1 to 5 with theirs; `reviews`
    the days on which the plan was looked at again.
    """

    key: str
    started_on: date
    target_on: date | None = None
    weight: int = 1
    rung: int | None = None
    rung_on: date | None = None
    practised: tuple[date, ...] = ()
    own: tuple[tuple[date, float], ...] = ()
    others: tuple[tuple[date, float], ...] = ()
    energies: tuple[tuple[date, int], ...] = ()
    reviews: tuple[date, ...] = ()
    things: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """The minutes of a week (its Monday), and those there are."""

    week_on: date
    minutes: int
    capacity: int


@dataclass(frozen=True, slots=True)
class Card:
    """A change that could help: the rule, the goal, what was seen, and for what cause.

    `thing` is the item that it is about, where it is about one.
    """

    rule: str
    goal: str
    cause: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    thing: str = ""
    by: Rule = ADJUSTMENTS


def cards(
    goals: Collection[Signs],
    *,
    today: date,
    loads: Iterable[Load] = (),
    free: Collection[date] = (),
    answered: Collection[str] = (),
) -> tuple[Card, ...]:
    """What to suggest today, the most pressing first and one a goal; never an answered cause."""
    found = [*_overload(goals, loads, today)]
    for rule in RULES:
        for one in sorted(goals, key=lambda goal: (-goal.weight, goal.key)):
            found += rule(one, today, frozenset(free))
    first: dict[str, Card] = {}
    for card in found:
        if card.cause not in answered:
            first.setdefault(card.goal, card)
    return tuple(first.values())


def _card(rule: str, goal: Signs, cause: date | str, thing: str = "", **facts: Fact) -> Card:
    return Card(rule, goal.key, f"{rule}:{goal.key}:{cause}", facts, thing)


def _overload(goals: Collection[Signs], loads: Iterable[Load], today: date) -> Iterator[Card]:
    """Two of the next three weeks hold more than there is time for: let one goal rest."""
    monday = today - timedelta(days=today.weekday())
    ahead = [one for one in loads if 0 <= (one.week_on - monday).days < 7 * LOOK_AHEAD]
    over = [one for one in ahead if one.minutes > one.capacity]
    if len(over) >= TOO_FULL and len(goals) > 1:
        least = min(goals, key=lambda one: (one.weight, -one.started_on.toordinal(), one.key))
        most = max(over, key=lambda one: one.minutes - one.capacity)
        yield _card(
            OVERLOAD,
            least,
            over[0].week_on,
            weeks=len(over),
            minutes=most.minutes,
            capacity=most.capacity,
        )


def _low_energy(goal: Signs, today: date, free: frozenset[date]) -> Iterator[Card]:
    """Little energy for it, twice in a row: does it still fit, and who could help?"""
    last = sorted(goal.energies)[-2:]
    if len(last) == 2 and all(energy <= LOW for _day, energy in last):
        yield _card(LOW_ENERGY, goal, last[-1][0], first=last[0][1], second=last[1][1])


def _no_practice(goal: Signs, today: date, free: frozenset[date]) -> Iterator[Card]:
    """Two weeks without practice: a smaller step, not a stronger will."""
    last = max(goal.practised, default=None)
    since = max(last or goal.started_on, goal.started_on)
    quiet = sum(1 for day in _days(since, today) if day - timedelta(days=day.weekday()) not in free)
    if quiet < QUIET_DAYS:
        return
    due = [one for one in goal.things if one.is_open and one.real]
    due = [one for one in due if one.week_on and one.week_on <= today]
    largest = max(due, key=lambda one: (one.minutes, one.key), default=None)
    yield _card(NO_PRACTICE, goal, since, largest.key if largest else "", days=quiet, since=since)


def _days(after: date, until: date) -> Iterator[date]:
    """The days after one day, up to another."""
    for number in range(1, (until - after).days + 1):
        yield after + timedelta(days=number)


def _no_movement(goal: Signs, today: date, free: frozenset[date]) -> Iterator[Card]:
    """Two looks at the plan and no new rung: another way, or another goal."""
    since = max(goal.started_on, goal.rung_on or goal.started_on)
    looked = [day for day in sorted(goal.reviews) if day > since]
    if len(looked) >= REVIEWS:
        yield _card(NO_MOVEMENT, goal, looked[-1], reviews=len(looked), since=since)


def _only_own_view(goal: Signs, today: date, free: frozenset[date]) -> Iterator[Card]:
    """Practised, and better in one's own eyes alone: who else could see it, and what exactly?"""
    times = [day for day in goal.practised if day >= goal.started_on]
    own, others = _change(goal.own, goal.started_on), _change(goal.others, goal.started_on)
    if len(times) < PRACTISED or own is None or others is None:
        return
    if own >= UP - 1e-9 and abs(others) < FLAT - 1e-9:
        newest = max(day for day, _level in (*goal.own, *goal.others))
        yield _card(ONLY_OWN_VIEW, goal, newest, times=len(times), up=round(own, 1))


def _change(seen: Iterable[tuple[date, float]], start: date) -> float | None:
    """How the levels moved from before the start until now; None without a before or an after."""
    seen = sorted(seen)
    before = [level for day, level in seen if day <= start]
    after = [level for day, level in seen if day > start]
    if not before or not after:
        return None
    last = [level for day, level in seen if day == max(day for day, _level in seen)]
    return fmean(last) - before[-1] if len(after) == 1 else fmean(after) - fmean(before)


def _rung_early(goal: Signs, today: date, free: frozenset[date]) -> Iterator[Card]:
    """What was expected has come early: raise it, or take it to a harder place."""
    if goal.rung is None or goal.rung < EXPECTED or not goal.rung_on or not goal.target_on:
        return
    whole = (goal.target_on - goal.started_on).days
    early = (goal.target_on - goal.rung_on).days
    fresh = (today - goal.rung_on).days <= FRESH_DAYS
    if fresh and early >= max(EARLY_DAYS, EARLY_SHARE * whole) and today < goal.target_on:
        yield _card(RUNG_EARLY, goal, f"{goal.rung}:{goal.rung_on}", days=early, on=goal.rung_on)


def _all_done(goal: Signs, today: date, free: frozenset[date]) -> Iterator[Card]:
    """Everything done, and in time: it has become easy, so make it a little harder."""
    first = today - timedelta(days=DONE_DAYS)
    done = [(one.done_on, one.week_on) for one in goal.things if one.done_on]
    done = [(on, week_on) for on, week_on in done if on > first]
    late = [on for on, week_on in done if week_on and on > week_on + timedelta(days=6)]
    left = [one for one in goal.things if one.is_open or one.gone]
    if len(done) >= DONE and not late and not left:
        newest = max(on for on, _week_on in done)
        yield _card(ALL_DONE, goal, newest, number=len(done))


RULES: Final[tuple[Callable[[Signs, date, frozenset[date]], Iterator[Card]], ...]] = (
    _low_energy,
    _no_practice,
    _no_movement,
    _only_own_view,
    _rung_early,
    _all_done,
)
