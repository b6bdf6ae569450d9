"""Pages of check-ins and commitments."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from coachwork.accountability import actions
from coachwork.accountability.models import (
    CheckIn,
    CheckInPlan,
    Commitment,
    Energies,
    Promise,
    SupportRequest,
)
from coachwork.people.models import Relation, Share
from tests import builders as make
from tests.accountability.test_actions import answered, committed, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira(time_machine):
    time_machine.move_to(make.NOW, tick=False)
    return make.client()


@pytest.fixture
def hers(amira):
    made = Browser()
    made.force_login(amira.user)
    return made


def text(answer):
    return answer.content.decode()


def at(name, *args):
    return reverse(f"accountability:{name}", args=args)


def test_an_empty_page_teaches_and_the_first_check_in_makes_a_plan(hers, amira):
    assert "Look back once a week" in text(hers.get(at("keeping")))
    said = {"did": "Spoke first", "energy": "4", "week_on": "2026-01-05"}
    answer = hers.post(at("check-in"), said, follow=True)
    assert "Spoke first" in text(answer) and "1 of the last 1 week answered" in text(answer)
    assert CheckInPlan.objects.get().audience == "V0"
    again = hers.get(at("check-in"))
    assert "Spoke first" in text(again)


def test_what_was_typed_comes_back_when_it_cannot_be_kept(hers):
    answer = hers.post(at("check-in"), {"did": "x" * 4_001, "week_on": "2026-01-05"})
    assert answer.status_code == 422 and "x" * 4_001 in text(answer)
    answer = hers.post(at("commit"), {"text": "Write", "due_on": "2025-01-01", "size": "tiny"})
    assert answer.status_code == 422 and "Write" in text(answer)
    assert CheckIn.objects.count() == Commitment.objects.count() == 0


def test_a_commitment_is_made_tapped_and_agreed_anew(hers):
    said = {"text": "Write to Jo", "due_on": "2026-01-09", "size": "tiny"}
    assert "Write to Jo" in text(hers.post(at("commit"), said, follow=True))
    made = Commitment.objects.get()
    bad = hers.post(at("anew", made.pk), {"text": "", "due_on": "2026-01-12"})
    assert bad.status_code == 422
    hers.post(at("anew", made.pk), {"text": "Two lines to Jo", "due_on": "2026-01-12"})
    newer = Commitment.objects.get(state="made")
    answer = hers.post(at("settle", newer.pk), {"state": "not_this_time"}, follow=True)
    assert "Which of these comes nearest?" in text(answer)
    assert hers.post(at("settle", newer.pk), {"state": "gone"}).status_code == 422
    assert hers.post(at("settle", newer.pk), {"state": "kept"}).status_code == 409
    page = text(hers.get(at("keeping")))
    assert "Agreed anew" in page and "missed" not in page.lower()


def test_how_one_checks_in_is_chosen_and_a_rest_begins_and_ends(hers, amira):
    chosen = {"cadence": "1", "weekday": "4", "template": "quiet-week", "audience": "V1"}
    hers.post(at("plan"), chosen)
    assert hers.post(at("plan"), {**chosen, "weekday": "9"}).status_code == 422
    assert "What gave you rest?" in text(hers.get(at("check-in")))
    assert hers.post(at("rest"), {"until": "2025-01-01"}).status_code == 422
    hers.post(at("rest"), {"until": "2026-02-02"})
    assert "You rest until" in text(hers.get(at("keeping")))
    assert "You rest until" not in text(hers.post(at("go-on"), follow=True))


def test_help_is_asked_for_with_the_promise_in_sight_and_answered(hers, amira):
    assert "Which of these comes nearest?" in text(hers.get(at("ask"), follow=True))
    carl = make.helper(amira, "carl", Relation.COACH)
    coach = Browser()
    coach.force_login(carl)
    assert coach.post(at("promise"), {"working_days": 0}).status_code == 422
    coach.post(at("promise"), {"working_days": 3, "words": "Mornings"})
    assert Promise.objects.get().working_days == 3
    assert "answers within 3 working days" in text(hers.get(at("ask")))
    assert hers.post(at("ask"), {"kind": "stuck"}).status_code == 422
    hers.post(at("ask"), {"kind": "stuck", "text": "The talk", "to": str(carl.pk)})
    made = SupportRequest.objects.get()
    assert "Asks for help" in text(coach.get(at("board")))
    coach.post(at("support-step", made.pk))
    assert coach.post(at("support", made.pk), {"reply": ""}).status_code == 422
    coach.post(at("support", made.pk), {"reply": "Let us talk on Tuesday."})
    assert "Let us talk on Tuesday." in text(hers.get(at("support", made.pk)))


@pytest.mark.accepts("T9-07")
def test_energy_is_on_the_coachs_page_only_while_shared(hers, amira):
    carl = make.helper(amira, "carl", Relation.COACH)
    coach = Browser()
    coach.force_login(carl)
    planned(amira)
    answered(amira, energy=2)
    page = at("keeping-of", amira.pk)
    assert 'id="energy"' not in text(coach.get(page))
    row = Energies.objects.get()
    assert reverse("people:who", args=["moods", row.pk]) in text(hers.get(at("keeping")))
    hers.post(reverse("people:share", args=["moods", row.pk]), {"reader": str(carl.pk)})
    assert 'id="energy"' in text(coach.get(page))
    hers.post(reverse("people:unshare", args=[Share.objects.get().pk]))
    assert 'id="energy"' not in text(coach.get(page))


@pytest.mark.accepts("T9-08")
def test_client_and_coach_read_the_same_flag_until_the_client_puts_it_aside(
    hers, amira, time_machine
):
    carl = make.helper(amira, "carl", Relation.COACH)
    planned(amira)
    answered(amira)
    time_machine.move_to(make.NOW + timedelta(weeks=5), tick=False)
    coach = Browser()
    coach.force_login(carl)
    hers.force_login(amira.user)
    reason = "Two check-ins of the last four weeks stayed open"
    assert reason in text(hers.get(at("keeping")))
    assert reason in text(coach.get(at("keeping-of", amira.pk)))
    page = hers.get(at("keeping"))
    hers.post(at("dismiss"), {"flag": page.context["flags"][0].key})
    assert reason not in text(hers.get(at("keeping")))
    assert reason not in text(coach.get(at("keeping-of", amira.pk)))


@pytest.mark.accepts("T9-13")
def test_no_address_of_this_room_tells_a_sponsor_or_an_admin_about_a_person(amira):
    planned(amira)
    answered(amira, words={"did": "quince-harbour"})
    made = committed(amira)
    for other in (make.helper(amira, "sina", Relation.SPONSOR), make.user("adam", is_staff=True)):
        theirs = Browser()
        theirs.force_login(other)
        for address in (at("keeping-of", amira.pk), at("commitment", made.pk)):
            assert theirs.get(address).status_code == 404
        assert "quince-harbour" not in text(theirs.get(at("board")))


def test_what_is_not_hers_is_not_there(hers):
    ben = make.client("ben")
    made = committed(ben)
    for name in ("settle", "anew", "release"):
        assert hers.post(at(name, made.pk), {"state": "kept"}).status_code == 404
    assert hers.get(at("commitment", made.pk)).status_code == 404
    assert actions.release(actor=ben.user, commitment=made, at=make.NOW).state == "released"
