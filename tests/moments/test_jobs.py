"""The mail of the morning comes at its time, once, and only if there is something to say."""

import re
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client as Browser

from coachwork.moments import actions as moments
from coachwork.moments import queries as moments_queries
from coachwork.moments.jobs import send_digests
from coachwork.notifications import actions as notifications
from coachwork.notifications.jobs import work_off
from coachwork.notifications.models import Message, Preference
from coachwork.plans import actions as plans
from coachwork.plans import queries
from tests import builders as make
from tests.notifications.cast import nudge
from tests.plans import stage

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)  # 7:00 in Berlin
TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def amira():
    """Somebody with an active goal and an if-then, who lives in Berlin."""
    client = make.client()
    client.user.timezone = "Europe/Berlin"
    client.user.save()
    goal = stage.active(client)
    plans.write_if_then(
        actor=client.user, goal=goal, at=make.NOW,
        if_text="my one-to-one starts", then_text="I ask one open question",
    )  # fmt: skip
    return client


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY, tick=False) as travelled:
        yield travelled


def wake_up(clock, day: datetime) -> list[str]:
    """From six in the morning to noon, as the worker would: the kinds of mail that went out."""
    mail.outbox.clear()
    clock.move_to(day)
    notifications.plan_first_digests(at=day)
    for _ in range(36):
        send_digests.call()
        work_off()
        clock.shift(600)
    sent = Message.objects.filter(state="sent", sent_at__gte=day)
    return list(sent.order_by("sent_at").values_list("kind", flat=True))


def test_on_a_monday_the_week_is_looked_at_and_on_other_days_the_day(amira, clock):
    assert wake_up(clock, MONDAY) == ["weekly-look-ahead"]
    assert "/week/" in mail.outbox[0].body
    assert wake_up(clock, TUESDAY) == ["daily-digest"]
    (sent,) = mail.outbox
    assert "I ask one open question" in sent.body
    assert Message.objects.get(kind="daily-digest").sent_at.hour == 7  # 8:00 in Berlin


def test_when_nothing_is_open_nothing_is_sent(amira, clock):
    (if_then,) = queries.if_thens(actor=amira.user, client=amira)
    plans.log_chance(
        actor=amira.user, thing=if_then, chance="did", at=TUESDAY,
        occasion_on=TUESDAY.date(), moment=f"{TUESDAY.date()}.0",
    )  # fmt: skip
    assert wake_up(clock, TUESDAY) == []


def test_somebody_without_a_goal_hears_nothing(clock):
    make.client()
    assert wake_up(clock, MONDAY) == wake_up(clock, TUESDAY) == []


def test_in_a_week_taken_off_nothing_is_asked(amira, clock):
    plan = queries.plan_of(actor=amira.user, client=amira)
    plans.take_reserve(actor=amira.user, plan=plan, week_on=TUESDAY.date(), at=MONDAY)
    assert wake_up(clock, TUESDAY) == []


def test_the_digest_comes_at_the_time_that_was_picked(amira, clock):
    notifications.choose(actor=amira.user, at=MONDAY, choices={"digest_at": time(11, 30)})
    wake_up(clock, TUESDAY)
    assert Message.objects.get().sent_at == datetime(2026, 1, 6, 10, 30, tzinfo=UTC)


def test_what_was_held_back_is_told_in_the_next_digest(amira, clock):
    wake_up(clock, MONDAY)
    nudge(amira.user, at=MONDAY)
    work_off()
    assert Message.objects.get(kind="practice-nudge").held_by == "day_full"
    wake_up(clock, TUESDAY)
    assert "Try your step: 10:00, stand-up" in mail.outbox[0].body
    told = Message.objects.get(kind="practice-nudge").told_in
    assert told == Message.objects.get(kind="daily-digest").pk


def test_who_wants_reminders_instead_gets_one_step_in_one_tap(amira, clock):
    Preference.objects.create(user=amira.user, digest=False, look_ahead=False)
    assert wake_up(clock, TUESDAY) == ["practice-nudge"]
    (sent,) = mail.outbox
    assert "my one-to-one starts" in sent.subject
    assert "/tap/" in sent.body and "it serves your goal" in sent.body
    for act in ("smaller", "later", "drop"):
        (link,) = re.findall(rf"http://127.0.0.1:8000(/change/{act}/\S+)", sent.body)
        assert Browser().get(link).status_code == 200  # nobody is signed in


@pytest.mark.accepts("T11-06")
def test_with_three_moments_planned_no_reminder_is_added(amira, clock):
    Preference.objects.create(user=amira.user, digest=False, look_ahead=False)
    skill = stage.listening()
    codes = ("one-to-one", "stand-up", "presentation")
    moments.plan_week(
        actor=amira.user, client=amira, week_on=MONDAY.date(), at=MONDAY,
        choices=[moments.Choice(code, skill, prep="one question") for code in codes],
    )  # fmt: skip
    assert wake_up(clock, TUESDAY) == []


def test_after_an_outage_a_stale_digest_is_left_out(amira, clock):
    wake_up(clock, MONDAY)
    clock.move_to(TUESDAY + timedelta(hours=9))
    send_digests.call()
    work_off()
    assert not Message.objects.filter(kind="daily-digest").exists()
    wednesday = TUESDAY + timedelta(days=1)
    assert wake_up(clock, wednesday) == ["daily-digest"]


def test_one_persons_fault_is_not_anothers(amira, clock, monkeypatch, caplog):
    bela = make.client("bela")
    goal = stage.active(bela)
    plans.write_if_then(
        actor=bela.user, goal=goal, at=make.NOW, if_text="I sit down", then_text="I write"
    )
    real = moments_queries.today

    def faulty(*, actor, **named):
        if actor == bela.user:
            raise RuntimeError("x")
        return real(actor=actor, **named)

    monkeypatch.setattr(moments_queries, "today", faulty)
    assert wake_up(clock, TUESDAY) == ["daily-digest"]
    assert "RuntimeError" in caplog.text
