"""The home page for everybody, the week plan, links of one tap, and how much a page may ask."""

import html
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from coachwork.evidence.models import Evidence
from coachwork.kit import signed
from coachwork.moments import actions, queries
from coachwork.moments.models import CHANGES, DROP, LATER, SMALLER, Moment, MomentPlan, standing
from coachwork.people.models import Relation, Visibility
from coachwork.plans import actions as plans
from coachwork.plans.models import Goal, IfThen, PlanItem, PlanVersion
from coachwork.practice.models import PracticeLog
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(stage.NOW)


@pytest.fixture
def amira(client):
    found = make.client()
    client.force_login(found.user)
    return found


def home(client) -> str:
    return client.get(reverse("home")).content.decode()


class TestHome:
    def test_a_visitor_reads_what_this_is_and_how_to_come_in(self, client, settings):
        make.client()
        page = home(client)
        assert reverse("account_signup") in page and reverse("account_login") in page
        assert "demo" not in page.lower()

    def test_the_demo_names_its_sign_ins_only_when_it_is_on(self, client, settings):
        make.client()
        settings.DEMO = True
        assert "Sign in as" in home(client)

    def test_who_has_no_record_yet_is_led_to_one(self, client):
        client.force_login(make.user("zoe"))
        page = home(client)
        assert "Open your record" in page and reverse("people:start") in page

    def test_a_coach_without_a_record_finds_the_people_they_help(self, client, amira):
        client.force_login(make.helper(amira, "carl", Relation.COACH))
        page = home(client)
        assert "Amira" in page and reverse("plans:plan-of", args=[amira.pk]) in page

    def test_a_new_person_gets_one_next_step(self, client, amira):
        page = home(client)
        assert "Choose a role to look at" in page and page.count("card--next") == 1

    def test_it_shows_today_the_week_and_what_moved(self, client, amira):
        goal = stage.active(amira)
        kept = stage.if_then(amira, goal)
        stage.item(amira, goal=goal)
        client.post(reverse("plans:if-then-log", args=[kept.pk]), {"chance": "did"})
        page = home(client)
        for words in (str(kept), "Two breaths", "1 of 1 chances taken", "Listening", goal.title):
            assert words in page
        assert "Did it" in page and "No chance" in page

    def test_looking_at_home_writes_nothing(self, client, amira):
        stage.if_then(amira, stage.active(amira))
        home(client)
        with CaptureQueriesContext(connection) as asked:
            home(client)
        written = ("INSERT", "UPDATE", "DELETE")
        assert [one["sql"] for one in asked if one["sql"].startswith(written)] == []


class TestTheWeek:
    def test_three_moments_are_chosen_and_kept_in_two_pages(self, client, amira):
        stage.if_then(amira, stage.active(amira), moment_kind="stand-up")
        chosen = ["one-to-one", "stand-up"]
        page = client.post(reverse("moments:week"), {"moments": chosen})
        form = page.context["form"]
        said = {name: form[name].value() or "" for name in form.fields}
        assert said["offer_stand-up"].startswith("if_then:")
        kept = client.post(reverse("moments:attach"), {**said, "moments": chosen})
        assert kept.url == reverse("home")
        assert {plan.moment.code for plan in MomentPlan.objects.all()} == set(chosen)
        page = home(client)
        assert "One-to-one talk" in page and "Stand-up or short team meeting" in page

    def test_four_are_too_many_and_say_so(self, client, amira):
        stage.active(amira)
        codes = ["one-to-one", "stand-up", "review", "interview"]
        page = client.post(reverse("moments:week"), {"moments": codes})
        assert page.status_code == 422 and "up to 3 moments" in page.content.decode()

    @pytest.mark.parametrize(
        "said",
        [
            {"moments": ["full-moon"]},
            {"moments": ["one-to-one"], "offer_one-to-one": "nonsense"},
            {"moments": ["one-to-one"], "offer_one-to-one": "behaviour:1"},
            {"moments": ["one-to-one"], "prep_one-to-one": "x" * 50_000},
            {"moments": ["one-to-one"], "prep_one-to-one": "a\x00b"},
        ],
    )
    def test_made_up_answers_keep_nothing(self, client, amira, said):
        stage.active(amira)
        address = "attach" if len(said) > 1 else "week"
        assert client.post(reverse(f"moments:{address}"), said).status_code == 422
        assert not Moment.objects.exists()

    def test_without_anything_to_practise_it_says_what_comes_first(self, client, amira):
        page = client.get(reverse("moments:week")).content.decode()
        assert "First something to practise" in page

    def test_a_free_week_is_a_plan_too(self, client, amira):
        stage.active(amira)
        assert client.post(reverse("moments:week"), {"week_on": "2026-01-05"}).url == reverse(
            "home"
        )

    def test_one_tap_on_a_moment_is_one_log(self, client, amira):
        (plan,) = actions.plan_week(
            actor=amira.user,
            client=amira,
            week_on=stage.TODAY,
            choices=[actions.Choice("one-to-one", stage.listening())],
            at=stage.NOW,
        )
        said = {"chance": "did", "moment": "2026-01-05.0"}
        for _twice in range(2):
            client.post(reverse("moments:log", args=[plan.pk]), said)
        assert PracticeLog.objects.get().item == plan.pk
        assert client.get(reverse("moments:log", args=[plan.pk])).status_code == 405
        client.force_login(make.client("eve").user)
        assert client.post(reverse("moments:log", args=[plan.pk]), said).status_code == 404


class TestTaps:
    @pytest.fixture
    def link(self, amira, client):
        kept = stage.if_then(amira, stage.active(amira))
        client.logout()
        return queries.tap_link(actor=amira.user, client=amira, if_then_id=kept.pk, on=stage.TODAY)

    @pytest.mark.accepts("T11-08")
    def test_opening_the_link_records_nothing_until_a_button_is_pressed(self, client, link):
        for method in ("get", "head", "get"):
            answer = getattr(client, method)(
                link, headers={"purpose": "prefetch", "user-agent": "mail scanner"}
            )
            assert answer.status_code == 200
            assert "no-store" in answer.headers["Cache-Control"]
        assert not PracticeLog.objects.exists() and not Evidence.objects.exists()
        page = client.get(link).content.decode()
        assert 'method="post"' in page and "Nothing is recorded until you press" in page

        assert "We noted: Did it" in client.post(link, {"chance": "did"}).content.decode()
        assert PracticeLog.objects.get().chance == Evidence.objects.get().chance == "did"

    @pytest.mark.accepts("T9-10")
    def test_the_second_press_is_harmless_and_says_so(self, client, link):
        client.post(link, {"chance": "partly"})
        page = client.post(link, {"chance": "not"}).content.decode()
        assert "This was logged before" in page and "Partly" in page
        assert PracticeLog.objects.get().chance == "partly"

    @pytest.mark.accepts("T9-10")
    def test_an_old_link_is_harmless_and_says_so(self, client, link, time_machine):
        time_machine.move_to(stage.NOW + timedelta(days=11))
        for answer in (client.get(link), client.post(link, {"chance": "did"})):
            assert answer.status_code == 410
            assert "Nothing was recorded" in answer.content.decode()
        assert not PracticeLog.objects.exists()

    def test_a_link_about_what_has_ended_is_harmless(self, client, link):
        IfThen.objects.update(ended_at=stage.NOW, active=False)
        assert client.post(link, {"chance": "did"}).status_code == 410
        assert not PracticeLog.objects.exists()

    @pytest.mark.parametrize("chance", ["", "maybe", "did\x00", "x" * 50_000])
    def test_a_made_up_answer_only_asks_again(self, client, link, chance):
        answer = client.post(link, {"chance": chance})
        assert "Nothing is recorded until you press" in answer.content.decode()
        assert not PracticeLog.objects.exists()

    def test_a_forged_or_foreign_token_opens_nothing(self, client, amira, link):
        token = urlsplit(link).path.split("/")[-2]
        eve = make.client("eve")
        foreign = signed.token("tap", eve.user.pk, amira.pk, IfThen.objects.get().pk, "2026-01-05")
        other = signed.token("message", amira.user.pk, "pause")
        for forged in (token[:-2] + "xx", "x", foreign, other):
            answer = client.post(reverse("moments:tap", args=[forged]), {"chance": "did"})
            assert answer.status_code == 410
        assert not PracticeLog.objects.exists()


class TestChanges:
    """The other links of a reminder: make it smaller, move it, drop it."""

    @pytest.fixture
    def links(self, amira, client):
        kept = stage.if_then(amira, stage.active(amira))
        client.logout()
        return queries.change_links(actor=amira.user, if_then=kept, on=stage.TODAY)

    @pytest.mark.accepts("T11-08")
    @pytest.mark.parametrize("act", CHANGES)
    def test_opening_a_link_changes_nothing_until_its_one_button_is_pressed(
        self, client, links, act
    ):
        before = IfThen.objects.values().get()
        for method in ("get", "head", "get"):
            answer = getattr(client, method)(links[act], headers={"purpose": "prefetch"})
            assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"]
        page = client.get(links[act]).content.decode()
        assert page.count('<button class="button button--primary"') == 1
        assert "Nothing changes until you press" in page
        assert IfThen.objects.values().get() == before

    def test_smaller_keeps_the_cue_and_proposes_less_to_do(self, client, links):
        proposed = client.get(links[SMALLER]).context["form"]["then_text"].initial
        before = IfThen.objects.get()
        assert proposed == f"just once: {before.then_text}"
        answer = client.post(links[SMALLER], {"then_text": proposed})
        assert "It is smaller now" in answer.content.decode()
        after = IfThen.objects.get()
        assert (after.if_text, after.then_text, after.active) == (before.if_text, proposed, True)

    @pytest.mark.parametrize("typed", ["", " ", "x" * 301, "a\x00b"])
    def test_smaller_without_words_that_fit_asks_again(self, client, links, typed):
        before = IfThen.objects.get().then_text
        assert client.post(links[SMALLER], {"then_text": typed}).status_code == 422
        assert IfThen.objects.get().then_text == before

    def test_moved_it_is_not_asked_of_them_before_next_week(
        self, client, amira, links, time_machine
    ):
        time_machine.move_to(stage.NOW)
        assert "It is moved" in client.post(links[LATER]).content.decode()
        if_then = IfThen.objects.get()
        assert if_then.rests_until == stage.week(2) and if_then.active
        client.force_login(amira.user)
        assert str(if_then) not in client.get("/").content.decode()
        goal = reverse("plans:goal", args=[if_then.goal_id])
        assert "rests until" in client.get(goal).content.decode()
        time_machine.move_to(stage.NOW + timedelta(days=7))
        client.force_login(amira.user)
        assert str(if_then) in html.unescape(client.get("/").content.decode())

    def test_what_was_moved_can_be_started_again_at_once(self, client, amira, links):
        client.post(links[LATER])
        client.force_login(amira.user)
        client.post(reverse("plans:if-then-start", args=[IfThen.objects.get().pk]))
        assert IfThen.objects.get().rests_until is None

    def test_dropped_it_ends_and_what_was_logged_stays(self, client, amira, links):
        plans.log_chance(
            actor=amira.user, thing=IfThen.objects.get(), chance="did",
            occasion_on=stage.TODAY, moment="m", at=stage.NOW,
        )  # fmt: skip
        assert "It is dropped" in client.post(links[DROP]).content.decode()
        assert IfThen.objects.get().ended_at and PracticeLog.objects.count() == 1

    @pytest.mark.parametrize("first", CHANGES)
    def test_the_first_link_that_is_used_ends_them_all(self, client, links, first):
        said = {"then_text": "one breath"}
        assert client.post(links[first], said).status_code == 200
        after = IfThen.objects.values().get()
        for act in CHANGES:
            for answer in (client.get(links[act]), client.post(links[act], {"then_text": "more"})):
                assert answer.status_code == 410
                assert "Nothing was recorded" in answer.content.decode()
        assert IfThen.objects.values().get() == after

    def test_old_forged_and_foreign_links_change_nothing(self, client, amira, links, time_machine):
        before = IfThen.objects.values().get()
        token = urlsplit(links[DROP]).path.split("/")[-2]
        if_then, eve = IfThen.objects.get(), make.client("eve").user
        stood = standing(if_then)
        facts = (amira.pk, if_then.pk, "2026-01-05", stood)
        wrong = {
            "cut": (DROP, token[:-2] + "xx"),
            "made up": (DROP, "x"),
            "for another act": (LATER, token),
            "of another kind": (DROP, signed.token("tap", amira.user.pk, *facts)),
            "of a stranger": (DROP, signed.token(f"if-then.{DROP}", eve.pk, *facts)),
        }
        for why, (act, path) in wrong.items():
            address = reverse(f"moments:change-{act}", args=[path])
            assert client.get(address).status_code == 410, why
            assert client.post(address).status_code == 410, why
        time_machine.move_to(timezone.now() + timedelta(days=11))
        assert client.post(links[DROP]).status_code == 410
        assert IfThen.objects.values().get() == before


def filled(amira, rows: int) -> Goal:
    """A record with this many logs, pieces of evidence, done items and let-go goals."""
    goal = stage.active(amira)
    for n in range(3):
        stage.if_then(amira, goal, if_text=f"cue {n}")
    for n in range(10):
        stage.item(amira, f"Item {n}", goal=goal, week_on=stage.week(1 + n % 4))
    about = make.about(amira)
    skill = goal.competency
    logs = [
        PracticeLog(
            competency=skill,
            chance="did",
            occasion_on=stage.TODAY - timedelta(days=n % 365),
            **about,
        )
        for n in range(rows)
    ]
    PracticeLog.objects.bulk_create(logs)
    Evidence.objects.bulk_create(
        Evidence(
            competency=skill,
            source="self",
            chance="did",
            occasion_on=log.occasion_on,
            provenance=f"practice_log:{log.pk}",
            **about,
        )
        for log in logs
    )
    plan = PlanItem.objects.first().plan
    PlanItem.objects.bulk_create(
        PlanItem(plan=plan, goal=goal, title=f"Old {n}", state="done", week_on=stage.TODAY, **about)
        for n in range(rows)
    )
    PlanVersion.objects.bulk_create(
        PlanVersion(
            plan=plan, number=1000 + n, trigger="client", what=f"Change {n}", content={}, **about
        )
        for n in range(rows // 4)
    )
    Goal.objects.bulk_create(
        Goal(title=f"Let go {n}", state="dropped", **about) for n in range(rows // 4)
    )
    return goal


@pytest.mark.parametrize("rows", [10, 1_000])
def test_no_page_asks_more_than_twelve_times_whatever_there_is(client, amira, rows):
    goal = filled(amira, rows)
    plan = PlanItem.objects.filter(state="todo").first()
    carl = make.helper(amira, "carl", Relation.COACH)
    for model in (Goal, PlanItem, IfThen):
        model.objects.update(visibility=Visibility.PAIR)
    own = [
        reverse("home"),
        reverse("plans:plan"),
        reverse("plans:story"),
        reverse("plans:goal", args=[goal.pk]),
        reverse("plans:goal-versions", args=[goal.pk]),
        reverse("plans:goal-new"),
        reverse("plans:suggestions"),
        reverse("plans:item-new"),
        reverse("plans:item", args=[plan.pk]),
        reverse("plans:settings"),
        reverse("plans:if-then-new", args=[goal.pk]),
        reverse("practice:logs"),
        reverse("practice:log"),
        reverse("moments:week"),
    ]
    asked = {path: _asked(client, amira.user, path) for path in own}
    shared = [
        reverse("plans:plan-of", args=[amira.pk]),
        reverse("plans:story-of", args=[amira.pk]),
        reverse("plans:goal", args=[goal.pk]),
        reverse("practice:logs-of", args=[amira.pk]),
        reverse("home"),
    ]
    asked |= {f"coach {path}": _asked(client, carl, path) for path in shared}
    assert {path: number for path, number in asked.items() if number > MOST_QUERIES} == {}
    assert asked[reverse("home")] <= 9


def _asked(client, user, path: str) -> int:
    client.force_login(user)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    # What the row lock of PostgreSQL sets is not a question about rows.
    return sum(_is_question(one["sql"]) for one in asked)


def _is_question(sql: str) -> bool:
    return sql.startswith(("SELECT ", "WITH ")) and "set_config" not in sql
