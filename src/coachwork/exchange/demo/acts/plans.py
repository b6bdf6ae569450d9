"""Goals, if-thens, the plan, and practice in real life."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from coachwork.exchange.demo import script
from coachwork.exchange.demo.script import Step
from coachwork.exchange.demo.stage import Stage
from coachwork.kit import weeks
from coachwork.moments import actions as moments
from coachwork.moments.actions import Choice
from coachwork.plans import actions as plans
from coachwork.plans.models import Plan
from coachwork.practice import actions as practice

GOAL_WORDS = (
    "kind", "title", "why", "if_nothing", "baseline", "obstacle", "weight", "commitment",
    "confidence",
)  # fmt: skip
ITEM_WORDS = (
    "kind", "title", "first_step", "effort_minutes", "cadence", "done_when", "evidence_expected",
    "reason",
)  # fmt: skip


def drafts_goal(stage: Stage, step: Step) -> None:
    """Write a goal and, where the story has them, its five outcomes."""
    said = step.words
    words: dict[str, Any] = {name: said[name] for name in GOAL_WORDS if name in said}
    if "about" in said:
        words["competency"] = stage.competencies[said["about"]]
    if "behaviour" in said:
        words["behaviour"] = stage.behaviours[said["behaviour"]]
    if "weeks" in said:
        words["target_on"] = script.later(step, said["weeks"])
    actor = stage.actor(step)
    goal = plans.draft_goal(actor=actor, client=stage.client(step), at=step.at, **words)
    if "outcomes" in said:
        texts = {int(level): text for level, text in said["outcomes"].items()}
        plans.write_outcomes(actor=actor, goal=goal, texts=texts, at=step.at)
    stage.keep(step, goal)


def agrees_goal(stage: Stage, step: Step) -> None:
    """The client ticks the goal, or the coach does."""
    goal = stage.kept(step, step.words["goal"])
    plans.agree_goal(actor=stage.actor(step), goal=goal, at=step.at)


def starts_goal(stage: Stage, step: Step) -> None:
    goal = stage.kept(step, step.words["goal"])
    plans.activate_goal(actor=stage.actor(step), goal=goal, at=step.at)


def rewords_goal(stage: Stage, step: Step) -> None:
    words: dict[str, Any] = {name: step.words[name] for name in GOAL_WORDS if name in step.words}
    if "weeks" in step.words:
        words["target_on"] = script.later(step, step.words["weeks"])
    goal, reason = stage.kept(step, step.words["goal"]), step.words["reason"]
    plans.reword_goal(actor=stage.actor(step), goal=goal, reason=reason, at=step.at, **words)


def reaches(stage: Stage, step: Step) -> None:
    goal = stage.kept(step, step.words["goal"])
    plans.reach_rung(actor=stage.actor(step), goal=goal, level=step.words["level"], at=step.at)


def pauses_goal(stage: Stage, step: Step) -> None:
    goal, reason = stage.kept(step, step.words["goal"]), step.words["reason"]
    plans.pause_goal(actor=stage.actor(step), goal=goal, reason=reason, at=step.at)


def closes_goal(stage: Stage, step: Step) -> None:
    plans.close_goal(
        actor=stage.actor(step),
        goal=stage.kept(step, step.words["goal"]),
        outcome=step.words["outcome"],
        reason=step.words.get("reason", ""),
        at=step.at,
    )


def writes_if_then(stage: Stage, step: Step) -> None:
    row = plans.write_if_then(
        actor=stage.actor(step),
        goal=stage.kept(step, step.words["goal"]),
        cue_type=step.words.get("cue", "event"),
        if_text=step.words["if"],
        then_text=step.words["then"],
        moment_kind=step.words.get("moment", ""),
        obstacle=step.words.get("obstacle", ""),
        at=step.at,
    )
    stage.keep(step, row)


def rehearses(stage: Stage, step: Step) -> None:
    row = stage.kept(step, step.words["what"])
    plans.rehearse(actor=stage.actor(step), if_then=row, at=step.at)


def ends_if_then(stage: Stage, step: Step) -> None:
    row = stage.kept(step, step.words["what"])
    plans.end_if_then(actor=stage.actor(step), if_then=row, at=step.at)


def _plan(stage: Stage, step: Step) -> Plan:
    return Plan.objects.exclude(state=Plan.State.CLOSED).get(client=stage.client(step))


def sets_time(stage: Stage, step: Step) -> None:
    """Say how much time there is, and when to look at the plan again."""
    plans.shape_plan(
        actor=stage.actor(step),
        plan=_plan(stage, step),
        capacity_hours_per_week=Decimal(str(step.words["hours"])),
        reserve_weeks=step.words.get("reserve", 2),
        review_dates=[script.later(step, number) for number in step.words.get("reviews", ())],
        at=step.at,
    )


def takes_reserve(stage: Stage, step: Step) -> None:
    plan = _plan(stage, step)
    plans.take_reserve(actor=stage.actor(step), plan=plan, week_on=script.day(step), at=step.at)


def asks_for_schedule(stage: Stage, step: Step) -> None:
    """Ask for a schedule, which then waits for an answer."""
    plans.propose_schedule(actor=stage.actor(step), client=stage.client(step), at=step.at)


def reviews_plan(stage: Stage, step: Step) -> None:
    """Look at the plan again, and go on with what was learnt."""
    actor, plan = stage.actor(step), _plan(stage, step)
    plans.review_plan(actor=actor, plan=plan, at=step.at)
    done_at = step.at + timedelta(minutes=12)
    plans.finish_review(actor=actor, plan=plan, reason=step.words["reason"], at=done_at)


def _item_words(stage: Stage, step: Step) -> dict[str, Any]:
    words: dict[str, Any] = {name: step.words[name] for name in ITEM_WORDS if name in step.words}
    if "goal" in step.words:
        words["goal"] = stage.kept(step, step.words["goal"])
    if "if_then" in step.words:
        words["if_then"] = stage.kept(step, step.words["if_then"])
    if "about" in step.words:
        words["competency"] = stage.competencies[step.words["about"]]
    if "week" in step.words:
        words["week_on"] = weeks.monday(script.later(step, step.words["week"]))
    return words


def adds_item(stage: Stage, step: Step) -> None:
    words = _item_words(stage, step)
    row = plans.add_item(actor=stage.actor(step), client=stage.client(step), at=step.at, **words)
    stage.keep(step, row)


def suggests_item(stage: Stage, step: Step) -> None:
    words = _item_words(stage, step)
    row = plans.suggest_item(
        actor=stage.actor(step), client=stage.client(step), at=step.at, **words
    )
    stage.keep(step, row)


def accepts_item(stage: Stage, step: Step) -> None:
    item = stage.kept(step, step.words["item"])
    plans.accept_item(actor=stage.actor(step), item=item, at=step.at)


def finishes_item(stage: Stage, step: Step) -> None:
    item = stage.kept(step, step.words["item"])
    plans.finish_item(actor=stage.actor(step), item=item, at=step.at)


def lets_go_item(stage: Stage, step: Step) -> None:
    item, reason = stage.kept(step, step.words["item"]), step.words.get("reason", "")
    plans.let_go_item(actor=stage.actor(step), item=item, reason=reason, at=step.at)


def plans_week(stage: Stage, step: Step) -> None:
    """Choose moments of a week that come anyway, each with an if-then to try in it."""
    pairs = {code: stage.kept(step, key) for code, key in step.words["moments"].items()}
    moments.plan_week(
        actor=stage.actor(step),
        client=stage.client(step),
        week_on=script.later(step, step.words["week"]),
        choices=[
            Choice(code, pair.goal.competency, pair.goal.behaviour, pair)
            for code, pair in pairs.items()
        ],
        at=step.at,
    )


def logs(stage: Stage, step: Step) -> None:
    """What came of one chance: for an if-then or item of the story, or just for a competency."""
    of = step.words["of"]
    told: dict[str, Any] = {
        "actor": stage.actor(step),
        "chance": step.words["chance"],
        "occasion_on": script.day(step),
        "context": step.words.get("context", "work"),
        "line": step.words.get("line", ""),
        "moment": f"{step.at:%Y-%m-%dT%H:%M}",
        "at": step.at,
    }
    if of in stage.competencies:
        practice.log(client=stage.client(step), competency=stage.competencies[of], **told)
    else:
        plans.log_chance(thing=stage.kept(step, of), **told)
