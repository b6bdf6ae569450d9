"""Writing goals and taking them through their states."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.kit.errors import Invalid, Refused
from coachwork.people.access import NotVisible
from coachwork.people.models import Relation, Visibility
from coachwork.plans import actions, queries
from coachwork.plans.models import Goal, GoalVersion, IfThen, Plan, PlanVersion, Rung
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db
State = Goal.State


@pytest.fixture
def amira():
    return make.client()


def test_a_draft_may_be_half_written_and_is_written_on(amira):
    goal = actions.draft_goal(actor=amira.user, client=amira, at=stage.NOW)
    actions.shape_goal(actor=amira.user, goal=goal, at=stage.NOW, why="It matters", title="Listen")
    goal = queries.goal(actor=amira.user, goal_id=goal.pk)
    assert (goal.title, goal.why, goal.state) == ("Listen", "It matters", State.DRAFT)


def test_a_goal_goes_from_draft_through_agreed_to_active(amira):
    goal = stage.ready(amira)
    actions.agree_goal(actor=amira.user, goal=goal, at=stage.NOW)
    assert goal.state == State.AGREED and goal.agreed_at == stage.NOW
    actions.activate_goal(actor=amira.user, goal=goal, at=stage.NOW)
    stored = Goal.objects.get(pk=goal.pk)
    assert stored.state == State.ACTIVE and stored.start_on == stage.TODAY
    assert Plan.objects.get(client=amira).state == Plan.State.ACTIVE
    assert "Started the goal" in PlanVersion.objects.get(client=amira).what


def test_a_draft_that_nobody_agreed_to_cannot_start(amira):
    with pytest.raises(actions.NotNow):
        actions.activate_goal(actor=amira.user, goal=stage.ready(amira), at=stage.NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"baseline": ""}, "baseline"),
        ({"title": ""}, "title"),
        ({"target_on": None}, "target_on"),
    ],
)
def test_what_is_missing_is_named_by_its_field_and_nothing_starts(amira, changes, field):
    goal = stage.ready(amira, **changes)
    for act in (actions.agree_goal, actions.activate_goal):
        with pytest.raises(Invalid) as refusal:
            act(actor=amira.user, goal=goal, at=stage.NOW)
        assert list(refusal.value.fields) == [field]
    assert Goal.objects.get(pk=goal.pk).state == State.DRAFT


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({**stage.OUTCOMES, 1: " i ASK one open question first in most talks"}, "better"),
        ({**stage.OUTCOMES, -2: ""}, "much_less"),
        ({**stage.OUTCOMES, -2: "   "}, "much_less"),
        ({level: stage.OUTCOMES[level] for level in (0, 1, 2, -1)}, "much_less"),
    ],
)
def test_equal_or_empty_outcomes_keep_the_draft_and_block_the_start(amira, texts, field):
    goal = stage.draft(amira)
    actions.write_outcomes(actor=amira.user, goal=goal, texts=texts, at=stage.NOW)
    assert Rung.objects.filter(goal=goal).count() == len(texts)
    with pytest.raises(Invalid) as refusal:
        actions.agree_goal(actor=amira.user, goal=goal, at=stage.NOW)
    assert list(refusal.value.fields) == [field]


@pytest.mark.parametrize(
    ("dates", "field"),
    [
        ({"target_on": date(2026, 1, 4)}, "target_on"),
        ({"start_on": date(2026, 3, 1), "target_on": date(2026, 2, 1)}, "target_on"),
    ],
)
def test_dates_that_cannot_be_are_said_at_their_field(amira, dates, field):
    with pytest.raises(Invalid) as refusal:
        stage.draft(amira, **dates)
    assert list(refusal.value.fields) == [field]


def test_the_leap_day_is_a_day_like_any_other(amira):
    assert stage.draft(amira, target_on=date(2028, 2, 29)).target_on == date(2028, 2, 29)


def test_today_is_the_day_where_the_person_lives(amira):
    amira.user.timezone = "Pacific/Auckland"  # already the 6th
    evening = stage.NOW.replace(hour=13)
    with pytest.raises(Invalid):
        actions.draft_goal(
            actor=amira.user, client=amira, at=evening, target_on=stage.TODAY, title="x"
        )


@pytest.mark.parametrize(
    "words",
    [
        {"title": "x" * 301},
        {"why": "x" * 50_000},
        {"baseline": "null\x00byte"},
        {"kind": "wish"},
        {"commitment": 11},
        {"commitment": "much"},
        {"weight": 0},
    ],
)
def test_words_that_cannot_be_stored_are_refused_by_field(amira, words):
    with pytest.raises(Invalid) as refusal:
        stage.draft(amira, **words)
    assert list(refusal.value.fields) == list(words)
    assert not Goal.objects.exists()


@pytest.mark.accepts("T2-03")
def test_a_fourth_goal_asks_which_to_pause_and_changes_nothing_until_answered(amira):
    three = [stage.active(amira, title=f"Goal {n}") for n in range(3)]
    fourth = stage.ready(amira, title="Goal 4")
    actions.agree_goal(actor=amira.user, goal=fourth, at=stage.NOW)
    before = (list(Goal.objects.values()), list(PlanVersion.objects.values()))
    with pytest.raises(actions.TooManyGoals) as question:
        actions.activate_goal(actor=amira.user, goal=fourth, at=stage.NOW)
    assert [goal.title for goal in question.value.active] == ["Goal 0", "Goal 1", "Goal 2"]
    assert (list(Goal.objects.values()), list(PlanVersion.objects.values())) == before

    actions.activate_goal(actor=amira.user, goal=fourth, at=stage.NOW, pause=three[1])
    states = dict(Goal.objects.values_list("title", "state"))
    assert states == {
        "Goal 0": State.ACTIVE,
        "Goal 1": State.PAUSED,
        "Goal 2": State.ACTIVE,
        "Goal 4": State.ACTIVE,
    }


def test_a_goal_that_is_not_active_is_no_answer_to_which_one_rests(amira):
    for n in range(3):
        stage.active(amira, title=f"Goal {n}")
    fourth, other = stage.ready(amira, title="Goal 4"), stage.draft(amira, title="Other")
    actions.agree_goal(actor=amira.user, goal=fourth, at=stage.NOW)
    with pytest.raises(actions.TooManyGoals):
        actions.activate_goal(actor=amira.user, goal=fourth, at=stage.NOW, pause=other)


def test_starting_twice_is_starting_once(amira):
    goal = stage.active(amira)
    actions.activate_goal(actor=amira.user, goal=goal, at=stage.NOW)
    assert PlanVersion.objects.count() == 1


@pytest.mark.accepts("T2-07")
def test_a_reworded_goal_keeps_the_old_wording_with_author_date_and_reason(amira):
    goal = stage.active(amira)
    actions.reach_rung(actor=amira.user, goal=goal, level=-1, at=stage.NOW)
    later = stage.NOW + timedelta(days=40)
    actions.reword_goal(
        actor=amira.user,
        goal=goal,
        reason="The team has changed",
        at=later,
        title="In team meetings I will ask first",
        texts={0: "In half of the meetings"},
    )
    newest, *_, oldest = queries.versions(actor=amira.user, goal=goal)
    assert newest.wording["title"] == "In team meetings I will ask first"
    assert (newest.reason, newest.created_by, newest.created_at) == (
        "The team has changed",
        amira.user,
        later,
    )
    assert oldest.wording["title"] == stage.words()["title"]
    old = {rung["level"]: rung["text"] for rung in oldest.wording["rungs"]}
    assert old == stage.OUTCOMES
    marked = GoalVersion.objects.get(goal=goal, number=2).wording["rungs"]
    assert [rung["reached_on"] for rung in marked] == [None, "2026-01-05", None, None, None]
    oldest.wording = {}
    with pytest.raises(TypeError):
        oldest.save()


def test_an_agreed_goal_is_not_shaped_silently(amira):
    goal = stage.active(amira)
    with pytest.raises(actions.NotNow):
        actions.shape_goal(actor=amira.user, goal=goal, at=stage.NOW, title="Another")
    with pytest.raises(actions.NotNow):
        actions.write_outcomes(actor=amira.user, goal=goal, texts={0: "Another"}, at=stage.NOW)


def test_a_new_wording_needs_a_reason_and_stays_whole(amira):
    goal = stage.active(amira)
    for words in ({"reason": "  "}, {"reason": "Why", "texts": {0: ""}}, {"reason": "x" * 301}):
        with pytest.raises(Invalid):
            actions.reword_goal(actor=amira.user, goal=goal, at=stage.NOW, **words)
    assert Rung.objects.get(goal=goal, level=0).text == stage.OUTCOMES[0]
    assert GoalVersion.objects.count() == 1


def test_the_ladder_has_one_place(amira):
    goal = stage.active(amira)
    for level in (1, -1):
        actions.reach_rung(actor=amira.user, goal=goal, level=level, at=stage.NOW)
    reached = Rung.objects.filter(goal=goal, reached_on__isnull=False)
    assert [rung.level for rung in reached] == [-1]


@pytest.mark.parametrize(
    ("outcome", "allowed"), [("met", True), ("changed", True), ("active", False), ("x", False)]
)
def test_a_goal_closes_with_how_it_came_out(amira, outcome, allowed):
    goal = stage.active(amira)
    if not allowed:
        with pytest.raises(Invalid):
            actions.close_goal(actor=amira.user, goal=goal, outcome=outcome, at=stage.NOW)
        return
    actions.close_goal(actor=amira.user, goal=goal, outcome=outcome, at=stage.NOW, reason="Done")
    assert (goal.state, goal.close_reason, goal.closed_at) == (outcome, "Done", stage.NOW)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", ["pause", "close", "drop", "reopen", "activate"])
def test_every_step_follows_the_table_of_states(amira, state, step):
    goal = stage.ready(amira)
    Goal.objects.filter(pk=goal.pk).update(state=state)
    act, target = {
        "pause": (actions.pause_goal, State.PAUSED),
        "close": (actions.close_goal, State.MET),
        "drop": (actions.drop_goal, State.DROPPED),
        "reopen": (actions.reopen_goal, State.DRAFT),
        "activate": (actions.activate_goal, State.ACTIVE),
    }[step]
    more = {"outcome": "met"} if step == "close" else {}
    allowed = target in Goal.NEXT.get(state, ()) or (state == target and step != "reopen")
    if allowed:
        act(actor=amira.user, goal=goal, at=stage.NOW, **more)
        assert Goal.objects.get(pk=goal.pk).state == target
    else:
        with pytest.raises(Refused):
            act(actor=amira.user, goal=goal, at=stage.NOW, **more)
        assert Goal.objects.get(pk=goal.pk).state == state


def test_a_goal_that_rests_or_ends_takes_its_if_thens_along(amira):
    goal = stage.active(amira)
    plan = stage.if_then(amira, goal)
    actions.pause_goal(actor=amira.user, goal=goal, at=stage.NOW)
    assert not IfThen.objects.get(pk=plan.pk).active
    actions.activate_goal(actor=amira.user, goal=goal, at=stage.NOW)
    assert IfThen.objects.get(pk=plan.pk).active
    actions.drop_goal(actor=amira.user, goal=goal, at=stage.NOW)
    plan = IfThen.objects.get(pk=plan.pk)
    assert not plan.active and plan.ended_at == stage.NOW


class TestWithACoach:
    @pytest.fixture
    def carl(self, amira):
        return make.helper(amira, "carl", Relation.COACH)

    def test_a_shared_goal_needs_the_tick_of_both(self, amira, carl):
        goal = stage.ready(amira)
        assert goal.visibility == Visibility.PAIR
        actions.agree_goal(actor=amira.user, goal=goal, at=stage.NOW)
        assert goal.state == State.DRAFT
        with pytest.raises(actions.AwaitsCoach):
            actions.activate_goal(actor=amira.user, goal=goal, at=stage.NOW)
        actions.agree_goal(actor=carl, goal=goal, at=stage.NOW)
        assert goal.state == State.AGREED

    def test_new_words_need_new_ticks(self, amira, carl):
        goal = stage.ready(amira)
        actions.agree_goal(actor=carl, goal=goal, at=stage.NOW)
        actions.shape_goal(actor=amira.user, goal=goal, at=stage.NOW, title="Something else")
        actions.agree_goal(actor=amira.user, goal=goal, at=stage.NOW)
        assert goal.state == State.DRAFT

    def test_a_goal_kept_private_needs_no_coach(self, amira, carl):
        goal = stage.ready(amira, visibility=Visibility.PRIVATE)
        actions.agree_goal(actor=amira.user, goal=goal, at=stage.NOW)
        assert goal.state == State.AGREED
        with pytest.raises(NotVisible):
            actions.agree_goal(actor=carl, goal=goal, at=stage.NOW)

    def test_a_coach_reads_but_neither_writes_nor_drops(self, amira, carl):
        goal = stage.active(amira, visibility=Visibility.PRIVATE)
        Goal.objects.update(visibility=Visibility.PAIR)
        goal = queries.goal(actor=carl, goal_id=goal.pk)
        for act in (actions.drop_goal, actions.pause_goal):
            with pytest.raises(PermissionDenied):
                act(actor=carl, goal=goal, at=stage.NOW)

    def test_hiding_a_goal_hides_what_belongs_to_it(self, amira, carl):
        goal = stage.ready(amira)
        plan = stage.if_then(amira, goal)
        actions.show_goal(actor=amira.user, goal=goal, visibility=Visibility.PRIVATE, at=stage.NOW)
        with pytest.raises(Goal.DoesNotExist):
            queries.goal(actor=carl, goal_id=goal.pk)
        with pytest.raises(IfThen.DoesNotExist):
            queries.if_then(actor=carl, if_then_id=plan.pk)


def test_a_stranger_finds_nothing(amira):
    goal, eve = stage.active(amira), make.client("eve").user
    with pytest.raises(Goal.DoesNotExist):
        queries.goal(actor=eve, goal_id=goal.pk)
    with pytest.raises(NotVisible):
        actions.drop_goal(actor=eve, goal=goal, at=stage.NOW)


class TestOffers:
    def test_an_offered_goal_is_inactive_until_the_client_takes_it_up(self, amira):
        carl = make.helper(amira, "carl", Relation.COACH)
        goal = actions.offer_goal(actor=carl, client=amira, title="Speak up", at=stage.NOW)
        assert goal.state == State.OFFERED
        assert queries.goals(actor=amira.user, client=amira) == []
        with pytest.raises(Refused):
            actions.activate_goal(actor=amira.user, goal=goal, at=stage.NOW)
        actions.take_up_goal(actor=amira.user, goal=goal, at=stage.NOW)
        actions.shape_goal(actor=amira.user, goal=goal, at=stage.NOW, title="Say my point first")
        (offer,) = queries.offers(actor=carl)
        assert (offer.offered_text, offer.not_taken_up) == ("Speak up", False)

    def test_rewriting_an_offer_makes_it_ones_own(self, amira):
        carl = make.helper(amira, "carl", Relation.COACH)
        goal = actions.offer_goal(actor=carl, client=amira, title="Speak up", at=stage.NOW)
        actions.shape_goal(actor=amira.user, goal=goal, at=stage.NOW, title="Mine")
        assert Goal.objects.get().state == State.DRAFT

    def test_who_offered_reads_only_that_it_was_not_taken_up(self, amira):
        carl = make.helper(amira, "carl", Relation.COACH)
        goal = actions.offer_goal(actor=carl, client=amira, title="Speak up", at=stage.NOW)
        actions.refuse_goal(actor=amira.user, goal=goal, at=stage.NOW, reason="Not now")
        (offer,) = queries.offers(actor=carl)
        assert (offer.not_taken_up, offer.reason) == (True, "Not now")
        with pytest.raises(Goal.DoesNotExist):
            queries.goal(actor=carl, goal_id=goal.pk)

    @pytest.mark.accepts("T2-06")
    @pytest.mark.parametrize("relation", [Relation.SPONSOR, Relation.MANAGER])
    def test_a_sponsors_offer_is_nobodys_goal_and_they_read_only_the_short_answer(
        self, amira, relation
    ):
        sina = make.helper(amira, "sina", relation)
        goal = actions.offer_goal(actor=sina, client=amira, title="Sell more", at=stage.NOW)
        assert queries.goals(actor=amira.user, client=amira) == []
        assert (goal.offered_by, goal.visibility) == ("Sina", Visibility.PRIVATE)
        (offer,) = queries.offers(actor=sina)
        assert (offer.not_taken_up, offer.reason) == (False, "")
        actions.refuse_goal(actor=amira.user, goal=goal, at=stage.NOW, reason="Not mine")
        (offer,) = queries.offers(actor=sina)
        assert (offer.offered_text, offer.not_taken_up, offer.reason) == (
            "Sell more",
            True,
            "Not mine",
        )
        with pytest.raises(Goal.DoesNotExist):
            queries.goal(actor=sina, goal_id=goal.pk)

    @pytest.mark.accepts("T2-06")
    def test_what_became_of_a_goal_that_was_taken_up_is_the_clients_alone(self, amira):
        sina = make.helper(amira, "sina", Relation.SPONSOR)
        for how in ("taken up", "rewritten", "taken up later"):
            goal = actions.offer_goal(actor=sina, client=amira, title=how, at=stage.NOW)
            if how == "taken up":
                actions.take_up_goal(actor=amira.user, goal=goal, at=stage.NOW)
            elif how == "rewritten":
                actions.shape_goal(actor=amira.user, goal=goal, at=stage.NOW, title="Mine")
            else:
                actions.refuse_goal(actor=amira.user, goal=goal, at=stage.NOW, reason="No")
                actions.reopen_goal(actor=amira.user, goal=goal, at=stage.NOW)
            actions.drop_goal(actor=amira.user, goal=goal, at=stage.NOW, reason="My own reason")
        assert {(one.not_taken_up, one.reason) for one in queries.offers(actor=sina)} == {
            (False, "")
        }

    def test_a_mentor_or_partner_offers_nothing_by_this_door(self, amira):
        for relation in (Relation.MENTOR, Relation.PARTNER):
            helper = make.helper(amira, str(relation), relation)
            with pytest.raises(PermissionDenied):
                actions.offer_goal(actor=helper, client=amira, title="More", at=stage.NOW)
