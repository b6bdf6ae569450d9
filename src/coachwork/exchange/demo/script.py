"""The stories as steps in time: who does what, and when."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from coachwork.exchange.demo import cast, company
from coachwork.exchange.demo.cast import Character, told
from coachwork.kit import weeks
from coachwork.kit.content import reading
from coachwork.kit.content.reading import SHIPPED, Unreadable

LOCALE = "en"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WHEN = re.compile(r"(-?\d{1,2}) (mon|tue|wed|thu|fri|sat|sun) (\d\d):(\d\d)")
FIRST_WEEK = -40


@dataclass(frozen=True)
class Step:
    """One thing that one person does at one time."""

    at: datetime
    who: Character
    act: str
    words: Mapping[str, Any]


def steps(*, until: datetime) -> list[Step]:
    """Every step up to that moment, in the order in which it happens."""
    found = [step for step in _all(until) if step.at <= until]
    return sorted(found, key=lambda step: step.at)  # in the same minute: as the files say it


def opening(at: datetime) -> datetime:
    """The moment before the first step."""
    return moment(f"{FIRST_WEEK} mon 00:00", UTC, at)


def _all(at: datetime) -> Iterator[Step]:
    people = {one.key: one for one in cast.characters()}
    yield from _of_file("cast.yaml", people, at)
    for path in reading.paths(SHIPPED):
        if path.startswith("demo/stories/"):
            yield from _of_file(path.removeprefix("demo/"), people, at)
    for who, lines in company.stories():
        yield from _read(lines, who, people, at)


def _of_file(path: str, people: Mapping[str, Character], at: datetime) -> Iterator[Step]:
    body = told(path)
    try:
        yield from _read(body["steps"], people[body["person"]], people, at)
    except (KeyError, ValueError) as error:
        raise Unreadable(f"demo/{path}: {error}") from error


def _read(
    lines: list[dict[str, Any]],
    who: Character,
    people: Mapping[str, Character],
    at: datetime,
) -> Iterator[Step]:
    for line in lines:
        [act] = set(line) - {"when", "by", "who"}
        whose = people[line["who"]] if "who" in line else who
        actor = people[line["by"]] if "by" in line else whose
        when = moment(line["when"], zone(actor.zone), at)
        yield Step(when, whose, act, {"by": actor.key, **line[act]})


def moment(text: str, where: tzinfo, at: datetime) -> datetime:
    """“-12 tue 08:50” as a moment: weeks from the one that `at` is in, day, and time of the day."""
    found = WHEN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a week, a day and a time")
    week, day, hour, minute = found.groups()
    monday = weeks.monday(at.astimezone(UTC).date())
    on = monday + timedelta(weeks=int(week), days=DAYS.index(day))
    return datetime.combine(on, time(int(hour), int(minute)), where).astimezone(UTC)


def zone(name: str) -> tzinfo:
    """The time zone of this name; UTC on a machine that does not know it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def day(step: Step) -> date:
    """The day of a step on the person's own calendar."""
    return step.at.astimezone(zone(step.who.zone)).date()


def later(step: Step, weeks_on: int) -> date:
    """The day so many weeks after a step."""
    return day(step) + timedelta(weeks=weeks_on)
