"""What may be written into a goal, and what a goal must say before it can start."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict

from django.utils.translation import gettext as _

from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit.errors import Invalid
from coachwork.plans.models import Goal, GoalVersion, Rung

LONGEST_TEXT = 4000
LONGEST_LINE = 300
LEVELS = (-2, -1, 0, 1, 2)
# The name of each outcome in a form, from the one that is written first.
RUNGS: dict[int, str] = {
    0: "expected",
    1: "better",
    2: "much_better",
    -1: "less",
    -2: "much_less",
}


class GoalWords(TypedDict, total=False):
    """What a client can write into a goal."""

    kind: str
    title: str
    why: str
    if_nothing: str
    baseline: str
    obstacle: str
    competency: Competency | None
    behaviour: Behaviour | None
    weight: int
    start_on: date | None
    target_on: date | None
    commitment: int | None
    confidence: int | None


LONGEST = {
    "title": LONGEST_LINE,
    "why": LONGEST_TEXT,
    "if_nothing": LONGEST_TEXT,
    "baseline": LONGEST_TEXT,
    "obstacle": LONGEST_TEXT,
}
SCALES = {"weight": (1, 3), "commitment": (1, 10), "confidence": (1, 10)}


def write(goal: Goal, words: GoalWords, *, today: date) -> None:
    """Put the words into the goal, or say which of them cannot be taken."""
    problems = {**_long(words), **_off_scale(words)}
    kind = words.get("kind")
    if kind is not None and kind not in Goal.Kind.values:
        problems["kind"] = _("Please choose one of the four kinds.")
    for name, value in words.items():
        setattr(goal, name, value.strip() if isinstance(value, str) else value)
    problems |= date_problems(goal, words, today=today)
    if problems:
        raise Invalid(problems)


def date_problems(goal: Goal, words: Mapping[str, object], *, today: date) -> dict[str, str]:
    """What is wrong with the dates that were just given."""
    if not {"start_on", "target_on"} & set(words):
        return {}
    if goal.start_on and goal.target_on and goal.target_on < goal.start_on:
        return {"target_on": _("This day is before the start. Please choose a later one.")}
    if words.get("target_on") and goal.target_on and goal.target_on < today:
        return {"target_on": _("This day has passed. Please choose one that is still to come.")}
    return {}


def _long(words: GoalWords) -> dict[str, str]:
    problems: dict[str, str] = {}
    for name, most in LONGEST.items():
        text = words.get(name)
        if isinstance(text, str):
            problems |= text_problem(name, text, most)
    return problems


def text_problem(name: str, text: str, most: int) -> dict[str, str]:
    """The sentence for a text that is too long or holds characters that are no text."""
    if len(text) > most:
        words = _("This is %(length)d characters long; %(most)d fit here.")
        return {name: words % {"length": len(text), "most": most}}
    if "\x00" in text:
        return {name: _("There is a character in it that is not text. Please type it again.")}
    return {}


def _off_scale(words: GoalWords) -> dict[str, str]:
    problems = {}
    for name, (lowest, highest) in SCALES.items():
        value = words.get(name)
        if value is not None and not (isinstance(value, int) and lowest <= value <= highest):
            text = _("Please choose a number from %(lowest)d to %(highest)d.")
            problems[name] = text % {"lowest": lowest, "highest": highest}
    return problems


def rung_problems(texts: Mapping[int, str]) -> dict[str, str]:
    """What is wrong with five outcomes as they stand: one that is the same as another."""
    problems: dict[str, str] = {}
    seen: dict[str, int] = {}
    for level in RUNGS:
        text = " ".join(texts.get(level, "").split()).casefold()
        if text and text in seen:
            problems[RUNGS[level]] = _(
                "This is the same as another outcome. What would be different here?"
            )
        seen.setdefault(text, level)
    return problems


def missing(goal: Goal, rungs: Sequence[Rung], *, today: date) -> dict[str, str]:
    """The fields that still need words before the goal can start, in the order they are asked."""
    problems: dict[str, str] = {}
    if not goal.title:
        problems["title"] = _("Write down what you want to do.")
    if not goal.baseline:
        problems["baseline"] = _("Write down where you are today. One sentence is enough.")
    if goal.target_on is None:
        problems["target_on"] = _("Choose the day by which you want to be there.")
    elif goal.target_on < today:
        problems["target_on"] = _("This day has passed. Please choose one that is still to come.")
    texts = {rung.level: rung.text for rung in rungs}
    for level, name in RUNGS.items():
        if not texts.get(level):
            problems[name] = _("Write a few words for this outcome.")
    return problems | rung_problems(texts)


def frozen(goal: Goal, rungs: Sequence[Rung]) -> dict[str, object]:
    """How the goal and its outcomes read now, to be kept for ever."""
    dates = {name: getattr(goal, name) for name in ("start_on", "target_on")}
    return {
        "title": goal.title,
        "kind": goal.kind,
        "why": goal.why,
        "if_nothing": goal.if_nothing,
        "baseline": goal.baseline,
        "obstacle": goal.obstacle,
        "weight": goal.weight,
        **{name: value.isoformat() if value else None for name, value in dates.items()},
        "competency": str(goal.competency_id) if goal.competency_id else None,
        "rungs": [
            {
                "level": rung.level,
                "text": rung.text,
                "reached_on": rung.reached_on.isoformat() if rung.reached_on else None,
            }
            for rung in sorted(rungs, key=lambda rung: rung.level)
        ],
    }


def last_wording(goal: Goal) -> dict[str, object] | None:
    """The newest version that was kept, if any."""
    version = GoalVersion.objects.filter(client=goal.client_id, goal=goal).last()
    return version.wording if version else None
