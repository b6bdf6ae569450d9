"""From an empty installation to evidence on the profile, by a person without a coach."""

import time
from collections.abc import Callable
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
INSTALL_SECONDS = 120  # ./run on a fresh machine; its first start is measured in CI


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
    walker.press("See the gaps")
    loop.find_the_focus(walker, FOCUS)
    loop.write_a_goal(walker, FOCUS)


def to_the_evidence(walker: Pointer) -> None:
    loop.start_the_goal(walker)
    loop.log_practice(walker)
    loop.see_it_count(walker, FOCUS)


@pytest.mark.accepts("G-01")
def test_from_nothing_to_the_first_if_then_in_fifteen_minutes_with_no_keys(
    empty: House, page: Any
) -> None:
    """The house was given its folder and nothing else, and the browser asks nobody else."""
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url))
    begun = time.monotonic()
    walker = Pointer(page, empty.url)
    arrive(walker)
    to_the_if_then(walker)
    assert empty.rows("SELECT if_text, then_text FROM plans_ifthen") == [(loop.IF, loop.THEN)]
    assert not {url for url in asked if not url.startswith((empty.url, "data:"))}
    assert not empty.calls_out(), "the server has talked to somebody"
    reading = len(walker.screens) * SECONDS_A_SCREEN + walker.presses * SECONDS_A_PRESS
    assert reading + time.monotonic() - begun + INSTALL_SECONDS < FIFTEEN_MINUTES
    assert len(walker.screens) <= 36
    to_the_evidence(walker)


@pytest.mark.accepts("G-05")
def test_the_whole_loop_with_the_keyboard_alone_and_the_focus_always_in_sight(
    empty: House, page: Any
) -> None:
    walker = Keys(page, empty.url)
    arrive(walker)
    to_the_if_then(walker)
    to_the_evidence(walker)


def test_the_whole_loop_without_scripts(empty: House, new_context: Callable[..., Any]) -> None:
    walker = Pointer(new_context(java_script_enabled=False).new_page(), empty.url)
    arrive(walker)
    to_the_if_then(walker)
    to_the_evidence(walker)


def test_the_whole_loop_on_a_small_phone(empty: House, new_context: Callable[..., Any]) -> None:
    small = {"width": 320, "height": 640}
    walker = Pointer(new_context(viewport=small, has_touch=True).new_page(), empty.url)
    arrive(walker)
    to_the_if_then(walker)
    to_the_evidence(walker)
