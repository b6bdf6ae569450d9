"""A scene in a real browser, by keyboard alone, with each change of state announced."""

import pytest
from django.test import Client as Browser
from django.urls import reverse

from coachwork.practice.models import Attempt
from tests import builders as make
from tests.sweep import problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.accepts("T3-08")
def test_a_whole_scene_is_played_by_keyboard_and_says_how_it_stands(live_server, page):
    amira = make.client()
    session = Browser()
    session.force_login(amira.user)
    cookie = {"name": "sessionid", "value": session.cookies["sessionid"].value}
    page.context.add_cookies([{**cookie, "url": live_server.url}])
    page.goto(live_server.url + reverse("practice:scene", args=["brief-in-the-round"]))
    page.get_by_role("button", name="Begin").press("Enter")
    heard = []
    for number in range(4):
        page.wait_for_selector(f"input[name=step][value='{number}']", state="attached")
        # The line that was just said has the focus, so that it is read aloud first.
        assert page.evaluate("document.activeElement.localName") == "h1"
        heard.append(page.get_by_role("status").last.inner_text())
        if number == 0:
            assert problems(page) == []
        for _tab in range(40):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.name") == "choice":
                break
        page.keyboard.press("Enter")
    page.get_by_role("link", name="Look at yourself").wait_for()
    assert page.evaluate("document.activeElement.localName") == "h1"
    assert problems(page) == []
    assert heard[0] != heard[1]
    assert Attempt.objects.get().state == "submitted"
