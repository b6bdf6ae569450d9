"""Messages are written once, in the reader's language, and sent within the reader's limits."""

import smtplib
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from coachwork.kit.errors import Invalid
from coachwork.notifications import actions, queries
from coachwork.notifications.jobs import send_left_behind, work_off
from coachwork.notifications.models import Message, Preference
from coachwork.people import actions as people
from tests import builders as make
from tests.builders import NOW, days
from tests.notifications.cast import days_of_nudges, nudge, nudged, queue

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def amira():
    return make.user(timezone="Europe/Berlin")


@pytest.fixture
def monday():
    """The simulated clock: 10:00 in Berlin on a Monday."""
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


# Writing


def test_a_message_is_written_in_the_transaction_and_sent_by_a_job(amira, monday):
    message = queue(amira)
    assert message.state == "queued" and not mail.outbox
    assert work_off() == 1
    message.refresh_from_db()
    assert (message.state, message.sent_at) == ("sent", NOW)
    (sent,) = mail.outbox
    assert sent.to == ["amira@example.org"]
    assert sent.subject == "Read what Carl has shared with you"
    assert "Hello Amira," in sent.body and "https://x.example/1" in sent.body


def test_a_message_whose_cause_does_not_happen_is_never_written(amira):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue(amira)
        raise ZeroDivisionError
    assert not Message.objects.exists() and not DBTaskResult.objects.exists()


def test_the_same_occasion_never_makes_two_messages(amira, monday):
    first, second = queue(amira), queue(amira)
    assert first == second
    assert work_off() == 1
    assert len(mail.outbox) == 1


def test_a_long_key_is_a_key_all_the_same(amira):
    first = queue(amira, "k" * 300)
    assert first == queue(amira, "k" * 300)
    assert first != queue(amira, "k" * 301)


def test_the_html_twin_says_the_same_and_loads_nothing(amira):
    message = queue(amira, fields={
        "client_name": "<b>Carl</b>", "item": "a goal", "item_url": "https://x.example/?a=1&b=2",
    })  # fmt: skip
    assert "&lt;b&gt;Carl" in message.html and "<b>Carl" not in message.html
    assert 'href="https://x.example/?a=1&amp;b=2"' in message.html
    for tells_home in ("<img", "<link", "<script", "url(", "src="):
        assert tells_home not in message.html
    assert 'style="' in message.html, "the styles have to travel inside"
    assert '<html lang="en" dir="ltr">' in message.html


def test_a_name_with_a_line_break_cannot_become_a_header(amira, monday):
    fields = {"client_name": "Carl\r\nBcc: all@example.org", "item": "x", "item_url": "y"}
    assert "\n" not in queue(amira, fields=fields).subject
    work_off()
    assert mail.outbox[0].bcc == []


def test_a_mail_is_in_the_language_of_its_reader_and_dates_are_in_their_zone(amira, german):
    amira.locale, amira.timezone = "de", "Europe/Berlin"
    message = actions.queue(
        kind="new-sign-in", at=NOW, key="x", user=amira,
        fields={"signed_in_at": datetime(2026, 1, 5, 23, 30, tzinfo=UTC), "device": "Firefox",
                "sessions_url": "/x"},
    )  # fmt: skip
    assert "6. Januar 2026 00:30" in message.text


def test_a_language_that_the_interface_does_not_speak_falls_back(amira):
    amira.locale = "de"
    message = queue(amira, fields={"client_name": "Carl", "item": "x", "item_url": "y"})
    assert '<html lang="en"' in message.html


def test_an_address_without_an_account_gets_mail_and_no_links_to_choices(monday):
    queue(None, address="new@example.org")
    work_off()
    (sent,) = mail.outbox
    assert sent.to == ["new@example.org"]
    assert "/messages/" not in sent.body
    assert "somebody asked for it" in sent.body


def test_a_message_needs_a_reader():
    with pytest.raises(ValueError, match="reader"):
        queue(None)


def test_a_missing_field_is_a_fault_and_nothing_is_queued(amira):
    with pytest.raises(KeyError, match="item_url"):
        queue(amira, fields={"client_name": "Carl", "item": "a goal"})
    assert not Message.objects.exists()


def test_the_address_given_wins_over_that_of_the_account(amira):
    assert queue(amira, address="old@example.org").address == "old@example.org"


def test_sent_text_is_not_kept_where_no_outbox_shows_it(amira, monday, settings):
    settings.DEMO = settings.DEBUG = False
    message = queue(amira)
    work_off()
    message.refresh_from_db()
    assert (message.text, message.html) == ("", "")
    assert message.subject


def test_in_the_demo_sent_text_stays_to_be_looked_at(amira, monday, settings):
    settings.DEMO = True
    message = queue(amira)
    work_off()
    message.refresh_from_db()
    assert "Hello Amira" in message.text and message.html


# Headers


def test_every_mail_says_that_a_machine_wrote_it_and_has_an_id_of_its_own(amira, monday):
    message = queue(amira)
    work_off()
    headers = mail.outbox[0].message()
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == f"<{message.pk}@localhost>"
    assert "List-Unsubscribe" not in headers


def test_a_nudge_can_be_ended_by_the_mail_program_itself(amira, monday, settings):
    settings.ORIGIN = "https://coaching.example"
    nudge(amira)
    work_off()
    headers = mail.outbox[0].message()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].replace("\n", "").replace(" ", "")
    assert address.startswith("<https://coaching.example/messages/stop/")
    assert headers["List-Help"] == "<https://coaching.example/messages/>"


def test_a_nudge_offers_each_way_in_one_tap_and_a_pause(amira, settings):
    settings.ORIGIN = "https://coaching.example"
    text = nudge(amira).text
    for way in ("do", "smaller", "move", "drop"):
        assert f"https://coaching.example/{way}" in text
    assert text.count("/messages/tap/") == 1
    assert "Say it first" in text and "you chose it" in text


# Limits


def test_one_nudge_a_day_and_the_other_is_told_in_the_next_digest(amira):
    with time_machine.travel(NOW, tick=False):
        first, second = nudge(amira, "a"), nudge(amira, "b")
        work_off()
    states = [Message.objects.get(pk=one.pk).state for one in (first, second)]
    assert states == ["sent", "held"]
    assert queries.held_back(actor=amira, at=NOW) == [second]
    with time_machine.travel(NOW + days(1), tick=False):
        digest = actions.queue(
            kind="daily-digest", at=NOW + days(1), key="digest", user=amira,
            fields={"steps": second.subject}, links={"today_url": "/"}, carries=[second],
        )  # fmt: skip
        work_off()
    digest.refresh_from_db()
    assert digest.state == "sent"
    assert queries.held_back(actor=amira, at=NOW + days(1)) == []


def test_what_a_held_digest_was_to_tell_is_still_untold(amira):
    nudged(amira, NOW)
    held = nudged(amira, NOW, "second")
    with time_machine.travel(NOW, tick=False):
        actions.queue(
            kind="daily-digest", at=NOW, key="digest", user=amira,
            fields={"steps": "x"}, links={"today_url": "/"}, carries=[held],
        )  # fmt: skip
        assert queries.held_back(actor=amira, at=NOW) == []
        work_off()
    assert Message.objects.get(kind="daily-digest").held_by == "day_full"
    assert queries.held_back(actor=amira, at=NOW) == [held]


def test_five_a_week_and_none_at_the_weekend(amira):
    Preference.objects.create(user=amira, weekends=True)
    answer_all(amira)
    assert days_of_nudges(amira, 9) == "SSSSShhSS"
    Preference.objects.update(weekends=False)
    assert days_of_nudges(amira, 7, NOW + days(21)) == "SSSSShh"


def answer_all(amira):
    """Somebody who answers is not being ignored: far in the future, for all that is to come."""
    Preference.objects.update_or_create(user=amira, defaults={"answered_at": NOW + days(1000)})


def test_mail_that_somebody_caused_is_outside_all_limits(amira):
    actions.pause(actor=amira, until=date(2026, 2, 1), at=NOW)
    for choice in queries.CHOICES:
        actions.unsubscribe(actor=amira, choice=choice, at=NOW)
    sunday_night = datetime(2026, 1, 4, 2, tzinfo=UTC)
    with time_machine.travel(sunday_night, tick=False):
        for n in range(7):
            queue(amira, f"share {n}", at=sunday_night)
        work_off()
    assert len(mail.outbox) == 7


def test_security_mail_goes_on_after_every_unsubscription(amira, monday):
    for choice in queries.CHOICES:
        actions.unsubscribe(actor=amira, choice=choice, at=NOW)
    assert nudge(amira) is None
    actions.queue(
        kind="password-changed", at=NOW, key="security", user=amira,
        fields={"changed_at": NOW, "reset_url": "/reset"},
    )  # fmt: skip
    work_off()
    assert len(mail.outbox) == 1


@pytest.mark.accepts("T9-06")
def test_until_the_end_of_a_pause_no_nudge_is_sent(amira):
    answer_all(amira)
    actions.pause(actor=amira, until=date(2026, 1, 8), at=NOW)
    Preference.objects.update(answered_at=NOW + days(1000))
    assert days_of_nudges(amira, 5) == "hhhSS"


def test_a_pause_is_from_tomorrow_to_a_year_from_now(amira):
    for until in (date(2026, 1, 5), date(2020, 1, 1), date(2030, 1, 1)):
        with pytest.raises(Invalid):
            actions.pause(actor=amira, until=until, at=NOW)
    assert actions.pause(actor=amira, until=date(2026, 1, 6), at=NOW).paused_until


def test_a_pause_from_a_mail_is_confirmed_and_can_be_ended_from_there(amira, monday):
    actions.pause(actor=amira, until=date(2026, 1, 12), at=NOW, confirm=True)
    work_off()
    (sent,) = mail.outbox
    assert "Jan. 12, 2026" in sent.subject and "/messages/tap/" in sent.body
    actions.resume(actor=amira, at=NOW)
    assert queries.preference(actor=amira).paused_until is None


def test_a_nudge_in_quiet_hours_is_held_and_a_digest_waits_for_their_end(amira):
    early = datetime(2026, 1, 5, 5, tzinfo=UTC)  # 6:00 in Berlin
    assert nudged(amira, early).held_by == "quiet"
    with time_machine.travel(early, tick=False) as clock:
        digest = actions.queue(
            kind="daily-digest", at=early, key="digest", user=amira,
            fields={"steps": "x"}, links={"today_url": "/"},
        )  # fmt: skip
        work_off()
        digest.refresh_from_db()
        assert (digest.state, digest.due_at) == ("queued", datetime(2026, 1, 5, 6, 30, tzinfo=UTC))
        clock.shift(timedelta(minutes=90))
        work_off()
    digest.refresh_from_db()
    assert digest.state == "sent"


def test_two_ignored_nudges_halve_them_and_four_stop_them_with_one_question(amira):
    Preference.objects.create(user=amira, weekends=True)
    assert days_of_nudges(amira, 12) == "SShShShhhhhh"
    asked = Message.objects.filter(kind="nudge-check")
    assert [message.state for message in asked] == ["sent"]
    assert asked[0].sent_at == NOW + days(6)


def test_saying_what_suits_one_starts_anew(amira):
    Preference.objects.create(user=amira, weekends=True)
    assert days_of_nudges(amira, 7) == "SShShSh"
    later = NOW + days(7)
    actions.choose(actor=amira, at=later, choices={"nudges": True})
    assert days_of_nudges(amira, 3, later + days(1)) == "SSh"


def test_a_link_used_is_an_answer(amira):
    Preference.objects.create(user=amira, weekends=True)
    first = nudged(amira, NOW)
    actions.note_answer(key=first.key, at=NOW + MINUTE)
    assert days_of_nudges(amira, 3, NOW + days(1)) == "SSh"


def test_anything_done_in_ones_own_record_is_an_answer():
    owner = make.client()
    amira = owner.user
    Preference.objects.create(user=amira, weekends=True)
    for n in range(5):
        assert nudged(amira, NOW + days(n)).state == "sent"
        people.note(
            actor=amira, client=owner, kind="practice.logged", at=NOW + days(n) + 60 * MINUTE
        )


def test_what_a_coach_does_in_the_record_is_no_answer_of_the_client():
    owner = make.client()
    carl = make.user("carl")
    Preference.objects.create(user=owner.user, weekends=True)
    marks = ""
    for n in range(1, 4):
        marks += nudged(owner.user, NOW + days(n)).state[0]
        people.note(actor=carl, client=owner, kind="goal.offered", at=NOW + days(n) + MINUTE)
    assert marks == "ssh"


def test_kinds_are_ignored_one_by_one(amira):
    Preference.objects.create(user=amira, weekends=True)
    days_of_nudges(amira, 2)
    with time_machine.travel(NOW + days(2), tick=False):
        actions.queue(
            kind="daily-digest", at=NOW + days(2), key="digest", user=amira,
            fields={"steps": "x"}, links={"today_url": "/"},
        )  # fmt: skip
        work_off()
    assert Message.objects.get(kind="daily-digest").state == "sent"


def test_who_has_left_gets_no_nudge(amira):
    amira.is_active = False
    amira.save()
    assert nudged(amira, NOW).held_by == "unwanted"


def test_unsubscribing_between_writing_and_sending_is_heard(amira, monday):
    message = nudge(amira)
    actions.unsubscribe(actor=amira, choice="nudges", at=NOW)
    work_off()
    message.refresh_from_db()
    assert (message.state, message.held_by) == ("held", "unwanted")


# Sending


class Server:
    """A mail server with moods."""

    moods: list[Exception] = []

    def __init__(self, **_options: object) -> None:
        pass

    def send_messages(self, messages: list) -> int:
        if Server.moods:
            raise Server.moods.pop(0)
        mail.outbox.extend(messages)
        return len(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "tests.notifications.test_actions.Server"
    Server.moods = []
    return Server


def test_a_mail_that_does_not_go_out_is_tried_again_ever_later(amira, monday, server):
    server.moods = [ConnectionRefusedError(), smtplib.SMTPServerDisconnected()]
    message = queue(amira)
    work_off()
    message.refresh_from_db()
    assert (message.state, message.problem) == ("queued", "ConnectionRefusedError")
    assert work_off() == 0
    monday.shift(30)
    work_off()
    monday.shift(119)
    assert work_off() == 0
    monday.shift(1)
    work_off()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.problem) == ("sent", 3, "")
    assert len(mail.outbox) == 1


def test_after_six_tries_a_mail_has_failed_and_says_how(amira, monday, server):
    server.moods = [TimeoutError()] * 9
    message = queue(amira)
    for _ in range(9):
        work_off()
        monday.shift(86_400)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.problem) == ("failed", 6, "TimeoutError")
    assert len(server.moods) == 3


@pytest.mark.parametrize(
    ("problem", "state"),
    [
        (smtplib.SMTPRecipientsRefused({"x": (550, b"no such user")}), "failed"),
        (smtplib.SMTPRecipientsRefused({"x": (450, b"greylisted")}), "queued"),
        (smtplib.SMTPDataError(554, b"refused"), "failed"),
        (smtplib.SMTPDataError(451, b"later"), "queued"),
        (smtplib.SMTPAuthenticationError(535, b"bad password"), "queued"),
    ],
)
def test_a_final_no_is_believed_and_a_not_now_is_not(amira, monday, server, problem, state):
    server.moods = [problem]
    message = queue(amira)
    work_off()
    message.refresh_from_db()
    assert message.state == state


def test_the_text_of_a_failure_is_never_kept(amira, monday, server, caplog):
    server.moods = [smtplib.SMTPDataError(554, b"amira@example.org: no goals today")]
    message = queue(amira)
    work_off()
    message.refresh_from_db()
    assert message.problem == "SMTPDataError"
    assert "amira" not in caplog.text


def test_asked_for_twice_a_message_is_sent_once(amira, monday):
    message = queue(amira)
    from coachwork.notifications.jobs import send_message

    send_message.enqueue(str(message.pk))
    assert work_off() == 2
    assert len(mail.outbox) == 1


def test_while_somebody_is_sending_it_nobody_else_does(amira, monday):
    message = queue(amira)
    assert actions.take(message_id=message.pk, at=NOW) is not None
    assert actions.take(message_id=message.pk, at=NOW + MINUTE) is None
    # The first was killed on the way: after a while the message goes again, as the same mail.
    monday.move_to(NOW + 2 * MINUTE)
    work_off()
    assert [sent.message()["Message-ID"] for sent in mail.outbox] == [f"<{message.pk}@localhost>"]


def test_a_message_whose_job_was_lost_is_found_again(amira, monday):
    message = queue(amira)
    DBTaskResult.objects.all().delete()
    monday.shift(14 * 60)
    send_left_behind.call()
    assert work_off() == 0
    monday.shift(2 * 60)
    send_left_behind.call()
    work_off()
    message.refresh_from_db()
    assert message.state == "sent"


def test_a_message_for_later_waits(amira, monday):
    message = queue(amira, due_at=NOW + 10 * MINUTE)
    assert work_off() == 0
    assert actions.take(message_id=message.pk, at=NOW) is None
    monday.shift(600)
    work_off()
    assert len(mail.outbox) == 1


# Choosing


def test_choices_move_the_next_digest_to_where_the_person_lives(amira):
    choices = actions.choose(actor=amira, at=NOW, choices={"digest_at": time(7, 45)})
    assert choices.next_at == datetime(2026, 1, 6, 6, 45, tzinfo=UTC)
    choices = actions.pause(actor=amira, until=date(2026, 3, 30), at=NOW)
    assert choices.next_at == datetime(2026, 3, 30, 5, 45, tzinfo=UTC)  # summer time by then


def test_who_wants_nothing_that_comes_round_has_no_time_for_it(amira):
    for choice in ("digest", "look_ahead"):
        actions.unsubscribe(actor=amira, choice=choice, at=NOW)
        assert queries.preference(actor=amira).next_at is not None
    actions.unsubscribe(actor=amira, choice="nudges", at=NOW)
    assert queries.preference(actor=amira).next_at is None


@pytest.mark.parametrize("name", ["user", "paused_until", "password", "next_at"])
def test_only_choices_can_be_chosen(amira, name):
    with pytest.raises(KeyError):
        actions.choose(actor=amira, at=NOW, choices={name: None})
    with pytest.raises(KeyError):
        actions.unsubscribe(actor=amira, choice=name, at=NOW)


def test_people_with_a_record_are_given_a_time_for_their_first_digest():
    owner = make.client()
    make.user("carl")  # has no record, so nothing to digest
    assert actions.plan_first_digests(at=NOW) == 1
    assert actions.plan_first_digests(at=NOW) == 0
    (choices,) = Preference.objects.all()
    assert choices.user == owner.user
    assert choices.next_at == datetime(2026, 1, 6, 8, tzinfo=UTC)


def test_a_digest_is_moved_on_by_one_worker_only():
    make.client()
    actions.plan_first_digests(at=NOW)
    seen_by_both = Preference.objects.select_related("user").get()
    at = NOW + days(1)
    assert actions.move_on(choices=seen_by_both, at=at) is True
    assert actions.move_on(choices=seen_by_both, at=at) is False
