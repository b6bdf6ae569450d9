"""The journal in a real browser: nothing typed is lost, and one calm word after a long time."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from coachwork.reflection.models import Entry
from tests import builders as make
from tests.sweep import problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def amira():
    return make.client()


@pytest.fixture
def hers(amira, live_server, page):
    """A page of Chromium that is signed in."""
    session = Browser()
    session.force_login(amira.user)
    cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value}
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    return page


@pytest.mark.accepts("T10-06")
def test_two_thousand_words_survive_a_dead_network_and_a_reload(hers, live_server):
    hers.goto(live_server.url + reverse("reflection:write", args=["free"]))
    words = " ".join(f"word{n}" for n in range(2_000))
    hers.context.set_offline(True)
    hers.locator("#id_answer_0").fill(words)
    hers.wait_for_timeout(600)  # typing rests for a moment before it is kept
    hers.context.set_offline(False)
    hers.reload()
    assert hers.locator("#id_answer_0").input_value() == words
    hers.get_by_role("button", name="Keep it").click()
    hers.wait_for_url("**/page/**")
    assert Entry.objects.count() == 1
    hers.goto(live_server.url + reverse("reflection:write", args=["free"]))
    assert hers.locator("#id_answer_0").input_value() == ""


@pytest.mark.accepts("T10-08")
def test_after_25_minutes_one_calm_suggestion_comes_once_a_day_and_never_blocks(hers, live_server):
    address = live_server.url + reverse("reflection:write", args=["free"])
    hers.clock.install()
    hers.goto(address)
    calm = hers.locator("[data-calm]")
    assert not calm.is_visible()
    hers.clock.fast_forward("25:01")
    calm.wait_for(state="visible")
    hers.locator("#id_answer_0").fill("I go on.")
    hers.get_by_role("button", name="Keep it").click()
    hers.wait_for_url("**/page/**")
    hers.goto(address)
    hers.clock.fast_forward("30:00")
    assert not calm.is_visible()
    hers.clock.fast_forward("24:00:00")
    hers.goto(address)
    hers.clock.fast_forward("25:01")
    calm.wait_for(state="visible")


def test_the_pages_fit_a_phone_in_both_lights_and_the_keyboard_reaches_everything(
    hers, live_server
):
    for name, args in (("journal", []), ("write", ["after_event"]), ("insights", [])):
        hers.goto(live_server.url + reverse(f"reflection:{name}", args=args))
        assert problems(hers) == []
