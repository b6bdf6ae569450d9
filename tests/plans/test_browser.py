"""In a real browser: the plan by keyboard alone, the dialogue, and what takes the focus."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from coachwork.kit import weeks
from coachwork.people.models import Client
from coachwork.plans import actions
from coachwork.plans.models import Goal, IfThen, PlanItem
from tests import builders as make
from tests.plans import stage
from tests.sweep import problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = [320, 768, 1280]


@pytest.fixture
def amira() -> Client:
    return make.client()


@pytest.fixture
def today(monkeypatch):
    """The browser's clock is the real one, so the stage is set for today."""
    monkeypatch.setattr(stage, "NOW", now())
    monkeypatch.setattr(stage, "TODAY", weeks.day(now(), "UTC"))
    return stage.TODAY


@pytest.fixture
def tab(
    live_server: Any, new_context: Callable[..., Any], amira: Client, today: Any
) -> Callable[..., Any]:
    """A window in which Amira is signed in."""

    def opened(**options: Any) -> Any:
        context = new_context(base_url=live_server.url, **options)
        browser = Browser()
        browser.force_login(amira.user)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": browser.cookies[name].value, "url": live_server.url}
        context.add_cookies([cookie])
        return context.new_page()

    return opened


@pytest.mark.accepts("T2-09")
@pytest.mark.parametrize("script", [True, False])
def test_items_are_reordered_and_moved_between_weeks_by_keyboard_alone(amira, tab, script):
    for name in ("One", "Two", "Three"):
        stage.item(amira, name)
    page = tab(java_script_enabled=script)
    page.goto(reverse("plans:plan"))

    def press(item: str, button: str, week: str, expected: list[str]) -> None:
        summary = f"Move or change: {item}"
        opened = page.locator("details[open] summary", has_text=summary)
        if not opened.count():
            page.locator("h1").first.click()  # begin at the top, as after opening the page
            _reach_named(page, summary)
            page.keyboard.press("Enter")
        _reach_named(page, f"{button}: {item}")
        page.keyboard.press("Enter")
        items = page.get_by_role("region", name=week, exact=True).locator("h3")
        expect(items).to_have_text(expected)

    press("Three", "Up", "This week", ["One", "Three", "Two"])
    press("Three", "Up", "This week", ["Three", "One", "Two"])
    press("Three", "Down", "This week", ["One", "Three", "Two"])
    press("One", "To next week", "Next week", ["One"])
    press("One", "One week later", "This week", ["Three", "Two"])
    press("Two", "To later", "Later", ["Two"])
    press("Two", "To this week", "This week", ["Three", "Two"])
    found = {item.title: item.week_on for item in PlanItem.objects.all()}
    this_week = weeks.monday(stage.TODAY)
    assert found["Two"] == found["Three"] == this_week
    assert found["One"] == this_week + 2 * weeks.WEEK


def _reach_named(page: Any, name: str, *, most: int = 120) -> None:
    """Tab on until what is in focus reads like this, hidden words included."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate(
            "(document.activeElement.textContent ?? '').replace(/\\s+/g, ' ').trim()"
        )
        if said == name:
            return
    raise AssertionError(f"{name!r} cannot be reached by the keyboard")


def test_after_a_move_the_focus_stays_with_the_item(amira, tab):
    one, _two = stage.item(amira, "One"), stage.item(amira, "Two")
    page = tab()
    page.goto(reverse("plans:plan"))
    card = page.locator(f"#item-{one.pk}")
    card.locator("summary").first.click()
    card.get_by_role("button", name="To next week").click()
    page.get_by_role("region", name="Next week").locator("h3", has_text="One").wait_for()
    page.wait_for_function("document.activeElement.textContent.trim() === 'One'")


@pytest.mark.accepts("T2-12")
def test_the_field_that_is_missing_has_the_focus(amira, tab):
    goal = stage.ready(amira, baseline="")
    page = tab()
    page.goto(reverse("plans:goal-start", args=[goal.pk]))
    page.get_by_role("button", name="Agree and start").click()
    page.wait_for_url("**/write/today/?missing=1")
    page.wait_for_function("document.activeElement.name === 'baseline'")
    assert page.locator("#id_baseline_error").is_visible()
    assert Goal.objects.get().state == Goal.State.DRAFT


@pytest.mark.parametrize("script", [True, False])
def test_a_goal_is_written_from_the_first_question_to_the_start(amira, tab, axe, script):
    stage.listening()
    page = tab(java_script_enabled=script)
    page.goto(reverse("plans:goal-new"))
    page.get_by_text("Something else, in my own words").click()
    page.get_by_role("button", name="Go on").click()
    go_on = page.get_by_role("button", name="Go on", exact=True)
    page.get_by_label("Why does this matter to you now?").fill("It matters")
    go_on.click()
    if script:
        page.get_by_label("Your goal, in one sentence").press_sequentially("be a better listener")
        page.get_by_text("What would somebody see or hear you do?").wait_for()
    page.get_by_label("Your goal, in one sentence").fill("In one-to-ones I ask first, by May")
    go_on.click()
    page.get_by_label("Where are you today?").fill("I solve at once")
    page.get_by_label("By when?").fill(stage.week(12).isoformat())
    go_on.click()
    for name, words in (
        ("As expected", "most talks"),
        ("Better than expected", "all talks"),
        ("Far better than expected", "others ask me"),
        ("On the way", "I notice it after"),
        ("Where it starts", "never"),
    ):
        page.get_by_label(name, exact=False).first.fill(words)
    go_on.click()
    page.get_by_label("My old habit is faster").check()
    go_on.click()
    page.get_by_label("If …").fill("Jo stops talking")
    page.get_by_label("… then I …").fill("I wait two breaths")
    go_on.click()
    page.get_by_role("button", name="I went through it").click()
    page.get_by_role("group", name="How much do you want this").get_by_label("8").check()
    go_on.click()
    if script:
        axe(page)
    page.get_by_role("button", name="Agree and start").click()
    page.wait_for_url("**" + reverse("plans:plan"))
    assert Goal.objects.get().state == Goal.State.ACTIVE
    assert IfThen.objects.get().active


def test_every_page_passes_axe_and_fits_its_screen(amira, tab):
    goal, draft = stage.active(amira), stage.ready(amira, title="A draft")
    kept = stage.if_then(amira, goal)
    for n in range(4):
        stage.item(amira, f"Item {n}", goal=goal, effort_minutes=60, kind="learning")
    actions.suggest_item(actor=amira.user, client=amira, title="Try", at=stage.NOW)
    page = tab()
    steps = ("why", "goal", "today", "outcomes", "obstacle", "if-then", "rehearse", "commitment")
    paths = [
        reverse("plans:plan"),
        reverse("plans:story"),
        reverse("plans:settings"),
        reverse("plans:review"),
        reverse("plans:suggestions"),
        reverse("plans:item-new"),
        reverse("plans:item", args=[PlanItem.objects.first().pk]),
        reverse("plans:goal", args=[goal.pk]),
        reverse("plans:goal-versions", args=[goal.pk]),
        reverse("plans:goal-reword", args=[goal.pk]),
        reverse("plans:goal-close", args=[goal.pk]),
        reverse("plans:goal-let-go", args=[goal.pk]),
        reverse("plans:goal-new"),
        *(reverse(f"plans:goal-{step}", args=[draft.pk]) for step in steps),
        reverse("plans:goal-start", args=[draft.pk]),
        reverse("plans:goal-today", args=[draft.pk]) + "?missing=1",
        reverse("plans:goal-goal", args=[draft.pk]) + "?frame=learn-to",
        reverse("plans:if-then", args=[kept.pk]) + "?moment=stand-up",
        reverse("plans:if-then-rehearse", args=[kept.pk]),
    ]
    for path in paths:
        page.goto(path)
        assert not problems(page)
