"""The pages of goals and plans: the dialogue, the plan by week, and what others may see."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coachwork.evidence import actions as evidence
from coachwork.evidence.models import Evidence
from coachwork.people.models import Relation, Visibility
from coachwork.plans import actions
from coachwork.plans.models import Goal, GoalVersion, IfThen, PlanItem
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db
LONG = "x" * 50_000


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(stage.NOW, tick=False)


@pytest.fixture
def amira(client):
    found = make.client()
    client.force_login(found.user)
    return found


def step(goal: Goal, name: str) -> str:
    return reverse(f"plans:goal-{name}", args=[goal.pk])


class TestTheDialogue:
    def test_a_goal_is_written_one_question_a_page_and_started_without_a_script(
        self, amira, client
    ):
        skill = stage.listening()
        evidence.set_aim(
            actor=amira.user,
            client=amira,
            kind="current",
            title="Team lead",
            role=make.role(C02=4),
            at=stage.NOW,
        )
        page = client.get(reverse("plans:goal-new") + f"?competency={skill.pk}")
        assert "Listening" in page.content.decode()
        answer = client.post(reverse("plans:goal-new"), {"competency": "other"})
        goal = Goal.objects.get()
        assert answer.url == step(goal, "why") and goal.competency is None
        Goal.objects.update(competency=skill)
        asked = [
            ("why", {"why": "People stop bringing me problems"}, "goal"),
            ("goal", {"title": "In one-to-ones I ask first", "kind": "habit"}, "today"),
            ("today", {"baseline": "I solve at once", "target_on": "2026-04-01"}, "outcomes"),
            (
                "outcomes",
                {
                    "expected": "In most talks",
                    "better": "In all talks",
                    "much_better": "Others ask me how",
                    "less": "I notice it after",
                    "much_less": "Never",
                },
                "obstacle",
            ),
            ("obstacle", {"choice": "habit"}, "if-then"),
            ("if-then", {"if_text": "Jo stops talking", "then_text": "I wait"}, "rehearse"),
            ("rehearse", {"go": "rehearsed"}, "commitment"),
            ("commitment", {"commitment": "8", "confidence": "6"}, "start"),
        ]
        for name, said, after in asked:
            assert client.get(step(goal, name)).status_code == 200
            answer = client.post(step(goal, name), said)
            assert answer.status_code == 302 and answer.url == step(goal, after), name
        whole = client.get(step(goal, "start")).content.decode()
        assert "In one-to-ones I ask first" in whole and "Jo stops talking" in whole
        assert "one point surer" in whole
        assert client.post(step(goal, "start")).url == reverse("plans:plan")
        goal.refresh_from_db()
        assert (goal.state, goal.kind, goal.confidence) == (Goal.State.ACTIVE, "habit", 6)
        kept = IfThen.objects.get()
        assert kept.active and kept.rehearsed_at == stage.NOW and kept.obstacle == goal.obstacle
        assert GoalVersion.objects.get().wording["title"] == "In one-to-ones I ask first"

    def test_every_answer_is_kept_when_it_is_left_for_later(self, amira, client):
        goal = stage.draft(amira, title="", baseline="")
        answer = client.post(
            step(goal, "goal"), {"title": "Ask", "kind": "learning", "go": "later"}
        )
        assert answer.url == reverse("plans:goal", args=[goal.pk])
        assert "Ask</textarea>" in client.get(step(goal, "goal")).content.decode()
        assert "Go on with a draft" in client.get(reverse("plans:goal-new")).content.decode()

    @pytest.mark.accepts("T2-12")
    def test_a_start_without_a_baseline_opens_that_very_field_with_the_focus(self, amira, client):
        goal = stage.ready(amira, baseline="")
        page = client.post(step(goal, "start"), follow=True)
        assert page.redirect_chain[0][0] == step(goal, "today") + "?missing=1"
        form = page.context["form"]
        assert list(form.errors) == ["baseline"]
        text = page.content.decode()
        (opening,) = [tag for tag in text.split("<") if tag.startswith("textarea")]
        assert 'name="baseline"' in opening and "autofocus" in opening
        assert text.count("autofocus") == 1
        assert Goal.objects.get().state == Goal.State.DRAFT

    @pytest.mark.parametrize(
        ("texts", "field"),
        [
            ({**stage.OUTCOMES, 2: stage.OUTCOMES[1]}, "much_better"),
            ({**stage.OUTCOMES, -2: ""}, "much_less"),
        ],
    )
    def test_equal_or_empty_outcomes_open_their_field(self, amira, client, texts, field):
        goal = stage.draft(amira)
        actions.write_outcomes(actor=amira.user, goal=goal, texts=texts, at=stage.NOW)
        page = client.post(step(goal, "start"), follow=True)
        assert list(page.context["form"].errors) == [field]
        assert "autofocus" in str(page.context["form"][field])

    def test_equal_outcomes_are_kept_and_asked_about(self, amira, client):
        goal = stage.draft(amira)
        said = {"expected": "Same", "better": "same ", "go": "on"}
        page = client.post(step(goal, "outcomes"), said)
        assert page.status_code == 422 and list(page.context["form"].errors) == ["better"]
        assert goal.rungs.get(level=1).text == "same"

    @pytest.mark.accepts("T2-02")
    def test_half_an_if_then_is_kept_and_the_open_question_asked(self, amira, client):
        goal = stage.draft(amira)
        page = client.post(step(goal, "if-then"), {"if_text": " ", "then_text": "I wait"})
        assert page.status_code == 422
        assert "What will you see, hear or finish just before?" in page.content.decode()
        kept = IfThen.objects.get()
        assert kept.then_text == "I wait" and not kept.active

    def test_hints_are_questions_and_a_frame_puts_the_sentence_together(self, amira, client):
        goal = stage.draft(amira, title="")
        hints = reverse("plans:goal-hints", args=[goal.pk])
        text = client.post(hints, {"title": "be a better listener"}).content.decode()
        assert "What would somebody see or hear you do?" in text and "<html" not in text
        text = client.post(hints, {"title": "my boss will praise me by May"}).content.decode()
        assert "What would you do yourself" in text
        page = client.get(step(goal, "goal") + "?frame=learn-to").content.decode()
        assert "slot_skill" in page
        compose = reverse("plans:goal-compose", args=[goal.pk])
        page = client.post(
            compose, {"frame": "learn-to", "slot_date": "the end of May", "slot_skill": "ask first"}
        )
        said = page.context["form"].initial
        assert said["title"].startswith("By the end of May, I will learn how to ask first by [way]")
        assert said["kind"] == "learning"

    def test_ready_pairs_and_moments_fill_the_form(self, amira, client):
        goal = stage.draft(amira)
        page = client.get(step(goal, "if-then") + "?ready=wait-two-breaths")
        assert page.context["form"].initial["if_text"] == "the other person stops talking"
        page = client.get(step(goal, "if-then") + "?moment=stand-up")
        assert page.context["form"].initial["moment_kind"] == "stand-up"

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("why", {"why": LONG}),
            ("goal", {"title": LONG, "kind": "habit"}),
            ("goal", {"title": "x", "kind": "nonsense"}),
            ("goal", {"title": "null\x00byte", "kind": "habit"}),
            ("today", {"target_on": "2025-02-29"}),
            ("today", {"target_on": "2026-01-04"}),
            ("today", {"target_on": "2026-02-01", "start_on": "2026-03-01"}),
            ("today", {"target_on": "next week"}),
            ("outcomes", {"expected": LONG}),
            ("obstacle", {"choice": "dragons"}),
            ("if-then", {"if_text": LONG}),
            ("commitment", {"commitment": "11"}),
            ("commitment", {"commitment": "much"}),
        ],
    )
    def test_bad_input_is_said_at_its_field_and_what_was_typed_stays(
        self, amira, client, name, said
    ):
        goal = stage.draft(amira)
        before = Goal.objects.values().get()
        page = client.post(step(goal, name), said)
        assert page.status_code == 422
        assert len(page.context["form"].errors) == 1
        assert Goal.objects.values().get() == before
        for value in said.values():
            if "\x00" not in value and len(value) < 100 and name != "commitment":
                assert value in page.content.decode() or name == "obstacle"

    def test_markup_is_shown_as_text(self, amira, client):
        goal = stage.draft(amira, title="<script>alert(1)</script> 🙂 שלום")
        page = client.get(reverse("plans:goal", args=[goal.pk])).content.decode()
        assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page
        assert "🙂 שלום" in page

    def test_the_leap_day_is_taken(self, amira, client):
        goal = stage.draft(amira)
        assert client.post(step(goal, "today"), {"target_on": "2028-02-29"}).status_code == 302

    @pytest.mark.accepts("T2-03")
    def test_a_fourth_goal_is_asked_about_on_a_page(self, amira, client):
        three = [stage.active(amira, title=f"Goal {n}") for n in range(3)]
        fourth = stage.ready(amira, title="Goal 4")
        page = client.post(step(fourth, "start"))
        assert page.status_code == 409
        assert [str(one) for one in page.context["active"]] == ["Goal 0", "Goal 1", "Goal 2"]
        fourth.refresh_from_db()
        assert fourth.state == Goal.State.AGREED
        assert Goal.objects.filter(state=Goal.State.ACTIVE).count() == 3
        client.post(step(fourth, "start"), {"pause": three[0].pk})
        states = dict(Goal.objects.values_list("title", "state"))
        assert states["Goal 0"] == "paused" and states["Goal 4"] == "active"

    @pytest.mark.parametrize("pause", ["nonsense", "01a20587-2f6a-702f-bd15-205fc411941a"])
    def test_a_made_up_answer_pauses_nothing(self, amira, client, pause):
        for n in range(3):
            stage.active(amira, title=f"Goal {n}")
        fourth = stage.ready(amira, title="Goal 4")
        assert client.post(step(fourth, "start"), {"pause": pause}).status_code in (404, 409)
        assert Goal.objects.filter(state=Goal.State.ACTIVE).count() == 3

    def test_with_a_coach_the_goal_waits_for_both(self, amira, client):
        carl = make.helper(amira, "carl", Relation.COACH)
        goal = stage.ready(amira)
        page = client.post(step(goal, "start"), {"visibility": "V1"}, follow=True)
        assert "Your coach has not agreed yet" in page.content.decode()
        client.force_login(carl)
        assert "Agree to it" in client.get(reverse("plans:goal", args=[goal.pk])).content.decode()
        client.post(reverse("plans:goal-agree", args=[goal.pk]))
        client.force_login(amira.user)
        client.post(step(goal, "start"), {"visibility": "V1"})
        goal.refresh_from_db()
        assert goal.state == Goal.State.ACTIVE

    def test_a_goal_kept_to_oneself_starts_at_once(self, amira, client):
        make.helper(amira, "carl", Relation.COACH)
        goal = stage.ready(amira)
        client.post(step(goal, "start"), {"visibility": "V0"})
        goal.refresh_from_db()
        assert (goal.state, goal.visibility) == (Goal.State.ACTIVE, Visibility.PRIVATE)


class TestOneGoal:
    def test_its_page_shows_the_ladder_and_what_belongs_to_it(self, amira, client):
        goal = stage.active(amira)
        stage.if_then(amira, goal)
        stage.item(amira, goal=goal)
        client.post(reverse("plans:goal-reach", args=[goal.pk]), {"level": "-1"})
        page = client.get(reverse("plans:goal", args=[goal.pk])).content.decode()
        for words in (stage.OUTCOMES[-1], "now here", "If Jo stops talking", "Two breaths"):
            assert words in page

    def test_rewording_needs_a_reason_and_shows_both_wordings(self, amira, client):
        goal = stage.active(amira)
        address = reverse("plans:goal-reword", args=[goal.pk])
        said = client.get(address).context["form"].initial | {"title": "New words"}
        said = {name: value for name, value in said.items() if value is not None}
        assert client.post(address, said).status_code == 422
        assert client.post(address, {**said, "reason": "New team"}).status_code == 302
        page = client.get(reverse("plans:goal-versions", args=[goal.pk])).content.decode()
        for words in ("New words", "New team", "In one-to-ones I will ask", "Amira"):
            assert words in page

    @pytest.mark.parametrize("name", ["pause", "reopen", "take-up", "agree", "reach", "readers"])
    def test_changes_are_never_made_by_looking(self, amira, client, name):
        goal = stage.active(amira)
        assert client.get(reverse(f"plans:goal-{name}", args=[goal.pk])).status_code == 405

    def test_closing_asks_how_it_came_out(self, amira, client):
        goal = stage.active(amira)
        address = reverse("plans:goal-close", args=[goal.pk])
        assert client.post(address, {"outcome": "won"}).status_code == 422
        client.post(address, {"outcome": "partly_met", "reason": "Half way"})
        goal.refresh_from_db()
        assert (goal.state, goal.close_reason) == ("partly_met", "Half way")

    def test_an_offer_is_taken_up_or_left_with_a_line(self, amira, client):
        carl = make.helper(amira, "carl", Relation.COACH)
        client.force_login(carl)
        offer = reverse("plans:offer", args=[amira.pk])
        client.post(offer, {"title": "Speak up"})
        goal = Goal.objects.get()
        client.force_login(amira.user)
        page = client.get(reverse("plans:goal", args=[goal.pk])).content.decode()
        assert "Carl offers you this goal" in page
        client.post(reverse("plans:goal-let-go", args=[goal.pk]), {"reason": "Not mine"})
        client.force_login(carl)
        page = client.get(offer).content.decode()
        assert "Not taken up" in page and "Not mine" in page

    def test_others_find_nothing_and_helpers_change_nothing(self, amira, client):
        goal = stage.active(amira)
        Goal.objects.update(visibility=Visibility.PAIR)
        address = reverse("plans:goal", args=[goal.pk])
        client.force_login(make.client("eve").user)
        assert client.get(address).status_code == 404
        client.force_login(make.helper(amira, "carl", Relation.COACH))
        page = client.get(address).content.decode()
        assert goal.title in page and "Change the wording" not in page
        for name in ("pause", "reword", "close", "let-go"):
            answer = client.post(reverse(f"plans:goal-{name}", args=[goal.pk]), {"reason": "x"})
            assert answer.status_code == 403, name


class TestThePlan:
    def test_it_is_never_empty(self, amira, client):
        page = client.get(reverse("plans:plan")).content.decode()
        assert "A plan begins with one goal" in page

    @pytest.mark.accepts("T2-04")
    def test_a_full_week_has_a_note_with_ways_to_move_and_shrink(self, amira, client):
        for n in range(5):
            said = {
                "title": f"Item {n}",
                "kind": "practice",
                "effort_minutes": "60",
                "cadence": "once",
                "week_on": stage.week(3).isoformat(),
            }
            assert client.post(reverse("plans:item-new"), said).status_code == 302
        page = client.get(reverse("plans:plan")).content.decode()
        assert "This week holds 300 minutes and you have set aside 120" in page
        assert "Make it smaller" in page and "To next week" in page
        item = PlanItem.objects.first()
        client.post(reverse("plans:item-shrink", args=[item.pk]))
        client.post(reverse("plans:item-move", args=[item.pk]), {"to": "later"})
        item.refresh_from_db()
        assert (item.effort_minutes, item.week_on) == (30, None)

    def test_an_item_longer_than_a_week_offers_to_be_split(self, amira, client):
        item = stage.item(amira, effort_minutes=300)
        assert "Split it over several weeks" in client.get(reverse("plans:plan")).content.decode()
        client.post(reverse("plans:item-split", args=[item.pk]))
        assert PlanItem.objects.count() == 3

    @pytest.mark.accepts("T2-05")
    def test_what_a_coach_suggests_is_shown_apart_until_it_is_accepted(self, amira, client):
        stage.ready(amira)
        client.force_login(make.helper(amira, "carl", Relation.COACH))
        said = {
            "title": "Open the retro with a question",
            "kind": "practice",
            "effort_minutes": "15",
            "cadence": "once",
            "week_on": stage.week(1).isoformat(),
        }
        answer = client.post(reverse("plans:item-new-of", args=[amira.pk]), said)
        assert answer.url == reverse("plans:plan-of", args=[amira.pk])
        item = PlanItem.objects.get()
        assert item.state == PlanItem.State.SUGGESTED
        assert client.post(reverse("plans:item-accept", args=[item.pk])).status_code == 403
        client.force_login(amira.user)
        page = client.get(reverse("plans:plan"))
        assert [one.pk for one in page.context["view"].suggested] == [item.pk]
        assert "Suggested" in page.content.decode() and "by Carl" in page.content.decode()
        client.post(reverse("plans:item-accept", args=[item.pk]))
        page = client.get(reverse("plans:plan"))
        assert [one.pk for one in page.context["view"].open_items] == [item.pk]

    @pytest.mark.accepts("T2-08")
    def test_only_learning_shows_a_hint_with_two_ways_on(self, amira, client):
        stage.item(amira, "Read", kind="learning", goal=stage.active(amira))
        page = client.get(reverse("plans:plan")).content.decode()
        assert "trying it in a real situation" in page
        assert "Add a real situation" in page and "Add a feedback source" in page

    def test_suggestions_say_why_and_are_added_once(self, amira, client):
        goal = stage.active(amira)
        page = client.get(reverse("plans:suggestions"))
        found = page.context["suggestions"]
        assert {one.kind for one in found} >= {"practice", "feedback", "learning"}
        assert all(one.why for one in found)
        code = next(one.code for one in found if one.kind == "practice")
        address = reverse("plans:suggestion-take", args=[goal.pk])
        for _twice in range(2):
            assert client.post(address, {"code": code}).status_code == 302
        assert PlanItem.objects.get().blueprint == code
        codes = [
            one.code for one in client.get(reverse("plans:suggestions")).context["suggestions"]
        ]
        assert code not in codes
        quick = client.get(reverse("plans:suggestions") + "?minutes=5").context["suggestions"]
        assert all(one.minutes <= 5 for one in quick)

    def test_done_can_be_undone_on_the_spot(self, amira, client):
        item = stage.item(amira)
        answer = client.post(
            reverse("plans:item-finish", args=[item.pk]), headers={"HX-Request": "true"}
        )
        text = answer.content.decode()
        assert "Undo" in text and "<html" not in text
        client.post(reverse("plans:item-reopen", args=[item.pk]))
        item.refresh_from_db()
        assert item.is_open

    @pytest.mark.parametrize("hours", ["0", "-1", "NaN", "41", "", "many", "1e9"])
    def test_hours_that_make_no_plan_are_said_at_their_field(self, amira, client, hours):
        stage.item(amira)
        page = client.post(
            reverse("plans:settings"), {"capacity_hours_per_week": hours, "reserve_weeks": "2"}
        )
        assert page.status_code == 422
        assert list(page.context["form"].errors) == ["capacity_hours_per_week"]

    def test_time_review_and_reserve_are_set(self, amira, client):
        stage.item(amira)
        said = {
            "capacity_hours_per_week": "3.5",
            "reserve_weeks": "1",
            "review_dates": "2026-02-02",
        }
        assert client.post(reverse("plans:settings"), said).status_code == 302
        client.post(reverse("plans:reserve"), {"week_on": "2026-01-05"})
        page = client.get(reverse("plans:plan"))
        assert "A week in reserve" in page.content.decode()
        assert page.context["view"].reserve_left == 0
        assert client.post(reverse("plans:reserve"), {"week_on": "x"}).status_code == 302
        client.post(reverse("plans:reserve"), {"week_on": "2026-01-05", "back": "yes"})
        assert client.get(reverse("plans:plan")).context["view"].reserve_left == 1

    def test_a_review_is_offered_when_it_is_due_and_told_in_the_story(
        self, amira, client, time_machine
    ):
        stage.active(amira)
        said = {
            "capacity_hours_per_week": "2",
            "reserve_weeks": "2",
            "review_dates": "2026-01-12",
        }
        client.post(reverse("plans:settings"), said)
        time_machine.move_to(stage.NOW + timedelta(days=8))
        assert client.get(reverse("plans:plan")).context["review_due"]
        client.post(reverse("plans:review"), {"reason": "Fewer things"})
        page = client.get(reverse("plans:story")).content.decode()
        assert "Looked at the plan again" in page and "Fewer things" in page

    def test_the_plan_of_somebody_else_is_read_only_or_not_there(self, amira, client):
        stage.item(amira, "Shared", visibility=Visibility.PAIR)
        stage.item(amira, "Private", visibility=Visibility.PRIVATE)
        address = reverse("plans:plan-of", args=[amira.pk])
        client.force_login(make.client("eve").user)
        assert client.get(address).status_code == 404
        client.force_login(make.helper(amira, "carl", Relation.COACH))
        page = client.get(address).content.decode()
        assert "Shared" in page and "Private" not in page
        assert "Let go" not in page and "Suggest something" in page

    @pytest.mark.parametrize(
        "said",
        [
            {"title": ""},
            {"title": LONG},
            {"title": "a\x00b"},
            {"effort_minutes": "0"},
            {"effort_minutes": "an hour"},
            {"week_on": "2025-12-29"},
            {"week_on": "yesterday"},
            {"goal": "01a20587-2f6a-702f-bd15-205fc411941a"},
            {"kind": "party"},
        ],
    )
    def test_bad_items_are_refused_by_field_with_what_was_typed(self, amira, client, said):
        whole = {
            "title": "Two breaths",
            "kind": "practice",
            "effort_minutes": "5",
            "cadence": "once",
            "first_step": "Keep these words",
        }
        page = client.post(reverse("plans:item-new"), {**whole, **said})
        assert page.status_code == 422
        assert list(page.context["form"].errors) == list(said)
        assert "Keep these words" in page.content.decode()
        assert not PlanItem.objects.exists()

    def test_a_loop_is_named_beside_the_field(self, amira, client):
        one, two = stage.item(amira, "One"), stage.item(amira, "Two")
        actions.change_item(actor=amira.user, item=two, needs=[one], at=stage.NOW)
        said = {
            "title": "One",
            "kind": "practice",
            "effort_minutes": "15",
            "cadence": "once",
            "week_on": stage.TODAY.isoformat(),
            "needs": [str(two.pk)],
        }
        page = client.post(reverse("plans:item", args=[one.pk]), said)
        assert page.status_code == 422
        assert "“One” → “Two” → “One”" in page.context["form"].errors["needs"][0]


class TestPractised:
    def test_a_tap_logs_once_and_can_be_taken_back(self, amira, client):
        kept = stage.if_then(amira, stage.active(amira))
        address = reverse("plans:if-then-log", args=[kept.pk])
        said = {"chance": "did", "moment": "2026-01-05.0"}
        first = client.post(address, said)
        client.post(address, said)
        row = Evidence.objects.get()
        assert row.chance == "did" and row.occasion_on == stage.TODAY
        assert first.url.startswith("/?logged=")
        page = client.get(first.url).content.decode()
        assert "Undo" in page

    def test_another_answer_for_the_same_moment_is_not_a_second_one(self, amira, client):
        kept = stage.if_then(amira, stage.active(amira))
        address = reverse("plans:if-then-log", args=[kept.pk])
        client.post(address, {"chance": "did", "moment": "1"})
        page = client.post(address, {"chance": "not", "moment": "1"}, follow=True)
        assert "logged already" in page.content.decode()
        assert Evidence.objects.get().chance == "did"

    @pytest.mark.parametrize(
        "said", [{}, {"chance": "maybe"}, {"chance": "did", "line": LONG}, {"chance": "did\x00"}]
    )
    def test_a_bad_tap_is_refused_and_writes_nothing(self, amira, client, said):
        kept = stage.if_then(amira, stage.active(amira))
        assert client.post(reverse("plans:if-then-log", args=[kept.pk]), said).status_code == 422
        assert not Evidence.objects.exists()

    @pytest.mark.parametrize("back", ["//evil.example/x", "https://evil.example", "/plan/", ""])
    def test_the_way_back_stays_in_the_house(self, amira, client, back):
        kept = stage.if_then(amira, stage.active(amira))
        answer = client.post(
            reverse("plans:if-then-log", args=[kept.pk]), {"chance": "did", "next": back}
        )
        assert answer.url.startswith(("/?logged=", "/plan/?logged="))

    def test_a_fourth_if_then_is_explained_and_may_start_all_the_same(self, amira, client):
        goal = stage.active(amira)
        for n in range(3):
            stage.if_then(amira, goal, if_text=f"cue {n}")
        page = client.post(
            reverse("plans:if-then-new", args=[goal.pk]), {"if_text": "cue 4", "then_text": "act"}
        )
        assert page.status_code == 409 and "hard to keep in mind" in page.content.decode()
        fourth = IfThen.objects.get(if_text="cue 4")
        start = reverse("plans:if-then-start", args=[fourth.pk])
        client.post(start, {"all_the_same": "yes"})
        assert IfThen.objects.filter(active=True).count() == 4
