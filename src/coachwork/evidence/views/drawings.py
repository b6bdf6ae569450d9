"""The charts of this room, each with its sentence and its table from the same numbers."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.evidence.models import Source
from coachwork.evidence.queries import GapTable, LevelView
from coachwork.evidence.views import wording
from coachwork.kit.charts import Chart, DotRow, GapRow, Mark, gap_bars, interval_dots

ORDER = {source: place for place, source in enumerate(Source.values)}


def sources_chart(views: Sequence[LevelView], *, own: bool = True) -> Chart:
    """Who sees what, competency by competency, with the intervals."""
    rows = [
        DotRow(
            label=view.competency.worded("name"),
            marks=marks(view, own=own),
            target=view.target.level if view.target else None,
        )
        for view in views
        if view.estimate.by_source
    ]
    return interval_dots(rows, title=wording.headline(views, own=own))


def marks(view: LevelView, *, own: bool = True) -> tuple[Mark, ...]:
    """One mark a source, the person's own view first."""
    said = sorted(view.estimate.by_source, key=lambda one: ORDER[one.source])
    return tuple(
        Mark(one.source, wording.source_label(one.source, own=own), one.mean, one.low, one.high)
        for one in said
    )


def gaps_chart(table: GapTable) -> Chart:
    """The agreed levels beside what the role asks for."""
    rows = [
        GapRow(
            label=row.competency.worded("name"),
            agreed=row.view.agreed.level if row.view.agreed else None,
            target=row.target.level,
        )
        for row in table.rows
        if row.view.agreed
    ]
    return gap_bars(rows, title=gaps_headline(table))


def gaps_headline(table: GapTable) -> str:
    """The finding of the gap page."""
    agreed = [row for row in table.rows if row.view.agreed]
    if not agreed:
        return _("Your gaps show here once you have agreed your first level")
    reached = sum(row.gap.at_target for row in agreed)
    if reached == len(agreed):
        return _("Where you agreed a level, you are where the role asks you to be")
    to_go = len(agreed) - reached
    return ngettext(
        "%(count)d competency has some way to go",
        "%(count)d competencies have some way to go",
        to_go,
    ) % {"count": to_go}
