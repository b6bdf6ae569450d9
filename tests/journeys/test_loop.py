"""The loop on the demo's data, and what must not happen while somebody walks it."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.journeys import loop
from tests.journeys.conftest import SignedIn
from tests.journeys.house import House
from tests.journeys.walkers import Pointer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ONE_HOUR = 60 * 60
MARK = "It came from the horizon"


@pytest.mark.accepts("G-07")
def test_from_the_demos_evidence_round_the_loop_to_new_evidence(own_demo: House, page: Any) -> None:
    """Ngozi has been assessed and seen by others; a newcomer takes her round once."""
    begun = time.monotonic()
    walker = Pointer(page, own_demo.url)
    walker.open("/")
    walker.press("Sign in as Ngozi Eze")
    name = "Managing expectations"
    walker.visit("Evidence")
    walker.reads(name)
    walker.visit("Gaps")
    loop.find_the_focus(walker, name)
    loop.write_a_goal(walker, name)
    walker.press("I went through it")
    walker.choose("8")
    walker.press("Go on")
    walker.choose("Only you")  # her coach need not agree to what is hers alone
    walker.press("Agree and start")
    loop.log_practice(walker)
    loop.see_it_count(walker, name)
    [(level, reason)] = own_demo.rows(
        "SELECT level, reason FROM evidence_agreedlevel ORDER BY id DESC LIMIT 1"
    )
    assert float(str(level)) == 2 and reason
    [(text, chance)] = own_demo.rows(
        "SELECT text, chance FROM evidence_evidence ORDER BY id DESC LIMIT 1"
    )
    assert (text, chance) == (loop.LINE, "did")
    reading = len(walker.screens) * 20 + walker.presses * 5
    assert reading + time.monotonic() - begun < ONE_HOUR


def test_what_was_typed_outlives_a_session_that_ended_meanwhile(
    own_demo: House, signed_in: SignedIn
) -> None:
    page = signed_in(own_demo, "joanna")
    page.goto(f"{own_demo.url}/evidence/gaps/")
    page.get_by_role("link", name="Decide").first.click()
    path = page.url.removeprefix(own_demo.url)
    page.get_by_label("A note to yourself").fill(MARK)
    page.wait_for_function("words => JSON.stringify(localStorage).includes(words)", arg=MARK)
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("main").get_by_role("button", name="Decide").click()
    page.wait_for_url("**/account/login/**")
    page.locator("input[name=login]").fill("joanna@demo.example")
    page.locator("input[name=password]").fill("coachwork-demo")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda there: "/account/login" not in there)
    page.goto(own_demo.url + path)
    assert page.get_by_label("A note to yourself").input_value() == MARK
    assert not own_demo.rows("SELECT 1 FROM evidence_gapdecision WHERE note = ?", MARK)


def test_a_form_sent_twice_counts_once(own_demo: House, signed_in: SignedIn) -> None:
    """Two presses before the answer, in two tabs that show the same page."""
    first = signed_in(own_demo, "rafael")
    second = first.context.new_page()
    for page in (first, second):
        page.goto(f"{own_demo.url}/")
        page.locator("summary", has_text="Add a line").first.click()
        page.locator("input[name=line]").first.fill(MARK)
    for page in (first, second):
        page.get_by_role("button", name="Did it").first.dblclick(no_wait_after=True)
        page.wait_for_load_state("load")
        page.get_by_text("Logged").first.wait_for()
    rows = own_demo.rows("SELECT COUNT(*) FROM practice_practicelog WHERE line = ?", MARK)
    assert rows == [(1,)]
    seen = own_demo.rows("SELECT COUNT(*) FROM evidence_evidence WHERE text = ?", MARK)
    assert seen == [(1,)]


def test_two_tabs_write_one_goal_and_the_later_words_stay(
    own_demo: House, signed_in: SignedIn
) -> None:
    first = signed_in(own_demo, "tomasz")
    first.goto(f"{own_demo.url}/plan/goals/new/")
    first.get_by_label("Something else, in my own words").check()
    first.get_by_role("button", name="Go on").click()
    first.wait_for_url("**/why/")
    second = first.context.new_page()
    second.goto(first.url)
    for page, words in ((first, "From the first tab"), (second, "From the second tab")):
        page.get_by_label("Why does this matter to you now?").fill(words)
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url("**/goal/")
    goals = own_demo.rows(
        "SELECT why FROM plans_goal JOIN people_client c ON c.id = client_id"
        " WHERE c.name = 'Tomasz Wrona'"
    )
    assert goals == [("From the second tab",)]


def test_signing_in_leads_back_to_where_one_was_going(
    demo: House, new_context: Callable[..., Any]
) -> None:
    page = new_context().new_page()
    page.goto(f"{demo.url}/plan/")
    assert "/account/login/" in page.url
    page.locator("input[name=login]").fill("joanna@demo.example")
    page.locator("input[name=password]").fill("coachwork-demo")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(f"{demo.url}/plan/")
