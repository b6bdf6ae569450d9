"""Days and weeks in a person's own zone; a week is named by its Monday."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

WEEK = timedelta(days=7)


def day(at: datetime, zone: str) -> date:
    """The date that this moment is on, where the person lives; UTC where the zone is unknown."""
    try:
        return at.astimezone(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError):
        return at.date()


def monday(on: date) -> date:
    """The Monday of this day's week."""
    return on - timedelta(days=on.weekday())


def weeks(first: date, number: int) -> list[date]:
    """This many Mondays, from the week of the first day on."""
    start = monday(first)
    return [start + n * WEEK for n in range(number)]
