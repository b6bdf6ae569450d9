"""Home, and the moments of a week."""

from coachwork.moments.queries.next_step import NextStep
from coachwork.moments.queries.taps import change_links, tap_link
from coachwork.moments.queries.today import Cue, Moved, Today, today
from coachwork.moments.queries.week import (
    Offer,
    WeekView,
    moment_plan,
    moment_plans,
    week_view,
)

__all__ = [
    "Cue",
    "Moved",
    "NextStep",
    "Offer",
    "Today",
    "WeekView",
    "change_links",
    "moment_plan",
    "moment_plans",
    "tap_link",
    "today",
    "week_view",
]
