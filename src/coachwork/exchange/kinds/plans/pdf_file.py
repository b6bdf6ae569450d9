"""The plan as a PDF that a screen reader can read aloud."""

from datetime import date, datetime
from typing import Any

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coachwork.kit import pdf
from coachwork.plans.models import Goal, Rung
from coachwork.plans.queries import Sheet

CONTENT_TYPE = "application/pdf"
TEMPLATE = "exchange/templates/exchange/plan.typ"
WIDTHS = [2, 5, 1.4, 4]


def file(sheet: Sheet, *, at: datetime) -> bytes:
    """Goals, what is to be done week by week, if-thens, and days to look back."""
    values = {
        "title": _("Plan of %(name)s") % {"name": sheet.client.name},
        "subtitle": _said(sheet.today),
        "lost_note": _("Some signs cannot be printed in this file. A box stands in their place."),
        "parts": [part for part in _parts(sheet) if part],
    }
    return pdf.render(TEMPLATE, values, language=get_language() or "en", at=at)


def _parts(sheet: Sheet) -> list[dict[str, Any]]:
    pairs = [
        {"title": str(one), "facts": [(_("Goal"), goal.title)] if goal else []}
        for one in sheet.if_thens
        for goal in (sheet.goal_of(one),)
    ]
    return [
        {
            "name": _("Goals"),
            "lead": "" if sheet.goals else _("No goal yet."),
            "entries": [_goal(one) for one in sheet.goals],
        },
        _weeks(sheet),
        {"name": _("If-then plans"), "entries": pairs} if pairs else {},
        _dates(sheet),
    ]


def _goal(goal: Goal) -> dict[str, Any]:
    rungs = [_rung(one) for one in sorted(goal.rungs.all(), key=lambda one: -one.level)]
    return {
        "title": goal.title,
        "facts": [
            (_("State"), str(goal.get_state_display())),
            (_("By"), _said(goal.target_on)),
            (_("Why"), goal.why),
            (_("Where it starts"), goal.baseline),
            (_("What might get in the way"), goal.obstacle),
        ],
        "table": {"header": [_("Step"), _("Outcome")], "rows": rungs} if rungs else None,
    }


def _rung(rung: Rung) -> tuple[str, str]:
    text = rung.text
    if rung.reached_on:
        text = _("%(text)s (reached on %(day)s)") % {"text": text, "day": _said(rung.reached_on)}
    return (f"{rung.level:+d}" if rung.level else "0", text)


def _weeks(sheet: Sheet) -> dict[str, Any]:
    rows = [
        [
            _said(week) if week else _("Later"),
            item.title + (f"\n{item.first_step}" if item.first_step else ""),
            _often(item.effort_minutes, str(item.get_cadence_display()), item.cadence),
            item.done_when,
        ]
        for week, items in sheet.by_week
        for item in items
    ]
    if not rows:
        return {"name": _("Week by week"), "lead": _("Nothing is planned yet.")}
    header = [_("Week of"), _("What, and the first step"), _("Minutes"), _("Done when")]
    return {
        "name": _("Week by week"),
        "table": {"header": header, "rows": rows, "widths": WIDTHS},
    }


def _often(minutes: int, cadence: str, code: str) -> str:
    return str(minutes) if code == "once" else f"{minutes}\n{cadence}"


def _dates(sheet: Sheet) -> dict[str, Any]:
    if sheet.plan is None:
        return {}
    facts = [
        (_("Hours a week"), formats.number_format(sheet.plan.capacity_hours_per_week, 1)),
        (_("Weeks in reserve"), str(sheet.plan.reserve_weeks)),
        (_("Looking back on"), ", ".join(_said(day) for day in sheet.reviews)),
    ]
    return {"name": _("The plan itself"), "entries": [{"title": _("Time"), "facts": facts}]}


def _said(day: date | None) -> str:
    return formats.date_format(day, "DATE_FORMAT") if day else ""
