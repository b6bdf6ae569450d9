"""Things to do over the weeks to come: a dot for each week in which one lies. No bars, no past."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.kit.charts import signs
from coachwork.kit.charts.chart import (
    GREEN,
    LINE,
    LINE_HEIGHT,
    Axis,
    Chart,
    Sign,
    frame,
    label,
    label_lines,
    stroke,
    text,
)
from coachwork.kit.markup import filled, joined

TOP: Final = 30  # room for the names of the first and the last week
LANE: Final = 18
BETWEEN: Final = 14
DOT: Final = 5


@dataclass(frozen=True)
class Column:
    """One week: its name, and whether it is kept free."""

    label: str
    free: bool = False


@dataclass(frozen=True)
class Lane:
    """One thing: its name, the numbers of the weeks in which it lies, and how often in words."""

    label: str
    weeks: tuple[int, ...]
    often: str


def timeline(
    lanes: Sequence[Lane], columns: Sequence[Column], *, title: str, rtl: bool | None = None
) -> Chart:
    """A lane a thing, a column a week, the week of today at the start."""
    axis = Axis.towards(rtl)
    sentence = _sentence(lanes, columns)
    drawn, height = _drawn(axis, lanes, columns)
    return Chart(
        title=title,
        svg=frame(axis, title=title, sentence=sentence, height=height, body=drawn, kind="timeline"),
        sentence=sentence,
        header=(_("What"), _("First week"), _("Last week"), _("How often")),
        rows=tuple(
            (one.label, columns[one.weeks[0]].label, columns[one.weeks[-1]].label, one.often)
            for one in lanes
        ),
        legend=_legend(columns),
    )


def _drawn(axis: Axis, lanes: Sequence[Lane], columns: Sequence[Column]) -> tuple[SafeString, int]:
    if not lanes:
        return joined([]), TOP
    share = 1 / len(columns)
    top, parts = TOP, []
    for lane in lanes:
        lines = label_lines(lane.label)
        middle = top + LINE_HEIGHT * len(lines) + LANE // 2 - 4
        parts += [
            label(axis, lines, top + 12),
            stroke((axis.at(0), middle), (axis.at(1), middle), css="chart__grid", colour=LINE),
            *(_dot(axis.at((week + 0.5) * share), middle) for week in lane.weeks),
        ]
        top = middle + LANE // 2 + BETWEEN
    free = [_free(axis, n * share, share, top) for n, one in enumerate(columns) if one.free]
    ends = [
        text(axis.at(0), 14, columns[0].label, css="chart__word"),
        text(axis.at(1), 14, columns[-1].label, css="chart__word", anchor="end"),
    ]
    return joined([*free, *ends, *parts]), top


def _dot(x: str, y: int) -> SafeString:
    return filled(
        '<circle class="chart__fill" cx="{}" cy="{}" r="{}" fill="{}"></circle>', x, y, DOT, GREEN
    )


def _free(axis: Axis, start: float, width: float, height: int) -> SafeString:
    return filled(
        '<rect class="chart__rest" x="{}" y="{}" width="{}" height="{}" rx="2" fill="{}"></rect>',
        axis.at(start + width if axis.rtl else start),
        TOP - 8,
        f"{round(width * 100, 2):g}%",
        height - TOP,
        "#ecede8",
    )


def _legend(columns: Sequence[Column]) -> tuple[Sign, ...]:
    if not any(one.free for one in columns):
        return ()
    return (Sign(signs.rest_key(), _("a week kept free")),)


def _sentence(lanes: Sequence[Lane], columns: Sequence[Column]) -> str:
    if not lanes:
        return _("There is nothing to draw yet.")
    now = sum(0 in one.weeks for one in lanes)
    text = ngettext(
        "%(count)d thing in the weeks from %(first)s to %(last)s; this week: %(now)d.",
        "%(count)d things in the weeks from %(first)s to %(last)s; this week: %(now)d.",
        len(lanes),
    )
    said = {"first": columns[0].label, "last": columns[-1].label, "now": now}
    return text % {"count": len(lanes), **said}
