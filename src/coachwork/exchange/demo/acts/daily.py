"""Check-ins, commitments, asking for help, and the journal."""

from coachwork.accountability import actions as accountability
from coachwork.exchange.demo import script
from coachwork.exchange.demo.script import Step
from coachwork.exchange.demo.stage import Stage
from coachwork.people.models import User
from coachwork.reflection import actions as reflection


def plans_check_ins(stage: Stage, step: Step) -> None:
    """How often to look back, and who reads it."""
    accountability.choose_plan(
        actor=stage.actor(step),
        client=stage.client(step),
        cadence=step.words.get("cadence", 1),
        weekday=step.words.get("weekday", 4),
        template=step.words.get("template", "four-lines"),
        audience=step.words["audience"],
        today=script.day(step),
        at=step.at,
    )


def checks_in(stage: Stage, step: Step) -> None:
    """The lines of one week."""
    accountability.answer(
        actor=stage.actor(step),
        client=stage.client(step),
        week_on=script.day(step),
        words={name: step.words.get(name, "") for name in ("did", "learned", "stuck", "ahead")},
        energy=step.words.get("energy"),
        wants_help=step.words.get("wants_help", False),
        today=script.day(step),
        at=step.at,
    )


def commits(stage: Stage, step: Step) -> None:
    """Something to do by a day."""
    made = accountability.commit(
        actor=stage.actor(step),
        client=stage.client(step),
        text=step.words["text"],
        due_on=script.later(step, step.words.get("weeks", 1)),
        size=step.words.get("size", "normal"),
        today=script.day(step),
        at=step.at,
    )
    stage.keep(step, made)


def settles(stage: Stage, step: Step) -> None:
    """What became of it."""
    accountability.settle(
        actor=stage.actor(step),
        commitment=stage.kept(step, step.words["what"]),
        state=step.words["state"],
        reason=step.words.get("reason", ""),
        at=step.at,
    )


def asks_for_help(stage: Stage, step: Step) -> None:
    """A question to the coach."""
    coach = User.objects.get(email=f"{step.words['whom']}@demo.example")
    accountability.ask_for_help(
        actor=stage.actor(step),
        client=stage.client(step),
        kind=step.words["kind"],
        text=step.words.get("text", ""),
        to=coach,
        at=step.at,
    )


def writes_page(stage: Stage, step: Step) -> None:
    """A page of the journal."""
    words = {name: step.words[name] for name in NAMED if name in step.words}
    words["answers"] = [(one["asked"], one["said"]) for one in step.words.get("answers", ())]
    weeks = step.words.get("weeks")
    reflection.keep_entry(
        actor=stage.actor(step),
        client=stage.client(step),
        kind=step.words["kind"],
        prompt_set=step.words.get("set", ""),
        words=words,
        written_on=script.day(step),
        returns_on=script.later(step, weeks) if weeks else None,
        at=step.at,
    )


NAMED = ("lesson", "next_move", "choice", "prediction", "sure")


def keeps_insight(stage: Stage, step: Step) -> None:
    """A line worth keeping."""
    reflection.keep_insight(
        actor=stage.actor(step),
        client=stage.client(step),
        text=step.words["text"],
        today=script.day(step),
        at=step.at,
    )
