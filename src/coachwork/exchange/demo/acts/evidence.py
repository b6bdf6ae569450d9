"""What others saw, what the person shows, and what they make of it."""

from decimal import Decimal

from coachwork.evidence import actions as evidence
from coachwork.exchange.demo import script
from coachwork.exchange.demo.script import Step
from coachwork.exchange.demo.stage import Stage


def hears(stage: Stage, step: Step) -> None:
    """The view of a manager or a group, as a feedback round will write it once there are rounds.

    Rounds come with the room of feedback. Until then the client's own account brings in the
    result, as one row for each group and competency.
    """
    for code, said in step.words["of"].items():
        evidence.record(
            actor=stage.actor(step),
            client=stage.client(step),
            competency=stage.competencies[code],
            source=step.words["from"],
            level=Decimal(str(said["level"])),
            text=said.get("text", ""),
            n_raters=step.words.get("people", 1),
            occasion_on=script.day(step),
            provenance=f"round:{step.words['round']}:{step.words['from']}:{code}",
            at=step.at,
        )


def adds(stage: Stage, step: Step) -> None:
    """An example of one's own work, or what somebody said."""
    row = evidence.add_own(
        actor=stage.actor(step),
        client=stage.client(step),
        competency=stage.competencies[step.words["about"]],
        source=step.words.get("source", "self"),
        level=step.words.get("level"),
        text=step.words["text"],
        context=step.words.get("context", "work"),
        occasion_on=script.day(step),
        entry=f"demo-{step.at:%Y%m%d%H%M}",
        at=step.at,
    )
    stage.keep(step, row)


def observes(stage: Stage, step: Step) -> None:
    """What a coach saw."""
    row = evidence.observe(
        actor=stage.actor(step),
        client=stage.client(step),
        competency=stage.competencies[step.words["about"]],
        level=step.words.get("level"),
        text=step.words["text"],
        occasion_on=script.day(step),
        entry=f"demo-{step.at:%Y%m%d%H%M}",
        at=step.at,
    )
    stage.keep(step, row)


def disputes(stage: Stage, step: Step) -> None:
    row = stage.kept(step, step.words["what"])
    evidence.dispute(actor=stage.actor(step), evidence=row, reason=step.words["reason"], at=step.at)


def agrees_level(stage: Stage, step: Step) -> None:
    evidence.agree_level(
        actor=stage.actor(step),
        client=stage.client(step),
        competency=stage.competencies[step.words["about"]],
        level=step.words["level"],
        reason=step.words["reason"],
        at=step.at,
    )


def decides(stage: Stage, step: Step) -> None:
    evidence.decide_gap(
        actor=stage.actor(step),
        client=stage.client(step),
        competency=stage.competencies[step.words["about"]],
        decision=step.words["decision"],
        energy=step.words.get("energy"),
        note=step.words.get("note", ""),
        at=step.at,
    )
