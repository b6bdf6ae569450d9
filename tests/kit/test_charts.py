"""Charts: the drawing, the sentence and the table say the same."""

import re
from xml.etree import ElementTree

import pytest
from django.utils import translation

from coachwork.kit import charts
from coachwork.kit.charts import signs

SVG = "{http://www.w3.org/2000/svg}"

ROWS = (
    charts.DotRow(
        "Listening to understand",
        (
            charts.Mark("self", "You", 2.5, 2, 3),
            charts.Mark("peer", "Peers", 3.9, 3.3, 4.4),
        ),
        target=4,
    ),
    charts.DotRow("Delegating for real", (charts.Mark("manager", "Manager", 3, 2.2, 3.8),)),
)
GAPS = (
    charts.GapRow("Listening", 3, 4),
    charts.GapRow("Deciding", 3.5, 3),
    charts.GapRow("Leading change", None, 4),
)
WEEKS = tuple(
    charts.Week(f"Week {n}", count, reserve=n == 3) for n, count in enumerate((1, 4, 0, 2), 1)
)
RUNGS = tuple(
    charts.Rung(step, text, current=step == -1)
    for step, text in ((-2, "none"), (-1, "one"), (0, "most"), (1, "all"), (2, "Jo leads"))
)
COLUMNS = tuple(charts.Column(f"Week {n}", free=n == 2) for n in range(1, 5))
LANES = (
    charts.Lane("Two breaths before an answer", (0, 2, 3), "Every week"),
    charts.Lane("Ask Jo", (1,), "Once"),
)
FAN = tuple(
    charts.Spread(f"Day {n}", (2.6 - n / 20, 2.8, 3 + n / 40, 3.2, 3.4 + n / 20)) for n in range(9)
)


def every_chart(rtl: bool = False) -> list[charts.Chart]:
    return [
        charts.interval_dots(ROWS, title="Views", rtl=rtl),
        charts.gap_bars(GAPS, title="Gaps", rtl=rtl),
        charts.weekly_bars(WEEKS, title="Weeks", rtl=rtl),
        charts.ladder(RUNGS, title="Ladder", rtl=rtl),
        charts.fan(FAN, title="Fan", step=3.5, rtl=rtl),
        charts.timeline(LANES, COLUMNS, title="Over the weeks", rtl=rtl),
    ]


def drawn(chart: charts.Chart) -> ElementTree.Element:
    return ElementTree.fromstring(chart.svg)


def places(chart: charts.Chart, css: str, attribute: str) -> list[float]:
    return [
        float(element.attrib[attribute].rstrip("%"))
        for element in drawn(chart).iter()
        if css in element.attrib.get("class", "").split()
    ]


def marks(chart: charts.Chart) -> list[tuple[str, float]]:
    """Each mark with its source and its place along the scale, in percent."""
    return [
        (place.find(f"{SVG}path").attrib["class"].split()[1], float(place.attrib["x"].rstrip("%")))  # type: ignore[union-attr]
        for place in drawn(chart).iter(f"{SVG}svg")
        if place.find(f"{SVG}path[@class]") is not None
        and "mark" in place.find(f"{SVG}path").attrib["class"].split()  # type: ignore[union-attr]
    ]


@pytest.mark.parametrize("rtl", [False, True])
def test_every_chart_has_a_name_a_description_a_sentence_and_a_table(rtl: bool) -> None:
    for chart in every_chart(rtl):
        svg = drawn(chart)
        title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
        assert svg.attrib["role"] == "img"
        assert title is not None and title.text == chart.title
        assert svg.attrib["aria-labelledby"] == title.attrib["id"]
        assert description is not None and description.text == chart.sentence != ""
        assert svg.attrib["aria-describedby"] == description.attrib["id"]
        assert chart.rows and all(len(row) == len(chart.header) for row in chart.rows)


def test_no_chart_carries_a_style_a_script_or_an_event() -> None:
    for chart in every_chart():
        assert not re.search(r"\sstyle=|<script|<style|\son[a-z]+=", chart.svg)


def test_the_same_values_give_the_same_drawing_to_the_letter() -> None:
    assert [chart.svg for chart in every_chart()] == [chart.svg for chart in every_chart()]


def test_what_people_wrote_cannot_become_markup() -> None:
    evil = '<script>alert("1")</script> & "x"'
    mark = charts.Mark("peer", evil, 3, 2, 4)
    made = [
        charts.interval_dots([charts.DotRow(evil, (mark,))], title=evil, finding=evil),
        charts.gap_bars([charts.GapRow(evil, 3, 4)], title=evil, finding=evil),
        charts.weekly_bars([charts.Week(evil, 1)], title=evil, finding=evil),
        charts.ladder([charts.Rung(0, evil, current=True)], title=evil),
    ]
    for chart in made:
        assert "<script" not in chart.svg
        assert evil in "".join(drawn(chart).itertext()) or evil in chart.title


def test_no_number_has_a_decimal_for_people() -> None:
    for chart in every_chart():
        shown = " ".join([chart.sentence, *(cell for row in chart.rows for cell in row)])
        assert not re.search(r"\d[.,]\d", shown)
        for text in drawn(chart).iter(f"{SVG}text"):
            assert not re.search(r"\d[.,]\d", text.text or "")


@pytest.mark.accepts("T1-14")
def test_the_dots_table_carries_the_values_and_intervals_that_are_drawn() -> None:
    chart = charts.interval_dots(ROWS, title="Views", rtl=False)
    assert chart.header == ("Competency", "You", "Peers", "Manager", "Target")
    assert chart.rows == (
        (
            "Listening to understand",
            "2½, Developing to Dependable",
            "4, Strong (between 3 and 4½)",
            "–",
            "4, Strong",
        ),
        ("Delegating for real", "–", "–", "3, Dependable (between 2 and 4)", "–"),
    )
    assert "Peers 4, Strong (between 3 and 4½)" in chart.sentence
    # 1 is at 0 %, 5 at 100 %: 2½, 4 and 3 stand where the table says.
    assert marks(chart) == [("mark--self", 37.5), ("mark--peer", 75.0), ("mark--manager", 50.0)]
    assert places(chart, "interval", "x1") == [50.0, 25.0]
    assert places(chart, "interval", "x2") == [87.5, 75.0]


def test_the_persons_own_view_is_hollow_and_has_no_interval() -> None:
    mark = charts.Mark("self", "You", 3, 2, 4)
    chart = charts.interval_dots([charts.DotRow("Listening", (mark,))], title="Views")
    assert mark.span is None
    assert places(chart, "interval", "x1") == []
    assert "mark--hollow" in chart.svg and 'fill="#ffffff"' in chart.svg


def test_each_source_has_a_shape_of_its_own() -> None:
    shapes = [path for path, _colour, _hollow in signs.SIGNS.values()]
    # The person's own ring and the peers' disc differ by being hollow and by size.
    assert len(set(shapes)) == len(shapes)


def test_right_to_left_turns_the_scale_round() -> None:
    there = charts.interval_dots(ROWS, title="Views", rtl=False)
    back = charts.interval_dots(ROWS, title="Views", rtl=True)
    assert [place for _mark, place in marks(back)] == [100 - place for _mark, place in marks(there)]
    assert drawn(back).attrib["direction"] == "rtl"
    assert back.rows == there.rows


def test_the_language_decides_the_direction_unless_told() -> None:
    with translation.override("he"):
        assert drawn(charts.gap_bars(GAPS, title="Gaps")).attrib["direction"] == "rtl"
    assert drawn(charts.gap_bars(GAPS, title="Gaps")).attrib["direction"] == "ltr"


def test_a_level_above_its_target_is_said_so_and_never_a_negative_gap() -> None:
    chart = charts.gap_bars([charts.GapRow("Deciding", 3.5, 3)], title="Gaps")
    assert chart.rows == (
        ("Deciding", "3½, Dependable to Strong", "3, Dependable", "at or above the target"),
    )
    assert "-" not in "".join(chart.rows[0])
    assert "chart__way" not in chart.svg


def test_gaps_count_half_steps_and_say_where_nothing_is_known() -> None:
    chart = charts.gap_bars(GAPS, title="Gaps")
    assert [row[3] for row in chart.rows] == [
        "2 half steps",
        "at or above the target",
        "not enough seen yet",
    ]
    assert "1 of 3 competencies are at or above their target." in chart.sentence
    assert "For 1, not enough has been seen yet." in chart.sentence


def test_no_level_gets_a_colour_of_its_own() -> None:
    fills = {
        level: set(
            re.findall(
                r'(?:fill|stroke)="(#\w+)"',
                charts.gap_bars([charts.GapRow("x", level, 5)], title="x").svg,
            )
        )
        for level in (1, 2, 3, 4)
    }
    assert len({frozenset(colours) for colours in fills.values()}) == 1


def test_weeks_of_reserve_are_shaded_and_counted_apart() -> None:
    chart = charts.weekly_bars(WEEKS, title="Weeks", rtl=False)
    assert chart.sentence == "Practised 7 times in 4 weeks. 1 of them was kept in reserve."
    assert [row[1:] for row in chart.rows] == [
        ("1", "plan"),
        ("4", "plan"),
        ("0", "reserve"),
        ("2", "plan"),
    ]
    assert places(chart, "chart__rest", "x") == [50.0]
    assert len(places(chart, "chart__fill", "x")) == 3
    heights = [
        float(bar.attrib["height"])
        for bar in drawn(chart).iter(f"{SVG}rect")
        if bar.attrib["class"] == "chart__fill"
    ]
    assert heights == [16, 64, 32]


def test_weeks_turn_round_within_the_drawing() -> None:
    chart = charts.weekly_bars(WEEKS, title="Weeks", rtl=True)
    assert places(chart, "chart__rest", "x") == [25.0]
    assert all(0 <= place <= 100 for place in places(chart, "chart__fill", "x"))


def test_the_ladder_stands_upright_and_marks_the_rung_of_now() -> None:
    chart = charts.ladder(tuple(reversed(RUNGS)), title="Ladder")
    assert [row[0] for row in chart.rows] == [
        "Far better than expected",
        "Better than expected",
        "As expected",
        "On the way",
        "Where it started",
    ]
    assert [row[2] for row in chart.rows] == ["", "", "", "now here", ""]
    assert chart.sentence == "Now: On the way. one"
    assert places(chart, "ladder__here", "cy") == places(chart, "ladder__rung--now", "y1")


def test_an_empty_chart_says_that_there_is_nothing() -> None:
    for chart in (
        charts.interval_dots((), title="x"),
        charts.gap_bars((), title="x"),
        charts.weekly_bars((), title="x"),
    ):
        assert chart.is_empty
        assert chart.sentence == "There is nothing to draw yet."
        drawn(chart)
    assert charts.ladder((), title="x").sentence == "No rung has been chosen yet."


def test_long_words_are_broken_and_a_long_chart_points_to_its_table() -> None:
    word = "Konfliktlösungskompetenz" * 4
    chart = charts.interval_dots([charts.DotRow(word)] * 9, title="x")
    lines = [
        text.text or ""
        for text in drawn(chart).iter(f"{SVG}text")
        if text.attrib["class"] == "chart__label"
    ]
    assert max(map(len, lines)) <= 34
    assert "".join(lines) == word * 9
    assert chart.sentence.endswith("The table has 6 more rows.")


class TestTheFan:
    def test_it_grows_wider_and_names_the_last_day_and_the_range(self):
        chart = charts.fan(FAN, title="Fan", step=3.5, finding="Likely.")
        assert chart.sentence.startswith("Likely. Eight times in ten, the level on Day 8 is")
        assert len(chart.rows) == 6 and chart.rows[-1][0] == "Day 8"
        wide, narrow = (
            [tuple(map(float, point.split(","))) for point in band.get("points").split()]
            for band in drawn(chart).iter(SVG + "polygon")
        )
        days = len(FAN)
        assert wide[0][1] > 0 and wide[days - 1][1] < narrow[days - 1][1]  # higher up
        assert wide[days][1] > narrow[days][1]  # and lower down

    def test_from_right_to_left_today_stands_on_the_right(self):
        (first, *_rest), *_more = (
            band.get("points").split()
            for band in drawn(charts.fan(FAN, title="Fan", step=3.5, rtl=True)).iter(
                SVG + "polygon"
            )
        )
        assert float(first.split(",")[0]) > 90

    def test_without_days_it_says_so(self):
        assert charts.fan((), title="Fan", step=3).is_empty


def test_a_timeline_has_a_dot_for_each_week_and_no_bar() -> None:
    chart = charts.timeline(LANES, COLUMNS, title="Over the weeks", rtl=False)
    assert places(chart, "chart__fill", "cx") == [12.5, 62.5, 87.5, 37.5]
    assert places(chart, "chart__rest", "x") == [25.0] and len(chart.legend) == 1
    assert chart.sentence == "2 things in the weeks from Week 1 to Week 4; this week: 1."
    assert chart.rows == (
        ("Two breaths before an answer", "Week 1", "Week 4", "Every week"),
        ("Ask Jo", "Week 2", "Week 2", "Once"),
    )


def test_in_a_language_from_right_to_left_a_timeline_begins_at_the_right() -> None:
    chart = charts.timeline(LANES, COLUMNS, title="Over the weeks", rtl=True)
    assert places(chart, "chart__fill", "cx") == [87.5, 37.5, 12.5, 62.5]
    assert places(chart, "chart__rest", "x") == [50.0]


def test_a_timeline_of_nothing_says_so() -> None:
    chart = charts.timeline([], COLUMNS, title="Over the weeks")
    assert chart.is_empty and chart.sentence == "There is nothing to draw yet."
