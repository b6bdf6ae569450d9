"""The one next step of the home page, chosen by plain rules that each say their reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.frameworks.models import Competency


@dataclass(frozen=True)
class NextStep:
    """What to do next, why this, and where it is done."""

    kind: str
    title: str
    reason: str
    label: str
    url: str
    sends: Mapping[str, str] | None = None  # posted, where the step begins with a press


@dataclass(frozen=True)
class Standing:
    """How far a person has come, as far as the rules need to know."""

    has_aim: bool = False
    has_rated: bool = False
    open_assessment: str = ""
    has_focus: bool = False
    draft_goal: str = ""
    active_goal: str = ""
    has_if_then: bool = False
    in_reserve: bool = False
    has_week: bool = False
    week_is_young: bool = False
    open_if_then: str = ""  # one that was not practised today
    item: Any = None
    logged_this_week: int = 0


Rule = Callable[[Standing], NextStep | None]


def begin(now: Standing) -> NextStep | None:
    if now.active_goal or now.has_rated or now.open_assessment or now.has_aim:
        return None
    return NextStep(
        "aim",
        _("Choose a role to look at"),
        _("Your role today or the next one: it says which skills matter, and nothing is measured."),
        _("Choose a role"),
        reverse("assessment:start"),
    )


def go_on_assessing(now: Standing) -> NextStep | None:
    if not now.open_assessment:
        return None
    return NextStep(
        "assess",
        _("Go on with your self-assessment"),
        _("You have begun it, and what you answered is kept."),
        _("Go on"),
        reverse("assessment:resume", args=[now.open_assessment]),
    )


def assess(now: Standing) -> NextStep | None:
    if now.active_goal or now.has_rated:
        return None
    return NextStep(
        "assess",
        _("Look at yourself in ten minutes"),
        _("You have chosen a role. Your own view is where the picture starts."),
        _("Start"),
        reverse("assessment:start"),
    )


def choose_focus(now: Standing) -> NextStep | None:
    if now.active_goal or now.draft_goal or now.has_focus or not now.has_aim:
        return None
    return NextStep(
        "focus",
        _("Choose one thing to work on"),
        _("You know how you see yourself. Beside the role, some gaps matter more."),
        _("See the gaps"),
        reverse("evidence:gaps"),
    )


def go_on_writing(now: Standing) -> NextStep | None:
    if now.active_goal or not now.draft_goal:
        return None
    return NextStep(
        "goal",
        _("Go on with your goal"),
        _("You have begun to write it, and every word is kept."),
        _("Go on"),
        reverse("plans:goal-goal", args=[now.draft_goal]),
    )


def write_goal(now: Standing) -> NextStep | None:
    if now.active_goal:
        return None
    return NextStep(
        "goal",
        _("Write a goal"),
        _("You know what you want to work on. A goal in your own words gives it a first step."),
        _("Write it"),
        reverse("plans:goal-new"),
    )


def rest(now: Standing) -> NextStep | None:
    if not now.in_reserve:
        return None
    return NextStep(
        "rest",
        _("This week is yours"),
        _("You took it off. Nothing is asked, and nothing is lost."),
        _("See the plan"),
        reverse("plans:plan"),
    )


def write_if_then(now: Standing) -> NextStep | None:
    if now.has_if_then:
        return None
    return NextStep(
        "if_then",
        _("Tie your goal to a real moment"),
        _("Your goal has no active if-then plan, and that is what makes it happen on a busy day."),
        _("Write an if-then plan"),
        reverse("plans:if-then-new", args=[now.active_goal]),
    )


def plan_week(now: Standing) -> NextStep | None:
    if now.has_week or not now.week_is_young:
        return None
    return NextStep(
        "week",
        _("Choose up to three moments of this week"),
        _("The week has just begun. Moments that come anyway need no extra time."),
        _("Plan the week"),
        reverse("moments:week"),
    )


def practise(now: Standing) -> NextStep | None:
    if not now.open_if_then:
        return None
    return NextStep(
        "practise",
        now.open_if_then,
        _("You tied this to a moment of your day. Afterwards, one tap is enough."),
        _("See it below"),
        "#today",
    )


def do_item(now: Standing) -> NextStep | None:
    if now.item is None:
        return None
    return NextStep(
        "item",
        now.item["first_step"] or now.item["title"],
        _("It is the first thing in your plan for this week."),
        _("See the plan"),
        reverse("plans:plan"),
    )


def enough(now: Standing) -> NextStep:
    times = now.logged_this_week
    told = ngettext(
        "You logged %(times)d chance this week. That is plenty for now.",
        "You logged %(times)d chances this week. That is plenty for now.",
        times,
    ) % {"times": times}
    return NextStep(
        "enough",
        _("Nothing more for today"),
        told if times else _("What you planned for this week is done."),
        _("See how the picture moves"),
        reverse("evidence:profile"),
    )


BEFORE_PRACTICE: tuple[Rule, ...] = (
    begin,
    go_on_assessing,
    assess,
    go_on_writing,
    choose_focus,
    write_goal,
    rest,
    write_if_then,
    plan_week,
    practise,
)


def chosen(now: Standing, rules: tuple[Rule, ...]) -> NextStep | None:
    """The step of the first rule that has one."""
    return next((step for rule in rules if (step := rule(now)) is not None), None)


def look_again(competency: Competency, chances: int) -> NextStep:
    """Several chances since the last own level: the picture may have moved."""
    reason = ngettext(
        "You logged %(chances)d chance since you last rated it.",
        "You logged %(chances)d chances since you last rated it.",
        chances,
    )
    return NextStep(
        "look_again",
        _("Look again at “%(name)s”") % {"name": competency.worded("name")},
        reason % {"chances": chances},
        _("Look again"),
        reverse("assessment:start"),
        sends={"depth": "single", "part": str(competency.pk)},
    )
