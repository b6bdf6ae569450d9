"""Plan items: added, suggested, moved, split, done and let go; and the plan around them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.kit.errors import Invalid, Refused
from coachwork.people.access import NotVisible
from coachwork.people.models import Relation, Visibility
from coachwork.plans import actions, queries
from coachwork.plans.models import Dependency, Plan, PlanItem, PlanVersion
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db
State = PlanItem.State


@pytest.fixture
def amira():
    return make.client()


def laid_out(client, actor=None):
    actor = actor or client.user
    goals = queries.goals(actor=actor, client=client)
    return queries.plan(actor=actor, client=client, today=stage.TODAY, goals=goals)


def told() -> list[str]:
    return [version.what for version in PlanVersion.objects.order_by("number")]


def test_an_item_sent_twice_is_there_once(amira):
    first, second = stage.item(amira), stage.item(amira)
    assert first.pk == second.pk and PlanItem.objects.count() == 1
    assert told() == ["Added “Two breaths”"]


def test_an_item_takes_its_competency_from_its_goal(amira):
    goal = stage.active(amira)
    assert stage.item(amira, goal=goal).competency == goal.competency


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 50_000}, "title"),
        ({"first_step": "\x00"}, "first_step"),
        ({"effort_minutes": 0}, "effort_minutes"),
        ({"effort_minutes": 9999}, "effort_minutes"),
        ({"kind": "party"}, "kind"),
        ({"cadence": "hourly"}, "cadence"),
        ({"week_on": stage.TODAY - timedelta(weeks=1)}, "week_on"),
        ({"week_on": stage.TODAY + timedelta(weeks=200)}, "week_on"),
        ({"window_end": stage.TODAY - timedelta(days=1)}, "window_end"),
    ],
)
def test_words_that_make_no_item_are_refused_by_field(amira, words, field):
    with pytest.raises(Invalid) as refusal:
        stage.item(amira, **{"title": "Two breaths", **words})
    assert list(refusal.value.fields) == [field]
    assert not PlanItem.objects.exists() and not Plan.objects.exists()


@pytest.mark.accepts("T2-04")
def test_a_full_week_is_said_with_a_note_and_saving_is_allowed(amira):
    for n in range(5):
        stage.item(amira, f"Item {n}", effort_minutes=60, week_on=stage.week(3))
    assert PlanItem.objects.count() == 5
    week = next(one for one in laid_out(amira).weeks if one.week_on == stage.week(3))
    assert (week.minutes, week.capacity, week.over) == (300, 120, 180)
    assert [one.over for one in laid_out(amira).weeks if one.week_on != stage.week(3)] == [0, 0]


def test_what_comes_back_counts_in_each_of_its_weeks(amira):
    stage.item(amira, "Weekly", effort_minutes=30, cadence="weekly", window_end=stage.week(3))
    stage.item(amira, "Daily", effort_minutes=10, cadence="daily", week_on=stage.week(2))
    stage.item(amira, "Once", effort_minutes=90, week_on=stage.week(2))
    weeks = {one.week_on: one.minutes for one in laid_out(amira).weeks}
    assert weeks[stage.week(1)] == 30
    assert weeks[stage.week(2)] == 30 + 50 + 90


def test_the_list_has_this_week_next_and_what_is_later(amira):
    stage.item(amira, "Now")
    stage.item(amira, "Later", week_on=stage.week(5))
    stage.item(amira, "Some day", week_on=None)
    assert [(one.name, [str(item) for item in one.items]) for one in laid_out(amira).weeks] == [
        ("this", ["Now"]),
        ("next", []),
        ("later", ["Later"]),
        ("some_day", ["Some day"]),
    ]


def test_what_was_left_open_moves_along_into_this_week_without_a_word(amira):
    item = stage.item(amira)
    PlanItem.objects.update(week_on=stage.TODAY - timedelta(weeks=4))
    assert [one.pk for one in laid_out(amira).weeks[0].items] == [item.pk]
    week = queries.week(actor=amira.user, client=amira, today=stage.TODAY)
    assert [one.pk for one in week] == [item.pk]


def test_items_move_between_weeks_and_places(amira):
    one, two, three = (stage.item(amira, name) for name in ("One", "Two", "Three"))
    actions.reorder_item(actor=amira.user, item=three, step=-1, at=stage.NOW)
    actions.reorder_item(actor=amira.user, item=three, step=-1, at=stage.NOW)
    actions.reorder_item(actor=amira.user, item=three, step=-1, at=stage.NOW)
    assert [str(item) for item in laid_out(amira).weeks[0].items] == ["Three", "One", "Two"]
    actions.reorder_item(actor=amira.user, item=three, step=1, at=stage.NOW)
    assert [str(item) for item in laid_out(amira).weeks[0].items] == ["One", "Three", "Two"]

    actions.move_item(actor=amira.user, item=one, week_on=stage.week(2), at=stage.NOW)
    actions.move_item(actor=amira.user, item=two, week_on=None, at=stage.NOW)
    weeks = {week.name: [str(item) for item in week.items] for week in laid_out(amira).weeks}
    assert weeks == {"this": ["Three"], "next": ["One"], "some_day": ["Two"]}
    assert one.state == State.MOVED and one.is_open
    with pytest.raises(Invalid):
        actions.move_item(
            actor=amira.user, item=one, week_on=stage.TODAY - timedelta(days=7), at=stage.NOW
        )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("step", ["accept", "refuse", "start", "finish", "let_go", "reopen"])
def test_every_step_follows_the_table_of_states(amira, state, step):
    item = stage.item(amira)
    PlanItem.objects.update(state=state)
    item.refresh_from_db()
    act, target = {
        "accept": (actions.accept_item, State.TODO),
        "refuse": (actions.refuse_item, State.REFUSED),
        "start": (actions.start_item, State.DOING),
        "finish": (actions.finish_item, State.DONE),
        "let_go": (actions.let_go_item, State.SKIPPED),
        "reopen": (
            actions.reopen_item,
            State.SUGGESTED if state == State.REFUSED else State.TODO,
        ),
    }[step]
    if target in PlanItem.NEXT[state] or state == target:
        act(actor=amira.user, item=item, at=stage.NOW)
        assert PlanItem.objects.get().state == target
    else:
        with pytest.raises(Refused):
            act(actor=amira.user, item=item, at=stage.NOW)
        assert PlanItem.objects.get().state == state


def test_finishing_can_be_taken_back_and_the_story_tells_both(amira):
    item = stage.item(amira)
    actions.finish_item(actor=amira.user, item=item, at=stage.NOW)
    assert PlanItem.objects.get().done_at == stage.NOW
    actions.reopen_item(actor=amira.user, item=item, at=stage.NOW)
    assert PlanItem.objects.get().done_at is None
    actions.let_go_item(actor=amira.user, item=item, at=stage.NOW, reason="No room")
    assert PlanItem.objects.get().reason == "No room"
    assert told() == [
        "Added “Two breaths”",
        "Finished “Two breaths”",
        "Took up “Two breaths” again",
        "Let go of “Two breaths”",
    ]
    last = PlanVersion.objects.order_by("-number")[0]
    assert (last.reason, last.created_by, last.created_at) == ("No room", amira.user, stage.NOW)


def test_an_item_longer_than_a_week_is_split_over_the_weeks_it_needs(amira):
    item = stage.item(amira, effort_minutes=300)
    parts = actions.split_item(actor=amira.user, item=item, at=stage.NOW)
    assert [(part.week_on, part.effort_minutes) for part in parts] == [
        (stage.week(n), 100) for n in (1, 2, 3)
    ]
    assert all(week.over == 0 for week in laid_out(amira).weeks)
    with pytest.raises(Refused):
        actions.split_item(actor=amira.user, item=item, at=stage.NOW)


def test_an_item_can_be_made_smaller_down_to_five_minutes(amira):
    item = stage.item(amira, effort_minutes=60)
    for minutes in (30, 15, 10, 5):
        actions.shrink_item(actor=amira.user, item=item, at=stage.NOW)
        assert item.effort_minutes == minutes
    with pytest.raises(Refused):
        actions.shrink_item(actor=amira.user, item=item, at=stage.NOW)


def test_a_loop_of_items_is_refused_and_named(amira):
    one, two, three = (stage.item(amira, name) for name in ("One", "Two", "Three"))
    actions.change_item(actor=amira.user, item=two, needs=[one], at=stage.NOW)
    actions.change_item(actor=amira.user, item=three, needs=[two], at=stage.NOW)
    with pytest.raises(Invalid) as refusal:
        actions.change_item(actor=amira.user, item=one, needs=[three], at=stage.NOW)
    assert "“One” → “Three” → “Two” → “One”" in refusal.value.fields["needs"]
    assert Dependency.objects.count() == 2
    with pytest.raises(Invalid):
        actions.change_item(actor=amira.user, item=one, needs=[one], at=stage.NOW)


def test_an_unchanged_item_makes_no_new_version(amira):
    item = stage.item(amira)
    actions.change_item(actor=amira.user, item=item, title="Two breaths", at=stage.NOW)
    assert len(told()) == 1
    actions.change_item(actor=amira.user, item=item, title="Three breaths", at=stage.NOW)
    assert told()[1:] == ["Changed “Three breaths”"]


def test_a_hundred_open_items_are_enough(amira, monkeypatch):
    monkeypatch.setattr(actions.items, "MOST_OPEN", 2)
    stage.item(amira, "One"), stage.item(amira, "Two")
    with pytest.raises(Refused):
        stage.item(amira, "Three")


@pytest.mark.accepts("T2-08")
def test_a_plan_of_learning_alone_asks_for_a_real_situation_and_feedback(amira):
    goal = stage.active(amira)
    stage.item(amira, "Read a chapter", kind="learning", goal=goal)
    stage.item(amira, "Watch a talk", kind="learning", goal=goal)
    (lack,) = laid_out(amira).lacks
    assert lack.only_learning and lack.practice and lack.feedback
    stage.item(amira, "Two breaths", kind="practice", goal=goal)
    assert not any(lack.only_learning or lack.practice for lack in laid_out(amira).lacks)


class TestWithACoach:
    @pytest.fixture
    def carl(self, amira):
        return make.helper(amira, "carl", Relation.COACH)

    @pytest.mark.accepts("T2-05")
    def test_what_a_coach_adds_is_suggested_and_does_not_count_until_accepted(self, amira, carl):
        goal = stage.ready(amira)
        with pytest.raises(PermissionDenied):
            actions.add_item(actor=carl, client=amira, title="Retro", at=stage.NOW)
        item = actions.suggest_item(
            actor=carl,
            client=amira,
            goal=goal,
            title="Open Friday's retro with a question",
            effort_minutes=240,
            week_on=stage.week(1),
            at=stage.NOW,
        )
        view = laid_out(amira)
        assert [one.pk for one in view.suggested] == [item.pk]
        assert view.open_items == [] and view.weeks[0].minutes == 0
        assert queries.week(actor=amira.user, client=amira, today=stage.TODAY) == []
        assert told() == []

        with pytest.raises(PermissionDenied):
            actions.accept_item(actor=carl, item=item, at=stage.NOW)
        actions.accept_item(actor=amira.user, item=item, at=stage.NOW)
        view = laid_out(amira)
        assert [one.pk for one in view.open_items] == [item.pk]
        assert view.weeks[0].minutes == 240
        assert PlanVersion.objects.get().trigger == PlanVersion.Trigger.COACH

    def test_a_coach_reads_the_shared_part_of_plan_and_story(self, amira, carl):
        stage.item(amira, "Shared", visibility=Visibility.PAIR)
        hidden = stage.item(amira, "Private", visibility=Visibility.PRIVATE)
        plan = queries.plan_of(actor=amira.user, client=amira)
        assert [str(one) for one in laid_out(amira, carl).open_items] == ["Shared"]
        story = queries.story(actor=carl, client=amira, plan=plan)
        assert [line.what for line in story] == ["Added “Shared”"]
        own = queries.story(actor=amira.user, client=amira, plan=plan)
        assert [line.what for line in own] == ["Added “Private”", "Added “Shared”"]
        with pytest.raises(NotVisible):
            actions.finish_item(actor=carl, item=hidden, at=stage.NOW)

    def test_a_line_about_what_was_hidden_since_is_not_told_to_the_coach(self, amira, carl):
        stage.item(amira, "Shared", visibility=Visibility.PAIR)
        plan = queries.plan_of(actor=amira.user, client=amira)
        PlanItem.objects.update(visibility=Visibility.PRIVATE)
        assert queries.story(actor=carl, client=amira, plan=plan) == []


class TestThePlan:
    @pytest.fixture
    def plan(self, amira):
        stage.item(amira)
        return queries.plan_of(actor=amira.user, client=amira)

    def shaped(self, plan, **changes):
        words = {"capacity_hours_per_week": Decimal(3), "reserve_weeks": 2, "review_dates": []}
        return actions.shape_plan(
            actor=plan.client.user, plan=plan, at=stage.NOW, **{**words, **changes}
        )

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"capacity_hours_per_week": Decimal(0)}, "capacity_hours_per_week"),
            ({"capacity_hours_per_week": Decimal(41)}, "capacity_hours_per_week"),
            ({"reserve_weeks": 9}, "reserve_weeks"),
            ({"review_dates": [stage.TODAY - timedelta(days=1)]}, "review_dates"),
            ({"review_dates": [stage.week(n) for n in range(1, 15)]}, "review_dates"),
        ],
    )
    def test_settings_that_cannot_be_are_refused_by_field(self, plan, changes, field):
        with pytest.raises(Invalid) as refusal:
            self.shaped(plan, **changes)
        assert list(refusal.value.fields) == [field]
        assert Plan.objects.get().capacity_hours_per_week == 2

    def test_a_change_of_time_is_part_of_the_story(self, plan):
        self.shaped(plan, review_dates=[stage.week(4)])
        self.shaped(plan, review_dates=[stage.week(4)])
        assert told()[1:] == ["Changed the time for the plan"]
        assert Plan.objects.get().review_dates == [stage.week(4).isoformat()]

    def test_reserve_weeks_are_taken_and_given_back(self, amira, plan):
        for n in (1, 2):
            actions.take_reserve(actor=amira.user, plan=plan, week_on=stage.week(n), at=stage.NOW)
        actions.take_reserve(actor=amira.user, plan=plan, week_on=stage.week(2), at=stage.NOW)
        with pytest.raises(Refused):
            actions.take_reserve(actor=amira.user, plan=plan, week_on=stage.week(3), at=stage.NOW)
        assert [week.in_reserve for week in laid_out(amira).weeks] == [True, True]
        assert laid_out(amira).reserve_left == 0
        actions.give_back_reserve(actor=amira.user, plan=plan, week_on=stage.TODAY, at=stage.NOW)
        assert laid_out(amira).reserve_left == 1

    def test_a_plan_goes_through_its_states_and_a_new_one_can_follow(self, amira, plan):
        steps = [
            (actions.agree_plan, "agreed"),
            (actions.start_plan, "active"),
            (actions.review_plan, "under_review"),
            (actions.finish_review, "active"),
            (actions.close_plan, "closed"),
        ]
        for step, state in steps:
            step(actor=amira.user, plan=plan, at=stage.NOW)
            assert Plan.objects.get(pk=plan.pk).state == state
        with pytest.raises(Refused):
            actions.start_plan(actor=amira.user, plan=plan, at=stage.NOW)
        assert laid_out(amira).plan is None
        stage.item(amira, "Fresh start")
        assert [str(item) for item in laid_out(amira).open_items] == ["Fresh start"]
        assert Plan.objects.count() == 2
