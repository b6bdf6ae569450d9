"""A fan: where a level may be on days to come, wider the less is known, and the step aimed at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from coachwork.kit import levels
from coachwork.kit.charts.chart import (
    GREEN,
    LINE,
    Axis,
    Chart,
    Sign,
    frame,
    stroke,
    text,
)
from coachwork.kit.markup import filled, joined

HIGH: Final = 200
TOP: Final = 12
ROWS: Final = 6  # of the table, the last day included
START: Final = 0.08  # of the width: the numbers of the levels stand before it


@dataclass(frozen=True)
class Spread:
    """A day by name, with the levels that 10, 25, 50, 75 and 90 in a hundred courses stay under."""

    label: str
    levels: tuple[float, float, float, float, float]


def fan(
    days: Sequence[Spread],
    *,
    title: str,
    step: float,
    finding: str = "",
    rtl: bool | None = None,
) -> Chart:
    """The days in order, the first is today; `step` is the level aimed at."""
    axis = Axis.towards(rtl)
    sentence = _sentence(days, finding)
    return Chart(
        title=title,
        svg=frame(
            axis,
            title=title,
            sentence=sentence,
            height=TOP + HIGH + 28,
            body=_drawn(axis, days, step),
            kind="fan",
        ),
        sentence=sentence,
        header=(_("Day"), _("In the middle"), _("Half of the time"), _("Eight times in ten")),
        rows=tuple(_row(one) for one in _some(days)),
        legend=_legend() if days else (),
    )


def _some(days: Sequence[Spread]) -> list[Spread]:
    """A few days for the table, the first and the last among them."""
    if len(days) <= ROWS:
        return list(days)
    places = [round(n * (len(days) - 1) / (ROWS - 1)) for n in range(ROWS)]
    return [days[place] for place in places]


def _row(one: Spread) -> tuple[str, ...]:
    lowest, low, middle, high, highest = one.levels
    return (
        one.label,
        levels.shown(middle),
        levels.span_said(low, high),
        levels.span_said(lowest, highest),
    )


def _y(level: float) -> float:
    span = levels.HIGHEST - levels.LOWEST
    return round(TOP + HIGH * (1 - (level - levels.LOWEST) / span), 2)


def _x(axis: Axis, number: int, days: Sequence[Spread]) -> float:
    share = START + (1 - START) * number / max(len(days) - 1, 1)
    return round(100 * (1 - share if axis.rtl else share), 2)


def _drawn(axis: Axis, days: Sequence[Spread], step: float) -> SafeString:
    parts = []
    for level in levels.WORDS:
        line = round(_y(level))
        ends = (axis.at(START), line), (axis.at(1), line)
        parts.append(stroke(*ends, css="chart__grid", colour=LINE))
        parts.append(text(axis.at(0), line + 5, str(level), css="chart__word"))
    if days:
        bands = (_band(axis, days, 0, 4, "0.18"), _band(axis, days, 1, 3, "0.35"))
        parts.append(
            filled(
                '<svg x="0" y="0" width="100%" height="{h}" viewBox="0 0 100 {h}" '
                'preserveAspectRatio="none">{body}</svg>',
                h=TOP + HIGH,
                body=joined((*bands, _middle(axis, days))),
            )
        )
        parts.append(text(axis.at(START), TOP + HIGH + 22, days[0].label, css="chart__word"))
        last = text(axis.at(1), TOP + HIGH + 22, days[-1].label, css="chart__word", anchor="end")
        parts.append(last)
    line = round(_y(step))
    parts.append(
        filled(
            '<line class="chart__way" x1="{}" x2="{}" y1="{y}" y2="{y}" stroke="{}" '
            'stroke-width="2" stroke-dasharray="2 5" stroke-linecap="round"></line>',
            axis.at(START),
            axis.at(1),
            GREEN,
            y=line,
        )
    )
    return joined(parts)


def _band(axis: Axis, days: Sequence[Spread], low: int, high: int, opacity: str) -> SafeString:
    over = [f"{_x(axis, n, days):g},{_y(one.levels[high]):g}" for n, one in enumerate(days)]
    under = [f"{_x(axis, n, days):g},{_y(one.levels[low]):g}" for n, one in enumerate(days)]
    return filled(
        '<polygon class="chart__fill" points="{}" fill="{}" fill-opacity="{}"></polygon>',
        " ".join((*over, *reversed(under))),
        GREEN,
        opacity,
    )


def _middle(axis: Axis, days: Sequence[Spread]) -> SafeString:
    points = " ".join(f"{_x(axis, n, days):g},{_y(one.levels[2]):g}" for n, one in enumerate(days))
    return filled(
        '<polyline class="chart__bar" points="{}" fill="none" stroke="{}" stroke-width="2" '
        'vector-effect="non-scaling-stroke"></polyline>',
        points,
        GREEN,
    )


def _legend() -> tuple[Sign, ...]:
    block = (
        '<svg class="chart__key" width="22" height="14" aria-hidden="true"><rect '
        'class="chart__fill" width="22" height="14" rx="2" fill="{}" fill-opacity="{}">'
        "</rect></svg>"
    )
    dots = (
        '<svg class="chart__key" width="22" height="14" aria-hidden="true"><line '
        'class="chart__way" x1="1" x2="21" y1="7" y2="7" stroke="{}" stroke-width="2" '
        'stroke-dasharray="2 5" stroke-linecap="round"></line></svg>'
    )
    return (
        Sign(filled(block, GREEN, "0.5"), _("half of the time")),
        Sign(filled(block, GREEN, "0.18"), _("eight times in ten")),
        Sign(filled(dots, GREEN), _("the next step")),
    )


def _sentence(days: Sequence[Spread], finding: str) -> str:
    if not days:
        return _("There is nothing to draw yet.")
    lowest, *_between, highest = days[-1].levels
    told = [finding] if finding else []
    told.append(
        _("Eight times in ten, the level on %(day)s is %(range)s.")
        % {"day": days[-1].label, "range": levels.span_said(lowest, highest)}
    )
    return " ".join(told)
