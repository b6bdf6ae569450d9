"""Check-ins, commitments, requests for support, and the one word after a silence."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from coachwork.accountability import actions, queries
from coachwork.accountability.models import CheckIn, CheckInPlan, Commitment, SupportRequest
from coachwork.evidence.models import Evidence
from coachwork.kit.errors import Invalid, Refused
from coachwork.notifications.models import Message
from coachwork.people import actions as people
from coachwork.people.access import NotVisible, Thing
from coachwork.people.models import Relation, Visibility
from coachwork.plans.models import Goal
from coachwork.practice import actions as practice
from tests import builders as make

pytestmark = pytest.mark.django_db

TODAY = make.NOW.date()  # a Monday
WEEK = timedelta(weeks=1)


@pytest.fixture
def amira():
    return make.client()


@pytest.fixture
def carl(amira):
    return make.helper(amira, "carl", Relation.COACH)


def planned(client, audience="V1", **more):
    chosen = {"cadence": 1, "weekday": 0, "template": "four-lines", "today": TODAY, **more}
    return actions.choose_plan(
        actor=client.user, client=client, audience=audience, at=make.NOW, **chosen
    )


def answered(client, week_on=TODAY, today=None, **more):
    words = more.pop("words", {"did": "Spoke first in the stand-up"})
    return actions.answer(
        actor=client.user, client=client, week_on=week_on, words=words, today=today or week_on,
        at=make.NOW, **more,
    )  # fmt: skip


def committed(client, due_on=TODAY + WEEK, **more):
    return actions.commit(
        actor=client.user, client=client, text="Write to Jo", due_on=due_on, today=TODAY,
        at=make.NOW, **more,
    )  # fmt: skip


class TestAnswering:
    def test_a_week_is_answered_once_and_the_later_answer_counts(self, amira):
        answered(amira)
        answered(amira, words={"did": "Spoke twice"})
        assert CheckIn.objects.get().did == "Spoke twice"

    def test_a_week_without_a_word_is_an_answer(self, amira):
        assert answered(amira, words={}).did == ""

    def test_the_first_one_is_private_and_later_ones_are_as_chosen(self, amira):
        assert answered(amira).visibility == "V0"
        planned(amira)
        assert answered(amira, week_on=TODAY + WEEK).visibility == "V1"
        assert CheckIn.objects.get(week_on=TODAY).visibility == "V0"

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"words": {"did": "a" * 4_001}}, "did"),
            ({"words": {"stuck": "a\x00"}}, "stuck"),
            ({"energy": 6}, "energy"),
            ({"today": TODAY + 3 * WEEK}, "week_on"),
            ({"today": TODAY - WEEK}, "week_on"),
        ],
    )
    def test_what_cannot_be_kept_says_why(self, amira, more, field):
        with pytest.raises(Invalid) as refusal:
            answered(amira, **more)
        assert field in refusal.value.fields

    def test_nothing_of_it_becomes_evidence(self, amira):
        answered(amira, energy=5)
        actions.settle(actor=amira.user, commitment=committed(amira), state="kept", at=make.NOW)
        assert not Evidence.objects.exists()

    @pytest.mark.accepts("T9-07")
    def test_energy_is_seen_only_while_shared_and_with_its_whole_past_gone_after(self, amira, carl):
        planned(amira)
        for week in range(3):
            answered(amira, week_on=TODAY + week * WEEK, energy=2 + week)
        assert queries.energies(actor=carl, client=amira) is None
        row = queries.energies(actor=amira.user, client=amira)
        shared = people.share(
            actor=amira.user, thing=Thing.MOODS, row=row, reader=carl, at=make.NOW
        )
        assert len(queries.energies(actor=carl, client=amira).readings) == 3
        people.unshare(actor=amira.user, share=shared, at=make.NOW)
        assert queries.energies(actor=carl, client=amira) is None


class TestCommitting:
    @pytest.mark.accepts("T9-03")
    def test_agreed_anew_before_its_day_it_never_shows_as_missed(self, amira):
        first = committed(amira)
        second = actions.renegotiate(
            actor=amira.user, commitment=first, text="Write to Jo, two lines",
            due_on=TODAY + 2 * WEEK, today=TODAY + WEEK, at=make.NOW,
        )  # fmt: skip
        page = queries.keeping(actor=amira.user, client=amira, today=TODAY + 3 * WEEK)
        assert page.due == [second] and second.follows == first
        assert [one.state for one in page.settled] == ["renegotiated"]
        assert page.wins == [first]
        with pytest.raises(Refused):
            actions.settle(actor=amira.user, commitment=first, state="not_this_time", at=make.NOW)

    def test_after_its_day_it_is_answered_first(self, amira):
        with pytest.raises(Refused, match="day is over"):
            actions.renegotiate(
                actor=amira.user, commitment=committed(amira), text="Later",
                due_on=TODAY + 3 * WEEK, today=TODAY + 2 * WEEK, at=make.NOW,
            )  # fmt: skip

    @pytest.mark.parametrize("state", ["kept", "partly", "not_this_time"])
    def test_one_tap_twice_is_one_answer(self, amira, state):
        made = committed(amira)
        for _press in range(2):
            actions.settle(actor=amira.user, commitment=made, state=state, at=make.NOW)
        assert Commitment.objects.get().state == state

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"due_on": TODAY - timedelta(1)}, "due_on"),
            ({"due_on": TODAY + timedelta(400)}, "due_on"),
            ({"size": "huge"}, "size"),
            ({"if_blocked": "a" * 301}, "if_blocked"),
        ],
    )
    def test_what_cannot_be_committed_to_says_why(self, amira, more, field):
        with pytest.raises(Invalid) as refusal:
            committed(amira, **more)
        assert field in refusal.value.fields

    def test_five_are_enough(self, amira):
        for _n in range(5):
            made = committed(amira)
        with pytest.raises(Refused, match="Five are open"):
            committed(amira)
        actions.release(actor=amira.user, commitment=made, at=make.NOW)
        assert committed(amira)

    def test_nobody_settles_for_somebody_else(self, amira, carl):
        planned(amira)
        made = committed(amira)
        from django.core.exceptions import PermissionDenied

        with pytest.raises(PermissionDenied):
            actions.settle(actor=carl, commitment=made, state="kept", at=make.NOW)


class TestAsking:
    def asked(self, client, coach, at=make.NOW):
        return actions.ask_for_help(
            actor=client.user, client=client, kind="stuck", text="The talk", to=coach, at=at
        )

    @pytest.mark.accepts("T9-14")
    def test_a_promise_of_two_working_days_from_friday_evening_is_tuesday_evening(
        self, amira, carl
    ):
        carl.timezone = "America/New_York"
        carl.save()
        actions.promise(actor=carl, working_days=2, words="")
        friday = datetime(2026, 1, 9, 23, 0, tzinfo=UTC)  # 18:00 in New York
        due = self.asked(amira, carl, friday).due_at.astimezone(ZoneInfo("America/New_York"))
        assert (due.strftime("%A"), due.hour) == ("Tuesday", 18)

    def test_a_coach_reads_and_answers_and_the_client_is_told(self, amira, carl):
        made = self.asked(amira, carl)
        actions.acknowledge(actor=carl, request=made, at=make.NOW)
        actions.help_out(actor=carl, request=made, reply="Let us talk.", at=make.NOW)
        assert queries.request(actor=amira.user, request_id=made.pk).reply == "Let us talk."
        kinds = set(Message.objects.values_list("kind", flat=True))
        assert {"support-asked", "support-answered"} <= kinds
        assert not Message.objects.filter(text__contains="The talk").exists()

    def test_only_the_coach_that_was_asked_reads_it(self, amira, carl):
        other = make.helper(amira, "cora", Relation.COACH)
        made = self.asked(amira, carl)
        with pytest.raises(SupportRequest.DoesNotExist):
            queries.request(actor=other, request_id=made.pk)
        with pytest.raises(SupportRequest.DoesNotExist):
            actions.help_out(actor=other, request=made, reply="x", at=make.NOW)

    def test_who_is_no_coach_cannot_be_asked(self, amira):
        for other in (make.user("eve"), make.helper(amira, "mona", Relation.MANAGER), None):
            with pytest.raises(Invalid):
                self.asked(amira, other)

    def test_what_was_taken_back_is_not_answered(self, amira, carl):
        made = self.asked(amira, carl)
        actions.withdraw(actor=amira.user, request=made)
        with pytest.raises(Refused):
            actions.help_out(actor=carl, request=made, reply="x", at=make.NOW)


class TestReminding:
    def round(self, week, day=0):
        actions.ask_and_welcome(at=make.NOW + week * WEEK + timedelta(days=day))

    def kinds(self):
        return sorted(Message.objects.values_list("kind", flat=True))

    def test_on_the_chosen_day_one_question_comes_and_none_once_answered(self, amira):
        planned(amira)
        for day in range(3):
            self.round(0, day)
        assert self.kinds() == ["check-in-ask"]
        answered(amira, week_on=TODAY + WEEK)
        self.round(1)
        assert self.kinds() == ["check-in-ask"]

    @pytest.mark.accepts("T9-05")
    def test_after_three_quiet_weeks_exactly_one_word_of_welcome_without_a_number(self, amira):
        planned(amira)
        answered(amira)
        for week in range(1, 8):
            for day in range(7):
                self.round(week, day)
        welcome = Message.objects.get(kind="comeback")
        assert not any(sign.isdigit() for sign in welcome.text.split("http")[0])
        asked = Message.objects.filter(kind="check-in-ask").count()
        assert asked == 2  # the two weeks before it; none after

    @pytest.mark.accepts("T9-06")
    def test_until_the_end_of_a_rest_nothing_is_asked(self, amira):
        planned(amira)
        answered(amira)
        actions.rest_until(
            actor=amira.user, client=amira, until=TODAY + 6 * WEEK, today=TODAY, at=make.NOW
        )
        Message.objects.all().delete()
        for week in range(1, 6):
            self.round(week)
        assert self.kinds() == []
        self.round(6)
        assert self.kinds() == ["check-in-ask"]


class TestFlags:
    def lapsed(self, client):
        planned(client)
        answered(client)
        return TODAY + 5 * WEEK

    @pytest.mark.accepts("T9-08")
    def test_the_client_sees_the_same_flag_with_its_reason_and_can_put_it_aside(self, amira, carl):
        today = self.lapsed(amira)
        mine = queries.flags(actor=amira.user, client=amira, today=today)
        assert mine and mine == queries.flags(actor=carl, client=amira, today=today)
        assert "check-ins" in mine[0].reason
        actions.dismiss(actor=amira.user, client=amira, flag=mine[0].key, at=make.NOW)
        for actor in (amira.user, carl):
            assert queries.flags(actor=actor, client=amira, today=today) == []

    @pytest.mark.accepts("T9-08")
    def test_a_goal_without_practice_is_flagged_alike_and_stays_aside_once_put_there(
        self, amira, carl
    ):
        planned(amira)
        skill = make.competency()
        Goal.objects.create(
            title="Listen first", state="active", competency=skill, start_on=TODAY,
            **make.about(amira, Visibility.PAIR),
        )  # fmt: skip
        said = {"actor": amira.user, "client": amira, "competency": skill, "chance": "did"}
        on = TODAY + WEEK
        practice.log(**said, occasion_on=on, visibility=Visibility.PRIVATE, at=make.NOW + WEEK)
        today = TODAY + 4 * WEEK
        for week in range(3):
            answered(amira, week_on=TODAY + week * WEEK)
        mine = queries.flags(actor=amira.user, client=amira, today=today)
        assert [one.key.split(":")[0] for one in mine] == ["practice"]
        assert mine == queries.flags(actor=carl, client=amira, today=today)
        actions.dismiss(actor=amira.user, client=amira, flag=mine[0].key, at=make.NOW)
        assert queries.flags(actor=carl, client=amira, today=today + WEEK) == []

    def test_who_keeps_check_ins_private_is_not_flagged(self, amira, carl):
        today = self.lapsed(amira)
        CheckInPlan.objects.update(audience="V0")
        assert queries.flags(actor=carl, client=amira, today=today) == []

    @pytest.mark.accepts("T9-04")
    def test_rests_raise_no_flag(self, amira, carl):
        planned(amira)
        answered(amira)
        assert queries.flags(actor=carl, client=amira, today=TODAY + 3 * WEEK) == []

    @pytest.mark.accepts("T9-13")
    @pytest.mark.parametrize("relation", ["sponsor", "manager"])
    def test_who_pays_or_leads_sees_none_of_it(self, amira, relation):
        self.lapsed(amira)
        committed(amira)
        other = make.helper(amira, relation, Relation(relation))
        assert queries.keeping(actor=other, client=amira, today=TODAY).check_ins == []
        assert queries.flags(actor=other, client=amira, today=TODAY) == []
        assert queries.board(actor=other, today=TODAY) == []
        with pytest.raises(NotVisible):
            actions.dismiss(actor=other, client=amira, flag="x", at=make.NOW)
