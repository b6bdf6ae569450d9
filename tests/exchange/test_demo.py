"""The demo: loaded once for this module, and looked at from every side."""

import re
from collections import Counter

import pytest
from django.apps import apps
from django.db import models, transaction
from django.test import Client as Browser
from django.urls import resolve, reverse
from django.utils import timezone

from coachwork.assessment.models import FeedbackRound, RoundReport, SelfAssessment
from coachwork.evidence.models import Evidence, GapDecision
from coachwork.exchange import demo
from coachwork.exchange.demo import cast
from coachwork.notifications.models import Message
from coachwork.people import access
from coachwork.people.models import (
    AuditEntry,
    Client,
    ClientRow,
    Event,
    Membership,
    Organisation,
    Relation,
    Relationship,
    Share,
    User,
)
from coachwork.people.models.trail import unbroken
from coachwork.plans.models import Goal, IfThen, Plan
from coachwork.practice.models import PracticeLog
from tests.counting import at_most
from tests.exchange.test_demo_loading import shape
from tests.journeys import pages

pytestmark = pytest.mark.slow

# Days, and not only times, that people look forward to.
AHEAD = {
    "asks_on", "closes_at", "due_at", "due_on", "expires_at", "returns_on", "target_on", "week_on",
    "window_end", "run_after",
}  # fmt: skip


@pytest.fixture(scope="module")
def loaded_at():
    return timezone.now()


@pytest.fixture(scope="module")
def life(django_db_setup, django_db_blocker, loaded_at):
    """The demo, there for every test of this module; each test undoes what it changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        demo.load(at=loaded_at, echo=lambda line: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def there(life, db):
    """One test's own look at the demo."""


def somebody(key: str) -> User:
    return User.objects.select_related("client").get(email=f"{key}@demo.example")


def rows_about(client: Client) -> dict[str, int]:
    """How many rows of each kind there are about somebody."""
    return {
        model.__name__: model._base_manager.filter(client=client).count()
        for model in apps.get_models()
        if issubclass(model, ClientRow)
    }


def test_the_cast_is_who_the_list_of_sign_ins_says(there):
    listed = demo.sign_ins()
    assert len(listed) == 15
    for one in listed:
        user = User.objects.get(email=one.email)
        assert user.check_password(one.password), one.email
        assert str(user) == one.name
    assert "coachwork-demo" in str(listed[0])


def test_eight_people_are_at_eight_different_stages(there):
    def goals(key):
        return sorted(Goal.objects.filter(client=somebody(key).client).values_list("state", flat=1))

    def focus(key):
        return GapDecision.objects.filter(client=somebody(key).client, decision="focus").count()

    def handed_in(key):
        rows = SelfAssessment.objects.filter(client=somebody(key).client)
        return rows.filter(submitted_at__isnull=False).count()

    assert goals("amira") == ["active", "active"] and handed_in("amira") == 2
    assert rows_about(somebody("tomasz").client)["Aim"] == handed_in("tomasz") == 0
    assert handed_in("ngozi") == 1 and focus("ngozi") == 0
    assert goals("lucia") == ["draft", "draft"] and focus("lucia") == 2
    assert goals("bjarne") == ["paused"]
    assert goals("mei-ling") == ["active", "met"]
    assert goals("joanna") == ["active"]
    assert not Relationship.objects.filter(client=somebody("joanna").client).exists()
    assert goals("rafael") == ["active"]
    assert SelfAssessment.objects.filter(client=somebody("rafael").client, state="draft").exists()
    centre = Organisation.objects.get(kind="career_centre")
    assert Membership.objects.filter(organisation=centre, user=somebody("rafael")).exists()


def test_amira_has_practised_for_months_and_others_saw_it_move(there):
    client = somebody("amira").client
    logs = PracticeLog.objects.filter(client=client)
    assert logs.count() >= 60
    assert {"did", "partly", "not", "none"} == set(logs.values_list("chance", flat=True))
    heard = Evidence.objects.filter(client=client, competency__code="C01", n_raters=5)
    levels = list(heard.order_by("occasion_on").values_list("level", flat=True))
    assert levels == sorted(levels) and levels[0] < levels[-1]
    assert {(row.source, row.n_raters) for row in Evidence.objects.filter(client=client)} >= {
        ("manager", 1), ("peer", 4), ("report", 5), ("coach", 1), ("self", 1), ("work_sample", 1),
    }  # fmt: skip
    assert IfThen.objects.filter(client=client, active=True).count() == 3


def test_a_company_of_sixty_is_there_with_people_at_every_stage(there):
    company = Organisation.objects.get(name="Brightwater Utilities")
    members = Membership.objects.filter(
        organisation=company, role="member", accepted_at__isnull=False
    )
    assert members.count() == 60
    records = Client.objects.filter(user__in=members.values("user"))
    assert records.count() == 60

    def with_some(model, **more):
        return model.objects.filter(client__in=records, **more).values("client").distinct().count()

    assert 40 <= with_some(SelfAssessment, state="submitted") <= 55
    assert 20 <= with_some(Goal, state="active") <= 35
    assert 15 <= with_some(PracticeLog) <= 30
    assert with_some(Evidence, source="peer") >= 5  # groups that later counts may be made of


def test_each_helper_sees_what_was_shared_and_no_more(there):
    client = somebody("amira").client
    relations = {"carl": "coach", "max": "mentor", "pia": "partner", "mona": "manager"}
    for key, relation in {**relations, "sina": "sponsor"}.items():
        assert access.relations(somebody(key), client) == {Relation(relation)}
    seen = {
        key: Goal.objects.filter(access.visible(somebody(key), access.Thing.GOALS)).count()
        for key in ("max", "mona", "sina", "pia")
    }
    assert seen == {"max": 1, "mona": 1, "sina": 0, "pia": 0}
    frozen = Share.objects.get(reader=somebody("sina"))
    assert frozen.frozen and "I ask before I answer" in str(frozen.frozen)
    nothing = access.visible(somebody("sina"), access.Thing.ASSESSMENT)
    assert not Evidence.objects.filter(nothing).exists()
    assert not Evidence.objects.filter(
        access.visible(somebody("idris"), access.Thing.ASSESSMENT)
    ).exists()


def test_every_row_about_a_person_was_made_by_somebody_who_could(there):
    for model in apps.get_models():
        if not issubclass(model, ClientRow):
            continue
        strangers = model._base_manager.exclude(created_by__in=User.objects.all())
        if model.policy == access.Thing.REPLIES:
            # Raters have no account, and what they say is nobody's on purpose.
            strangers = strangers.exclude(created_by=None)
        elif model is Evidence:
            strangers = strangers.exclude(created_by=None, provenance__startswith="round:")
        assert not strangers.exists(), model
        made = model._base_manager.exclude(created_by=None).select_related("client")
        for row in made.exclude(created_by=models.F("client__user")):
            asked = Relationship.objects.filter(client=row.client, user=row.created_by_id)
            assert asked.exists(), f"{row} of {row.client} was made by a stranger"


def test_every_step_left_its_event(there):
    told = Counter(Event.objects.values_list("kind", flat=True))
    assert told["evidence.added"] == Evidence.objects.exclude(created_by=None).count()
    assert told["round.released"] == 1
    assert told["practice.logged"] == PracticeLog.objects.count()
    assert told["goal.drafted"] == Goal.objects.count()
    assert told["gap.decided"] == GapDecision.objects.count()
    assert told["assessment.submitted"] == SelfAssessment.objects.exclude(state="draft").count()
    named = set(Event.objects.exclude(item=None).values_list("item", flat=True))
    for model in (Evidence, PracticeLog, Goal, GapDecision, IfThen):
        made = model.objects.exclude(created_by=None)
        assert set(made.values_list("pk", flat=True)) <= named, model


def test_the_audit_chains_are_whole(there):
    for stream in AuditEntry.objects.values_list("stream", flat=True).distinct():
        assert unbroken(AuditEntry.objects.filter(stream=stream).order_by("number"))


def test_nothing_is_dated_after_the_moment_it_was_loaded(there, loaded_at):
    tomorrow = loaded_at.date()
    for model in apps.get_models():
        if model._meta.app_label in {"django_tasks_database", "sessions", "contenttypes"}:
            continue
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.DateField) or field.name in AHEAD:
                continue
            latest = model._base_manager.aggregate(latest=models.Max(field.name))["latest"]
            limit = loaded_at if isinstance(field, models.DateTimeField) else tomorrow
            # A day is the person's own: east of here it may be tomorrow already.
            if latest is not None and isinstance(field, models.DateTimeField):
                assert latest <= limit, f"{model.__name__}.{field.name}"
            elif latest is not None:
                assert (latest - limit).days <= 1, f"{model.__name__}.{field.name}"


def test_rows_made_later_sort_later(there):
    for model in (Evidence, PracticeLog, Event):
        for client in Client.objects.filter(user__email__endswith="@demo.example")[:12]:
            rows = model.objects.filter(client=client).order_by("pk")
            dates = list(rows.values_list("created_at", flat=True))
            assert dates == sorted(dates), f"{model.__name__} of {client}"


def test_mail_was_written_and_none_waits_to_be_sent(there):
    assert Message.objects.count() > 60
    assert not Message.objects.exclude(state=Message.State.SENT).exists()
    assert not Message.objects.exclude(address__endswith="@demo.example").exists()
    for message in Message.objects.all():
        assert message.sent_at == message.created_at


def test_loading_again_changes_nothing(there, loaded_at):
    before = shape()
    said: list[str] = []
    demo.load(at=loaded_at, echo=said.append)
    assert shape() == before and said == []


@pytest.mark.parametrize("page", ["home", "evidence:profile", "evidence:gaps", "plans:plan"])
@pytest.mark.parametrize("who", [one.key for one in cast.characters() if one.is_shown])
def test_every_page_opens_for_everybody_in_few_queries(there, who, page):
    user = somebody(who)
    browser = Browser()
    browser.force_login(user)
    with at_most(12, page):
        answer = browser.get(reverse(page))
    if hasattr(user, "client"):
        assert answer.status_code == 200
    else:  # helpers without a record of their own are asked whether they want one
        assert answer.status_code in (200, 302), answer.status_code


def test_every_plan_and_goal_of_the_demo_opens(there):
    assert Plan.objects.exists()
    for goal in Goal.objects.select_related("client__user")[:40]:
        browser = Browser()
        browser.force_login(goal.client.user)
        assert browser.get(reverse("plans:goal", args=[goal.pk])).status_code == 200


# Charts


FIGURE = re.compile(r'<figure class="chart">.*?</figure>', re.DOTALL)
DRAWING = 'class="chart__drawing'
SENTENCE = re.compile(r'<p class="chart__sentence">\s*[^<\s]')
TWIN = re.compile(r'<details class="chart__twin".*?<table.*?<td.*?</details>', re.DOTALL)


def pages_with_charts(key: str) -> dict[str, str]:
    """The pages of the demo in which this person sees a drawing, by walking every link."""
    browser = Browser()
    browser.force_login(somebody(key))
    found: dict[str, str] = {}
    tried: Counter[str] = Counter()
    seen: set[str] = set()
    waiting = ["/", *(f"/{route}" for route in pages.routes() if "<" not in route)]
    while waiting:
        path = waiting.pop(0).replace("&amp;", "&").split("?")[0]
        if path in seen or pages.NOT_A_PAGE.match(path):
            continue
        seen.add(path)
        route = resolve(path).route
        tried[route] += 1
        if tried[route] > pages.EXAMPLES * 2:
            continue
        answer = browser.get(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            text = answer.content.decode()
            waiting += pages.LINK.findall(text)
            if DRAWING in text:
                found[path] = text
    return found


@pytest.mark.slow
@pytest.mark.accepts("G-08")
@pytest.mark.parametrize("key", ["amira", "carl"])
def test_every_chart_that_anybody_sees_has_its_sentence_and_its_table(there, key):
    found = pages_with_charts(key)
    assert len(found) >= 3, sorted(found)
    for path, text in found.items():
        figures = [figure for figure in FIGURE.findall(text) if DRAWING in figure]
        outside = text.count(DRAWING) - sum(figure.count(DRAWING) for figure in figures)
        assert not outside, f"{path}: a drawing without its figure"
        for figure in figures:
            assert SENTENCE.search(figure), f"{path}: no sentence\n{figure[:400]}"
            assert TWIN.search(figure), f"{path}: no table\n{figure[:400]}"


def test_one_round_has_a_report_and_one_is_open(there):
    rounds = {one.state: one for one in FeedbackRound.objects.all()}
    assert set(rounds) == {"released", "collecting"}
    report = RoundReport.objects.get().shown
    # Five peers by themselves, three others; nobody's words stand alone.
    assert {view["name"]: view["n"] for view in report["groups"]} == {"peer": 5, "other": 3}
    assert all(len(texts) >= 3 for texts in report["comments"].values())
    assert Evidence.objects.filter(created_by=None).exists()
