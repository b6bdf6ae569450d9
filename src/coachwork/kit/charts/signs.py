"""The signs of the sources: each has its own shape, so that colour is never the only difference."""

from functools import cache
from typing import Final

from django.utils.safestring import SafeString

from coachwork.kit.markup import filled

# source: (path around 0,0, colour in the light theme, hollow)
SIGNS: Final[dict[str, tuple[str, str, bool]]] = {
    "self": ("M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z", "#1d2421", True),
    "manager": ("M-6 -6h12v12h-12z", "#7d5a12", False),
    "peer": ("M-6.5 0a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0z", "#1b5547", False),
    "report": ("M0 -8 8 0 0 8 -8 0z", "#21507a", False),
    "other": ("M0 -7.5 7.5 6 -7.5 6z", "#6b3157", False),
    "coach": ("M0 -7.5 7 -2.3 4.4 6.2 -4.4 6.2 -7 -2.3z", "#7d5a12", False),
    "mentor": ("M0 7.5 -7.5 -6 7.5 -6z", "#21507a", False),
    "exercise": ("M-2.5 -7h5v4.5h4.5v5h-4.5v4.5h-5v-4.5h-4.5v-5h4.5z", "#6b3157", False),
    "project": ("M-8 -4h16v8h-16z", "#1b5547", False),
    "work_sample": ("M-4 -8h8v16h-8z", "#1d2421", False),
    "check": ("M-7 -5h14v10h-14z", "#21507a", False),
    "pulse": ("M-7 0 0 -3 7 0 0 3z", "#6b3157", False),
}


def known(source: str) -> str:
    """The source itself where it has a sign, otherwise “other”."""
    return source if source in SIGNS else "other"


def sign(source: str, x: str, y: int) -> SafeString:
    """The sign of a source at a place in a drawing."""
    path, colour, hollow = SIGNS[known(source)]
    return filled(
        '<svg x="{}" y="{}" overflow="visible"><path class="mark mark--{}{}" d="{}" '
        'fill="{}" stroke="{}" stroke-width="{}"></path></svg>',
        x,
        y,
        known(source),
        " mark--hollow" if hollow else "",
        path,
        "#ffffff" if hollow else colour,
        colour if hollow else "#ffffff",
        "2.5" if hollow else "1.5",
    )


@cache
def key(source: str) -> SafeString:
    """The sign alone, for a legend."""
    return _in_legend(sign(source, "11", 11))


def target_key() -> SafeString:
    """The tick that marks a target, for a legend."""
    return _in_legend(target("11", 3, 19))


def interval_key() -> SafeString:
    """The bar that marks an interval, for a legend."""
    return _in_legend(
        SafeString(
            '<line class="interval" x1="1" x2="21" y1="11" y2="11" stroke="#4d5753" '
            'stroke-width="6" stroke-linecap="round" stroke-opacity="0.45"></line>'
        )
    )


def rest_key() -> SafeString:
    """The shade of a week in reserve, for a legend."""
    return _in_legend(
        SafeString(
            '<rect class="chart__rest" x="3" y="3" width="16" height="16" rx="2" '
            'fill="#ecede8"></rect>'
        )
    )


def target(x: str, top: int, bottom: int) -> SafeString:
    """A target: a broken line with a small flag on top."""
    return filled(
        '<line class="target" x1="{x}" x2="{x}" y1="{top}" y2="{bottom}" stroke="#4d5753" '
        'stroke-width="2" stroke-dasharray="3 2"></line><svg x="{x}" y="{top}" overflow="visible">'
        '<path class="target__flag" d="M-4.5 -3h9L0 4z" fill="#4d5753"></path></svg>',
        x=x,
        top=top,
        bottom=bottom,
    )


def _in_legend(drawn: SafeString) -> SafeString:
    return filled(
        '<svg class="chart__key" width="22" height="22" aria-hidden="true" focusable="false">'
        "{}</svg>",
        drawn,
    )
