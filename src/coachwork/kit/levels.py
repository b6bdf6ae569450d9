"""The one level scale: its words, its half steps, and how a level is said."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

Number = int | float | Decimal
Text = str | Promise

LOWEST: Final = 1
HIGHEST: Final = 5

WORDS: Final[dict[int, Text]] = {
    1: pgettext_lazy("level", "Starting"),
    2: pgettext_lazy("level", "Developing"),
    3: pgettext_lazy("level", "Dependable"),
    4: pgettext_lazy("level", "Strong"),
    5: pgettext_lazy("level", "Role model"),
}

MEANINGS: Final[dict[int, Text]] = {
    1: gettext_lazy("Rarely seen, even when prompted"),
    2: gettext_lazy("Seen in easy or familiar situations, often with help"),
    3: gettext_lazy("Usually seen, unaided, in normal working conditions"),
    4: gettext_lazy("Nearly always, also under pressure or with difficult people"),
    5: gettext_lazy("Always, and visibly helps others do it"),
}

NOT_SEEN: Final[Text] = pgettext_lazy("level", "Not seen")
NOT_SEEN_MEANING: Final[Text] = gettext_lazy(
    "No fair chance to notice. This never counts as a low level."
)


@lru_cache(maxsize=1024)
def half_steps(value: Number) -> Decimal:
    """The nearest half step; a value exactly between two half steps goes up."""
    doubled = Decimal(str(value)) * 2
    return (doubled + Decimal("0.5")).to_integral_value(rounding=ROUND_FLOOR) / 2


def outward(low: Number, high: Number) -> tuple[Decimal, Decimal]:
    """An interval in half steps, never narrower than it is, within the scale."""
    lower = (Decimal(str(low)) * 2).to_integral_value(rounding=ROUND_FLOOR) / 2
    upper = (Decimal(str(high)) * 2).to_integral_value(rounding=ROUND_CEILING) / 2
    return max(lower, Decimal(LOWEST)), min(upper, Decimal(HIGHEST))


def shown(value: Number | None) -> str:
    """A level as people see it, in half steps and without a decimal: 3, 3½; a dash for none."""
    if value is None:
        return "\u2013"
    whole, half = divmod(half_steps(value) * 2, 2)
    if not half:
        return str(int(whole))
    return f"{int(whole)}½" if whole else "½"


def word(value: Number | None) -> str:
    """The word for a level; between two levels, both words; nothing seen is said, never zero."""
    if value is None:
        return str(NOT_SEEN)
    return _word(half_steps(value), get_language())


@lru_cache(maxsize=256)
def _word(step: Decimal, _language: str | None) -> str:
    """Pages say the same few words very often, so each language looks them up once."""
    lower = min(max(int(step), LOWEST), HIGHEST)
    if step == lower or lower == HIGHEST or step < LOWEST:
        return str(WORDS[lower])
    return _("%(lower)s to %(upper)s") % {"lower": WORDS[lower], "upper": WORDS[lower + 1]}


def said(value: Number | None) -> str:
    """The number with its word, as it stands in a sentence: “3½, Dependable to Strong”."""
    return str(NOT_SEEN) if value is None else f"{shown(value)}, {word(value)}"


def span_said(low: Number, high: Number) -> str:
    """An interval as people read it: “between 2½ and 4”, or one level where both ends meet."""
    lower, upper = outward(low, high)
    if lower == upper:
        return said(lower)
    return _("between %(low)s and %(high)s") % {"low": shown(lower), "high": shown(upper)}


def anchors(texts: Sequence[str] = ()) -> list[dict[str, object]]:
    """The five levels for a rating: number, word, and the anchor text or else the plain meaning."""
    own = dict(zip(WORDS, texts, strict=False))
    return [
        {"level": level, "word": text, "text": own.get(level) or MEANINGS[level]}
        for level, text in WORDS.items()
    ]
