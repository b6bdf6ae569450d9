"""The plans that ship: as many as promised, each of them one that a person could carry."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachwork.kit import content
from coachwork.kit.content.plan_values import PlanTemplate, Span, minutes_by_week

TEMPLATES = content.load("plan_templates")
BLUEPRINTS = {one.code: one for one in content.load("blueprints")}
PRACTICES = {one.code: one for one in content.load("practices")}


def spans(template: PlanTemplate) -> list[Span]:
    """Counted here by hand, not by the linter."""
    found = []
    for one in template.items:
        source = BLUEPRINTS.get(one.use)
        minutes = one.minutes or (source.minutes if source else 10)
        cadence = one.cadence or (source.cadence if source else "once")
        found.append(Span(one.week, one.until, minutes, cadence))
    return found


def test_the_fifteen_templates_are_there() -> None:
    assert {one.title for one in TEMPLATES} == {
        "Listen and be brief",
        "Speak up in meetings",
        "Present with a point",
        "Give feedback weekly",
        "First 90 days as a manager",
        "Delegate for real",
        "Lead a change",
        "Handle conflict early",
        "Influence without authority",
        "Decide with evidence",
        "Solve problems together",
        "Calm under pressure",
        "Adapt to new tools, AI among them",
        "Be seen for promotion",
        "Career change in 16 weeks",
    }
    assert {one.weeks for one in TEMPLATES if "16" not in one.title} == {12}
    assert [one.weeks for one in TEMPLATES if "16" in one.title] == [16]


def test_there_are_forty_blueprints_of_eight_kinds() -> None:
    assert len(BLUEPRINTS) == 40
    kinds = [one.kind for one in BLUEPRINTS.values()]
    assert {kind: kinds.count(kind) >= 2 for kind in kinds} == dict.fromkeys(
        (
            "practice",
            "exercise",
            "project",
            "learning",
            "mentor",
            "feedback",
            "reflection",
            "support",
        ),
        True,
    )
    assert {one.cadence for one in BLUEPRINTS.values()} == {"once", "weekly", "biweekly"}


def test_each_group_of_the_framework_has_blueprints_of_its_own() -> None:
    (framework,) = content.load("frameworks")
    trained = {code for one in BLUEPRINTS.values() for code in one.competencies}
    for group in framework.groups:
        assert trained & {one.code for one in group.competencies}, group.name


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
class TestEachTemplate:
    def test_fits_into_its_weeks(self, template: PlanTemplate) -> None:
        load = minutes_by_week(spans(template), template.weeks)
        assert max(load) <= template.hours_per_week * 60
        free = template.weeks - template.reserve_weeks
        assert sum(load) <= free * template.hours_per_week * 60
        assert template.reserve_weeks >= 1

    def test_lets_one_begin_small(self, template: PlanTemplate) -> None:
        load = minutes_by_week(spans(template), template.weeks)
        assert 0 < load[0] <= max(load)
        assert min(load) > 0, "a week without anything"

    def test_is_more_than_courses(self, template: PlanTemplate) -> None:
        kinds = [
            BLUEPRINTS[one.use].kind if one.use in BLUEPRINTS else "practice"
            for one in template.items
        ]
        assert {"practice", "feedback", "learning"} <= set(kinds)
        assert kinds.count("learning") * 3 <= len(kinds)

    def test_looks_back_at_least_each_five_weeks(self, template: PlanTemplate) -> None:
        dates = (0, *template.review_weeks)
        assert all(later - earlier <= 5 for earlier, later in pairwise(dates))
        assert template.review_weeks[-1] == template.weeks

    def test_offers_if_thens_that_fit_what_it_trains(self, template: PlanTemplate) -> None:
        pairs = {one.code: one for one in content.load("if_thens")}
        fitting = [
            code
            for code in template.if_thens
            if set(pairs[code].competencies) & set(template.competencies)
        ]
        assert fitting, "no if-then of its own"

    def test_has_a_goal_to_reword(self, template: PlanTemplate) -> None:
        assert "I will" in template.goal
        assert "Seen by" in template.goal
        assert len(template.goal) <= 300


@given(
    st.lists(
        st.builds(
            Span,
            week=st.integers(1, 12),
            until=st.none(),
            minutes=st.integers(5, 240),
            cadence=st.just("once"),
        )
    )
)
def test_what_happens_once_counts_once(some: list[Span]) -> None:
    assert sum(minutes_by_week(some, 12)) == sum(one.minutes for one in some)


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        ("daily", (0, 50, 50, 50, 0)),
        ("weekly", (0, 10, 10, 10, 0)),
        ("biweekly", (0, 10, 0, 10, 0)),
        ("once", (0, 10, 0, 0, 0)),
    ],
)
def test_what_comes_back_counts_in_each_of_its_weeks(
    cadence: str, expected: tuple[int, ...]
) -> None:
    span = Span(2, None if cadence == "once" else 4, 10, cadence)
    assert minutes_by_week([span], 5) == expected
