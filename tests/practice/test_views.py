"""Pages of practice: logging, the list in pages, and taking a log back."""

import pytest
from django.urls import reverse

from coachwork.evidence import actions as evidence
from coachwork.evidence.models import Evidence
from coachwork.kit.ids import new_id
from coachwork.people.models import Relation, Visibility
from coachwork.practice import actions
from coachwork.practice.models import PracticeLog
from tests import builders as make

pytestmark = pytest.mark.django_db
TODAY = make.NOW.date()


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(make.NOW)


@pytest.fixture
def amira(client):
    found = make.client()
    client.force_login(found.user)
    return found


@pytest.fixture
def skill(amira):
    aim = evidence.set_aim(
        actor=amira.user,
        client=amira,
        kind="current",
        title="Team lead",
        role=make.role(C01=4),
        at=make.NOW,
    )
    return aim.targets.get().competency


def said(skill, **changes):
    return {
        "competency": str(skill.pk),
        "chance": "did",
        "occasion_on": "2026-01-05",
        "context": "work",
        "visibility": "V0",
        "entry": str(new_id()),
        **changes,
    }


def test_an_empty_list_teaches_what_will_be_here(client, amira):
    page = client.get(reverse("practice:logs")).content.decode()
    assert "Nothing logged yet" in page and reverse("practice:log") in page


def test_without_an_aim_the_form_says_what_comes_first(client, amira):
    page = client.get(reverse("practice:log")).content.decode()
    assert "First choose what you work on" in page


def test_a_chance_is_logged_once_however_often_the_form_arrives(client, amira, skill):
    words = said(skill, line="Waited <b>once</b> 🙂", context="life")
    for _twice in range(2):
        answer = client.post(reverse("practice:log"), words)
    log = PracticeLog.objects.get()
    assert Evidence.objects.get().context == "life"
    assert answer.url == f"{reverse('practice:logs')}?logged={log.pk}"
    page = client.get(reverse("practice:logs")).content.decode()
    assert "Waited &lt;b&gt;once&lt;/b&gt; 🙂" in page and "In life outside work" in page


@pytest.mark.parametrize(
    "changes",
    [
        {"competency": "01a20587-2f6a-702f-bd15-205fc411941a"},
        {"competency": "x"},
        {"chance": "maybe"},
        {"occasion_on": "2026-02-30"},
        {"occasion_on": "2026-03-05"},
        {"context": "space"},
        {"visibility": "V4"},
        {"line": "x" * 50_000},
        {"line": "a\x00b"},
        {"entry": "x"},
    ],
)
def test_what_makes_no_log_is_said_at_its_field(client, amira, skill, changes):
    words = {"line": "keep me", **said(skill, **changes)}
    page = client.post(reverse("practice:log"), words)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == list(changes)
    assert not PracticeLog.objects.exists()
    assert "keep me" in page.content.decode() or "line" in changes


def test_a_log_is_taken_back_by_a_press_and_by_its_owner_only(client, amira, skill):
    log = actions.log(
        actor=amira.user,
        client=amira,
        competency=skill,
        chance="did",
        occasion_on=TODAY,
        visibility=Visibility.PAIR,
        at=make.NOW,
    )
    address = reverse("practice:undo", args=[log.pk])
    assert client.get(address).status_code == 405
    client.force_login(make.client("eve").user)
    assert client.post(address).status_code == 404
    client.force_login(make.helper(amira, "carl", Relation.COACH))
    assert client.post(address).status_code == 403
    client.force_login(amira.user)
    for _twice in range(2):
        assert client.post(address).status_code == 302
    assert "Nothing logged yet" in client.get(reverse("practice:logs")).content.decode()


def test_the_list_goes_on_in_pages(client, amira, skill):
    for n in range(35):
        actions.log(
            actor=amira.user,
            client=amira,
            competency=skill,
            chance="did",
            occasion_on=TODAY,
            line=f"line {n:02}",
            at=make.NOW,
        )
    first = client.get(reverse("practice:logs"))
    assert "line 34" in first.content.decode() and "line 04" not in first.content.decode()
    second = client.get(reverse("practice:logs") + first.context["older_url"])
    assert "line 04" in second.content.decode() and not second.context["older_url"]
    for odd in ("?after=x", "?after=", "?competency=%00", f"?after={new_id()}"):
        assert client.get(reverse("practice:logs") + odd).status_code == 200


def test_after_a_few_chances_it_offers_to_look_again(client, amira, skill):
    for _n in range(4):
        actions.log(
            actor=amira.user,
            client=amira,
            competency=skill,
            chance="did",
            occasion_on=TODAY,
            at=make.NOW,
        )
    page = client.get(reverse("practice:logs")).content.decode()
    assert "look at your level again" in page and f'value="{skill.pk}"' in page


def test_a_stranger_finds_no_list(client, amira):
    client.force_login(make.client("eve").user)
    assert client.get(reverse("practice:logs-of", args=[amira.pk])).status_code == 404
