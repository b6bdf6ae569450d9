"""Beginning from a whole plan: looked at, changed, taken by the client or suggested by a coach."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from coachwork.frameworks import actions as frameworks
from coachwork.kit import content, weeks
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.access import NotVisible
from coachwork.people.models import Relation
from coachwork.plans import actions, queries
from coachwork.plans.models import Goal, Plan, PlanItem, PlanVersion
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db
CODE = "listen-and-be-brief"


@pytest.fixture
def shipped():
    frameworks.load_content(at=make.NOW)


def preview(client, actor=None, code=CODE):
    return queries.template(actor=actor or client.user, client=client, code=code)


def all_of(found):
    return [actions.Chosen(row, row.week, row.minutes) for row in found.rows]


def taken(client, found=None, chosen=None, **more):
    found = found or preview(client)
    return actions.take_template(
        actor=client.user,
        client=client,
        preview=found,
        chosen=all_of(found) if chosen is None else chosen,
        starts_on=stage.TODAY,
        at=make.NOW,
        **more,
    )


class TestList:
    def test_what_the_client_chose_to_work_on_comes_first_and_says_so(self, shipped):
        amira = make.client()
        plain = queries.templates(actor=amira.user, client=amira)
        assert len(plain) == 15
        assert {one.why for one in plain} == {""}
        assert all(one.names for one in plain)

    def test_a_stranger_finds_nothing(self, shipped):
        amira = make.client()
        with pytest.raises(NotVisible):
            queries.templates(actor=make.user("stranger"), client=amira)
        with pytest.raises(NotVisible):
            preview(amira, actor=make.user("another"))

    @pytest.mark.parametrize("code", [one.code for one in content.load("plan_templates")])
    def test_every_template_is_laid_out_in_full(self, shipped, code):
        amira = make.client()
        found = preview(amira, code=code)
        assert len(found.rows) == len(found.template.items)
        assert found.competency is not None
        assert len(found.if_thens) == len(found.template.if_thens)
        assert len(found.obstacles) == len(found.template.obstacles)
        spans = [row.span() for row in found.rows]
        load = found.load(spans, stage.TODAY)
        assert len(load) == found.template.weeks
        assert max(minutes for _week, minutes in load) <= found.template.hours_per_week * 60

    def test_there_is_no_such_template(self, shipped):
        assert preview(make.client(), code="nothing") is None


class TestTaking:
    def test_items_come_with_their_weeks_words_and_competencies(self, shipped):
        amira = make.client()
        _goal, made = taken(amira)
        found = preview(amira)
        assert len(made) == len(found.rows)
        assert {one.state for one in made} == {PlanItem.State.TODO}
        for item, row in zip(made, found.rows, strict=True):
            assert item.week_on == stage.week(row.week)
            assert (item.title, item.effort_minutes) == (row.title, row.minutes)
            assert item.competency == row.competency
            if row.until:
                assert item.window_end == stage.week(row.until) + timedelta(days=6)
        assert any(one.evidence_expected for one in made)

    def test_the_plan_stays_a_draft_and_its_story_has_one_line(self, shipped):
        amira = make.client()
        _goal, made = taken(amira)
        plan = Plan.objects.get(client=amira)
        assert plan.state == Plan.State.DRAFT
        (line,) = PlanVersion.objects.filter(client=amira)
        assert f"{len(made)} items" in line.what
        assert len(line.content["items"]) == len(made)

    def test_a_goal_is_drafted_and_waits_for_the_clients_own_words(self, shipped):
        amira = make.client()
        goal, made = taken(amira, write_goal=True)
        assert goal.state == Goal.State.DRAFT
        assert goal.competency.code == "C01"
        assert {one.goal_id for one in made} == {goal.pk}
        again, more = taken(amira, write_goal=True)
        assert again == goal
        assert more == []

    def test_sent_twice_adds_nothing(self, shipped):
        amira = make.client()
        taken(amira)
        assert taken(amira)[1] == []
        assert PlanVersion.objects.filter(client=amira).count() == 1

    def test_what_is_moved_and_made_smaller_comes_so(self, shipped):
        amira = make.client()
        found = preview(amira)
        row = next(one for one in found.rows if one.until)
        _goal, (item,) = taken(amira, found, [actions.Chosen(row, row.week + 2, 7)])
        assert (item.week_on, item.effort_minutes) == (stage.week(row.week + 2), 7)
        assert item.window_end == stage.week(row.until + 2) + timedelta(days=6)

    def test_the_days_to_look_back_join_those_of_the_plan(self, shipped):
        amira = make.client()
        taken(amira)
        assert Plan.objects.get(client=amira).review_dates == [
            (stage.week(week) + timedelta(days=4)).isoformat() for week in (4, 8, 12)
        ]

    def test_nothing_chosen_and_a_week_that_is_none_are_refused(self, shipped):
        amira = make.client()
        found = preview(amira)
        with pytest.raises(Invalid):
            taken(amira, found, [])
        with pytest.raises(Invalid):
            taken(amira, found, [actions.Chosen(found.rows[0], 99, 5)])
        assert not PlanItem.objects.filter(client=amira).exists()

    def test_a_plan_that_would_hold_too_much_takes_nothing(self, shipped):
        amira = make.client()
        for number in range(95):
            stage.item(amira, f"Thing {number}")
        with pytest.raises(Refused):
            taken(amira)
        assert PlanItem.objects.filter(client=amira).count() == 95

    def test_nobody_else_puts_anything_into_a_plan(self, shipped):
        amira = make.client()
        found = preview(amira)
        for kind in (Relation.COACH, Relation.MANAGER):
            helper = make.helper(amira, kind.value, kind)
            with pytest.raises(Exception) as refused:
                actions.take_template(
                    actor=helper, client=amira, preview=found, chosen=all_of(found),
                    starts_on=stage.TODAY, at=make.NOW,
                )  # fmt: skip
            assert refused.type.__name__ in {"PermissionDenied", "NotVisible"}


@pytest.mark.accepts("T2-05")
def test_what_a_coach_suggests_counts_once_each_item_is_accepted(shipped):
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    found = preview(amira, actor=carl)
    made = actions.suggest_template(
        actor=carl,
        client=amira,
        preview=found,
        chosen=all_of(found),
        starts_on=stage.TODAY,
        at=make.NOW,
    )
    view = queries.plan(actor=amira.user, client=amira, today=stage.TODAY, goals=[])
    assert len(view.suggested) == len(made) == len(found.rows)
    assert view.open_items == []
    assert all(found.template.title in one.reason for one in view.suggested)
    actions.accept_item(actor=amira.user, item=view.suggested[0], at=make.NOW)
    view = queries.plan(actor=amira.user, client=amira, today=stage.TODAY, goals=[])
    assert len(view.open_items) == 1


class TestPages:
    def sent(self, client, url, **changes):
        form = client.get(url).context["form"]
        data = {name: form[name].value() for name in form.fields}
        data = {name: value for name, value in data.items() if value not in (None, False)}
        for name, value in changes.items():
            data.pop(name, None) if value is None else data.__setitem__(name, value)
        return client.post(url, data)

    def test_a_client_looks_changes_and_takes(self, client, shipped):
        amira = make.client()
        client.force_login(amira.user)
        empty = client.get(reverse("plans:plan")).content.decode()
        assert reverse("plans:templates") in empty
        page = client.get(reverse("plans:templates")).content.decode()
        url = reverse("plans:template", args=[CODE])
        assert url in page
        looked = self.sent(client, url, go="look", minutes_0="90")
        assert looked.status_code == 200
        assert looked.context["load"][0][1] >= 90
        assert not PlanItem.objects.filter(client=amira).exists()
        answer = self.sent(client, url, go="take", take_0=None, minutes_1="3")
        assert answer.url == reverse("plans:plan")
        found = preview(amira)
        made = PlanItem.objects.filter(client=amira)
        assert made.count() == len(found.rows) - 1
        assert made.get(blueprint=found.rows[1].use).effort_minutes == 3
        assert made.order_by("week_on").first().week_on == weeks.monday(localdate())
        assert Goal.objects.get(client=amira).state == Goal.State.DRAFT

    def test_counting_again_shows_what_each_week_would_ask_for(self, client, shipped):
        amira = make.client()
        client.force_login(amira.user)
        url = reverse("plans:template", args=[CODE])
        before = client.get(url).context["load"]
        row = preview(amira).rows[0]
        after = self.sent(client, url, go="look", minutes_0=str(row.minutes + 50)).context["load"]
        assert after[0][1] == before[0][1] + 50

    @pytest.mark.parametrize(
        "changes",
        [{"week_0": "13"}, {"week_0": "x"}, {"minutes_0": "0"}, {"starts_on": "2020-01-06"}],
    )
    def test_what_cannot_be_taken_comes_back_with_its_reason(self, client, shipped, changes):
        amira = make.client()
        client.force_login(amira.user)
        answer = self.sent(client, reverse("plans:template", args=[CODE]), go="take", **changes)
        assert answer.status_code == 422
        assert next(iter(changes)) in answer.context["form"].errors
        assert not PlanItem.objects.filter(client=amira).exists()

    def test_taking_nothing_says_so(self, client, shipped):
        amira = make.client()
        client.force_login(amira.user)
        url = reverse("plans:template", args=[CODE])
        none = {f"take_{place}": None for place in range(len(preview(amira).rows))}
        answer = self.sent(client, url, go="take", **none)
        assert answer.status_code == 422
        assert "Choose at least one thing." in answer.content.decode()

    def test_a_coach_suggests_from_the_clients_plan(self, client, shipped):
        amira = make.client()
        carl = make.helper(amira, "carl", Relation.COACH)
        client.force_login(carl)
        assert (
            reverse("plans:templates-of", args=[amira.pk])
            in client.get(reverse("plans:plan-of", args=[amira.pk])).content.decode()
        )
        url = reverse("plans:template-of", args=[CODE, amira.pk])
        answer = self.sent(client, url, go="take")
        assert answer.url == reverse("plans:plan-of", args=[amira.pk])
        states = PlanItem.objects.filter(client=amira).values_list("state", flat=True)
        assert set(states) == {PlanItem.State.SUGGESTED}
        assert not Goal.objects.filter(client=amira).exists()

    def test_strangers_and_unknown_plans_are_not_there(self, client, shipped):
        amira = make.client()
        client.force_login(make.user("stranger"))
        for name, arguments in (("templates-of", [amira.pk]), ("template-of", [CODE, amira.pk])):
            assert client.get(reverse(f"plans:{name}", args=arguments)).status_code == 404
        client.force_login(amira.user)
        assert client.get(reverse("plans:template", args=["nothing"])).status_code == 404


class TestSuggestions:
    def test_blueprints_fit_the_goal_its_minutes_the_moment_and_the_kind(self, shipped):
        amira = make.client()
        goal = stage.active(amira)
        ask = {"actor": amira.user, "client": amira, "goals": [goal]}
        every = queries.suggestions(**ask)
        assert {"open-with-two-questions", "watch-one-person", "C01.p1"} <= {
            one.code for one in every
        }
        assert "with-and-without" not in {one.code for one in every}
        assert all(str(one.why) for one in every)
        quick = queries.suggestions(**ask, most_minutes=15)
        assert {one.code for one in quick} < {one.code for one in every}
        assert all(one.minutes <= 15 for one in quick)
        at_home = queries.suggestions(**ask, moment="at-home")
        assert at_home
        assert all("at-home" in one.moments for one in at_home)
        asked = queries.suggestions(**ask, kind="feedback")
        assert {one.kind for one in asked} == {"feedback"}

    def test_the_panel_is_narrowed_by_what_a_person_has(self, client, shipped):
        amira = make.client()
        first, second = stage.active(amira), stage.active(amira, title="Another goal of mine")
        client.force_login(amira.user)
        url = reverse("plans:suggestions")
        whole = client.get(url).context["suggestions"]
        assert {one.goal for one in whole} == {first, second}
        about = {"goal": str(second.pk), "minutes": "30", "moment": "stand-up", "kind": "learning"}
        narrow = client.get(url, about).context["suggestions"]
        assert [one.code for one in narrow] == ["watch-one-person"]
        assert narrow[0].goal == second
        odd = {"goal": "x", "minutes": "y", "moment": "z", "kind": "<b>"}
        assert len(client.get(url, odd).context["suggestions"]) == len(whole)
