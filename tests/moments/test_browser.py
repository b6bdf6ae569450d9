"""In a real browser: a week in a few clicks, one tap on a phone, and small screens."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from coachwork.kit import weeks
from coachwork.moments import queries
from coachwork.moments.models import MomentPlan
from coachwork.people.models import Client
from coachwork.plans.models import IfThen
from coachwork.practice.models import PracticeLog
from tests import builders as make
from tests.plans import stage
from tests.sweep import problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_CLICKS = 10


@pytest.fixture
def amira(monkeypatch) -> Client:
    """Somebody with a goal; the browser's clock is the real one, so the stage is set for today."""
    monkeypatch.setattr(stage, "NOW", now())
    monkeypatch.setattr(stage, "TODAY", weeks.day(now(), "UTC"))
    found = make.client()
    stage.if_then(found, stage.active(found), moment_kind="stand-up")
    return found


@pytest.fixture
def tab(live_server: Any, new_context: Callable[..., Any], amira: Client) -> Callable[..., Any]:
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


@pytest.mark.accepts("T11-01")
@pytest.mark.parametrize("script", [True, False])
def test_a_week_is_planned_from_twelve_typical_moments_in_at_most_ten_clicks(amira, tab, script):
    page, clicks = tab(java_script_enabled=script), []

    def click(what: Any) -> None:
        clicks.append(str(what))
        what.click()

    page.goto(reverse("home"))
    click(page.get_by_role("link", name="Choose moments for this week"))
    assert page.get_by_role("checkbox").count() == 12
    for name in ("One-to-one talk", "Stand-up or short team meeting", "Presentation or talk"):
        click(page.get_by_label(name))
    click(page.get_by_role("button", name="Go on"))
    # What fits is chosen already; somebody who wants something else changes each of the three.
    for moment in page.locator("main fieldset").all():
        click(moment.locator("label").nth(1))
    click(page.get_by_role("button", name="Keep this week"))
    page.wait_for_url("**/")
    assert len(clicks) <= MOST_CLICKS
    plans = MomentPlan.objects.select_related("moment", "behaviour")
    assert {plan.moment.code for plan in plans} == {"one-to-one", "stand-up", "presentation"}
    assert all(plan.behaviour for plan in plans)
    expect(page.get_by_role("region", name="Today")).to_contain_text("One-to-one talk")


def test_one_tap_logs_and_can_be_undone(amira, tab):
    page = tab(viewport={"width": 320, "height": 640})
    page.goto(reverse("home"))
    page.get_by_role("button", name="Did it").first.click()
    page.get_by_text("Logged.").first.wait_for()
    assert PracticeLog.objects.get().chance == "did"
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back").wait_for()
    assert PracticeLog.objects.count() == 2


def test_a_double_press_is_one_log(amira, tab):
    page = tab()
    page.goto(reverse("home"))
    page.get_by_role("button", name="Did it").first.dblclick()
    page.get_by_text("Logged.").first.wait_for()
    assert PracticeLog.objects.count() == 1


def paths(amira: Client) -> list[str]:
    kept = IfThen.objects.first()
    assert kept is not None
    link = queries.tap_link(actor=amira.user, client=amira, if_then_id=kept.pk, on=stage.TODAY)
    return [
        reverse("home"),
        reverse("moments:week"),
        reverse("practice:logs"),
        reverse("practice:log"),
        link,
    ]


@pytest.mark.accepts("T11-09")
def test_week_plan_and_check_in_need_no_horizontal_scroll_on_a_phone_at_200_percent(amira, tab):
    page = tab(viewport={"width": 320, "height": 640})

    def fits() -> None:
        for size in ("100%", "200%"):
            page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
            for summary in page.locator("main details > summary").all():
                summary.evaluate("one => { one.parentElement.open = true }")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, (page.url, size)

    for path in paths(amira):
        page.goto(path)
        fits()
    page.goto(reverse("moments:week"))
    page.get_by_label("One-to-one talk").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Keep this week").wait_for()
    fits()


def test_every_page_passes_axe(amira, tab):
    page = tab()
    for path in paths(amira):
        page.goto(path)
        assert not problems(page)
    page.goto(reverse("moments:week"))
    page.get_by_label("One-to-one talk").check()
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Keep this week").wait_for()
    assert not problems(page)
    page.context.clear_cookies()
    page.goto(reverse("home"))
    expect(page.get_by_role("link", name="Create an account")).to_be_visible()
    assert not problems(page)
