"""The interval dot plot: who sees what, and how sure that is, competency by competency."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.kit import levels
from coachwork.kit.charts import signs
from coachwork.kit.charts.chart import (
    LINE_HEIGHT,
    NOTHING,
    SOFT,
    Axis,
    Chart,
    Sign,
    frame,
    label,
    label_lines,
    level_grid,
    level_words,
    steps,
)
from coachwork.kit.markup import filled, joined

TOP: Final = 44  # room for the words of the scale
LANE: Final = 20
BETWEEN: Final = 22
SPOKEN_ROWS: Final = 3  # a longer chart is told by its table


@dataclass(frozen=True)
class Mark:
    """One source's view: its level and, unless it is the person's own, the interval around it."""

    source: str
    label: str
    value: levels.Number
    low: levels.Number | None = None
    high: levels.Number | None = None
    bound: str = ""  # or_lower, or_higher: it is that value or beyond it

    @property
    def span(self) -> tuple[levels.Number, levels.Number] | None:
        """The interval; a person's own view has none."""
        if self.source == "self" or self.low is None or self.high is None:
            return None
        return levels.outward(self.low, self.high)


@dataclass(frozen=True)
class DotRow:
    """One competency with the views of its sources."""

    label: str
    marks: tuple[Mark, ...] = ()
    target: levels.Number | None = None


def interval_dots(
    rows: Sequence[DotRow], *, title: str, finding: str = "", rtl: bool | None = None
) -> Chart:
    """Views side by side on the level scale, one lane a source, the order of rows as given."""
    axis = Axis.towards(rtl)
    sentence = _sentence(rows, finding)
    drawn, height = _drawn(axis, rows)
    return Chart(
        title=title,
        svg=frame(axis, title=title, sentence=sentence, height=height, body=drawn, kind="dots"),
        sentence=sentence,
        header=_header(rows),
        rows=_table(rows),
        legend=_legend(rows),
    )


def _drawn(axis: Axis, rows: Sequence[DotRow]) -> tuple[SafeString, int]:
    parts = [level_words(axis, 14)]
    top = TOP
    for row in rows:
        lines = label_lines(row.label)
        lanes = top + LINE_HEIGHT * len(lines)
        bottom = lanes + LANE * max(len(row.marks), 1)
        parts += [label(axis, lines, top + 10), level_grid(axis, lanes, bottom)]
        if row.target is not None:
            parts.append(signs.target(axis.level(levels.half_steps(row.target)), lanes, bottom))
        parts += [_lane(axis, mark, lanes + LANE * n + 11) for n, mark in enumerate(row.marks)]
        top = bottom + BETWEEN
    return joined(parts), top - (BETWEEN - 6 if rows else 0)


def _lane(axis: Axis, mark: Mark, y: int) -> SafeString:
    bar = _interval(axis, mark, y) if mark.span else NOTHING
    return joined([bar, signs.sign(mark.source, axis.level(levels.half_steps(mark.value)), y)])


def _interval(axis: Axis, mark: Mark, y: int) -> SafeString:
    low, high = mark.span or (mark.value, mark.value)
    return filled(
        '<line class="interval interval--{}" x1="{}" x2="{}" y1="{}" y2="{}" stroke="{}" '
        'stroke-width="6" stroke-linecap="round" stroke-opacity="0.45"></line>',
        signs.known(mark.source),
        axis.level(low),
        axis.level(high),
        y,
        y,
        signs.SIGNS[signs.known(mark.source)][1] if mark.source else SOFT,
    )


def _sources(rows: Sequence[DotRow]) -> dict[str, str]:
    return {mark.source: mark.label for row in rows for mark in row.marks}


def _legend(rows: Sequence[DotRow]) -> tuple[Sign, ...]:
    found = [Sign(signs.key(source), name) for source, name in _sources(rows).items()]
    if any(mark.span for row in rows for mark in row.marks):
        found.append(Sign(signs.interval_key(), _("where the level probably lies")))
    if any(row.target is not None for row in rows):
        found.append(Sign(signs.target_key(), _("target")))
    return tuple(found)


def _header(rows: Sequence[DotRow]) -> tuple[str, ...]:
    return (_("Competency"), *_sources(rows).values(), _("Target"))


def _table(rows: Sequence[DotRow]) -> tuple[tuple[str, ...], ...]:
    sources = _sources(rows)
    return tuple(
        (
            row.label,
            *(_cell({mark.source: mark for mark in row.marks}.get(source)) for source in sources),
            levels.said(steps(row.target)) if row.target is not None else "\u2013",
        )
        for row in rows
    )


def _cell(mark: Mark | None) -> str:
    if mark is None:
        return "\u2013"
    said = bounded(levels.said(mark.value), mark.bound)
    return f"{said} ({levels.span_said(*mark.span)})" if mark.span else said


def bounded(said: str, bound: str) -> str:
    """A value that stands for itself and all beyond it, in words."""
    if bound == "or_lower":
        return _("%(level)s or lower") % {"level": said}
    if bound == "or_higher":
        return _("%(level)s or higher") % {"level": said}
    return said


def _sentence(rows: Sequence[DotRow], finding: str) -> str:
    told = [finding] if finding else []
    told += [_row_said(row) for row in rows[:SPOKEN_ROWS]]
    rest = len(rows) - SPOKEN_ROWS
    if rest > 0:
        told.append(
            ngettext(
                "The table has %(count)d more row.", "The table has %(count)d more rows.", rest
            )
            % {"count": rest}
        )
    return " ".join(told) if rows else _("There is nothing to draw yet.")


def _row_said(row: DotRow) -> str:
    views = "; ".join(f"{mark.label} {_cell(mark)}" for mark in row.marks) or _("not seen yet")
    return _("%(competency)s: %(views)s.") % {"competency": row.label, "views": views}
