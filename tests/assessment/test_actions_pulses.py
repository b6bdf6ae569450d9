"""A pulse: one behaviour, a few people, two questions; the same links and the same veil."""

import json
from datetime import timedelta

import pytest

from coachwork.assessment import actions, queries
from coachwork.assessment.actions import calibrating
from coachwork.assessment.models import FeedbackRound, ReleasedSets, RoundReport
from coachwork.evidence.models import Evidence
from coachwork.frameworks.models import Behaviour
from coachwork.kit.errors import Invalid, Refused
from coachwork.notifications.models import Message
from coachwork.people import access
from coachwork.people.models import Relation
from tests import builders as make
from tests.assessment.stage import AFTER, OPENED, Pulse, Round, framework

pytestmark = pytest.mark.django_db
CLOSED = OPENED + timedelta(days=8)


def test_a_pulse_is_begun_once_beside_a_round_and_asks_about_one_behaviour():
    one = Round(peer=3)
    pulse = Pulse(one.client)
    again = actions.begin_pulse(
        actor=one.actor, client=one.client, behaviour=Behaviour.objects.last(), at=OPENED
    )
    assert again.pk == pulse.row.pk
    assert len(pulse.items()) == 1
    assert FeedbackRound.objects.filter(state="collecting").count() == 1


def test_what_others_cannot_notice_is_no_pulse():
    framework()
    Behaviour.objects.update(eligible_360=False)
    with pytest.raises(Invalid):
        Pulse(make.client())


def test_what_people_noticed_is_frozen_as_words_and_changes_no_level():
    pulse = Pulse(peer=4, report=2, manager=1)
    pulse.answered("peer", 4, 4, 5, 5, words="Next").answered("report", 5, 0)
    pulse.answered("manager", 6)
    report = pulse.released(at=CLOSED)
    assert report.shown["spread"]["counts"] == {"same": 2, "some": 3}
    assert report.shown["spread"]["unsure"] == 1
    assert report.shown["named_spread"] == ["more"]
    assert len(report.shown["comments"]["suggestion"]) == 4
    assert not Evidence.objects.exists()


def test_answers_go_from_much_less_to_much_more_and_no_further():
    pulse = Pulse(peer=3)
    token = pulse.tokens("peer")[0]
    with pytest.raises(Invalid):
        actions.save_scores(actor=None, token=token, scores={pulse.items()[0]: 8}, at=OPENED)
    with pytest.raises(Invalid):
        one = Round(pulse.client, peer=3)
        actions.save_scores(
            actor=None, token=one.tokens("peer")[0], scores={one.items()[0]: 6}, at=OPENED
        )


def test_the_same_people_can_be_asked_again_and_one_more_gives_nobody_away():
    first = Pulse(peer=5).answered("peer", 4, 4, 5, 5, 5)
    assert first.released(at=CLOSED).shown["spread"]
    later = OPENED + timedelta(days=30)
    same = Pulse(first.client, at=later, peer=5)
    same.answered_at(later, peer=(5, 5, 6, 6, 4))
    assert same.released(at=later + timedelta(days=8)).shown["spread"]
    again = later + timedelta(days=30)
    more = Pulse(first.client, at=again, peer=6)
    more.answered_at(again, peer=(5, 5, 6, 6, 4, 7))
    report = more.released(at=again + timedelta(days=8))
    assert report.shown["spread"] is None
    assert report.shown["comments"] == {}
    assert report.shown["withheld"] == [{"group": "other", "reason": "too_close"}]
    other = Pulse(first.client, at=again + timedelta(days=9), behaviour=1, peer=6)
    other.answered_at(again + timedelta(days=9), peer=(5, 5, 6, 6, 4, 7))
    assert other.released(at=again + timedelta(days=20)).shown["spread"]  # another question


def test_a_round_and_a_pulse_ask_different_things_and_do_not_stand_in_each_others_way():
    one = Round(peer=5).answered("peer", 3, 3, 4, 4, 2)
    one.released()
    later = AFTER + timedelta(days=20)
    pulse = Pulse(one.client, at=later, peer=3).answered_at(later, peer=(5, 5, 6))
    assert pulse.released(at=later + timedelta(days=8)).shown["spread"]["leaning"] == "some"
    assert ReleasedSets.objects.count() == 2


def test_a_pulse_is_opened_by_the_client_and_a_late_answer_changes_nothing():
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    pulse = Pulse(amira, peer=4)
    actions.approve_round(actor=carl, asked_in=pulse.row, at=OPENED)
    pulse.fresh()
    pulse.answered("peer", 5, 5, 6)
    late = pulse.tokens("peer")[3]
    pulse.released(at=CLOSED)
    frozen = json.dumps(RoundReport.objects.get().shown)
    with pytest.raises(Refused, match="has closed"):
        actions.save_scores(actor=None, token=late, scores={pulse.items()[0]: 1}, at=CLOSED)
    assert json.dumps(RoundReport.objects.get().shown) == frozen
    assert queries.frozen(actor=carl, asked_in=pulse.row).shown["spread"]
    sponsor = make.helper(amira, "sina", Relation.SPONSOR)
    with pytest.raises(access.NotVisible):
        queries.frozen(actor=sponsor, asked_in=pulse.row)


def test_whoever_is_asked_is_told_what_kind_of_question_it_is():
    pulse = Pulse(peer=3, manager=1)
    kinds = sorted(Message.objects.values_list("kind", flat=True))
    assert kinds == ["pulse-invite"] * 3 + ["pulse-invite-manager"]
    pulse.answered("peer", 5, 5, 5).closed(CLOSED)
    assert Message.objects.filter(kind="pulse-closed").count() == 1


def test_with_the_thanks_goes_when_to_ask_again_and_the_client_is_reminded_once():
    one = Round(peer=3).answered("peer", 3, 3, 3)
    one.released()
    sense = {"confirms": "", "surprises": "", "questions": "", "at": AFTER}
    actions.make_sense(actor=one.actor, asked_in=one.row, focus=one.items()[:1], **sense)
    with pytest.raises(Invalid):
        actions.thank_raters(actor=one.actor, asked_in=one.row, weeks=3, at=AFTER)
    actions.thank_raters(actor=one.actor, asked_in=one.row, weeks=8, at=AFTER)
    told = Message.objects.filter(kind="rater-thanks")
    assert all("In about 8 weeks" in row.text for row in told)
    due = AFTER + timedelta(weeks=8)
    for at, sent in ((due - timedelta(days=1), 0), (due, 1), (due, 0)):
        assert actions.offer_pulses(today=at.date(), at=at) == sent
    assert Message.objects.filter(kind="pulse-due").count() == 1
    assert queries.chosen_focus(actor=one.actor, client=one.client) == one.items()[:1]


def test_a_calibration_of_levels_never_reads_what_a_pulse_asked():
    pulse = Pulse(peer=5, manager=1).answered("peer", 7, 6, 7, 5, 4).answered("manager", 7)
    pulse.released(at=CLOSED)
    skills = calibrating._skills(pulse.row.framework)
    assert set(pulse.items()) <= set(skills)
    assert list(calibrating._others(pulse.row.framework, skills, AFTER)) == []
    one = Round(pulse.client, at=CLOSED, peer=3).answered_at(CLOSED, peer=(3, 3, 4))
    one.released(at=CLOSED + timedelta(days=20))
    later = CLOSED + timedelta(days=21)
    assert list(calibrating._others(pulse.row.framework, skills, later))
