"""A report on paper: the sections in their order, from the same frozen values as the page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from coachwork.assessment.queries import Finding, Report
from coachwork.assessment.views import report_words
from coachwork.frameworks.models import Behaviour
from coachwork.kit import levels, pdf
from coachwork.kit.charts import Chart
from coachwork.kit.charts.dots import bounded

NOTHING = "\u2013"
# How much of one open answer is printed where all of them would not fit, fullest first.
SHORTER = (1200, 600, 300, 150, 60, 0)
Values = dict[str, Any]


def editions(found: Report, *, importance: Mapping[Any, int], own: bool) -> Iterator[Values]:
    """The report, then ever shorter: without small drawings, then with cut open answers."""
    told = report_words.told(found, importance=dict(importance), whole=True, own=own)
    ordered = sorted(found.findings, key=lambda one: -importance.get(one.asked.competency.pk, 0))
    yield _values(found, told, ordered, drawn=True, own=own)
    yield _values(found, told, ordered, drawn=False, own=own)
    for letters in SHORTER:
        cut = {**told, "words": [_cut(one, letters) for one in told["words"]] if letters else []}
        short = _values(found, cut, ordered, drawn=False, own=own)
        note = _("Long answers are cut here. They stand in full on the page of the report.")
        yield {**short, "words_note": note if told["words"] else ""}


def _cut(one: Values, letters: int) -> Values:
    def short(texts: Any) -> list[str]:
        return [text if len(text) <= letters else f"{text[:letters].rstrip()} …" for text in texts]

    return {**one, "pooled": short(one["pooled"]), "named": short(one["named"])}


def _values(
    found: Report, told: Values, ordered: list[Finding], *, drawn: bool, own: bool
) -> Values:
    name = found.asked_in.client.name
    day = formats.date_format(found.row.created_at, "DATE_FORMAT")
    return {
        "title": _("What others see in %(name)s") % {"name": name},
        "subtitle": _("Frozen on %(day)s, in the words of %(framework)s.")
        % {"day": day, "framework": found.data["framework"]},
        "lost_note": _("Some signs cannot be printed in this file. A box stands in their place."),
        "how": _how(told),
        "asked": _asked(told, ordered),
        "strengths": _strengths(told),
        "views": _views(told, own=own),
        "chart": _table(told["chart"]),
        "each": _each(ordered, drawn=drawn),
        "words": _open_answers(told),
        "words_note": "",
        "sense": _sense(found, own=own),
        "choose": _choose(found),
        "thank": _thank(found),
    }


def _how(told: Values) -> Values:
    lines = [
        _("It is what people saw in situations, not what anybody is."),
        _("A bar shows where the level probably lies. Where bars meet, nothing differs clearly."),
        _("“Or higher” stands where nearly all said the same, so that nobody is given away."),
        *told["withheld"],
        *told["merged"],
    ]
    if told["no_overall"]:
        lines.append(_("There is no mean of all colleagues: some answers are not shown."))
    return {"name": _("How to read it"), "lines": lines}


def _asked(told: Values, ordered: list[Finding]) -> Values:
    groups = " · ".join(f"{one['label']}: {one['n']}" for one in told["groups"])
    return {
        "name": _("What was asked"),
        "lead": _("Who answered: %(groups)s") % {"groups": groups or NOTHING},
        "lines": [one.asked.competency.worded("name") for one in ordered],
    }


def _strengths(told: Values) -> Values:
    return {
        "name": _("Strengths, as others see them"),
        "nothing": _("Nothing can be shown here yet."),
        "facts": [(one["name"], one["said"]) for one in told["strengths"]],
    }


def _views(told: Values, *, own: bool) -> Values:
    """Where views differ: the four lists as they were frozen, or plain differences before them."""
    if "lists" in told:
        lists = [
            {"title": one.title, "text": one.text, "names": list(one.names)}
            for one in told["lists"]
        ]
        lead = _("Only what is very likely counts here. What is not clear stands in no list.")
        said = " ".join(part for part in (lead, told["everywhere"]) if part)
    else:
        who = _("the own view") if own else _("the client\u2019s own view")
        lists = [
            {"title": title, "text": "", "names": [f"{one['name']}: {one['said']}" for one in rows]}
            for title, rows in (
                (_("Others see more than %(who)s") % {"who": who}, told["hidden"]),
                (_("Others see less than %(who)s") % {"who": who}, told["blind"]),
            )
            if rows
        ]
        said = "" if lists else _("No clear difference between the own view and that of others.")
    return {"name": _("Where views differ"), "lead": said, "lists": lists}


def _table(chart: Chart) -> Values:
    """All competencies in one table, with intervals; without the column of targets if empty."""
    width = len(chart.header)
    if all(row[-1] == NOTHING for row in chart.rows):
        width -= 1
    return {
        "title": chart.title,
        "header": list(chart.header[:width]),
        "rows": [list(row[:width]) for row in chart.rows],
    }


def _each(ordered: list[Finding], *, drawn: bool) -> Values:
    return {"name": _("One by one"), "competencies": [_one(one, drawn=drawn) for one in ordered]}


def _one(one: Finding, *, drawn: bool) -> Values:
    """A competency: what each group says about it as a whole, and about each behaviour."""
    chart = pdf.on_paper(report_words.chart_of(one))
    sources = [said.source for said in one.said]
    header = [_("What people do"), *(report_words.group_label(source) for source in sources)]
    rows = [[_("As a whole"), *(_value(one.said, source) for source in sources)]]
    rows += [[words, *(_value(said, source) for source in sources)] for words, said in one.items]
    return {
        "name": one.asked.competency.worded("name"),
        "own": levels.said(one.own) if one.own is not None else "",
        "own_label": _("Own view"),
        "chart": {**chart, "svg": chart["svg"] if drawn else ""},
        "nothing": "" if sources else _("Nothing that can be shown"),
        "header": header,
        "rows": rows if sources else [],
    }


def _value(values: Any, source: str) -> str:
    said = next((one for one in values if one.source == source), None)
    return bounded(levels.said(said.value), said.bound) if said else NOTHING


def _open_answers(told: Values) -> Values:
    labels = {"named": _("The manager"), "pooled": _("Colleagues, in no order")}
    return {
        "name": _("In their own words"),
        "kept_back": told["kept_back"],
        "nothing": "" if told["words"] else _("There are no answers in words to show here."),
        "prompts": [
            {
                "prompt": one["prompt"],
                "groups": [
                    {"label": label, "texts": list(one[key])}
                    for key, label in labels.items()
                    if one[key]
                ],
            }
            for one in told["words"]
        ],
    }


def _sense(found: Report, *, own: bool) -> Values:
    row = found.asked_in
    asked = (
        (_("What confirms what I knew"), row.confirms),
        (_("What surprises me"), row.surprises),
        (_("What I want to ask about"), row.questions),
    )
    return {"name": _("Make sense of it"), "facts": [(label, text) for label, text in asked]}


def _choose(found: Report) -> Values:
    chosen = Behaviour.objects.filter(pk__in=found.asked_in.focus).order_by("code")
    return {
        "name": _("Choose"),
        "lead": _("One or two behaviours are enough for the next weeks."),
        "lines": [one.worded("text") for one in chosen],
    }


def _thank(found: Report) -> Values:
    day = found.asked_in.thanked_at
    said = (
        _("Thanks went out on %(day)s.") % {"day": formats.date_format(day, "DATE_FORMAT")}
        if day
        else _("Thank all who were asked, and tell them the one thing that you will work on.")
    )
    return {"name": _("Thank them"), "lead": said}
