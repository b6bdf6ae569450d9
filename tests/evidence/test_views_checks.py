"""What the answers say about a framework: for its makers, in words, from many people."""

import numpy as np
import pytest
from django.urls import reverse

from coachwork.engine.ratings import diagnosis, simulated
from coachwork.engine.ratings.calibration import calibrate
from coachwork.engine.ratings.ratings import ratings
from coachwork.engine.ratings.simulated import Design
from coachwork.evidence.models import Calibration
from coachwork.people.models import Membership, MembershipRole, Organisation
from tests import builders as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    owner = Organisation.objects.create(name="Works", created_at=make.NOW)
    found = make.framework("works")
    found.organisation = owner
    found.save()
    return found


def member(home, name, role):
    person = make.user(name)
    Membership.objects.create(
        organisation=home.organisation, user=person, role=role, accepted_at=make.NOW,
        created_at=make.NOW,
    )  # fmt: skip
    return person


def calibration(home, *, clients=60):
    """Two competencies of three behaviours; the last behaviour is read the other way round."""
    behaviours = {
        str(one.pk): [str(b.pk) for b in one.behaviours.all()]
        for one in (make.competency(code, within=home) for code in ("C01", "C02"))
    }
    items = [item for some in behaviours.values() for item in some]
    skill_of = {item: key for key, some in behaviours.items() for item in some}
    chance = np.random.default_rng(3)
    design = Design(clients=clients, raters=4 * clients, each=4, items=6, halo=0.3)
    world = simulated.world(design, chance)
    labels = np.array(items)[world.given.items.codes]
    answers = np.where(labels == items[-1], 4 - world.given.answers, world.given.answers)
    found = calibrate(
        ratings(
            clients=world.given.clients.codes, raters=world.given.raters.codes, items=labels,
            skills=np.array([skill_of[one] for one in labels.tolist()]), answers=answers, steps=4,
        )
    )  # fmt: skip
    told = diagnosis.diagnosis(found, pairs=(("peer", "report"),))
    return Calibration.objects.create(
        framework=home, version=1, created_at=make.NOW, scale=found.scale.record(),
        behaviours=behaviours, diagnosis=told.record(), clients=clients, raters=240, answers=1400,
    )  # fmt: skip


def ask(client, home, person):
    client.force_login(person)
    return client.get(reverse("evidence:checks", args=[home.pk]))


def test_an_author_reads_what_each_behaviour_does_in_plain_words(
    client, home, django_assert_max_num_queries
):
    calibration(home)
    anna = member(home, "anna", MembershipRole.AUTHOR)
    client.force_login(anna)
    with django_assert_max_num_queries(12):
        html = client.get(reverse("evidence:checks", args=[home.pk])).content.decode()
    assert html.count("As they should (infit") >= 4
    assert "Answers scatter" in html
    assert "reliability" in html and "Used since" in html
    assert "Not tested: it takes at least 30 of each" in html
    assert "A higher level does not go with a stronger person" in html


def test_before_there_is_enough_the_page_says_what_it_takes(client, home):
    html = ask(client, home, member(home, "anna", MembershipRole.ADMIN)).content.decode()
    assert "It takes 30 people" in html


def test_nobody_else_finds_the_page(client, home):
    calibration(home)
    for person in (make.user("stranger"), member(home, "carl", MembershipRole.COACH)):
        assert ask(client, home, person).status_code in {403, 404}
        page = client.get(reverse("frameworks:framework", args=[home.pk]))
        assert "What the answers say about it" not in page.content.decode()


def test_the_page_of_the_framework_leads_there(client, home):
    client.force_login(member(home, "anna", MembershipRole.AUTHOR))
    html = client.get(reverse("frameworks:framework", args=[home.pk])).content.decode()
    assert reverse("evidence:checks", args=[home.pk]) in html


def test_a_shipped_framework_is_checked_by_whoever_runs_the_installation(client):
    shared = make.framework("shared")
    runner = make.user("runner", is_staff=True)
    assert ask(client, shared, runner).status_code == 200
    assert ask(client, shared, make.user("stranger")).status_code == 403


def test_few_answers_are_told_as_few(client, home):
    row = calibration(home)
    told = row.diagnosis
    told["items"] = [dict(one) for one in told["items"]]
    told["items"][0] |= {"infit": None, "answers": 20}
    Calibration.objects.all().delete()
    Calibration(
        framework=home, version=1, created_at=make.NOW, scale=row.scale, behaviours=row.behaviours,
        diagnosis=told, clients=60, raters=240, answers=1400,
    ).save(force_insert=True)  # fmt: skip
    html = ask(client, home, member(home, "anna", MembershipRole.AUTHOR)).content.decode()
    assert "too few to say" in html
