"""HTML from a pattern and values, for the strokes that a drawing has by the hundred."""

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString


def filled(pattern: str, /, *values: object, **named: object) -> SafeString:
    """The pattern with the values in it, escaped; as Django's `format_html`, and much faster."""
    return SafeString(
        pattern.format(*map(_safe, values), **{name: _safe(named[name]) for name in named})
    )


def joined(parts: Iterable[SafeString]) -> SafeString:
    """Pieces of markup one after another."""
    return SafeString("".join(parts))


def _safe(value: object) -> object:
    if isinstance(value, SafeString | int | float):
        return value
    return escape(str(value))
