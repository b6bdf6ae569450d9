"""In a real browser: a passkey under the strict policy, and what the small scripts add."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse
from playwright.sync_api import expect

from coachwork.notifications.models import Message
from coachwork.people import actions
from coachwork.people.access import Thing
from coachwork.people.models import AuditEntry, Relation, ShareEvent
from coachwork.plans.models import Goal
from tests import builders as make
from tests.sweep import problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW, WIDE = {"width": 320, "height": 800}, {"width": 1280, "height": 900}


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def faults(page: Any) -> list[str]:
    """What the browser complained about, the policy's refusals included."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else 0)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def go(page: Any, live_server: Any, name: str, *args: Any) -> None:
    page.goto(live_server.url.replace("127.0.0.1", "localhost") + reverse(name, args=args))


def sign_in(page: Any, live_server: Any, name: str) -> None:
    go(page, live_server, "account_login")
    page.get_by_label("Email").fill(f"{name}@example.org")
    page.get_by_label("Password").fill(f"{name}-password")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "login" not in url)


def test_a_passkey_is_made_and_signs_in_without_a_password(
    page: Any, live_server: Any, faults: list[str]
) -> None:
    user = make.client().user
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
            }
        },
    )
    sign_in(page, live_server, "amira")
    go(page, live_server, "mfa_add_webauthn")
    page.get_by_label("Password").fill("amira-password")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Make it now").click()
    page.wait_for_url(re.compile("recovery-codes|webauthn/$"))
    page.context.clear_cookies()
    go(page, live_server, "account_login")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "login" not in url)
    go(page, live_server, "people:trail")
    assert page.get_by_text("Passkey added").is_visible()
    assert user is not None
    assert AuditEntry.objects.filter(stream=user.pk, verb="sign_in").count() == 2
    assert faults == []


def test_a_shared_item_tells_its_owner_that_it_is_open(page: Any, live_server: Any) -> None:
    amira = make.client()
    max_ = make.helper(amira, "max", Relation.MENTOR)
    goal = Goal.objects.create(title="Speak up", **make.about(amira))
    share = actions.share(
        actor=amira.user,  # type: ignore[arg-type]
        thing=Thing.GOALS,
        row=goal,
        reader=max_,
        at=make.NOW,
    )
    sign_in(page, live_server, "max")
    with page.expect_response(lambda answer: answer.url.endswith("/opened/")) as told:
        go(page, live_server, "people:shared-item", share.pk)
    assert told.value.status == 200
    assert ShareEvent.objects.filter(kind="opened").count() == 1
    page.get_by_role("button", name="Let Amira know").wait_for(state="detached")


def test_the_browsers_time_zone_is_offered_and_taken(browser: Any, live_server: Any) -> None:
    make.client()
    context = browser.new_context(timezone_id="Asia/Tokyo")
    page = context.new_page()
    sign_in(page, live_server, "amira")
    go(page, live_server, "people:settings")
    page.get_by_role("button", name="Asia/Tokyo").click()
    assert page.get_by_label("Time zone").input_value() == "Asia/Tokyo"
    context.close()


def test_the_pages_about_people_have_no_barrier(page: Any, live_server: Any) -> None:
    amira = make.client()
    max_ = make.helper(amira, "max", Relation.MENTOR)
    make.helper(amira, "sina", Relation.SPONSOR, consented=False)
    goal = Goal.objects.create(title="Speak up", **make.about(amira))
    actions.share(
        actor=amira.user,  # type: ignore[arg-type]
        thing=Thing.GOALS,
        row=goal,
        reader=max_,
        at=make.NOW,
    )
    sign_in(page, live_server, "amira")
    for name, *args in (
        ("people:helpers",),
        ("people:helper-invite",),
        ("people:helping",),
        ("people:shares",),
        ("people:share", "goals", goal.pk),
        ("people:who", "goals", goal.pk),
        ("people:settings",),
        ("people:security",),
        ("people:tokens",),
        ("people:organisations",),
        ("mfa_index",),
        ("mfa_list_webauthn",),
        ("usersessions_list",),
        ("account_email",),
        ("privacy",),
        ("help",),
    ):
        go(page, live_server, name, *args)
        assert not problems(page)


def test_an_invitation_is_opened_and_accepted_from_its_link(page: Any, live_server: Any) -> None:
    """A browser says where a form comes from, and what it says must be enough."""
    amira, carl = make.client(), make.user("carl")
    asks = Browser()
    asks.force_login(amira.user)  # type: ignore[arg-type]
    asked = {"name": "Carl", "email": carl.email, "relation": "coach"}
    asks.post(reverse("people:helper-invite"), asked)
    link = re.search(r"/people/invitation/\S+/", Message.objects.get(address=carl.email).text)
    assert link
    sign_in(page, live_server, "carl")
    page.goto(live_server.url.replace("127.0.0.1", "localhost") + link[0])
    page.get_by_role("button", name="Open the invitation").click()
    page.get_by_role("button", name="Yes, I will help").click()
    expect(page.get_by_text(f"You now help {amira.name}")).to_be_visible()
