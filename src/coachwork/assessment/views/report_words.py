"""The words and the chart of a report, all from what was frozen."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.assessment.models import RaterGroup
from coachwork.assessment.queries import Finding, Report
from coachwork.assessment.queries.changes import Changes
from coachwork.assessment.views.holding import kept_back
from coachwork.evidence.views import sides
from coachwork.evidence.views.wording import source_label
from coachwork.kit import content, levels
from coachwork.kit.charts import Chart, DotRow, Mark, interval_dots
from coachwork.kit.charts.dots import bounded

STRENGTHS = {"hidden_strengths", "agreed_strengths"}


def told(
    found: Report, *, importance: dict[Any, int], whole: bool, own: bool = True
) -> dict[str, Any]:
    """What the page shows: a chart, four lists, each competency, and what was written."""
    ordered = sorted(found.findings, key=lambda one: -importance.get(one.asked.competency.pk, 0))
    seen = [one for one in ordered if one.said] if whole else found.strengths
    return {
        "chart": interval_dots([_row(one) for one in seen], title=_headline(found, whole=whole)),
        "strengths": [_line(one) for one in found.strengths],
        **_sides(found, whole=whole, own=own),
        "competencies": [_competency(one, found.since) for one in ordered] if whole else [],
        "withheld": [_withheld(one) for one in found.data["withheld"]],
        "merged": _merged(found),
        "no_overall": whole and found.data["overall"] is None,
        "words": _words(found) if whole else [],
        "kept_back": kept_back(found.data) if whole else "",
        "picks": _picks(found) if whole else [],
        "groups": [
            {"label": group_label(view["name"]), "n": view["n"]}
            for view in [*found.data["named"], *found.data["groups"]]
        ],
    }


def _sides(found: Report, *, whole: bool, own: bool) -> dict[str, Any]:
    """The four lists; on a day for strengths alone, those; of older reports, plain differences."""
    kept = found.sides
    if kept is None:
        less = [_line(one) for one in found.lower] if whole else []
        return {"hidden": [_line(one) for one in found.higher], "blind": less}
    lists = [one for one in sides.named(kept, own=own) if whole or one.key in STRENGTHS]
    said = sides.everywhere_said(kept.everywhere, own=own) if whole or kept.everywhere < 0 else ""
    return {
        "lists": lists,
        "everywhere": said,
        "leads": kept.everywhere < 0,
    }


def group_label(name: str) -> str:
    return str(RaterGroup(name).label)


def chart_of(one: Finding) -> Chart:
    """What each group says about one competency, drawn."""
    return interval_dots([_row(one)] if one.said else [], title=one.asked.competency.worded("name"))


def _row(one: Finding) -> DotRow:
    marks = [] if one.own is None else [Mark("self", source_label("self", own=True), one.own)]
    marks += [
        Mark(said.source, group_label(said.source), said.value, said.low, said.high, said.bound)
        for said in one.said
    ]
    return DotRow(label=one.asked.competency.worded("name"), marks=tuple(marks))


def _headline(found: Report, *, whole: bool) -> str:
    if not whole:
        return _("What others see most")
    more, less = len(found.higher), len(found.lower)
    if not more and not less:
        return _("No clear difference between how you and others see it")
    parts = []
    if more:
        parts.append(
            ngettext(
                "Others see more than you do in %(count)d competency",
                "Others see more than you do in %(count)d competencies",
                more,
            ) % {"count": more}
        )  # fmt: skip
    if less:
        parts.append(
            ngettext(
                "Others see less than you do in %(count)d competency",
                "Others see less than you do in %(count)d competencies",
                less,
            ) % {"count": less}
        )  # fmt: skip
    return "; ".join(parts)


def _line(one: Finding) -> dict[str, str]:
    return {"name": one.asked.competency.worded("name"), "said": _said(one.said)}


def _said(values: Any) -> str:
    return " · ".join(
        f"{group_label(one.source)}: {bounded(levels.said(one.value), one.bound)}" for one in values
    )


def _change(one: Finding, since: Changes) -> str:
    """What lies between this report and the one before, claimed only where it is credible."""
    sign = since.signs.get(str(one.asked.competency.pk))
    if sign is None or since.since is None:
        return ""
    said = {
        1: _("Since %(day)s: others see more of it now."),
        -1: _("Since %(day)s: others see less of it now."),
        0: _("Since %(day)s: no clear change."),
    }[sign]
    return said % {"day": date_format(since.since, "DATE_FORMAT")}


def _competency(one: Finding, since: Changes) -> dict[str, Any]:
    difference = {
        1: _("Others see more of it than you do."),
        -1: _("Others see less of it than you do."),
        0: _("No clear difference between how you and others see it."),
    }[one.sign]
    return {
        "name": one.asked.competency.worded("name"),
        "own": "" if one.own is None else levels.said(one.own),
        "said": _said(one.said),
        "overall": (
            bounded(levels.said(one.overall.value), one.overall.bound) if one.overall else ""
        ),
        "change": _change(one, since),
        "difference": difference if one.own is not None and one.said else "",
        "items": [{"words": words, "said": _said(values)} for words, values in one.items],
    }


def _withheld(one: dict[str, str]) -> str:
    label = group_label(one["group"])
    if one["reason"] == "too_few":
        return _("%(group)s: fewer than three answered, so nothing of theirs is shown.") % {
            "group": label
        }
    return _(
        "%(group)s: next to an earlier report this one would show what single people said, "
        "so nothing of theirs is shown."
    ) % {"group": label}


def _merged(found: Report) -> list[str]:
    """Which small groups were put together, and with whom."""
    return [
        _("“%(group)s” here stands for: %(groups)s.")
        % {
            "group": group_label(view["name"]),
            "groups": ", ".join(group_label(one) for one in view["groups"]),
        }
        for view in found.data["groups"]
        if len(view["groups"]) > 1
    ]


def _words(found: Report) -> list[dict[str, Any]]:
    """The open answers: pooled and in no order; the manager's apart."""
    pooled, named = found.data["comments"], found.data["named_comments"]
    name = found.asked_in.client.name
    return [
        {
            "prompt": one.prompt.replace("{name}", name),
            "pooled": pooled.get(one.code, ()),
            "named": named.get(one.code, ()),
        }
        for one in content.load("open_questions")
        if one.code in pooled or one.code in named
    ]


def _picks(found: Report) -> list[dict[str, Any]]:
    """What each group would find most helpful; the manager's apart."""
    names = {
        str(one.asked.competency.pk): one.asked.competency.worded("name") for one in found.findings
    }
    rows = [
        {
            "label": group_label(view["name"]) if len(view["groups"]) == 1 else _("All colleagues"),
            "n": view["n"],
            "lines": [
                {"name": names[code], "number": number}
                for code, number in view["counts"].items()
                if code in names
            ],
        }
        for view in found.data["picks"]
    ]
    named = [{"name": names[code], "number": 1} for code in found.data["named_picks"]]
    if named:
        rows.append({"label": group_label("manager"), "n": 0, "lines": named})
    return rows
