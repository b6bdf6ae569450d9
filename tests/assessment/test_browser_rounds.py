"""The form of a rater and the report in a real browser: by thumb, and without a script."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from coachwork.assessment.models import RaterReply
from coachwork.people.models import Relation, Relationship
from tests import builders as make
from tests.assessment.stage import Pulse, Round
from tests.assessment.test_browser import sign_in
from tests.sweep import problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THUMB = 44  # pixels: the least that a thumb hits


@pytest.fixture
def one() -> Round:
    return Round(at=timezone.now() - timedelta(days=1), peer=3, manager=1)


@pytest.fixture
def tab(live_server: Any, new_context: Callable[..., Any]) -> Callable[..., Any]:
    """A rater's browser: no account, a small screen."""

    def opened(**options: Any) -> Any:
        small = {"viewport": {"width": 320, "height": 640}, **options}
        page = new_context(base_url=live_server.url, **small).new_page()
        page.set_default_timeout(8000)
        return page

    return opened


def test_a_rater_answers_with_one_thumb_and_without_script(tab: Any, one: Round) -> None:
    page = tab(java_script_enabled=False, has_touch=True)
    page.goto(reverse("assessment:rater", args=[one.tokens("peer")[0]]))
    page.get_by_role("button", name="Begin").tap()
    page.get_by_role("button", name="Skip this").tap()
    for _position in range(10):
        options = page.locator(".scale__option")
        sizes = [options.nth(n).bounding_box() for n in range(6)]
        assert all(box["height"] >= THUMB and box["x"] + box["width"] <= 320 for box in sizes)
        page.get_by_role("radio", name="Usually").first.tap()
        page.get_by_role("button", name="Save and go on").tap()
    page.get_by_label("helps you or the team most").fill("Asks first.")
    page.get_by_role("button", name="Save and look it over").tap()
    page.get_by_role("button", name="Hand it in").tap()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    reply = RaterReply.objects.get(state="submitted")
    assert sorted(set(reply.scores.values())) == [3]
    assert len(reply.scores) == 10


def test_every_page_of_the_form_is_readable_and_each_question_has_its_words(
    tab: Any, one: Round
) -> None:
    page = tab()
    page.goto(reverse("assessment:rater", args=[one.tokens("manager")[0]]))
    found = problems(page)
    page.get_by_role("button", name="Begin").click()
    reply = one.replies("manager")[0].pk
    for name, more in (("scenes", ()), ("screen", (1,)), ("words", ()), ("review", ())):
        page.goto(reverse(f"assessment:rater-{name}", args=[reply, *more]))
        found += problems(page)
    assert not found, "\n".join(found)
    page.goto(reverse("assessment:rater-screen", args=[reply, 1]))
    asked = page.get_by_role("main").get_by_role("group")
    assert asked.count() == 3
    assert page.get_by_role("radio", name="Not seen").count() == 3


def test_the_report_is_readable_at_every_width(
    tab: Any, one: Round, live_server: Any, new_context: Any
) -> None:
    one.answered("peer", 5, 5, 5, words="Always there").answered("manager", 3)
    one.released(at=timezone.now())
    context = new_context(base_url=live_server.url)
    sign_in(context, live_server.url, one.client)
    page = context.new_page()
    found = []
    for path in ("?read=all", "?read=strengths", ""):
        page.goto(reverse("assessment:report", args=[one.row.pk]) + path)
        found += problems(page)
    for name in ("round", "round-preview"):
        page.goto(reverse(f"assessment:{name}", args=[one.row.pk]))
        found += problems(page)
    assert not found, "\n".join(found)


def test_a_held_comment_is_looked_at_by_keyboard_and_its_pages_are_readable(
    tab: Any, one: Round, live_server: Any, new_context: Any
) -> None:
    carl = make.client("carl")
    one.answered("peer", 3, 3, 3, words="I know where you live, number").closed(
        at=timezone.now() + timedelta(days=16)
    )
    Relationship.objects.create(
        client=one.client, user=carl.user, kind=Relation.COACH, created_by=one.actor,
        created_at=make.NOW, accepted_at=make.NOW, consented_at=make.NOW,
    )  # fmt: skip
    context = new_context(base_url=live_server.url)
    sign_in(context, live_server.url, carl)
    page = context.new_page()
    page.goto(reverse("assessment:round", args=[one.row.pk]))
    found = problems(page)
    page.get_by_role("link", name="Look at them").press("Enter")
    expect(page.get_by_role("heading", name="Comments to look at first")).to_be_visible()
    found += problems(page)
    card = page.get_by_role("region", name="Comment 1")
    card.get_by_role("button", name="Keep this decision").press("Enter")
    expect(page.locator(".error-summary")).to_be_visible()
    found += problems(page)
    card.get_by_label("Keep it back: it threatens").press("Space")
    card.get_by_role("button", name="Keep this decision").press("Enter")
    expect(page.get_by_text("Decided.")).to_be_visible()
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert not found, "\n".join(found)


def test_every_page_of_a_pulse_is_readable_and_a_thumb_hits_each_answer(
    tab: Any, live_server: Any, new_context: Any
) -> None:
    at = timezone.now()
    pulse = Pulse(at=at - timedelta(days=1), peer=5)
    page = tab(java_script_enabled=False, has_touch=True)
    page.goto(reverse("assessment:rater", args=[pulse.tokens("peer")[0]]))
    page.get_by_role("button", name="Begin").tap()
    expect(page.get_by_role("heading", name="What do you notice")).to_be_visible()
    rows = page.locator(".choice").all()
    assert len(rows) == 8
    assert all(row.bounding_box()["height"] >= THUMB for row in rows)
    page.get_by_label("A little more").tap()
    page.get_by_role("button", name="Hand it in").tap()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    checked = tab()
    checked.goto(reverse("assessment:rater", args=[pulse.tokens("peer")[1]]))
    found = problems(checked)
    checked.get_by_role("button", name="Begin").click()
    expect(checked.get_by_role("heading", name="What do you notice")).to_be_visible()
    found += problems(checked)
    pulse.answered_at(at, peer=(4, 4, 5, 5, 6)).released(at=at + timedelta(days=9))
    context = new_context(base_url=live_server.url)
    sign_in(context, live_server.url, pulse.client)
    mine = context.new_page()
    for path in (reverse("assessment:report", args=[pulse.row.pk]), reverse("assessment:pulse"),
                 reverse("assessment:rounds"), reverse("assessment:rounds-coached")):  # fmt: skip
        mine.goto(path)
        found += problems(mine)
    one = Round(pulse.client, at=at, opened=False)
    mine.goto(reverse("assessment:round-questions", args=[one.row.pk]))
    found += problems(mine)
    assert not found, "\n".join(found)
