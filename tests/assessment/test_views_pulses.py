"""The pages of a pulse: for the one who asks, for those who are asked, and for nobody else."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from coachwork.assessment.models import FeedbackRound, RaterReply
from coachwork.frameworks.models import Behaviour
from coachwork.people.models import Relation
from tests import builders as make
from tests.assessment.stage import Pulse, Round, framework
from tests.assessment.test_views_rounds import page, seen_text, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.now()


def lived(at, **groups):
    return Pulse(at=at - timedelta(days=1), **groups)


def begun(pulse, group="peer", number=0):
    browser = Browser()
    token = pulse.tokens(group)[number]
    answer = browser.post(reverse("assessment:rater", args=[token]), {"go": "begin"})
    return browser, answer["Location"], pulse.replies(group)[number]


def test_a_pulse_is_begun_in_two_steps_and_found_again():
    framework()
    amira = make.client()
    browser = signed_in(amira.user)
    url = reverse("assessment:pulse")
    assert "Begin a pulse" in page(browser.get(reverse("assessment:rounds")))
    assert browser.post(url, {"behaviour": "no-such"}).status_code == 422
    chosen = Behaviour.objects.order_by("code").first()
    answer = browser.post(url, {"behaviour": str(chosen.pk)})
    row = FeedbackRound.objects.get()
    assert answer["Location"] == reverse("assessment:round", args=[row.pk])
    html = page(browser.get(answer["Location"]))
    assert "Your pulse" in html
    assert "About five people" in html
    assert browser.get(url)["Location"] == answer["Location"]
    listed = page(browser.get(reverse("assessment:rounds")))
    assert "Begin a pulse" not in listed
    assert "Choose whom to ask" in listed  # a whole round can still be begun
    preview = page(browser.get(reverse("assessment:round-preview", args=[row.pk])))
    assert "Compared with three months ago" in preview


def test_what_was_chosen_after_a_report_stands_first(today):
    one = Round(at=today - timedelta(days=20), peer=3)
    one.answered_at(today - timedelta(days=19), peer=(3, 3, 3)).released(at=today)
    FeedbackRound.objects.update(focus=one.items()[4:5])
    html = page(signed_in(one.actor).get(reverse("assessment:pulse")))
    assert html.index("What you chose to work on") < html.index(f'value="{one.items()[0]}"')
    assert html.index(f'value="{one.items()[4]}"') < html.index(f'value="{one.items()[0]}"')


def test_two_questions_on_one_page_and_it_is_handed_in(today):
    pulse = lived(today, peer=3)
    browser, place, reply = begun(pulse)
    assert place == reverse("assessment:rater-pulse", args=[reply.pk])
    assert page(browser.get(place)).count('type="radio"') == 8
    empty = browser.post(place, {"suggestion": ""})
    assert empty.status_code == 422
    assert "There is no answer yet" in page(empty)
    assert browser.post(place, {"change": "9", "suggestion": "Kept"}).status_code == 422
    answer = browser.post(place, {"change": "6", "suggestion": "More of it"})
    assert answer["Location"] == reverse("assessment:rater-done", args=[reply.pk])
    receipt = page(browser.get(answer["Location"]))
    assert "More of it" not in receipt
    assert place in receipt  # and can be changed
    reply.refresh_from_db()
    assert (reply.state, list(reply.scores.values())) == ("submitted", [6])
    again = page(browser.get(place))
    assert "More of it" in again
    browser.post(place, {"change": "0"})
    reply.refresh_from_db()
    assert (list(reply.scores.values()), reply.comments) == ([0], {})


def test_the_welcome_says_what_is_shown_and_a_manager_is_told_before_the_first_question(today):
    pulse = lived(today, peer=3, manager=1)
    peer = page(Browser().get(reverse("assessment:rater", args=[pulse.tokens("peer")[0]])))
    assert "Two questions about one thing" in peer
    assert "only which way they lean" in peer
    assert "could work out the rest" in peer
    manager = page(Browser().get(reverse("assessment:rater", args=[pulse.tokens("manager")[0]])))
    assert "not anonymous" in manager


def test_a_pulse_takes_less_than_three_minutes(today):
    pulse = lived(today, peer=3)
    lines = set(seen_text(Browser(), reverse("assessment:rater", args=[pulse.tokens("peer")[0]])))
    browser, place, _reply = begun(pulse)
    lines |= set(seen_text(browser, place))
    assert sum(len(line.split()) for line in lines) / 200 + 2 * 6 / 60 < 3


def test_a_form_without_its_link_is_not_there(today):
    pulse = lived(today, peer=3)
    url = reverse("assessment:rater-pulse", args=[pulse.replies("peer")[0].pk])
    assert Browser().get(url).status_code == 404
    assert signed_in(pulse.actor).get(url).status_code == 404
    browser, _place, _reply = begun(pulse)
    FeedbackRound.objects.update(state="closed")
    assert browser.post(url, {"change": "7"}).status_code == 409
    assert not RaterReply.objects.exclude(scores={}).exists()


def report_of(pulse, user):
    return page(signed_in(user).get(reverse("assessment:report", args=[pulse.row.pk])))


def test_the_report_stacks_words_and_claims_no_level(today):
    pulse = lived(today - timedelta(days=10), peer=6, manager=1)
    pulse.answered_at(today - timedelta(days=9), peer=(4, 4, 5, 5, 5, 0), manager=(6,))
    pulse.released(at=today)
    html = report_of(pulse, pulse.actor)
    for line in (
        "<strong>2</strong> no change",
        "<strong>3</strong> somewhat more",
        "<strong>1</strong> can't say",
    ):
        assert line in html
    assert "Perceived change" in html
    assert "The manager: clearly more." in html
    assert "It says nothing about a level" in html


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ((5, 5, 6), "3 people could say. Taken together: somewhat more."),
        ((6, 6, 6, 6, 7), "All or nearly all noticed: clearly more."),
        ((5, 5), "Fewer than three colleagues could say"),
        ((0, 0, 5, 5), "Fewer than three colleagues could say"),
    ],
)
def test_where_counts_would_say_too_much_there_is_a_sentence(today, answers, said):
    pulse = lived(today - timedelta(days=10), peer=len(answers))
    pulse.answered_at(today - timedelta(days=9), peer=answers)
    pulse.closed(at=today)
    pulse.released(at=today + timedelta(days=8))
    html = report_of(pulse, pulse.actor)
    assert said in html
    assert "<strong>" not in html.partition("<main")[2].partition("</main>")[0]


def test_a_sponsor_finds_no_pulse(today):
    pulse = lived(today, peer=3)
    sina = signed_in(make.helper(pulse.client, "sina", Relation.SPONSOR))
    for name in ("round", "round-preview", "report"):
        assert sina.get(reverse(f"assessment:{name}", args=[pulse.row.pk])).status_code == 404
