"""Home: today, this week, what moved, and one next step. Few queries, and none for each row."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import translation

from coachwork.assessment.models import SelfAssessment
from coachwork.evidence.models import Aim, Chance, Evidence, GapDecision, Source
from coachwork.kit import weeks
from coachwork.moments.models import MomentPlan
from coachwork.moments.queries import next_step
from coachwork.moments.queries.next_step import NextStep, Standing
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.plans.models import Goal, IfThen, Plan, PlanItem, blueprints
from coachwork.practice import queries as practice
from coachwork.practice.models import PracticeLog, moment_of

SHOWN_ITEMS = 6
MOST_ROWS = 500  # of one week; more than anybody logs
MOST_MOVED = 5
YOUNG_DAYS = 3  # until Wednesday, planning the week still pays

IF_THEN_FIELDS = ("pk", "if_text", "then_text", "moment_kind", "goal__title", "rests_until")


@dataclass(frozen=True)
class Cue:
    """One thing that may be practised today: an if-then, or a moment chosen for this week."""

    key: UUID
    kind: str  # "if_then" or "moment"
    text: str
    goal: str
    name: str = ""  # of the typical moment
    moment: str = ""  # names the next chance of today, so that two presses are one log
    times_today: int = 0


@dataclass(frozen=True)
class Moved:
    """A competency to which evidence was added lately."""

    competency_id: UUID
    name: str
    rows: int


@dataclass(frozen=True)
class Today:
    """Everything that the home page shows."""

    step: NextStep
    goals: tuple[dict[str, Any], ...] = ()
    cues: tuple[Cue, ...] = ()
    items: tuple[dict[str, Any], ...] = ()
    done: int = 0
    chances: int = 0
    in_reserve: bool = False
    reserve_left: int = 0
    moved: tuple[Moved, ...] = ()
    week_on: date | None = None
    has_week: bool = False
    offered: tuple[dict[str, Any], ...] = ()


def today(*, actor: User, client: Client, at: datetime) -> Today:
    """The person's own home page at this time."""
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    day = weeks.day(at, actor.timezone)
    monday = weeks.monday(day)
    goals = _goals(client)
    active = [goal for goal in goals if goal["state"] == Goal.State.ACTIVE]
    if not active:
        step = _first_steps(client, goals)
        return Today(step=step, goals=tuple(goals), offered=_offered(goals), week_on=monday)
    logs = _logs(client, monday, day)
    cues = _cues(client, day, logs.times_today)
    items = _items(client, monday)
    reserve, taken = _reserve(client, items)
    standing = Standing(
        active_goal=str(active[0]["pk"]),
        has_if_then=any(cue.kind == "if_then" for cue in cues),
        in_reserve=monday.isoformat() in taken,
        has_week=any(cue.kind == "moment" or cue.name for cue in cues),
        week_is_young=day - monday < timedelta(days=YOUNG_DAYS),
        open_if_then=next((cue.text for cue in cues if not cue.times_today), ""),
        item=items[0] if items else None,
        logged_this_week=logs.chances,
    )
    return Today(
        step=_step(actor, client, standing),
        goals=tuple(active),
        cues=() if standing.in_reserve else tuple(cues),
        items=() if standing.in_reserve else tuple(items),
        done=logs.done,
        chances=logs.chances,
        in_reserve=standing.in_reserve,
        reserve_left=max(reserve - len(taken), 0),
        moved=_moved(client, at),
        week_on=monday,
        has_week=standing.has_week,
        offered=_offered(goals),
    )


def _step(actor: User, client: Client, standing: Standing) -> NextStep:
    """The first rule that fits; looking again at a level only when nothing waits to be done."""
    found = next_step.chosen(standing, next_step.BEFORE_PRACTICE)
    if found is not None:
        return found
    ready = practice.ready_to_look_again(actor=actor, client=client)
    if ready:
        return next_step.look_again(ready[0].competency, ready[0].chances)
    return next_step.do_item(standing) or next_step.enough(standing)


def _goals(client: Client) -> list[dict[str, Any]]:
    states = (Goal.State.ACTIVE, Goal.State.DRAFT, Goal.State.AGREED, Goal.State.OFFERED)
    rows = Goal.objects.filter(client=client, state__in=states).order_by("-pk")
    return [dict(row) for row in rows.values("pk", "title", "state", "target_on")[:20]]


def _offered(goals: list[dict[str, Any]]) -> tuple[dict[str, Any], ...]:
    return tuple(goal for goal in goals if goal["state"] == Goal.State.OFFERED)


def _first_steps(client: Client, goals: list[dict[str, Any]]) -> NextStep:
    """Before the first goal is active: aim, assessment, focus, goal."""
    aim = Aim.objects.filter(client=OuterRef("pk"), ended_at__isnull=True)
    decided = GapDecision.objects.filter(
        client=OuterRef("pk"),
        aim__ended_at__isnull=True,
        decision=GapDecision.Decision.FOCUS,
    )
    rated = Evidence.objects.filter(client=OuterRef("pk"), source=Source.SELF, level__isnull=False)
    begun = SelfAssessment.objects.filter(
        client=OuterRef("pk"), state=SelfAssessment.State.DRAFT
    ).order_by("-pk")
    found = (
        Client.objects.filter(pk=client.pk)
        .annotate(
            has_aim=Exists(aim),
            has_focus=Exists(decided),
            has_rated=Exists(rated),
            begun=Subquery(begun.values("pk")[:1]),
        )
        .values("has_aim", "has_focus", "has_rated", "begun")
        .get()
    )
    drafts = [goal for goal in goals if goal["state"] in (Goal.State.DRAFT, Goal.State.AGREED)]
    standing = Standing(
        has_aim=found["has_aim"],
        has_rated=found["has_rated"],
        has_focus=found["has_focus"],
        open_assessment=str(found["begun"] or ""),
        draft_goal=str(drafts[0]["pk"]) if drafts else "",
    )
    step = next_step.chosen(standing, next_step.BEFORE_PRACTICE)
    assert step is not None  # without an active goal, writing one is always a step
    return step


@dataclass(frozen=True)
class Logs:
    """What was logged this week."""

    done: int
    chances: int
    times_today: Counter[UUID]


def _logs(client: Client, monday: date, day: date) -> Logs:
    rows = PracticeLog.objects.filter(client=client, occasion_on__gte=monday)
    fields = ("pk", "item", "occasion_on", "chance", "undoes")
    found = list(rows.order_by().values_list(*fields)[:MOST_ROWS])
    # A row that takes another back has its day, so both are here: cheaper than asking for each.
    back = {undoes for *_rest, undoes in found if undoes}
    standing = [row for row in found if row[0] not in back and not row[4]]
    return Logs(
        done=sum(chance in practice.TAKEN for _pk, _item, _on, chance, _back in standing),
        chances=sum(chance != Chance.NONE for _pk, _item, _on, chance, _back in standing),
        times_today=Counter(item for _pk, item, on, _chance, _b in standing if item and on == day),
    )


def _cues(client: Client, day: date, times: Counter[UUID]) -> list[Cue]:
    """The moments of this week first, then the if-thens that are in none of them."""
    this_week = MomentPlan.objects.filter(client=client, moment__week_on=weeks.monday(day))
    planned = this_week.order_by("pk")
    moments = list(
        planned.values(
            "pk", "prep", "moment__code", "if_then", "behaviour__text", "behaviour__translations"
        )
    )
    active = IfThen.objects.filter(client=client, active=True).order_by("pk")
    if_thens: dict[UUID, dict[str, Any]] = {
        row["pk"]: dict(row) for row in active.values(*IF_THEN_FIELDS)[:10]
    }
    resting = {pk for pk, row in if_thens.items() if (row["rests_until"] or day) > day}
    for pk in resting:
        del if_thens[pk]
    moments = [row for row in moments if row["if_then"] not in resting]
    found = [*_moment_cues([dict(row) for row in moments], if_thens), *_other_cues(if_thens)]
    return [
        replace(cue, times_today=times[cue.key], moment=moment_of(day, times[cue.key]))
        for cue in found
    ]


def _moment_cues(moments: list[dict[str, Any]], if_thens: dict[UUID, dict[str, Any]]) -> list[Cue]:
    found = []
    language = _language()
    for row in moments:
        own = if_thens.pop(row["if_then"], None) if row["if_then"] else None
        key = row["if_then"] if own else row["pk"]
        typical = blueprints.moment(row["moment__code"])
        words = (row["behaviour__translations"] or {}).get(language, {})
        text = words.get("text") or row["behaviour__text"] or ""
        found.append(
            Cue(
                key=key,
                kind="if_then" if own else "moment",
                text=row["prep"] or (_said(own) if own else text),
                goal=own["goal__title"] if own else "",
                name=typical.name if typical else "",
            )
        )
    return found


def _other_cues(if_thens: dict[UUID, dict[str, Any]]) -> list[Cue]:
    return [
        Cue(key=key, kind="if_then", text=_said(row), goal=row["goal__title"])
        for key, row in if_thens.items()
    ]


def _language() -> str:
    return (translation.get_language() or "en").split("-")[0]


def _said(row: dict[str, Any]) -> str:
    return str(IfThen(if_text=row["if_text"], then_text=row["then_text"]))


def _items(client: Client, monday: date) -> list[dict[str, Any]]:
    rows = PlanItem.objects.filter(
        client=client, state__in=PlanItem.OPEN, week_on__lte=monday
    ).order_by("position", "pk")
    fields = ("pk", "title", "first_step", "effort_minutes", *RESERVE)
    return list(rows.values(*fields)[:SHOWN_ITEMS])


RESERVE = ("plan__reserve_weeks", "plan__reserve_taken")


def _reserve(client: Client, items: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """The weeks in reserve and those taken: from the items at hand, else from the plan itself."""
    if items:
        return items[0][RESERVE[0]], items[0][RESERVE[1]]
    rows = Plan.objects.filter(~Q(state=Plan.State.CLOSED), client=client)
    found = rows.values_list("reserve_weeks", "reserve_taken").first()
    return found or (0, [])


def _moved(client: Client, at: datetime) -> tuple[Moved, ...]:
    """Where evidence was added in the last seven days; what was corrected since counts once."""
    rows = Evidence.objects.filter(client=client, created_at__gte=at - timedelta(days=7))
    about = ("competency", "competency__name", "competency__translations")
    found = list(rows.order_by("-pk").values("pk", "corrects", "withdrawn", *about)[:MOST_ROWS])
    replaced = {row["corrects"] for row in found}
    standing = [row for row in found if row["pk"] not in replaced and not row["withdrawn"]]
    counts = Counter(row["competency"] for row in standing)
    names = {row["competency"]: _name(row) for row in standing}
    return tuple(Moved(key, names[key], rows) for key, rows in counts.most_common(MOST_MOVED))


def _name(row: dict[str, Any]) -> str:
    words = (row["competency__translations"] or {}).get(_language(), {})
    return str(words.get("name") or row["competency__name"])
