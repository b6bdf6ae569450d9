"""In a real browser: search as you type, by keyboard, and from a search to an aim."""

import re

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse
from playwright.sync_api import expect

from coachwork.frameworks import actions
from coachwork.frameworks.models import Concept, Framework
from tests import builders as make
from tests.frameworks.conftest import SAMPLES
from tests.sweep import problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def amira():
    """Somebody on an installation with catalogues, content, and a draft of their own to edit."""
    user = make.client().user
    user.is_staff = True
    user.save()
    samples = (("onet", "onet_29_3_text"), ("esco", "esco_v1.1.1"), ("crosswalk", "crosswalk.csv"))
    for kind, name in (*samples, ("csv", "framework.csv")):
        actions.import_file(actor=user, kind=kind, path=SAMPLES / name, name="Sailing", at=make.NOW)
    actions.load_content(at=make.NOW)
    return user


@pytest.fixture
def tab(live_server, new_context, amira):
    """A window in which Amira is signed in."""

    def opened(**options):
        context = new_context(base_url=live_server.url, **options)
        browser = Browser()
        browser.force_login(amira)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": browser.cookies[name].value, "url": live_server.url}
        context.add_cookies([cookie])
        return context.new_page()

    return opened


def test_results_come_as_you_type_and_the_keyboard_leads_to_them(tab, axe):
    page = tab()
    page.goto(reverse("frameworks:search"))
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("lihgthouse ke", delay=30)
    expect(page.locator(".search__result").first).to_contain_text(re.compile("lighthouse", re.I))
    status = page.locator("#count")
    expect(status).to_have_text(re.compile(r"\d+ found"))
    assert status.count() == 1
    assert status.get_attribute("role") == "status"
    axe(page)
    page.get_by_label("Look among").select_option("skills")
    expect(status).to_have_text("1 found")  # only the end of the words fits a skill
    expect(page.locator(".search__note")).to_contain_text("Skill")
    expect(page.get_by_role("searchbox")).to_have_value("lihgthouse ke")
    page.get_by_label("Look among").select_option("roles")
    expect(page.locator(".search__note").first).to_contain_text("Occupation")
    page.get_by_role("searchbox").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("lighthouse", re.I))


@pytest.mark.parametrize("script", [True, False])
def test_from_a_search_to_an_aim(tab, script):
    page = tab(java_script_enabled=script)
    page.goto(reverse("frameworks:search"))
    page.get_by_role("searchbox").fill("Beacon Officer")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Lighthouse Keepers").click()
    page.get_by_role("button", name="Use as my aim").click()
    expect(page.get_by_role("radio", name=re.compile("Lighthouse Keepers"))).to_be_checked()


def test_every_page_is_sound_at_every_width(tab, amira):
    page = tab()
    keeper = Concept.objects.get(uri="99-1011.00")
    role = actions.adopt_occupation(actor=amira, concept=keeper, at=make.NOW)
    draft = Framework.objects.get(slug="sailing")
    places = {
        "search": (), "roles": (), "role": (role.pk,), "concept": (keeper.pk,), "frameworks": (),
        "framework": (draft.pk,), "competency": (draft.competencies.first().pk,),
        "competency-new": (draft.pk,), "role-new": (draft.pk,), "new": (), "import": (),
    }  # fmt: skip
    for name, args in places.items():
        page.goto(reverse(f"frameworks:{name}", args=args))
        assert not problems(page)
