"""The plan as a calendar file: whole days only, so that no time zone can move them."""

import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from coachwork.kit import weeks
from coachwork.plans.models import Goal, IfThen, PlanItem
from coachwork.plans.queries import Sheet

CONTENT_TYPE = "text/calendar; charset=utf-8"
AHEAD = 12  # weeks for which something comes back where nobody said until when
MORNING = timedelta(hours=9)
DAYS = ["MO", "TU", "WE", "TH", "FR"]
RULES: dict[str, dict[str, Any]] = {
    PlanItem.Cadence.DAILY: {"FREQ": "WEEKLY", "BYDAY": DAYS},
    PlanItem.Cadence.WEEKLY: {"FREQ": "WEEKLY"},
    PlanItem.Cadence.BIWEEKLY: {"FREQ": "WEEKLY", "INTERVAL": 2},
}


def file(sheet: Sheet, *, at: datetime) -> bytes:
    """An RFC 5545 calendar; an event keeps its name (UID), so that taking it again updates it."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Coachwork//Plan//{(get_language() or 'en').upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _("Plan of %(name)s") % {"name": sheet.client.name})
    for event in _events(sheet):
        event.add("dtstamp", at.astimezone(UTC))
        # Others may see when somebody is busy: this says nothing to them, and blocks no time.
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _events(sheet: Sheet) -> Iterator[Event]:
    for item in sheet.items:
        if item.week_on:
            yield _item(item, sheet)
    for pair in sheet.if_thens:
        event = _if_then(pair, sheet)
        if event is not None:
            yield event
    for goal in sheet.goals:
        yield _goal(goal, sheet)
    for day in sheet.reviews:
        yield _review(day, f"review-{day}-{sheet.client.pk}")


def _item(item: PlanItem, sheet: Sheet) -> Event:
    first = max(item.week_on or sheet.this_week, sheet.this_week)
    told = (
        (_("First step: %(text)s"), item.first_step),
        (_("Done when: %(text)s"), item.done_when),
        (_("To show for it: %(text)s"), item.evidence_expected),
        _served(sheet.goal_of(item)),
    )
    summary = _("%(title)s (%(minutes)s min)") % {
        "title": item.title,
        "minutes": item.effort_minutes,
    }
    event = _day(f"item-{item.pk}", first, summary, told)
    rule = RULES.get(item.cadence)
    if rule:
        last = max(item.window_end or first + timedelta(weeks=AHEAD), first)
        event.add("rrule", {**rule, "UNTIL": last})
    return event


def _if_then(pair: IfThen, sheet: Sheet) -> Event | None:
    """A reminder at the start of each week, as long as the goal runs."""
    starts = max(weeks.monday(pair.rests_until or sheet.today), sheet.this_week)
    goal = sheet.goal_of(pair)
    until = (goal and goal.target_on) or starts + timedelta(weeks=AHEAD)
    if until < starts:
        return None
    event = _day(f"if-then-{pair.pk}", starts, str(pair), (_served(goal),))
    event.add("rrule", {"FREQ": "WEEKLY", "UNTIL": until})
    return event


def _goal(goal: Goal, sheet: Sheet) -> Event:
    """The goal on the day it is meant for, with its rungs; without a day, on this one."""
    rungs = tuple(
        (f"{rung.level:+d}: %(text)s", rung.text) for rung in goal.rungs.all() if rung.text
    )
    summary = _("Goal: %(text)s") % {"text": goal.title}
    told = ((_("Why: %(text)s"), goal.why), *rungs)
    return _day(f"goal-{goal.pk}", goal.target_on or sheet.today, summary, told)


def _served(goal: Goal | None) -> tuple[str, str]:
    return _("Goal: %(text)s"), goal.title if goal else ""


def _review(day: date, name: str) -> Event:
    told = (("%(text)s", _("What works, and what should change?")),)
    event = _day(name, day, _("Look at my plan again"), told)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Look at my plan again"))
    alarm.add("trigger", MORNING)
    event.add_component(alarm)
    return event


def _day(name: str, day: date, summary: str, told: tuple[tuple[str, str], ...]) -> Event:
    event = Event()
    event.add("uid", f"{name}@coachwork")
    event.add("summary", " ".join(_plain(summary).split()))
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    lines = [pattern % {"text": text} for pattern, text in told if text]
    if lines:
        event.add("description", _plain("\n".join(line.strip() for line in lines)))
    return event


def _plain(text: str) -> str:
    """Without signs that no calendar may hold; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in text if one == "\n" or unicodedata.category(one) != "Cc")
