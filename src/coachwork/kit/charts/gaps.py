"""Gap bars: the agreed level, the target, and the way between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.kit import levels
from coachwork.kit.charts import signs
from coachwork.kit.charts.chart import (
    GREEN,
    LINE_HEIGHT,
    NOTHING,
    Axis,
    Chart,
    Sign,
    frame,
    label,
    label_lines,
    level_grid,
    level_words,
    text,
)
from coachwork.kit.markup import filled, joined

TOP: Final = 44
BAR: Final = 10
BETWEEN: Final = 26


@dataclass(frozen=True)
class GapRow:
    """One competency: the level the person agreed, if any, and the target of the role."""

    label: str
    agreed: levels.Number | None
    target: levels.Number

    @property
    def steps_to_go(self) -> int | None:
        """Half steps from the agreed level to the target; zero when it is reached."""
        if self.agreed is None:
            return None
        gap = levels.half_steps(self.target) - levels.half_steps(self.agreed)
        return max(int(gap * 2), 0)


def gap_bars(
    rows: Sequence[GapRow], *, title: str, finding: str = "", rtl: bool | None = None
) -> Chart:
    """One bar a competency; a level at or above its target is simply full, never a colour."""
    axis = Axis.towards(rtl)
    sentence = _sentence(rows, finding)
    drawn, height = _drawn(axis, rows)
    return Chart(
        title=title,
        svg=frame(axis, title=title, sentence=sentence, height=height, body=drawn, kind="gaps"),
        sentence=sentence,
        header=(_("Competency"), _("Agreed level"), _("Target"), _("Way to go")),
        rows=tuple(_table_row(row) for row in rows),
        legend=(Sign(signs.target_key(), _("target")),) if rows else (),
    )


def way_said(row: GapRow) -> str:
    """The gap in words."""
    to_go = row.steps_to_go
    if to_go is None:
        return _("not enough seen yet")
    if not to_go:
        return _("at or above the target")
    return ngettext("%(count)d half step", "%(count)d half steps", to_go) % {"count": to_go}


def _table_row(row: GapRow) -> tuple[str, ...]:
    agreed = levels.said(row.agreed) if row.agreed is not None else _("not agreed yet")
    return (row.label, agreed, levels.said(row.target), way_said(row))


def _drawn(axis: Axis, rows: Sequence[GapRow]) -> tuple[SafeString, int]:
    parts = [level_words(axis, 14)]
    top = TOP
    for row in rows:
        lines = label_lines(row.label)
        bar = top + LINE_HEIGHT * len(lines) + 2
        target = axis.level(levels.half_steps(row.target))
        parts += [
            label(axis, lines, top + 10),
            level_grid(axis, bar - 3, bar + BAR + 3),
            _bar(axis, row, bar),
            signs.target(target, bar - 4, bar + BAR + 4),
            text(axis.at(0), bar + BAR + 19, way_said(row), css="chart__note"),
        ]
        top = bar + BAR + 20 + BETWEEN
    return joined(parts), top - (BETWEEN - 6 if rows else 0)


def _bar(axis: Axis, row: GapRow, y: int) -> SafeString:
    middle = y + BAR // 2
    track = _band(axis, 0, 1, middle, "chart__track", "#ecede8")
    if row.agreed is None:
        return track
    agreed = axis.share(levels.half_steps(row.agreed))
    way = _way(axis, agreed, axis.share(levels.half_steps(row.target)), middle)
    dot = filled(
        '<circle class="chart__end" cx="{}" cy="{}" r="7" fill="{}"></circle>',
        axis.at(agreed),
        middle,
        GREEN,
    )
    return joined([track, way, _band(axis, 0, agreed, middle, "chart__bar", GREEN), dot])


def _way(axis: Axis, agreed: float, target: float, y: int) -> SafeString:
    if target <= agreed:
        return NOTHING
    return filled(
        '<line class="chart__way" x1="{}" x2="{}" y1="{y}" y2="{y}" stroke="{}" stroke-width="3" '
        'stroke-dasharray="1 6" stroke-linecap="round"></line>',
        axis.at(agreed),
        axis.at(target),
        GREEN,
        y=y,
    )


def _band(axis: Axis, start: float, end: float, y: int, css: str, colour: str) -> SafeString:
    return filled(
        '<line class="{}" x1="{}" x2="{}" y1="{y}" y2="{y}" stroke="{}" stroke-width="{}" '
        'stroke-linecap="round"></line>',
        css,
        axis.at(start),
        axis.at(end),
        colour,
        BAR,
        y=y,
    )


def _sentence(rows: Sequence[GapRow], finding: str) -> str:
    if not rows:
        return _("There is nothing to draw yet.")
    reached = sum(row.steps_to_go == 0 for row in rows)
    unknown = sum(row.steps_to_go is None for row in rows)
    told = [finding] if finding else []
    told.append(
        ngettext(
            "%(reached)d of %(count)d competency is at or above its target.",
            "%(reached)d of %(count)d competencies are at or above their target.",
            len(rows),
        )
        % {"reached": reached, "count": len(rows)}
    )
    if unknown:
        told.append(
            ngettext(
                "For %(count)d, not enough has been seen yet.",
                "For %(count)d, not enough has been seen yet.",
                unknown,
            )
            % {"count": unknown}
        )
    return " ".join(told)
