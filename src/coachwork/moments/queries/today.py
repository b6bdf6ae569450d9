"""Home: today, this week, what moved, and one next step. Few queries, and none for each row."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import translation

from coachwork.assessment.models import SelfAssessment
from coachwork.evidence.models import Aim, Chance, Evidence, GapDecision, Source
from coachwork.kit import weeks
from coachwork.moments.models import MomentPlan, moment_of
from coachwork.moments.queries import next_step
from coachwork.moments.queries.next_step import NextStep, Standing
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.plans.models import Goal, IfThen, Plan, PlanItem, blueprints
from coachwork.practice import queries as practice
from coachwork.practice.models import PracticeLog

SHOWN_ITEMS = 6
YOUNG_DAYS = 3  # until Wednesday, planning the week still pays


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
    plan = _plan(client)
    taken = plan["reserve_taken"] if plan else []
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
        reserve_left=max(plan["reserve_weeks"] - len(taken), 0) if plan else 0,
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
    return list(rows.values("pk", "title", "state", "target_on")[:20])


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
    back = PracticeLog.objects.filter(client=OuterRef("client"), undoes=OuterRef("pk"))
    rows = PracticeLog.objects.filter(
        ~Exists(back), client=client, occasion_on__gte=monday, undoes__isnull=True
    )
    found = list(rows.order_by().values_list("item", "occasion_on", "chance")[:500])
    return Logs(
        done=sum(chance in practice.TAKEN for _item, _on, chance in found),
        chances=sum(chance != Chance.NONE for _item, _on, chance in found),
        times_today=Counter(item for item, on, _chance in found if item and on == day),
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
    if_thens = {
        row["pk"]: row
        for row in active.values("pk", "if_text", "then_text", "moment_kind", "goal__title")[:10]
    }
    found = [*_moment_cues(moments, if_thens), *_other_cues(if_thens)]
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
    return list(rows.values("pk", "title", "first_step", "effort_minutes")[:SHOWN_ITEMS])


def _plan(client: Client) -> dict[str, Any] | None:
    rows = Plan.objects.filter(~Q(state=Plan.State.CLOSED), client=client)
    return rows.values("reserve_weeks", "reserve_taken").first()


def _moved(client: Client, at: datetime) -> tuple[Moved, ...]:
    """Where evidence was added in the last seven days; what was corrected since counts once."""
    newer = Evidence.objects.filter(client=OuterRef("client"), corrects=OuterRef("pk"))
    rows = Evidence.objects.filter(
        ~Exists(newer), client=client, created_at__gte=at - timedelta(days=7), withdrawn=False
    )
    counted = rows.values("competency", "competency__name", "competency__translations")
    language = _language()
    return tuple(
        Moved(
            row["competency"],
            (row["competency__translations"] or {}).get(language, {}).get("name")
            or row["competency__name"],
            row["rows"],
        )
        for row in counted.annotate(rows=Count("pk")).order_by("-rows")[:5]
    )
