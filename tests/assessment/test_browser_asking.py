"""The adaptive form and a check in a real browser: by keyboard alone, and without a script."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from coachwork.assessment.models import KnowledgeCheck, SelfRating
from coachwork.evidence.models import Evidence
from coachwork.frameworks.models import Framework
from tests import builders as make
from tests.assessment.test_actions import aimed, begin
from tests.assessment.test_browser import reach, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def amira() -> Any:
    owner = make.client()
    for code in ("C08", "C12"):
        make.competency(code, behaviours=5)
    aimed(owner, C08=3, C12=4)
    Framework.objects.update(slug="career-core-40")
    return owner


@pytest.fixture
def tab(live_server: Any, new_context: Any, amira: Any) -> Any:
    def opened(**options: Any) -> Any:
        context = new_context(base_url=live_server.url, **options)
        sign_in(context, live_server.url, amira)
        return context.new_page()

    return opened


def test_the_adaptive_form_by_keyboard_alone(tab, amira, axe):
    draft = begin(amira, "adapt")
    page = tab(viewport={"width": 320, "height": 800})
    page.goto(reverse("assessment:ask", args=[draft.pk]))
    axe(page)
    for _ in range(20):
        page.wait_for_function("document.readyState === 'complete'")
        if "/review/" in page.url:
            break
        before = page.url
        if "/enough/" in page.url:
            expect(page.get_by_text("I have asked enough about this", exact=False)).to_be_visible()
            axe(page)
            last = page.get_by_role("button", name="Save and look it over").count()
            reach(page, "Save and look it over" if last else "Save and go on")
        else:
            page.keyboard.press("4")
            assert page.locator("input[value='4']").is_checked()
            reach(page, "Save and go on")
        page.wait_for_url(lambda url, before=before: url != before)
    axe(page)
    reach(page, "Hand it in")
    page.wait_for_url(f"**{reverse('assessment:mirror', args=[draft.pk])}")
    asked = SelfRating.objects.filter(behaviour__isnull=False, level=4).count()
    assert 4 <= asked <= 6 and asked == Evidence.objects.count()


def test_both_work_without_a_script(tab, amira):
    page = tab(java_script_enabled=False)
    page.goto(reverse("assessment:start"))
    page.get_by_role("button", name="Only what tells most: about 12 minutes").click()
    for _ in range(20):
        if "/review/" in page.url:
            break
        if "/enough/" not in page.url:
            page.locator("label:has(input[value='3'])").click()
        page.locator("button[value=on]").click()
    page.get_by_role("button", name="Hand it in").click()
    assert page.get_by_role("heading", name="Where you are strongest").is_visible()
    page.goto(reverse("assessment:checks"))
    page.get_by_role("button", name="Skill C08").click()
    for _ in range(12):
        if not page.get_by_label("I do not know").count():
            break
        page.get_by_label("I do not know").check()
        page.get_by_role("button", name="Answer", exact=True).click()
    assert page.get_by_text("never changes a level", exact=False).is_visible()
    assert KnowledgeCheck.objects.get().state == "finished"


def test_a_check_is_readable_for_everybody(tab, amira, axe):
    page = tab(viewport={"width": 320, "height": 800})
    page.goto(reverse("assessment:checks"))
    axe(page)
    page.get_by_role("button", name="Skill C08").click()
    page.wait_for_load_state()
    axe(page)
    while page.get_by_label("I do not know").count():
        page.get_by_label("I do not know").check()
        page.get_by_role("button", name="Answer", exact=True).click()
        page.wait_for_load_state()
    axe(page)
