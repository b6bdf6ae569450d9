"""Practice week by week; a week of reserve is shaded, because rest belongs to the plan."""

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
    Axis,
    Chart,
    Sign,
    frame,
    stroke,
    text,
)
from coachwork.kit.markup import filled, joined

HIGH: Final = 64
FLOOR: Final = HIGH + 16


@dataclass(frozen=True)
class Week:
    """One week: its name, how often something was practised, whether it was kept free."""

    label: str
    count: int
    reserve: bool = False


def weekly_bars(
    weeks: Sequence[Week], *, title: str, finding: str = "", rtl: bool | None = None
) -> Chart:
    """A bar a week, the newest at the end."""
    axis = Axis.towards(rtl)
    sentence = _sentence(weeks, finding)
    return Chart(
        title=title,
        svg=frame(
            axis,
            title=title,
            sentence=sentence,
            height=FLOOR + 26,
            body=_drawn(axis, weeks),
            kind="weeks",
        ),
        sentence=sentence,
        header=(_("Week"), _("Times practised"), _("Kind of week")),
        rows=tuple(
            (week.label, str(week.count), _("reserve") if week.reserve else _("plan"))
            for week in weeks
        ),
        legend=_legend(weeks),
    )


def _drawn(axis: Axis, weeks: Sequence[Week]) -> SafeString:
    most = max((week.count for week in weeks), default=0) or 1
    parts = [_week(axis, weeks, number, most) for number in range(len(weeks))]
    parts.append(
        stroke((axis.at(0), FLOOR), (axis.at(1), FLOOR), css="chart__grid", colour=LINE, width=1)
    )
    if weeks:
        parts.append(text(axis.at(0), FLOOR + 20, weeks[0].label, css="chart__word"))
    if len(weeks) > 1:
        parts.append(text(axis.at(1), FLOOR + 20, weeks[-1].label, css="chart__word", anchor="end"))
    return joined(parts)


def _week(axis: Axis, weeks: Sequence[Week], number: int, most: int) -> SafeString:
    share = 1 / len(weeks)
    week = weeks[number]
    parts = []
    if week.reserve:
        parts.append(_block(axis, number * share, share, (4, FLOOR - 4), "chart__rest", "#ecede8"))
    if week.count:
        height = max(round(HIGH * week.count / most), 4)
        place = (FLOOR - height, height)
        parts.append(_block(axis, (number + 0.2) * share, share * 0.6, place, "chart__fill", GREEN))
        parts.append(
            text(
                axis.at((number + 0.5) * share),
                FLOOR - height - 4,
                str(week.count),
                css="chart__count",
                anchor="middle",
            )
        )
    return joined(parts)


def _block(
    axis: Axis, start: float, width: float, place: tuple[int, int], css: str, colour: str
) -> SafeString:
    edge = start + width if axis.rtl else start
    return filled(
        '<rect class="{}" x="{}" y="{}" width="{:}" height="{}" rx="2" fill="{}"></rect>',
        css,
        axis.at(edge),
        place[0],
        f"{round(width * 100, 2):g}%",
        place[1],
        colour,
    )


def _legend(weeks: Sequence[Week]) -> tuple[Sign, ...]:
    if not any(week.reserve for week in weeks):
        return ()
    return (Sign(signs.rest_key(), _("a week kept in reserve")),)


def _sentence(weeks: Sequence[Week], finding: str) -> str:
    if not weeks:
        return _("There is nothing to draw yet.")
    times = sum(week.count for week in weeks)
    reserve = sum(week.reserve for week in weeks)
    told = [finding] if finding else []
    told.append(
        _("Practised %(times)s in %(weeks)s.")
        % {
            "times": ngettext("%(count)d time", "%(count)d times", times) % {"count": times},
            "weeks": ngettext("%(count)d week", "%(count)d weeks", len(weeks))
            % {"count": len(weeks)},
        }
    )
    if reserve:
        told.append(
            ngettext(
                "%(count)d of them was kept in reserve.",
                "%(count)d of them were kept in reserve.",
                reserve,
            )
            % {"count": reserve}
        )
    return " ".join(told)
