"""Choosing what to look at, and answering for oneself."""

from datetime import timedelta
from decimal import Decimal

from coachwork.assessment import actions as assessment
from coachwork.assessment.actions import Answer
from coachwork.evidence import actions as evidence
from coachwork.evidence.actions.aims import Target
from coachwork.exchange.demo.script import Step
from coachwork.exchange.demo.stage import Stage


def aims(stage: Stage, step: Step) -> None:
    """Choose a role, or the same role with targets of one's own: code, level, importance."""
    own = [
        Target(stage.competencies[code], Decimal(str(level)), importance)
        for code, level, importance in step.words.get("targets", ())
    ]
    role = step.words.get("role")
    evidence.set_aim(
        actor=stage.actor(step),
        client=stage.client(step),
        kind=step.words["kind"],
        title=step.words["title"],
        role=stage.roles[role] if role else None,
        targets=own or None,
        at=step.at,
    )


def assesses(stage: Stage, step: Step) -> None:
    """Answer screen by screen; handed in unless the story leaves it as a draft."""
    actor = stage.actor(step)
    row = assessment.start_self_assessment(
        actor=actor,
        client=stage.client(step),
        depth=step.words.get("depth", "quick"),
        purpose=step.words.get("purpose", ""),
        at=step.at,
    )
    ratings = {one.competency.code: one for one in row.ratings.select_related("competency")}
    for number, (code, said) in enumerate(step.words["answers"].items()):
        whole, level = ratings[code], said.get("level")
        assessment.answer(
            actor=actor,
            assessment=row,
            whole=whole,
            answers=[Answer(whole, level, not_seen=level is None)],
            confidence=said.get("sure", ""),
            example=said.get("example", ""),
            example_on=(
                step.at.date() - timedelta(days=said.get("days_ago", 3 + number))
                if "example" in said
                else None
            ),
            at=step.at + timedelta(seconds=35 * number),
        )
    if step.words.get("hand_in", True):
        done_at = step.at + timedelta(seconds=35 * len(step.words["answers"]))
        assessment.submit(actor=actor, assessment=row, at=done_at)
