"""The hard moment in a real browser: on a phone, without signing in, and without a network."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests import builders as make
from tests.sweep import problems
from tests.tracks.stage import home, log, started, target

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.accepts("T7-04")
def test_a_hard_moment_opens_on_a_phone_without_a_network_after_the_first_time(live_server, page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(live_server.url + "/help/")
    page.locator('a[href="/hard-moment/"]').first.click()
    page.locator('html[data-kept="yes"]').wait_for()
    assert page.url.endswith("/hard-moment/")
    assert problems(page) == []
    page.context.set_offline(True)
    page.reload()
    first = page.get_by_role("heading", name="1. Name it")
    first.wait_for()
    assert first.bounding_box()["y"] < 640
    assert page.locator("body").evaluate("one => getComputedStyle(one).margin") == "0px"
    page.get_by_role("link", name="Plan what you will say").click()
    page.get_by_label("Your first sentence").fill("May I begin?")
    page.context.set_offline(False)


def test_the_pages_of_a_track_fit_a_phone(live_server, page):
    home()
    amira = make.client()
    found = started(amira)
    one = target(amira, found)
    log(amira, one)
    session = Browser()
    session.force_login(amira.user)
    cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value}
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    for name, args in (("enrolment", [found.pk]), ("target", [one.pk]), ("choose", [])):
        page.goto(live_server.url + reverse(f"tracks:{name}", args=args))
        assert problems(page) == []
