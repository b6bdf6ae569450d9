"""What ships to help with goals and plans: frames, obstacles, ready pairs, practices, moments."""

from collections.abc import Sequence

from django.utils.translation import get_language

from coachwork.frameworks.models import Competency
from coachwork.kit import content
from coachwork.kit.content.plan_values import Blueprint, PlanTemplate
from coachwork.kit.content.values import (
    GoalFrame,
    LadderExample,
    Obstacle,
    ReadyIfThen,
    SmallPractice,
    TypicalMoment,
)

HOME = "career-core-40"  # the framework that these are written for


def code_of(competency: Competency | None) -> str:
    """The code by which content names this competency; nothing for one of another framework."""
    return competency.code if competency and competency.framework.slug == HOME else ""


def frames() -> tuple[GoalFrame, ...]:
    """The five sentence frames for a goal."""
    return content.load("goal_frames", _locale())


def obstacles() -> tuple[Obstacle, ...]:
    """What often gets in the way, the inner ones first."""
    return tuple(sorted(content.load("obstacles", _locale()), key=lambda one: one.kind != "inner"))


def moments(code: str = "") -> tuple[TypicalMoment, ...]:
    """The typical moments of a week; those that fit the competency come first."""
    found = content.load("moments", _locale())
    return tuple(sorted(found, key=lambda one: code not in one.competencies)) if code else found


def moment(code: str) -> TypicalMoment | None:
    """One typical moment."""
    return next((one for one in moments() if one.code == code), None)


def ready_pairs(code: str = "", moment: str = "") -> list[ReadyIfThen]:
    """Ready if-then pairs for a competency, a moment or both."""
    return [
        one
        for one in content.load("if_thens", _locale())
        if (not code or code in one.competencies) and (not moment or one.moment == moment)
    ]


def practices(codes: Sequence[str]) -> list[SmallPractice]:
    """Small practices in real life for these competencies."""
    return [one for one in content.load("practices", _locale()) if one.competency in codes]


def items(code: str = "") -> list[Blueprint]:
    """Things of eight kinds to put into a plan: for this competency, and for any goal."""
    found = content.load("blueprints", _locale())
    return [one for one in found if not one.competencies or code in one.competencies]


def all_items() -> tuple[Blueprint, ...]:
    """Every thing that ships to be put into a plan."""
    return content.load("blueprints", _locale())


def all_practices() -> tuple[SmallPractice, ...]:
    """Every small practice."""
    return content.load("practices", _locale())


def plan_templates() -> tuple[PlanTemplate, ...]:
    """Whole plans to begin from."""
    return content.load("plan_templates", _locale())


def plan_template(code: str) -> PlanTemplate | None:
    """One plan to begin from."""
    return next((one for one in plan_templates() if one.code == code), None)


def ladder_example(code: str) -> LadderExample | None:
    """Five written outcomes of a goal: for this competency if there are some, else any."""
    found = content.load("gas_examples", _locale())
    return next((one for one in found if one.competency == code), found[0] if found else None)


def _locale() -> str:
    return get_language() or content.SOURCE_LOCALE
