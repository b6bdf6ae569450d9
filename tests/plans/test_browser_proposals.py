"""In a real browser: proposals, changes and the weeks that differ, small and large, both themes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from coachwork.plans import actions
from coachwork.plans.models import Plan, PlanItem, Proposal
from tests.plans import stage
from tests.plans.test_browser import amira, tab, today  # noqa: F401  the same stage
from tests.sweep import problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_pages_are_sound_and_a_schedule_is_accepted_by_keyboard(
    amira,  # noqa: F811
    tab,  # noqa: F811
    width,
    theme,
):
    goal = stage.active(amira)
    goal.start_on = stage.TODAY - timedelta(weeks=4)
    goal.save()
    slipped = stage.item(amira, "Read the report", goal=goal, effort_minutes=45)
    PlanItem.objects.update(week_on=stage.TODAY - timedelta(weeks=3))
    page = tab(viewport={"width": width, "height": 900}, color_scheme=theme)
    page.goto(reverse("plans:changes"))
    assert page.locator("li.card").count() == 1 and problems(page) == []
    actions.set_week_time(
        actor=amira.user,
        plan=Plan.objects.get(),
        first=stage.TODAY + timedelta(weeks=3),
        last=stage.TODAY + timedelta(weeks=3),
        hours=0,
        at=stage.NOW,
    )
    page.goto(reverse("plans:times"))
    assert problems(page) == []
    page.goto(reverse("plans:plan"))
    page.get_by_role("button", name="Suggest new weeks").press("Enter")
    page.wait_for_url("**/proposals/**")
    assert problems(page) == []
    page.get_by_role("button", name="Put these into my plan").press("Enter")
    page.get_by_role("button", name="Take it back").wait_for()
    assert problems(page) == []
    slipped.refresh_from_db()
    assert slipped.week_on > stage.TODAY and Proposal.objects.get().state == "accepted"
