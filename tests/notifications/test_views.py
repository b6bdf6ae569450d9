"""Pages about messages, links in mails, and the outbox of the demo."""

from datetime import date, timedelta
from html import unescape
from re import findall

import pytest
import time_machine
from django.core import mail
from django.test import Client as Browser
from django.urls import reverse

from coachwork.kit import signed
from coachwork.kit.ids import new_id
from coachwork.notifications import actions, queries
from coachwork.notifications.jobs import work_off
from coachwork.notifications.models import Message
from tests import builders as make
from tests.builders import NOW
from tests.notifications.cast import nudge, queue

pytestmark = pytest.mark.django_db
ADDRESS = "/messages/"
CHOICES = {
    "digest": "on",
    "digest_at": "08:00",
    "quiet_from": "20:00",
    "quiet_to": "07:30",
}


@pytest.fixture
def amira():
    return make.user(timezone="Europe/Berlin")


@pytest.fixture
def signed_in(amira, client):
    client.force_login(amira)
    return client


@pytest.fixture
def stranger():
    """A mail program or a link scanner: no cookies, and CSRF checks as in real life."""
    return Browser(enforce_csrf_checks=True)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as travelled:
        yield travelled


# Choosing


def test_a_visitor_is_asked_to_sign_in_first(stranger):
    assert stranger.get(ADDRESS).status_code == 302


def test_choices_are_shown_saved_and_shown_again(signed_in, amira):
    assert b"At most one mail a day" in signed_in.get(ADDRESS).content
    answer = signed_in.post(ADDRESS, {**CHOICES, "digest_at": "09:15", "weekends": "on"})
    assert answer.status_code == 302
    choices = queries.preference(actor=amira)
    assert (choices.digest_at.hour, choices.weekends, choices.look_ahead) == (9, True, False)
    assert 'value="09:15"' in signed_in.get(ADDRESS).content.decode()


def test_a_digest_in_the_quiet_hours_is_pointed_out(signed_in, amira):
    answer = signed_in.post(ADDRESS, {**CHOICES, "digest_at": "06:00"})
    assert answer.status_code == 422
    assert b"in your quiet hours" in answer.content
    assert 'value="06:00"' in answer.content.decode(), "what was typed stays"
    assert queries.preference(actor=amira).answered_at is None


@pytest.mark.parametrize("value", ["", "25:99", "\x00", "x" * 50_000, "<b>", "🙂"])
def test_a_time_that_is_none_gets_a_message(signed_in, value):
    answer = signed_in.post(ADDRESS, {**CHOICES, "quiet_from": value})
    assert answer.status_code == 422


def test_a_pause_is_one_tap_and_so_is_its_end(signed_in, amira):
    signed_in.post(f"{ADDRESS}pause/", {"days": "7"})
    assert queries.preference(actor=amira).paused_until == date(2026, 1, 12)
    assert b"Nothing comes until Jan. 12, 2026" in signed_in.get(ADDRESS).content
    signed_in.post(f"{ADDRESS}pause/", {"resume": "yes"})
    assert queries.preference(actor=amira).paused_until is None


@pytest.mark.parametrize("days", ["", "0", "-1", "999999", "x", "1e9"])
def test_a_pause_of_an_odd_length_changes_nothing(signed_in, amira, days):
    assert signed_in.post(f"{ADDRESS}pause/", {"days": days}).status_code == 302
    assert queries.preference(actor=amira).paused_until is None


def test_the_page_lists_what_came_lately_and_nobody_elses(signed_in, amira):
    queue(amira)
    queue(make.user("eve"), "eve", fields={"client_name": "X", "item": "x", "item_url": "y"})
    page = signed_in.get(ADDRESS).content.decode()
    assert "Read what Carl has shared" in page and "Read what X" not in page


@pytest.mark.parametrize("rows", [10, 200])
def test_the_page_needs_few_queries_however_much_was_sent(
    signed_in, amira, rows, django_assert_max_num_queries
):
    for n in range(rows):
        Message.objects.create(
            user=amira, address=amira.email, kind="x", key=str(n), subject="x",
            due_at=NOW, created_at=NOW,
        )  # fmt: skip
    with django_assert_max_num_queries(12):
        signed_in.get(ADDRESS)


# Links in mails


def links_of(text: str, word: str) -> str:
    (found,) = set(findall(rf"http://127.0.0.1:8000(/messages/{word}/\S+)", text))
    return str(found)


@pytest.mark.accepts("T11-08")
def test_a_scanner_that_follows_every_link_of_a_mail_changes_nothing(amira, stranger):
    text = nudge(amira).text
    for word in ("tap", "stop"):
        for method in (stranger.get, stranger.head, stranger.options):
            method(links_of(text, word))
    choices = queries.preference(actor=amira)
    assert (choices.paused_until, choices.nudges, choices.answered_at) == (None, True, None)


def test_the_pause_of_a_mail_needs_no_sign_in_and_one_tap(amira):
    browser = Browser()
    address = links_of(nudge(amira).text, "tap")
    page = browser.get(address)
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    answer = browser.post(address, {"days": "3"})
    assert b"Paused until Jan. 8, 2026" in answer.content
    assert queries.preference(actor=amira).paused_until == date(2026, 1, 8)
    work_off()
    assert "Enjoy the quiet" in mail.outbox[-1].subject


def test_the_pause_can_be_ended_from_its_confirmation(amira):
    actions.pause(actor=amira, until=date(2026, 1, 8), at=NOW, confirm=True)
    address = links_of(Message.objects.get().text.split("End the pause")[1].split("\n--")[0], "tap")
    browser = Browser()
    assert b"will come again" in browser.get(address).content
    assert b"The pause has ended" in browser.post(address).content
    assert queries.preference(actor=amira).paused_until is None


def test_the_mail_program_itself_can_unsubscribe(amira, stranger):
    """RFC 8058: a POST with the one pair, without cookies, CSRF token or sign-in."""
    nudge(amira)
    work_off()
    headers = mail.outbox[0].message()
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    name, _, value = headers["List-Unsubscribe-Post"].partition("=")
    answer = stranger.post(address, {name: value})
    assert answer.status_code == 200
    assert queries.preference(actor=amira).nudges is False
    assert queries.preference(actor=amira).digest is True


def test_a_person_who_opens_that_address_is_asked_once(amira):
    address = links_of(nudge(amira).text, "stop")
    browser = Browser(enforce_csrf_checks=True)
    page = browser.get(address).content
    assert b"This ends the reminders of single steps" in page
    assert b'name="List-Unsubscribe" value="One-Click"' in page
    assert b"no more reminders" in browser.post(address, {"List-Unsubscribe": "One-Click"}).content


def test_the_pages_behind_links_speak_the_language_of_the_reader(amira):
    amira.locale = "ar-xb"
    amira.save()
    page = Browser().get(links_of(nudge(amira).text, "stop"), HTTP_ACCEPT_LANGUAGE="en")
    assert page.status_code == 200


@pytest.mark.parametrize("word", ["tap", "stop"])
def test_a_link_that_we_did_not_sign_is_not_there(stranger, amira, word):
    text = nudge(amira).text
    other = links_of(text, "stop" if word == "tap" else "tap").rsplit("/", 2)[1]
    for token in ("x", "a:b:c", other, links_of(text, word).rsplit("/", 2)[1][:-1]):
        assert stranger.get(f"/messages/{word}/{token}/").status_code == 404
    nobody = signed.token("message", new_id(), "pause")
    assert stranger.get(f"/messages/tap/{nobody}/").status_code == 404
    odd = signed.token("message", amira.pk, "erase")
    assert stranger.get(f"/messages/tap/{odd}/").status_code == 404


# The outbox


@pytest.mark.parametrize("name", ["outbox", "outbox-message", "outbox-html"])
def test_where_people_live_there_is_no_outbox(amira, signed_in, settings, name):
    settings.DEMO = settings.DEBUG = False
    message = queue(amira)
    arguments = [] if name == "outbox" else [message.pk]
    assert signed_in.get(reverse(f"notifications:{name}", args=arguments)).status_code == 404


def test_in_the_demo_every_mail_can_be_read_before_signing_in(settings):
    settings.DEMO = True
    message = queue(make.user(), fields={"client_name": "Carl", "item": "x", "item_url": "/i?a=1"})
    visitor = Browser()
    page = visitor.get("/messages/outbox/").content.decode()
    assert "Read what Carl has shared with you" in page
    page = visitor.get(f"/messages/outbox/{message.pk}/").content.decode()
    assert "Hello Amira," in unescape(page)
    assert 'sandbox="allow-top-navigation-by-user-activation"' in page


def test_the_html_of_a_mail_can_do_nothing_in_its_frame(settings):
    settings.DEMO = True
    message = queue(make.user())
    answer = Browser().get(f"/messages/outbox/{message.pk}/html/")
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy
    assert "frame-ancestors 'self'" in policy and "script-src" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert '<base target="_top">' in answer.content.decode()


def test_all_other_pages_keep_the_strict_policy(settings, signed_in):
    settings.DEMO = True
    for address in (ADDRESS, "/messages/outbox/"):
        assert "unsafe-inline" not in signed_in.get(address)["Content-Security-Policy"]


def test_an_empty_outbox_says_what_will_be_there(settings):
    settings.DEMO = True
    assert b"No mail yet" in Browser().get("/messages/outbox/").content


def test_a_mail_that_is_not_there_is_not_found(settings):
    settings.DEMO = True
    assert Browser().get(f"/messages/outbox/{new_id()}/").status_code == 404


def test_a_day_later_the_pause_is_over(signed_in, amira, clock):
    actions.pause(actor=amira, until=date(2026, 1, 6), at=NOW)
    assert b"Nothing comes until" in signed_in.get(ADDRESS).content
    clock.shift(timedelta(days=1))
    signed_in.force_login(amira)
    assert b"Nothing comes until" not in signed_in.get(ADDRESS).content
