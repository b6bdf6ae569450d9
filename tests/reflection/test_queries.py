"""What comes back and when, how sure one was, and the story so far."""

from datetime import timedelta

import pytest

from coachwork.kit.errors import Refused
from coachwork.notifications.models import Message
from coachwork.people.models import Event
from coachwork.reflection import actions, queries
from coachwork.reflection.models import Entry, Insight
from tests import builders as make
from tests.reflection.stage import SECRET, TODAY, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    return make.client()


class TestReturning:
    @pytest.mark.accepts("T10-11")
    def test_a_decision_comes_back_on_its_day_with_the_prediction_hidden(self, amira):
        on = TODAY + timedelta(days=30)
        said = {"prediction": "They will say yes", "sure": "high"}
        kept = page(amira, Entry.Kind.DECISION, words=said, returns_on=on)
        assert queries.desk(actor=amira.user, client=amira, today=TODAY).returning == []
        back = queries.desk(actor=amira.user, client=amira, today=on).returning
        assert [one.row for one in back] == [kept] and back[0].waits_for_outcome
        actions.say_outcome(
            actor=amira.user, entry=kept, outcome="They did", went="well", today=on, at=make.NOW
        )
        again = queries.entry(actor=amira.user, entry_id=kept.pk)
        assert not again.waits_for_outcome
        assert again.words["prediction"] == "They will say yes"
        assert queries.desk(actor=amira.user, client=amira, today=on).returning == []

    def test_one_mail_says_that_something_is_there_and_nothing_of_what(self, amira):
        on = TODAY + timedelta(days=30)
        page(amira, Entry.Kind.LETTER, returns_on=on)
        later = make.NOW + timedelta(days=30)
        for _turn in range(2):
            actions.remind_of_returns(at=later)
        sent = Message.objects.get(kind="journal-returns")
        assert SECRET not in sent.text and sent.user == amira.user

    def test_a_letter_is_closed_until_its_day(self, amira):
        kept = page(amira, Entry.Kind.LETTER)
        with pytest.raises(Refused):
            actions.open_letter(actor=amira.user, entry=kept, today=TODAY, at=make.NOW)
        assert queries.entry(actor=amira.user, entry_id=kept.pk).is_closed(TODAY)
        on = kept.returns_on
        actions.open_letter(actor=amira.user, entry=kept, today=on, at=make.NOW)
        assert not queries.entry(actor=amira.user, entry_id=kept.pk).is_closed(on)

    @pytest.mark.accepts("T10-07")
    def test_what_must_never_come_back_does_not(self, amira):
        on = TODAY + timedelta(days=30)
        echo, letter = page(amira), page(amira, Entry.Kind.LETTER, returns_on=on)
        desk = queries.desk(actor=amira.user, client=amira, today=on)
        assert desk.echo.row == echo and [one.row for one in desk.returning] == [letter]
        for one in (echo, letter):
            actions.let_resurface(actor=amira.user, entry=one, allowed=False)
        desk = queries.desk(actor=amira.user, client=amira, today=on)
        assert desk.echo is None and desk.returning == []
        actions.remind_of_returns(at=make.NOW + timedelta(days=30))
        assert not Message.objects.filter(kind="journal-returns").exists()
        steps = queries.story(actor=amira.user, client=amira)
        assert {echo.pk, letter.pk}.isdisjoint(step.event.item for step in steps)

    def test_an_insight_is_asked_about_after_a_month_and_after_three(self, amira):
        made = actions.keep_insight(
            actor=amira.user, client=amira, text="Pauses help", today=TODAY, at=make.NOW
        )
        on = made.asks_on
        for strength, gap in ((Insight.Strength.REPEATING, 90), (Insight.Strength.SETTLED, None)):
            made = actions.answer_insight(
                actor=amira.user,
                insight=made,
                still_true=True,
                tested="Monday",
                today=on,
                at=make.NOW,
            )
            assert made.strength == strength
            assert made.asks_on == (on + timedelta(days=gap) if gap else None)
        kept = queries.insights(actor=amira.user, client=amira)[0]
        assert kept.text == "Pauses help" and kept.tests == ["Monday", "Monday"]


class TestCalibration:
    def decided(self, amira, number, sure="high", went="well"):
        for _n in range(number):
            kept = page(
                amira, Entry.Kind.DECISION, words={"sure": sure}, returns_on=TODAY + timedelta(1)
            )
            actions.say_outcome(
                actor=amira.user, entry=kept, outcome="so", went=went, today=TODAY, at=make.NOW
            )

    @pytest.mark.accepts("T10-10")
    def test_below_twenty_there_are_words_and_from_twenty_on_a_table(self, amira):
        self.decided(amira, 17)
        self.decided(amira, 2, went="badly")
        found = queries.calibration(actor=amira.user, client=amira)
        assert "17 of 19" in found.sentences[0] and not found.has_chart
        self.decided(amira, 1, sure="low")
        found = queries.calibration(actor=amira.user, client=amira)
        assert found.has_chart and found.rows[0][1:] == (17, 19)

    def test_of_two_answers_nothing_is_said(self, amira):
        self.decided(amira, 2)
        assert queries.calibration(actor=amira.user, client=amira).sentences == []


def test_turning_points_are_marked_and_unmarked(amira):
    event = Event.objects.filter(client=amira).first()
    for pinned in (True, True, False):
        actions.pin(actor=amira.user, client=amira, event=event, pinned=pinned, at=make.NOW)
        steps = queries.story(actor=amira.user, client=amira, pinned_only=True)
        assert bool(steps) == pinned
