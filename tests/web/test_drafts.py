"""What somebody is typing outlives a reload and a lost session, and leaves with its owner."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests import builders
from tests.web import pages

pytestmark = pytest.mark.urls("tests.web.pages")


@pytest.fixture(autouse=True)
def nothing_saved() -> Iterator[None]:
    pages.SAVED.clear()
    yield
    pages.SAVED.clear()


def test_a_stored_form_names_its_draft(client: Client) -> None:
    assert (
        client.post("/note", {"text": "x", "draft": "note"}).cookies["draft_done"].value == "note"
    )


def test_a_form_sent_to_the_sign_in_page_keeps_its_draft(client: Client) -> None:
    assert "draft_done" not in client.post("/expired", {"text": "x", "draft": "note"}).cookies


@pytest.mark.parametrize("key", ["", "x" * 121, "a\r\nSet-Cookie: b=c", "ü", "\x00"])
def test_a_strange_key_is_not_repeated(client: Client, key: str) -> None:
    assert "draft_done" not in client.post("/note", {"text": "x", "draft": key}).cookies


def typed(page: Any, words: str) -> None:
    page.get_by_label("Note").fill(words)
    page.wait_for_function("words => JSON.stringify(localStorage).includes(words)", arg=words)


def drafts(page: Any) -> int:
    return int(page.evaluate("Object.keys(localStorage).length"))


@pytest.mark.browser
def test_typed_text_survives_a_reload_and_can_be_set_aside(
    live_server: Any, new_context: Callable[..., Any]
) -> None:
    page = new_context().new_page()
    page.goto(f"{live_server.url}/note")
    typed(page, "Half a thought")
    page.reload()
    assert page.get_by_label("Note").input_value() == "Half a thought"
    page.get_by_role("button", name="Use the saved version instead").click()
    assert page.get_by_label("Note").input_value() == "Saved."
    page.reload()
    assert page.get_by_label("Note").input_value() == "Saved."
    assert page.get_by_text("We kept what you typed").count() == 0


@pytest.mark.browser
def test_typed_text_survives_a_session_that_ended(
    live_server: Any, new_context: Callable[..., Any]
) -> None:
    builders.user()  # an installation with an account has a sign-in page
    page = new_context().new_page()
    page.goto(f"{live_server.url}/note?to=/expired")
    page.get_by_label("Note").fill("A long, careful text")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    page.goto(f"{live_server.url}/note")
    assert page.get_by_label("Note").input_value() == "A long, careful text"


@pytest.mark.browser
def test_a_draft_goes_once_the_server_has_the_text(
    live_server: Any, new_context: Callable[..., Any]
) -> None:
    page = new_context().new_page()
    page.goto(f"{live_server.url}/note")
    typed(page, "Finished")
    with page.expect_navigation():
        page.get_by_role("button", name="Save").click()
    assert pages.SAVED == ["Finished"]
    assert page.get_by_label("Note").input_value() == "Saved."
    assert drafts(page) == 0


@pytest.mark.browser
def test_signing_out_wipes_every_draft(live_server: Any, new_context: Callable[..., Any]) -> None:
    page = new_context().new_page()
    page.goto(f"{live_server.url}/note")
    typed(page, "Mine alone")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert drafts(page) == 0


@pytest.mark.browser
def test_two_quick_presses_send_once(live_server: Any, new_context: Callable[..., Any]) -> None:
    page = new_context().new_page()
    page.goto(f"{live_server.url}/note")
    page.get_by_label("Note").fill("Once")
    with page.expect_navigation():
        page.evaluate(
            "() => { const save = document.querySelector('[data-count] button');"
            " save.click(); save.click() }"
        )
    assert pages.SAVED == ["Once"]
