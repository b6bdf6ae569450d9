"""Proposed schedules: nothing moves until the client says so, and what moved can be taken back."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.engine import weekplans
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.access import NotVisible
from coachwork.people.models import Relation, Visibility
from coachwork.plans import actions, queries
from coachwork.plans.actions import schedules
from coachwork.plans.models import Dependency, Plan, PlanItem, PlanVersion, Proposal, WeekTime
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db
NOW = stage.NOW
State = PlanItem.State


@pytest.fixture
def amira():
    found = make.client()
    stage.active(found)
    return found


def propose(client, at=NOW) -> Proposal:
    return actions.propose_schedule(actor=client.user, client=client, at=at)


def accept(client, proposal, **more) -> Proposal:
    return actions.accept_schedule(actor=client.user, proposal=proposal, **{"at": NOW, **more})


def frozen_plan(client) -> list[tuple]:
    rows = PlanItem.objects.filter(client=client).order_by("pk")
    return list(rows.values_list("title", "state", "week_on", "window_end", "effort_minutes"))


def slipped(client, title="Read the report", minutes=60) -> PlanItem:
    """Something that lies in last week and is still open."""
    item = stage.item(client, title, effort_minutes=minutes, kind="learning")
    PlanItem.objects.filter(pk=item.pk).update(week_on=stage.TODAY - timedelta(weeks=1))
    item.refresh_from_db()
    return item


class TestProposing:
    def test_a_proposal_changes_nothing_in_the_plan(self, amira):
        stage.item(amira, "Write minutes", week_on=stage.week(4))
        before, version = frozen_plan(amira), Plan.objects.get().version
        made = propose(amira)
        assert made.state == "open" and made.content["steps"]
        assert frozen_plan(amira) == before and Plan.objects.get().version == version

    def test_it_is_the_clients_alone_whoever_reads_the_plan(self, amira):
        coach = make.helper(amira, "carl", Relation.COACH)
        stage.item(amira, "Private thing", visibility=Visibility.PRIVATE)
        made = propose(amira)
        assert made.visibility == Visibility.PRIVATE
        with pytest.raises(Proposal.DoesNotExist):
            queries.proposal(actor=coach, proposal_id=made.pk)
        with pytest.raises((PermissionDenied, NotVisible)):
            actions.propose_schedule(actor=coach, client=amira, at=NOW)

    def test_without_a_plan_or_anything_to_lay_it_says_what_to_do(self):
        bjarne = make.client("bjarne")
        with pytest.raises(Refused, match="Write a goal"):
            propose(bjarne)
        item = stage.item(bjarne)
        actions.let_go_item(actor=bjarne.user, item=item, at=NOW)
        with pytest.raises(Refused, match="nothing to lay out"):
            propose(bjarne)

    def test_no_time_at_all_is_told_and_changes_nothing(self, amira):
        plan = stage.item(amira).plan
        for first in (0, 26, 52):
            actions.set_week_time(
                actor=amira.user,
                plan=plan,
                first=stage.week(1 + first),
                last=stage.week(26 + first),
                hours=Decimal(0),
                at=NOW,
            )
        with pytest.raises(Refused, match="Set your hours"):
            propose(amira)

    def test_a_new_one_overtakes_the_one_that_was_open(self, amira):
        stage.item(amira)
        first = propose(amira)
        propose(amira)
        first.refresh_from_db()
        assert first.state == "outdated"
        with pytest.raises(Refused, match="answered already"):
            accept(amira, first)

    def test_what_waits_for_each_other_is_named_and_the_plan_is_as_it_was(self, amira):
        one, two = stage.item(amira, "Chicken"), stage.item(amira, "Egg")
        for a, b in ((one, two), (two, one)):
            Dependency.objects.create(item=a, needed=b, **make.about(amira))
        PlanItem.objects.update(week_on=stage.week(5))
        before = frozen_plan(amira)
        made = propose(amira)
        told = queries.shown(actor=amira.user, proposal=made)
        assert made.state == "failed" and frozen_plan(amira) == before
        assert "“Chicken”" in told.why_failed and "“Egg”" in told.why_failed

    @pytest.mark.parametrize("fault", [MemoryError, RuntimeError, ValueError])
    def test_a_fault_of_the_solver_is_told_plainly(self, amira, monkeypatch, fault, caplog):
        stage.item(amira, "Secret title")

        def breaks(*_args, **_more):
            raise fault("Secret title")

        monkeypatch.setattr(weekplans, "propose", breaks)
        made = propose(amira)
        told = queries.shown(actor=amira.user, proposal=made)
        assert made.state == "failed" and "ask again" in told.why_failed
        assert "Secret" not in caplog.text

    def test_more_than_anybody_can_do_gets_a_sentence_and_no_solver(self, amira, monkeypatch):
        plan = stage.item(amira).plan
        monkeypatch.setattr(weekplans, "propose", lambda *_: pytest.fail("the solver was asked"))
        PlanItem.objects.bulk_create(
            PlanItem(plan=plan, title=f"Thing {n}", **make.about(amira)) for n in range(10_000)
        )
        with pytest.raises(Refused, match="more than 400"):
            propose(amira)

    def test_a_large_plan_is_laid_by_the_worker_once(
        self, amira, monkeypatch, django_capture_on_commit_callbacks
    ):
        stage.item(amira)
        monkeypatch.setattr(schedules, "AT_ONCE", 1)
        with django_capture_on_commit_callbacks(execute=True):
            made = propose(amira)
            assert made.state == "working"
        made.refresh_from_db()
        if made.state == "working":  # no worker runs in this test: do its job by hand
            actions.work_out_schedule(proposal_id=made.pk, at=NOW)
            made.refresh_from_db()
        assert made.state == "open" and made.content["steps"]
        content = made.content
        actions.work_out_schedule(proposal_id=made.pk, at=NOW)
        made.refresh_from_db()
        assert made.content == content

    def test_the_worker_leaves_a_plan_that_went_on_alone(self, amira, monkeypatch):
        stage.item(amira)
        monkeypatch.setattr(schedules, "AT_ONCE", 1)
        made = propose(amira)
        stage.item(amira, "Something new")
        Proposal.objects.update(state="working", content={})
        actions.work_out_schedule(proposal_id=made.pk, at=NOW)
        made.refresh_from_db()
        assert made.state == "outdated"


class TestAccepting:
    def test_all_of_it_is_done_and_told_as_one_version_with_who_when_and_why(self, amira):
        late = slipped(amira)
        made = propose(amira)
        versions = PlanVersion.objects.count()
        done = accept(amira, made, reason="Ill last week")
        late.refresh_from_db()
        assert late.state == State.MOVED and late.week_on >= stage.week(3)
        told = PlanVersion.objects.order_by("number").last()
        assert PlanVersion.objects.count() == versions + 1
        assert (told.trigger, told.reason, told.created_by) == (
            "signal",
            "Ill last week",
            amira.user,
        )
        assert done.state == "accepted"
        assert (done.from_version, done.to_version) == (told.number - 1, told.number)

    def test_what_is_suggested_every_week_comes_in_as_such(self, amira):
        made = propose(amira)
        weekly = next(one for one in made.content["steps"] if one.get("comes_back"))
        accept(amira, made)
        item = PlanItem.objects.get(blueprint=weekly["blueprint"])
        assert item.cadence == "weekly" and item.state == State.TODO
        assert item.week_on.isoformat() == weekly["weeks"][0][0]
        assert item.window_end > item.week_on

    def test_only_what_is_chosen_is_done_in_the_week_that_was_chosen(self, amira):
        made = propose(amira)
        first, *others = made.content["steps"]
        assert others
        accept(amira, made, steps=[first["n"]], weeks_on={first["n"]: stage.week(4)})
        item = PlanItem.objects.get()
        assert item.title == first["title"] and item.week_on == stage.week(4)

    def test_nothing_chosen_or_a_week_that_is_over_is_refused_and_nothing_moves(self, amira):
        made = propose(amira)
        number = made.content["steps"][0]["n"]
        with pytest.raises(Invalid):
            accept(amira, made, steps=[])
        with pytest.raises(Invalid):
            accept(amira, made, weeks_on={number: stage.TODAY - timedelta(weeks=2)})
        assert not PlanItem.objects.exists()

    def test_a_plan_that_has_changed_since_is_left_as_it_is(self, amira):
        made = propose(amira)
        stage.item(amira, "Meanwhile")
        with pytest.raises(Refused, match="changed since"):
            accept(amira, made)
        assert [one.title for one in PlanItem.objects.all()] == ["Meanwhile"]

    def test_what_no_week_holds_lies_in_parts_afterwards(self, amira):
        stage.item(amira, "Build the deck", effort_minutes=300, week_on=stage.week(4))
        made = propose(amira)
        accept(amira, made)
        parts = PlanItem.objects.filter(title__startswith="Build the deck")
        assert parts.count() > 1 and sum(one.effort_minutes for one in parts) == 300
        assert max(one.effort_minutes for one in parts) <= 120

    def test_what_the_coach_suggested_counts_from_then_on(self, amira):
        coach = make.helper(amira, "carl", Relation.COACH)
        goal = queries.goals(actor=amira.user, client=amira)[0]
        actions.show_goal(actor=amira.user, goal=goal, visibility=Visibility.PAIR, at=NOW)
        goal.competency = None  # nothing that ships fits it
        goal.save()
        item = actions.suggest_item(
            actor=coach, client=amira, title="Ask Jo", kind="feedback", goal=goal, at=NOW
        )
        made = propose(amira)
        assert any(one.get("item") == str(item.pk) for one in made.content["steps"])
        accept(amira, made)
        item.refresh_from_db()
        assert item.state == State.TODO and item.week_on

    def test_nobody_else_can_answer_it(self, amira):
        made = propose(amira)
        for relation in (Relation.COACH, Relation.MANAGER, Relation.SPONSOR):
            helper = make.helper(amira, str(relation), relation)
            with pytest.raises(NotVisible):
                actions.accept_schedule(actor=helper, proposal=made, at=NOW)
            with pytest.raises(NotVisible):
                actions.refuse_schedule(actor=helper, proposal=made, at=NOW)


class TestLeavingAndTakingBack:
    def test_left_aside_the_plan_is_as_it_was_and_it_can_be_said_twice(self, amira):
        made = propose(amira)
        before = frozen_plan(amira)
        actions.refuse_schedule(actor=amira.user, proposal=made, reason="Too much", at=NOW)
        actions.refuse_schedule(actor=amira.user, proposal=made, at=NOW)
        assert made.state == "refused" and made.reason == "Too much"
        assert frozen_plan(amira) == before

    def test_taken_back_everything_lies_where_it_lay_and_the_story_tells_it(self, amira):
        slipped(amira)
        stage.item(amira, "Build the deck", effort_minutes=300, week_on=stage.week(4))
        before = [one for one in frozen_plan(amira)]
        made = accept(amira, propose(amira))
        assert frozen_plan(amira) != before
        actions.take_back_schedule(actor=amira.user, proposal=made, at=NOW + timedelta(days=3))
        left = [one for one in frozen_plan(amira) if one[1] != State.SKIPPED]
        assert left == before and made.state == "undone"
        assert "back" in PlanVersion.objects.order_by("number").last().what
        again = propose(amira)
        assert any(one.get("blueprint") for one in again.content["steps"])

    def test_what_was_done_or_moved_since_stays_as_the_client_made_it(self, amira):
        one, two = slipped(amira, "One"), slipped(amira, "Two")
        made = accept(amira, propose(amira))
        actions.finish_item(actor=amira.user, item=one, at=NOW)
        actions.move_item(actor=amira.user, item=two, week_on=stage.week(9), at=NOW)
        actions.take_back_schedule(actor=amira.user, proposal=made, at=NOW)
        one.refresh_from_db()
        two.refresh_from_db()
        assert one.state == State.DONE and two.week_on == stage.week(9)

    def test_after_two_weeks_it_cannot_be_taken_back(self, amira):
        made = accept(amira, propose(amira))
        with pytest.raises(Refused, match="two weeks"):
            actions.take_back_schedule(actor=amira.user, proposal=made, at=NOW + timedelta(days=15))


class TestWeeksThatAreDifferent:
    def times(self, amira, **more):
        plan = queries.plan_of(actor=amira.user, client=amira) or stage.item(amira).plan
        words = {"first": stage.week(3), "last": stage.week(4), "hours": Decimal(0), "at": NOW}
        return actions.set_week_time(actor=amira.user, plan=plan, **{**words, **more})

    def test_no_schedule_counts_on_a_week_away(self, amira):
        stage.item(amira)
        self.times(amira, first=stage.week(2), last=stage.week(6))
        made = propose(amira)
        away = {stage.week(n).isoformat() for n in range(2, 7)}
        laid = {day for one in made.content["steps"] for day, _m in one["weeks"]}
        assert laid and not laid & away

    def test_said_twice_the_last_word_counts_and_usual_hours_come_back(self, amira):
        self.times(amira)
        self.times(amira, hours=Decimal("1.5"))
        assert [one.hours for one in WeekTime.objects.all()] == [Decimal("1.5")] * 2
        plan = queries.plan_of(actor=amira.user, client=amira)
        actions.usual_week_time(actor=amira.user, plan=plan, week_on=stage.week(3), at=NOW)
        assert [one.week_on for one in WeekTime.objects.all()] == [stage.week(4)]

    def test_the_week_page_shows_the_other_hours(self, amira):
        stage.item(amira, "Long", effort_minutes=90, week_on=stage.week(3))
        self.times(amira, hours=Decimal(1))
        goals = queries.goals(actor=amira.user, client=amira)
        view = queries.plan(actor=amira.user, client=amira, today=stage.TODAY, goals=goals)
        assert {one.week_on: one.over for one in view.weeks}[stage.week(3)] == 30

    @pytest.mark.parametrize(
        ("words", "field"),
        [
            ({"first": stage.TODAY - timedelta(weeks=1)}, "first"),
            ({"last": stage.week(2)}, "last"),
            ({"last": stage.week(60)}, "last"),
            ({"hours": Decimal(41)}, "hours"),
            ({"hours": Decimal(-1)}, "hours"),
        ],
    )
    def test_what_makes_no_sense_is_told_at_its_field(self, amira, words, field):
        with pytest.raises(Invalid) as caught:
            self.times(amira, **words)
        assert field in caught.value.fields and not WeekTime.objects.exists()

    def test_the_29th_of_february_and_the_weeks_in_which_the_clocks_change_are_weeks(self, amira):
        from datetime import date

        made = self.times(amira, first=date(2028, 2, 29), last=date(2028, 3, 26))
        assert made[0].week_on == date(2028, 2, 28)
        assert len(made) == 4
