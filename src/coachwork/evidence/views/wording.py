"""What the numbers say, in sentences."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from coachwork.engine import estimates, gaps
from coachwork.engine.estimates import LevelEstimate, ProposedRange, SourceView
from coachwork.evidence.models import Source
from coachwork.evidence.queries import GapRow, LevelView, Practice
from coachwork.kit import levels
from coachwork.kit.charts import Mark

Text = str | Promise

HIGHER: dict[str, Text] = {
    "manager": lazy("Your manager sees more of “%(competency)s” than you do"),
    "peer": lazy("Your peers see more of “%(competency)s” than you do"),
    "report": lazy("The people you lead see more of “%(competency)s” than you do"),
    "other": lazy("Other colleagues see more of “%(competency)s” than you do"),
    "coach": lazy("Your coach sees more of “%(competency)s” than you do"),
    "mentor": lazy("Your mentor sees more of “%(competency)s” than you do"),
    "exercise": lazy("Your exercises show more of “%(competency)s” than you see yourself"),
    "project": lazy("Your projects show more of “%(competency)s” than you see yourself"),
    "work_sample": lazy("Your work shows more of “%(competency)s” than you see yourself"),
}
LOWER: dict[str, Text] = {
    "manager": lazy("You see more of “%(competency)s” than your manager does"),
    "peer": lazy("You see more of “%(competency)s” than your peers do"),
    "report": lazy("You see more of “%(competency)s” than the people you lead do"),
    "other": lazy("You see more of “%(competency)s” than other colleagues do"),
    "coach": lazy("You see more of “%(competency)s” than your coach does"),
    "mentor": lazy("You see more of “%(competency)s” than your mentor does"),
    "exercise": lazy("You see more of “%(competency)s” than your exercises show so far"),
    "project": lazy("You see more of “%(competency)s” than your projects show so far"),
    "work_sample": lazy("You see more of “%(competency)s” than your work shows so far"),
}
ABOVE: Text = lazy("%(source)s: clearly more “%(competency)s” than in the client's own view")
BELOW: Text = lazy("%(source)s: clearly less “%(competency)s” than in the client's own view")
LEFT_OUT: dict[str, Text] = {
    "too_old": lazy("Older than nine months, so it is shown and not used."),
    "later_view": lazy("A later view from the same side took its place."),
    "no_level": lazy("It has no level. Words and practice never enter a level."),
    "not_a_level_source": lazy("This source tells of change, and never enters a level."),
    "in_the_future": lazy("Its day is still to come."),
}
BASIS: dict[str, Text] = {
    gaps.AGREED: lazy("agreed by you"),
    gaps.OWN_VIEW: lazy("your own view so far, not agreed yet"),
    gaps.NOTHING: lazy("no level yet"),
}
SOURCES: dict[str, Text] = dict(Source.choices)
IMPORTANCE: dict[int, Text] = {
    3: lazy("matters most for this role"),
    2: lazy("matters for this role"),
    1: lazy("good to have for this role"),
}


def differences(estimate: LevelEstimate) -> list[tuple[int, SourceView]]:
    """The sources that credibly see more (1) or less (-1) than the person does."""
    own = estimate.own
    if own is None:
        return []
    signs = [(estimates.difference(own, other).sign, other) for other in estimate.others]
    return [(sign, other) for sign, other in signs if sign]


def finding(view: LevelView, *, own: bool = True) -> str:
    """What stands out in one competency, claimed only where it is credible.

    `own` is False where somebody else reads, who is not “you”.
    """
    name = {"competency": view.competency.worded("name")}
    for sign, other in differences(view.estimate):
        if own:
            return str((HIGHER if sign > 0 else LOWER)[other.source]) % name
        said = ABOVE if sign > 0 else BELOW
        return str(said) % {**name, "source": source_label(other.source)}
    if view.estimate.own is not None and view.estimate.others:
        if not own:
            return _("No clear difference between the client's own view and that of others")
        return _("No clear difference between your view and that of others")
    return ""


def headline(views: Sequence[LevelView], *, own: bool = True) -> str:
    """The finding of the whole picture: the first clear difference, in the order of the page."""
    found = [finding(view, own=own) for view in views if differences(view.estimate)]
    if found:
        return found[0]
    if any(view.estimate.own and view.estimate.others for view in views):
        return _("All sides see much the same")
    if any(view.estimate.by_source for view in views):
        return _("So far this is one side of the picture")
    return _("The picture is still to be drawn")


def proposed_said(proposed: ProposedRange, *, own: bool = True) -> str:
    """The proposed range, or why there is none yet."""
    if proposed.low is None or proposed.high is None:
        if proposed.state == estimates.ONLY_SELF and own:
            return _("Not enough yet: so far only you have spoken. Who else could say?")
        return _("Not enough yet: who else could say?")
    said = levels.span_said(proposed.low, proposed.high)
    if proposed.state == estimates.VIEWS_DIFFER:
        return _("Views differ: %(range)s. Talk about situations.") % {"range": said}
    return said


def practice_said(practice: Practice) -> str:
    """How often a chance to practise was taken."""
    if not practice.chances:
        return ""
    said = ngettext(
        "Done in %(done)d of %(chances)d chance",
        "Done in %(done)d of %(chances)d chances",
        practice.chances,
    ) % {"done": practice.did + practice.partly, "chances": practice.chances}
    if practice.last_on is None:
        return said
    return _("%(said)s, last on %(day)s") % {"said": said, "day": day_said(practice.last_on)}


def older_said(view: LevelView) -> list[str]:
    """Sources whose level is too old to count, with the day they last gave one."""
    return [
        _("%(source)s: last on %(day)s, too old to count now")
        % {"source": source_label(source), "day": day_said(newest)}
        for source, newest in view.older
    ]


def place_said(row: GapRow) -> str:
    """Why this row stands where it stands."""
    standing = row.gap.standing
    if row.gap.place == "evidence":
        return _("Below the others until a second source has spoken.")
    parts = [str(IMPORTANCE[standing.importance]), gap_said(row)]
    if standing.energy is not None:
        parts.append(_("your energy for it: %(energy)d of 5") % {"energy": standing.energy})
    settled = {
        "first": _("First"),
        "importance": _("Here by importance"),
        "gap": _("Here by the size of the gap"),
        "energy": _("Here by your energy")
        if standing.energy is not None
        else _("After one that you have more energy for"),
        "order": _("Here in the order of your list"),
    }
    said = {"reason": settled[row.gap.place], "parts": ", ".join(parts)}
    return _("%(reason)s: %(parts)s.") % said


def gap_said(row: GapRow) -> str:
    """The gap in words, never as a negative number."""
    steps = row.gap.half_steps
    if steps is None:
        return _("no level yet")
    if not steps:
        return _("at or above target")
    return ngettext("%(steps)d half step to go", "%(steps)d half steps to go", steps) % {
        "steps": steps
    }


def source_label(source: str, *, own: bool = True) -> str:
    """The name of a source."""
    if source == Source.SELF and not own:
        return _("The client's own view")
    return str(SOURCES.get(source, source))


def mark_said(mark: Mark) -> str:
    """One source in words: its level and, but for the own view, the interval around it."""
    said = levels.said(mark.value)
    if mark.span is None:
        return said
    return _("%(level)s, probably %(interval)s") % {
        "level": said,
        "interval": levels.span_said(*mark.span),
    }


def day_said(day: date) -> str:
    return str(date_format(day, "DATE_FORMAT"))
