"""From an empty installation to evidence on the profile, by a person without a coach."""

import time
from typing import Any

import pytest

from tests.journeys import loop
from tests.journeys.house import House
from tests.journeys.walkers import Keys, Pointer

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROLE, FOCUS = "First-time manager", "Delegating"
PASSWORD = "a rather long sentence"
FIFTEEN_MINUTES = 15 * 60
# An unhurried person takes about this long for each page and each thing they choose or type.
SECONDS_A_SCREEN, SECONDS_A_PRESS = 12, 3


def arrive(walker: Pointer) -> None:
    """The set-up page of a new installation, signing in, and a record of one's own."""
    walker.open("/")
    walker.fill("Your name", "Noor Haddad")
    walker.fill("E-mail address", "noor@example.org")
    walker.secret(PASSWORD)
    walker.press("Make my account")
    walker.fill("Email", "noor@example.org")
    walker.secret(PASSWORD)
    walker.press("Sign in")
    walker.press("Open it")
    walker.press("Open my record")


def to_the_if_then(walker: Pointer) -> None:
    loop.choose_a_role(walker, ROLE)
    loop.look_at_oneself(walker)
    loop.find_the_focus(walker, FOCUS)
    loop.write_a_goal(walker, FOCUS)


@pytest.mark.accepts("G-01")
def test_from_nothing_to_the_first_if_then_in_fifteen_minutes_with_no_keys(
    empty: House, page: Any
) -> None:
    """The house runs on nothing but its folder, and the browser asks nobody else."""
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    begun = time.monotonic()
    walker = Keys(page, empty.url)
    arrive(walker)
    to_the_if_then(walker)
    [(if_text, then_text)] = empty.rows("SELECT if_text, then_text FROM plans_ifthen")
    assert (if_text, then_text) == (loop.IF, loop.THEN)
    strangers = {url for url in asked if not url.startswith((empty.url, "data:"))}
    assert not strangers
    reading = len(walker.screens) * SECONDS_A_SCREEN + walker.presses * SECONDS_A_PRESS
    assert reading + (time.monotonic() - begun) < FIFTEEN_MINUTES
    assert len(walker.screens) <= 40
    loop.start_the_goal(walker)
    loop.log_practice(walker)
    loop.see_it_count(walker, FOCUS)
