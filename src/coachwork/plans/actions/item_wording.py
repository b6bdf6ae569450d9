"""What may be written into a plan item."""

from datetime import date, timedelta
from typing import TypedDict

from django.utils.translation import gettext as _

from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit import weeks
from coachwork.kit.errors import Invalid
from coachwork.plans.actions.wording import text_problem
from coachwork.plans.models import Goal, IfThen, PlanItem

LONGEST = {
    "title": 200,
    "first_step": 200,
    "done_when": 200,
    "evidence_expected": 200,
    "reason": 300,
    "blueprint": 40,
}
MOST_MINUTES = 6000
FARTHEST = timedelta(weeks=104)


class ItemWords(TypedDict, total=False):
    """What can be written into a plan item."""

    kind: str
    title: str
    first_step: str
    effort_minutes: int
    cadence: str
    week_on: date | None
    window_end: date | None
    done_when: str
    evidence_expected: str
    goal: Goal | None
    competency: Competency | None
    behaviour: Behaviour | None
    if_then: IfThen | None
    blueprint: str
    reason: str


def write(item: PlanItem, words: ItemWords, *, today: date) -> None:
    """Put the words into the item, or say which of them cannot be taken."""
    problems: dict[str, str] = {}
    for name, value in words.items():
        text = value.strip() if isinstance(value, str) else value
        setattr(item, name, text)
        if isinstance(text, str) and name in LONGEST:
            problems |= text_problem(name, text, LONGEST[name])
    if item.week_on:
        item.week_on = weeks.monday(item.week_on)
    problems |= _gaps(item) | _bad_dates(item, words, today)
    if problems:
        raise Invalid(problems)


def _gaps(item: PlanItem) -> dict[str, str]:
    problems = {}
    if not item.title:
        problems["title"] = _("Write down what you will do.")
    if item.kind not in PlanItem.Kind.values:
        problems["kind"] = _("Please choose one of the kinds.")
    if item.cadence not in PlanItem.Cadence.values:
        problems["cadence"] = _("Please choose how often.")
    if not 1 <= item.effort_minutes <= MOST_MINUTES:
        problems["effort_minutes"] = _("Choose between 1 minute and 100 hours.")
    return problems


def _bad_dates(item: PlanItem, words: ItemWords, today: date) -> dict[str, str]:
    if item.week_on and item.window_end and item.window_end < item.week_on:
        return {"window_end": _("This day is before the start. Please choose a later one.")}
    if words.get("week_on") and item.week_on:
        if item.week_on < weeks.monday(today):
            return {"week_on": _("This week has passed. Please choose one still to come.")}
        if item.week_on > today + FARTHEST:
            return {"week_on": _("This is more than two years away. Please choose a nearer week.")}
    return {}
