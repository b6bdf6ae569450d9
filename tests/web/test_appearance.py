"""The choice of a theme: with a script at once, without one by a form; and keys, menus, dialogs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coachwork.people.models import User
from tests import builders as make

pytestmark = pytest.mark.urls("tests.web.pages")


def test_a_chosen_theme_is_remembered_and_leads_back_to_the_page(client: Client) -> None:
    response = client.post("/appearance/", {"theme": "dark", "next": "/note?x=1"})
    assert response.status_code == 302 and response["Location"] == "/note?x=1"
    assert response.cookies["theme"].value == "dark"
    assert 'data-theme="dark"' in client.get("/note").content.decode()


def test_as_my_device_forgets_the_theme(client: Client) -> None:
    client.post("/appearance/", {"theme": "dark", "next": "/note"})
    client.post("/appearance/", {"theme": "", "next": "/note"})
    assert "data-theme" not in client.get("/note").content.decode().split("<head>")[0]


@pytest.mark.parametrize("theme", ["neon", '"><script>', "x" * 50_000, "\x00"])
def test_an_unknown_theme_changes_nothing(client: Client, theme: str) -> None:
    assert client.post("/appearance/", {"theme": theme, "next": "/note"}).status_code == 302
    client.cookies["theme"] = "neon"
    assert "data-theme" not in client.get("/note").content.decode().split("<head>")[0]


@pytest.mark.django_db
@pytest.mark.urls("coachwork.web.urls")
def test_the_choice_of_who_is_signed_in_follows_them_to_another_device(client: Client) -> None:
    amira = make.client().user
    client.force_login(amira)
    client.post("/appearance/", {"theme": "dark", "next": "/"})
    other = Client()
    other.cookies["theme"] = "contrast"  # chosen there before anybody had signed in
    other.force_login(amira)
    assert 'data-theme="dark"' in other.get("/").content.decode()
    other.post("/appearance/", {"theme": "neon", "next": "/"})
    assert 'data-theme="dark"' in other.get("/").content.decode()
    other.post("/appearance/", {"theme": "", "next": "/"})
    assert "data-theme" not in client.get("/").content.decode().split("<head>")[0]
    amira.refresh_from_db()
    assert amira.theme == "system"


@pytest.mark.django_db
@pytest.mark.urls("coachwork.web.urls")
def test_what_a_visitor_chose_goes_with_them_when_they_sign_up(client: Client) -> None:
    make.user("somebody")  # else the first page is the one that sets up
    client.post("/appearance/", {"theme": "dark", "next": "/"})
    typed = {"email": "nora@example.org", "name": "Nora", "password1": "Nine blue lanterns 9"}
    client.post(reverse("account_signup"), typed)
    assert User.objects.get(email="nora@example.org").theme == "dark"


@pytest.mark.parametrize("next_page", ["https://elsewhere.example/", "//elsewhere.example", ""])
def test_the_way_back_never_leads_elsewhere(client: Client, next_page: str) -> None:
    response = client.post("/appearance/", {"theme": "dark", "next": next_page})
    assert response["Location"] == "/"


def test_a_link_cannot_change_the_look(client: Client) -> None:
    assert client.get("/appearance/").status_code == 405


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False])
def test_the_theme_changes_with_and_without_a_script(
    live_server: Any, new_context: Callable[..., Any], script: bool
) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto(f"{live_server.url}/styleguide")
    page.get_by_text("Appearance").click()
    with page.expect_response("**/appearance/"):
        page.get_by_role("button", name="Dark", exact=True).click()
    page.wait_for_selector("html[data-theme=dark]" if script else "html")
    page.goto(f"{live_server.url}/note")
    assert page.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.browser
def test_number_keys_choose_a_level_only_where_the_scale_has_the_focus(
    live_server: Any, new_context: Callable[..., Any]
) -> None:
    page = new_context().new_page()
    page.goto(f"{live_server.url}/styleguide")
    chosen = "document.querySelector('input[name=listening]:checked')?.value"
    page.locator("body").press("5")
    assert page.evaluate(chosen) == "3"
    page.locator("input[name=listening]:checked").focus()
    page.keyboard.press("5")
    assert page.evaluate(chosen) == "5"
    page.keyboard.press("0")
    assert page.evaluate(chosen) == "not_seen"
    page.keyboard.press("Control+2")
    assert page.evaluate(chosen) == "not_seen"


@pytest.mark.browser
def test_a_menu_closes_on_escape_and_gives_the_focus_back(
    live_server: Any, new_context: Callable[..., Any]
) -> None:
    page = new_context().new_page()
    page.goto(f"{live_server.url}/styleguide")
    summary = page.locator(".menu--start summary")
    summary.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Mentor of Pia").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.locator(".menu--start[open]").count() == 0
    assert summary.evaluate("e => e === document.activeElement")


@pytest.mark.browser
def test_a_dialog_opens_holds_the_focus_and_closes(
    live_server: Any, new_context: Callable[..., Any]
) -> None:
    page = new_context().new_page()
    page.goto(f"{live_server.url}/styleguide")
    page.get_by_role("link", name="Open a dialog").click()
    assert page.locator("dialog#drop-goal[open]").count() == 1
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.get_by_role("button", name="Cancel").click()
    assert page.locator("dialog#drop-goal[open]").count() == 0
