"""Around the report: waiting with a reason, notes of the coach, and a line on the day after."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.assessment import actions, queries
from coachwork.assessment.models import DebriefNote, FeedbackRound
from coachwork.kit.errors import Invalid, Refused
from coachwork.notifications.models import Message
from coachwork.people import access
from coachwork.people.models import Relation, Relationship
from tests import builders as make
from tests.assessment.stage import AFTER, OPENED, Pulse, Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    return make.client()


@pytest.fixture
def carl(amira):
    return make.helper(amira, "carl", Relation.COACH)


def closed(amira, carl, *scores):
    """Closed on the 20th of January: fourteen days of waiting end on the 3rd of February."""
    one = Round(amira, peer=max(3, len(scores)))
    actions.approve_round(actor=carl, asked_in=one.row, at=OPENED)
    one.fresh()
    one.answered("peer", *(scores or (3, 3, 4))).closed()
    return one


def day(number):
    return AFTER + timedelta(days=number)


@pytest.mark.accepts("T1-05")
def test_a_coach_waits_a_week_longer_with_a_reason_and_never_more(amira, carl):
    one = closed(amira, carl)
    hold = {"actor": carl, "asked_in": one.row, "at": day(1)}
    for wrong in ({"until": day(22).date()}, {"until": day(1).date()}):
        with pytest.raises(Invalid) as refusal:
            actions.hold_report(reason="Ill", **wrong, **hold)
        assert "until" in refusal.value.fields
    with pytest.raises(Invalid) as refusal:
        actions.hold_report(until=day(20).date(), reason=" ", **hold)
    assert "reason" in refusal.value.fields
    actions.hold_report(until=day(21).date(), reason="I am ill until Monday.", **hold)
    one.fresh()
    assert one.row.hold_reason == "I am ill until Monday."
    release = {"actor": amira.user, "asked_in": one.row}
    with pytest.raises(Refused, match="Feb"):
        actions.release_round(at=day(20), **release)
    assert actions.release_round(at=day(21), **release).shown["groups"]


def test_a_wrong_day_in_the_database_still_withholds_nothing(amira, carl):
    one = closed(amira, carl)
    FeedbackRound.objects.update(hold_until=day(400).date())
    assert actions.may_release(asked_in=one.fresh(), at=day(21))
    FeedbackRound.objects.update(hold_until=day(2).date())
    assert not actions.may_release(asked_in=one.fresh(), at=day(13))


def test_only_the_coach_waits_and_only_with_a_report(amira, carl):
    one = closed(amira, carl)
    hold = {"until": day(20).date(), "reason": "x", "at": day(1)}
    with pytest.raises(PermissionDenied):
        actions.hold_report(actor=amira.user, asked_in=one.row, **hold)
    for kind in ("mentor", "sponsor"):
        other = make.helper(amira, kind, Relation(kind))
        with pytest.raises(access.NotVisible):
            actions.hold_report(actor=other, asked_in=one.row, **hold)
    actions.release_round(actor=carl, asked_in=one.row, at=day(1))
    with pytest.raises(Refused):
        actions.hold_report(actor=carl, asked_in=one.row, **hold)


def test_notes_of_the_coach_are_read_by_that_coach_alone(amira, carl):
    one = closed(amira, carl)
    for text in ("First", "Ask about the pitch"):
        actions.write_debrief_note(actor=carl, asked_in=one.row, text=text, at=AFTER)
    assert DebriefNote.objects.count() == 1
    assert queries.debrief_note(actor=carl, asked_in=one.row) == "Ask about the pitch"
    second = make.helper(amira, "cora", Relation.COACH)
    for other in (second, amira.user, make.helper(amira, "sina", Relation.SPONSOR)):
        assert queries.debrief_note(actor=other, asked_in=one.row) == ""
        seen = access.visible(other, DebriefNote.policy, client=amira)
        assert not DebriefNote.objects.filter(seen).exists()
    with pytest.raises((PermissionDenied, access.NotVisible)):
        actions.write_debrief_note(actor=amira.user, asked_in=one.row, text="x", at=AFTER)


@pytest.mark.parametrize(
    ("scores", "reading", "mails"),
    [
        ((3, 4, 4), "now", 0),
        ((3, 4, 4), "strengths", 1),
        ((3, 4, 4), "coach", 1),
        ((1, 2, 2), "now", 1),
    ],
)
def test_the_day_after_a_hard_report_or_a_careful_choice_there_is_one_line(
    amira, carl, scores, reading, mails
):
    one = closed(amira, carl, *scores)
    actions.release_round(actor=carl, asked_in=one.row, at=AFTER)
    for choice in (reading, "now"):
        actions.choose_reading(actor=amira.user, asked_in=one.row, reading=choice, at=AFTER)
    sent = Message.objects.filter(kind="report-day-after")
    assert sent.count() == mails
    assert all(row.due_at == AFTER + timedelta(days=1) for row in sent)


def test_how_to_read_is_chosen_by_the_client_once_the_report_is_there(amira, carl):
    one = closed(amira, carl)
    choose = {"asked_in": one.row, "at": AFTER}
    with pytest.raises(Refused):
        actions.choose_reading(actor=amira.user, reading="now", **choose)
    actions.release_round(actor=carl, asked_in=one.row, at=AFTER)
    with pytest.raises(Invalid):
        actions.choose_reading(actor=amira.user, reading="never", **choose)
    with pytest.raises(PermissionDenied):
        actions.choose_reading(actor=carl, reading="now", **choose)


def test_a_coach_sees_what_waits_first_and_which_groups_may_stay_too_small(amira, carl):
    one = Round(amira, peer=4, report=2)
    ben = make.client("ben")
    Relationship.objects.create(
        client=ben, user=carl, kind=Relation.COACH, created_by=ben.user, created_at=make.NOW,
        accepted_at=make.NOW, consented_at=make.NOW,
    )  # fmt: skip
    two = Pulse(ben, peer=3)
    stands = queries.standings(actor=carl, before=day(0).date())
    assert {each.row.pk for each in stands} == {one.row.pk, two.row.pk}
    actions.approve_round(actor=carl, asked_in=one.row, at=OPENED)
    one.fresh()
    one.answered("peer", 3, 3)
    stands = queries.standings(actor=carl, before=day(0).date())
    assert [each.row.pk for each in stands] == [two.row.pk, one.row.pk]  # the list waits for Carl
    assert [count.group for count in stands[1].at_risk] == ["peer", "report"]
    assert [count.answered for count in stands[1].at_risk] == [2, None]
    one.answer(one.tokens("peer")[2], 3)
    stands = queries.standings(actor=carl, before=day(0).date())
    assert [count.group for count in stands[1].at_risk] == ["report"]
    assert queries.standings(actor=amira.user, before=day(0).date()) == []


def test_where_too_few_answered_after_the_extra_week_a_smaller_question_is_offered(amira):
    one = Round(amira, peer=4).answered("peer", 3, 3)
    assert not queries.is_thin(actor=amira.user, asked_in=one.closed())
    assert queries.is_thin(actor=amira.user, asked_in=one.closed(day(8)))
