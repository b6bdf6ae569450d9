"""How long texts may be, and what a level may be: the same for every door."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.kit.errors import Invalid

TEXT_MAX: Final = 4000
REASON_MAX: Final = 300
EARLIEST: Final = date(1950, 1, 1)
TARGETS_MAX: Final = 12


def day_of(at: datetime) -> date:
    """The day on the person's own calendar."""
    return at.astimezone(timezone.get_current_timezone()).date()


def clean_text(name: str, text: str, *, limit: int, required: bool = False) -> str:
    """The text without space around it; too long, empty or with null bytes it is refused."""
    kept = text.strip()
    if required and not kept:
        raise Invalid({name: _("Please write a few words here.")})
    if "\x00" in kept:
        raise Invalid({name: _("There is a character in this text that cannot be stored.")})
    if len(kept) > limit:
        message = ngettext(
            "Please keep this to %(limit)d character.",
            "Please keep this to %(limit)d characters.",
            limit,
        )
        raise Invalid({name: message % {"limit": limit}})
    return kept


def clean_level(level: object, *, name: str = "level", half_steps: bool = False) -> Decimal:
    """A level from 1 to 5; in half steps where people choose it themselves."""
    try:
        value = Decimal(str(level))
    except ArithmeticError:
        raise Invalid({name: _("This is not a level from 1 to 5.")}) from None
    if not (value.is_finite() and 1 <= value <= 5):
        raise Invalid({name: _("This is not a level from 1 to 5.")})
    if half_steps and (value * 2) % 1:
        raise Invalid({name: _("Levels go in half steps, such as 3 or 3.5.")})
    return value.quantize(Decimal("0.1"))


def clean_occasion(occasion_on: date, *, at: datetime) -> date:
    """A day that has been; one day's grace covers people on the other side of the globe."""
    if occasion_on > day_of(at) + timedelta(days=1):
        raise Invalid({"occasion_on": _("This day is still to come.")})
    if occasion_on < EARLIEST:
        raise Invalid({"occasion_on": _("Please check the year.")})
    return occasion_on
