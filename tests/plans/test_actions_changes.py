"""Suggested changes of a plan: each with what was seen, taken, reworded or left for good."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from coachwork.evidence import actions as evidence
from coachwork.evidence.actions.aims import Target
from coachwork.evidence.models import Evidence, Source
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.access import NotVisible
from coachwork.people.models import Relation
from coachwork.plans import actions, queries
from coachwork.plans.models import Goal, PlanItem, PlanVersion, Proposal
from coachwork.practice import actions as practice
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db
NOW = stage.NOW
LATER = NOW + timedelta(weeks=3)


@pytest.fixture
def amira():
    found = make.client()
    found.goal = stage.active(found)
    return found


def changes(client, at=LATER):
    return queries.changes(actor=client.user, client=client, at=at)


def accept(client, change, at=LATER, **more) -> Proposal:
    return actions.accept_change(actor=client.user, client=client, key=change.key, at=at, **more)


def practises(client, days_from_now: int) -> None:
    on = NOW + timedelta(days=days_from_now)
    practice.log(
        actor=client.user,
        client=client,
        competency=client.goal.competency,
        behaviour=None,
        chance="did",
        occasion_on=on.date(),
        context="work",
        line="",
        item=None,
        moment=f"m{days_from_now}",
        visibility=client.goal.visibility,
        at=on,
    )


def says(client, source, level, days: int) -> None:
    Evidence(
        source=source,
        competency=client.goal.competency,
        level=Decimal(str(level)),
        occasion_on=(NOW + timedelta(days=days)).date(),
        provenance=f"{source}:{days}",
        **make.about(client) | {"created_at": NOW + timedelta(days=days)},
    ).save()


class TestWhatIsSuggested:
    def test_a_quiet_goal_gets_a_smaller_step_with_what_was_seen(self, amira):
        item = stage.item(amira, "Long talk", goal=amira.goal, effort_minutes=40)
        assert changes(amira, at=NOW + timedelta(days=13)) == []
        (found,) = changes(amira)
        assert found.rule == "no_practice" and found.item == item and found.minutes == 20
        assert "21 days without practice" in found.seen
        practises(amira, 15)
        assert changes(amira) == []

    def test_a_week_in_reserve_counts_against_nobody(self, amira):
        stage.item(amira, goal=amira.goal, effort_minutes=40)
        plan = queries.plan_of(actor=amira.user, client=amira)
        at = NOW + timedelta(days=15)
        assert changes(amira, at=at)
        actions.take_reserve(actor=amira.user, plan=plan, week_on=stage.week(2), at=NOW)
        assert changes(amira, at=at) == []

    def test_better_in_ones_own_eyes_alone_asks_for_another_pair_of_eyes(self, amira):
        for days in range(16, 22):
            practises(amira, days)
        says(amira, Source.SELF, 2.5, -3)
        says(amira, Source.PEER, 2.5, -3)
        says(amira, Source.SELF, 3.5, 18)
        assert changes(amira) == []  # the others have not been asked since
        says(amira, Source.PEER, 2.5, 19)
        (found,) = changes(amira)
        assert found.rule == "only_own_view" and found.adds["kind"] == "feedback"

    def test_two_finished_looks_at_the_plan_without_a_new_rung(self, amira):
        practises(amira, 20)
        plan = queries.plan_of(actor=amira.user, client=amira)
        for days in (7, 14):
            at = NOW + timedelta(days=days)
            actions.review_plan(actor=amira.user, plan=plan, at=at)
            actions.finish_review(actor=amira.user, plan=plan, at=at)
        (found,) = changes(amira)
        assert found.rule == "no_movement"
        at = NOW + timedelta(days=20)
        actions.reach_rung(actor=amira.user, goal=amira.goal, level=-1, at=at)
        assert changes(amira) == []

    def test_an_expected_outcome_that_came_early(self, amira):
        practises(amira, 20)
        actions.reach_rung(actor=amira.user, goal=amira.goal, level=0, at=LATER)
        (found,) = changes(amira)
        assert found.rule == "rung_early" and "before your date" in found.seen

    def test_low_energy_twice_asks_about_fit(self, amira):
        practises(amira, 20)
        skill = amira.goal.competency
        evidence.set_aim(
            actor=amira.user,
            client=amira,
            kind="current",
            title="Lead",
            targets=[Target(skill, Decimal(4), 3)],
            at=NOW,
        )
        for energy, at in ((2, NOW), (1, NOW + timedelta(days=9))):
            evidence.decide_gap(
                actor=amira.user,
                client=amira,
                competency=skill,
                decision="focus",
                energy=energy,
                at=at,
            )
        (found,) = changes(amira)
        assert found.rule == "low_energy" and "2 of 5" in found.seen

    def test_everything_done_in_time(self, amira):
        practises(amira, 20)
        for n in range(3):
            item = stage.item(amira, f"Thing {n}", goal=amira.goal, week_on=stage.week(3))
            at = NOW + timedelta(days=15)
            actions.finish_item(actor=amira.user, item=item, at=at)
        (found,) = changes(amira)
        assert found.rule == "all_done"

    def test_too_full_weeks_let_one_of_two_goals_rest(self, amira):
        practises(amira, 20)
        stage.active(amira, title="A second goal that I chose", competency=None)
        for n in (4, 5):
            stage.item(amira, f"Long {n}", effort_minutes=300, week_on=stage.week(n))
        found = changes(amira)[0]
        assert found.rule == "overload" and found.rests

    def test_without_a_plan_there_is_nothing_to_change(self):
        bjarne = make.client("bjarne")
        assert queries.changes(actor=bjarne.user, client=bjarne, at=NOW) == []

    def test_it_is_the_clients_alone(self, amira):
        for relation in (Relation.COACH, Relation.MANAGER):
            helper = make.helper(amira, str(relation), relation)
            with pytest.raises((NotVisible, PermissionDenied)):
                queries.changes(actor=helper, client=amira, at=LATER)


class TestAnswering:
    def test_taken_it_is_a_new_version_with_the_reason_and_is_not_suggested_again(self, amira):
        item = stage.item(amira, "Long talk", goal=amira.goal, effort_minutes=40)
        (found,) = changes(amira)
        kept = accept(amira, found)
        item.refresh_from_db()
        told = PlanVersion.objects.order_by("number").last()
        assert item.effort_minutes == 20 and changes(amira) == []
        assert (told.trigger, told.reason) == ("signal", found.seen)
        assert (kept.from_version, kept.to_version) == (told.number - 1, told.number)

    def test_taken_in_ones_own_words(self, amira):
        (found,) = changes(amira)
        accept(amira, found, title="Wait one breath with Jo", minutes=3, reason="My way")
        item = PlanItem.objects.get()
        assert (item.title, item.effort_minutes) == ("Wait one breath with Jo", 3)
        assert item.goal == amira.goal and item.week_on == stage.week(4)
        assert PlanVersion.objects.order_by("number").last().reason == "My way"

    def test_the_client_may_let_another_goal_rest(self, amira):
        practises(amira, 20)
        other = stage.active(amira, title="A second goal that I chose", competency=None)
        for n in (4, 5):
            stage.item(amira, f"Long {n}", effort_minutes=300, week_on=stage.week(n))
        found = changes(amira)[0]
        chosen = next(one for one in (amira.goal, other) if one.pk != found.goal.pk)
        accept(amira, found, goal=chosen)
        chosen.refresh_from_db()
        assert chosen.state == Goal.State.PAUSED
        assert PlanVersion.objects.order_by("number").last().trigger == "signal"

    def test_left_aside_it_never_comes_back_for_this_cause(self, amira):
        (found,) = changes(amira)
        versions = PlanVersion.objects.count()
        kept = actions.refuse_change(
            actor=amira.user, client=amira, key=found.key, reason="On purpose", at=LATER
        )
        assert kept.state == "refused" and kept.to_version is None
        assert PlanVersion.objects.count() == versions
        assert changes(amira) == [] and changes(amira, at=LATER + timedelta(weeks=4)) == []

    def test_what_was_overtaken_or_made_up_changes_nothing(self, amira):
        (found,) = changes(amira)
        practises(amira, 18)
        for key in (found.key, "no_practice:nobody:2020-01-01", ""):
            with pytest.raises(Refused, match="overtaken"):
                actions.accept_change(actor=amira.user, client=amira, key=key, at=LATER)
        assert not PlanItem.objects.exists() and not Proposal.objects.exists()

    def test_words_that_do_not_fit_are_told_and_nothing_changes(self, amira):
        (found,) = changes(amira)
        for words in ({"title": "x" * 300}, {"minutes": 0}, {"reason": "x" * 5000}):
            with pytest.raises(Invalid):
                accept(amira, found, **words)
        assert not PlanItem.objects.exists()


class TestThePage:
    @pytest.fixture(autouse=True)
    def clock(self, time_machine):
        time_machine.move_to(LATER, tick=False)

    def test_each_card_says_why_and_can_be_taken_reworded_and_left(self, amira, client):
        client.force_login(amira.user)
        at = reverse("plans:changes")
        page = client.get(at).content.decode()
        (found,) = changes(amira)
        assert found.seen in page and "No, thank you" in page
        said = {"key": found.key, "title": "x" * 300, "minutes": "5"}
        answer = client.post(reverse("plans:change-accept"), said)
        assert answer.status_code == 422
        said["title"] = "Only the first half"
        assert client.post(reverse("plans:change-accept"), said).url == reverse("plans:plan")
        assert PlanItem.objects.get().title == "Only the first half"
        assert "Nothing to change just now" in client.get(at).content.decode()
        # sent twice, it says so
        assert client.post(reverse("plans:change-accept"), said).url == at

    def test_left_aside_the_page_is_quiet(self, amira, client):
        client.force_login(amira.user)
        (found,) = changes(amira)
        client.post(reverse("plans:change-refuse"), {"key": found.key})
        page = client.get(reverse("plans:changes")).content.decode()
        assert found.seen not in page and "Nothing to change just now" in page
