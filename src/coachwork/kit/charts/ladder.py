"""The outcome ladder of a goal: five rungs from where it started to far better than expected."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coachwork.kit.charts.chart import GREEN, LINE, SOFT, Axis, Chart, frame, stroke
from coachwork.kit.markup import filled, joined

RUNGS: Final[dict[int, str | Promise]] = {
    2: gettext_lazy("Far better than expected"),
    1: gettext_lazy("Better than expected"),
    0: gettext_lazy("As expected"),
    -1: gettext_lazy("On the way"),
    -2: gettext_lazy("Where it started"),
}
GAP: Final = 30
TOP: Final = 16


@dataclass(frozen=True)
class Rung:
    """One rung: its step from -2 to +2, the outcome in the person's words, whether it is now."""

    step: int
    outcome: str
    current: bool = False


def ladder(rungs: Sequence[Rung], *, title: str, rtl: bool | None = None) -> Chart:
    """The ladder with the highest rung on top and the present one filled."""
    axis = Axis.towards(rtl)
    ordered = sorted(rungs, key=lambda rung: -rung.step)
    sentence = _sentence(ordered)
    return Chart(
        title=title,
        svg=frame(
            axis,
            title=title,
            sentence=sentence,
            height=TOP * 2 + GAP * max(len(ordered) - 1, 0),
            body=_drawn(axis, ordered),
            kind="ladder",
        ),
        sentence=sentence,
        header=(_("Rung"), _("Outcome"), _("Now")),
        rows=tuple(
            (str(RUNGS[rung.step]), rung.outcome, _("now here") if rung.current else "")
            for rung in ordered
        ),
    )


def _drawn(axis: Axis, rungs: Sequence[Rung]) -> SafeString:
    foot = TOP * 2 + GAP * max(len(rungs) - 1, 0)
    rails = [
        stroke((axis.at(side), 0), (axis.at(side), foot), css="ladder__rail", colour=SOFT, width=2)
        for side in (0.2, 0.8)
    ]
    return joined([*rails, *(_rung(axis, rung, TOP + GAP * n) for n, rung in enumerate(rungs))])


def _rung(axis: Axis, rung: Rung, y: int) -> SafeString:
    drawn = stroke(
        (axis.at(0.2), y),
        (axis.at(0.8), y),
        css="ladder__rung ladder__rung--now" if rung.current else "ladder__rung",
        colour=GREEN if rung.current else LINE,
        width=6 if rung.current else 3,
    )
    if not rung.current:
        return drawn
    here = filled(
        '<circle class="ladder__here" cx="50%" cy="{}" r="9" fill="{}" stroke="#ffffff" '
        'stroke-width="3"></circle>',
        y,
        GREEN,
    )
    return joined([drawn, here])


def _sentence(rungs: Sequence[Rung]) -> str:
    now = next((rung for rung in rungs if rung.current), None)
    if now is None:
        return _("No rung has been chosen yet.")
    return _("Now: %(rung)s. %(outcome)s") % {"rung": RUNGS[now.step], "outcome": now.outcome}
