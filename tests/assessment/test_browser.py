"""In a real browser: by keyboard alone, without a script, and after a lost session."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse
from playwright.sync_api import expect

from coachwork.assessment.models import SelfAssessment
from coachwork.evidence.models import Evidence
from coachwork.people.models import Client
from tests import builders as make
from tests.assessment.test_actions import aimed, begin
from tests.evidence import builders as ledger

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def amira() -> Client:
    owner = make.client()
    aimed(owner)
    return owner


@pytest.fixture
def tab(live_server: Any, new_context: Callable[..., Any], amira: Client) -> Callable[..., Any]:
    """A browser window in which Amira is signed in."""

    def opened(**options: Any) -> Any:
        context = new_context(base_url=live_server.url, **options)
        sign_in(context, live_server.url, amira)
        return context.new_page()

    return opened


def sign_in(context: Any, url: str, owner: Client) -> None:
    name = settings.SESSION_COOKIE_NAME
    browser = Browser()
    browser.force_login(ledger.user_of(owner))
    context.add_cookies([{"name": name, "value": browser.cookies[name].value, "url": url}])


def screen(draft: SelfAssessment, position: int) -> str:
    return reverse("assessment:rate", args=[draft.pk, position])


def test_from_the_first_screen_to_the_mirror_by_keyboard_alone(tab, amira, axe):
    draft = begin(amira)
    page = tab()
    page.goto(screen(draft, 1))
    axe(page)
    page.keyboard.press("4")
    assert page.locator("input[value='4']").is_checked()
    for _ in range(12):
        if page.evaluate("document.activeElement.name") == "example":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("I asked twice")
    reach(page, "Save and go on")
    page.wait_for_url(f"**{screen(draft, 2)}")
    page.wait_for_function("document.readyState === 'complete'")
    page.keyboard.press("0")
    expect(page.locator("input[value='not_seen']")).to_be_checked()
    reach(page, "Save and look it over")
    page.wait_for_url(f"**{reverse('assessment:review', args=[draft.pk])}")
    axe(page)
    reach(page, "Hand it in")
    page.wait_for_url(f"**{reverse('assessment:mirror', args=[draft.pk])}")
    assert page.get_by_text("I asked twice").is_visible()
    axe(page)
    row = Evidence.objects.get()
    assert (row.level, row.text) == (4, "I asked twice")


def reach(page: Any, name: str) -> None:
    """Tab to the button with these words, and press it."""
    for _ in range(40):
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way by keyboard to {name!r}")


def test_everything_works_without_a_script(tab, amira):
    page = tab(java_script_enabled=False)
    page.goto(reverse("assessment:start"))
    page.get_by_role("button", name="Begin: about 8 minutes").click()
    page.locator("label", has_text="C01 at level 3").click()
    page.get_by_label("The last time this showed up").fill("On Monday")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_role("button", name="Save and look it over").click()
    page.get_by_role("button", name="Hand it in").click()
    assert page.get_by_text("On Monday").is_visible()
    page.get_by_role("link", name="See the gaps").click()
    page.get_by_role("link", name="Agree a level", exact=False).first.click()
    page.get_by_label("3, Dependable", exact=True).check()
    page.get_by_label("Why this level? One line").fill("Seen often")
    page.get_by_role("button", name="Agree this level").click()
    page.get_by_role("link", name="Decide about it").click()
    page.get_by_label("Focus on it").check()
    page.get_by_role("button", name="Decide").click()
    assert page.get_by_role("link", name="Make it a goal", exact=False).first.is_visible()


def test_what_was_typed_survives_a_session_that_ended(tab, live_server, amira):
    draft = begin(amira)
    page = tab()
    page.goto(screen(draft, 1))
    page.get_by_label("The last time this showed up").fill("Ten minutes of typing")
    page.wait_for_timeout(1500)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.get_by_role("button", name="Save and go on").click()
    page.wait_for_url("**/account/login/**")
    sign_in(page.context, live_server.url, amira)
    page.goto(screen(draft, 1))
    assert page.get_by_label("The last time this showed up").input_value() == (
        "Ten minutes of typing"
    )
