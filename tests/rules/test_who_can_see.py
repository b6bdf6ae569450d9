"""Every page about something that can be shared answers “who can see this?”.

A table that is added tomorrow fails here until it has such a page, or is said to be part of one.
"""

import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from coachwork.evidence.models import Aim, Evidence
from coachwork.kit import weeks
from coachwork.moments.models import Moment, MomentPlan
from coachwork.people.access import shareable
from coachwork.people.access.table import SHARED_WITH
from coachwork.people.models import ClientRow, Relation, Visibility
from coachwork.practice.models import Attempt
from tests import builders as make
from tests.journeys.pages import routes
from tests.planting import plant_everything

# The page on which each kind of row is read, and the field of the row that its address asks for.
PAGES: dict[str, tuple[str, ...]] = {
    "assessment.feedbackround": ("assessment:round", "pk"),
    "assessment.knowledgecheck": ("assessment:check", "pk"),
    "assessment.selfassessment": ("assessment:review", "pk"),
    "evidence.evidence": ("evidence:entry", "pk"),
    "evidence.agreedlevel": ("evidence:agree", "competency_id"),
    "evidence.aim": ("evidence:gaps",),
    "evidence.gapdecision": ("evidence:decide", "competency_id"),
    "plans.goal": ("plans:goal", "pk"),
    "plans.plan": ("plans:plan",),
    "plans.planitem": ("plans:item", "pk"),
    "plans.ifthen": ("plans:if-then", "pk"),
    "plans.proposal": ("plans:proposal", "pk"),
    "practice.attempt": ("practice:attempt", "pk"),
    "practice.practicelog": ("practice:logs",),
    "tracks.enrolment": ("tracks:enrolment", "pk"),
    "tracks.behaviourtarget": ("tracks:target", "pk"),
    "tracks.triggermap": ("tracks:map", "pk"),
    "tracks.talk": ("tracks:talk", "pk"),
    "tracks.toolrun": ("tracks:run", "pk"),
    "tracks.stylecard": ("tracks:card",),
    "moments.momentplan": ("moments:week",),
    "accountability.checkinplan": ("accountability:keeping",),
    "accountability.commitment": ("accountability:commitment", "pk"),
    "accountability.energies": ("accountability:keeping",),
    "accountability.supportrequest": ("accountability:support", "pk"),
    "reflection.selfcheck": ("reflection:progress",),
}
# Rows that have no page of their own: they are read with the row that they belong to.
PARTS: dict[str, str] = {
    "assessment.nomination": "a feedback round",
    "assessment.heldcomment": "a feedback round",
    "assessment.roundreport": "a feedback round",
    "assessment.selfrating": "a self-assessment",
    "assessment.knowledgeanswer": "a knowledge check",
    "evidence.dispute": "a row of evidence",
    "evidence.aimtarget": "an aim",
    "tracks.stagenote": "a track",
    "tracks.tracklog": "a behaviour to practise",
    "plans.rung": "a goal",
    "plans.goalversion": "a goal",
    "plans.planversion": "a plan",
    "plans.dependency": "a plan item",
    "plans.weektime": "a plan",
    "moments.moment": "what is planned for it",
    "accountability.checkin": "the plan of check-ins, and the page that lists them",
    "accountability.dismissal": "the flag that it puts aside",
    "reflection.extract": "the page of the journal that it was copied from",
    "people.event": "the row that it tells about",
}
ID = re.compile(r"<uuid:(\w+?)_id>/$")
# An address that ends in the id of a row, and is not the page of the row.
ELSEWHERE: frozenset[str] = frozenset({"assess/<uuid:assessment_id>/"})  # goes on to the next page


def shareable_models() -> list[type[ClientRow]]:
    """Every table whose rows a client can open to somebody."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, ClientRow)
        and any(shareable(model.policy, relation) for relation in SHARED_WITH)
    ]


@pytest.fixture
def rows(db: Any) -> dict[type[ClientRow], ClientRow]:
    """Amira with a row of everything she could share, of this week where the week matters."""
    amira = make.client()
    made = plant_everything(amira)
    make.helper(amira, "carl", Relation.COACH)
    monday = weeks.monday(timezone.localdate())
    Moment.objects.update(week_on=monday, source="typical", code="team-meeting")
    # A scene that ships, at its beginning.
    Attempt.objects.update(exercise="brief-in-the-round", version=1, record=[])
    for model in (Evidence, Aim, MomentPlan):
        model._base_manager.update(visibility=Visibility.PAIR)
    return {model: made[model] for model in shareable_models()}


def ask(row: ClientRow) -> str:
    return reverse("people:who", args=[row.policy, row.pk])


def address(row: ClientRow) -> str:
    name, *fields = PAGES[row._meta.label_lower]
    return reverse(name, args=[getattr(row, field) for field in fields])


def test_every_row_that_can_be_shared_has_a_page_or_is_part_of_one() -> None:
    known = {model._meta.label_lower for model in shareable_models()}
    new = known - PAGES.keys() - PARTS.keys()
    assert not new, f"include people/who_can_see.html on their pages and name them here: {new}"
    assert not (PAGES.keys() | PARTS.keys()) - known
    assert not PAGES.keys() & PARTS.keys()


def test_each_page_of_something_that_can_be_shared_says_who_can_see_it(
    rows: dict[type[ClientRow], ClientRow],
) -> None:
    browser = Browser()
    lacking = []
    for row in rows.values():
        if row._meta.label_lower not in PAGES:
            continue
        browser.force_login(row.client.user)
        answer = browser.get(address(row))
        assert answer.status_code == 200, address(row)
        if ask(row) not in answer.content.decode():
            lacking.append(address(row))
        readers = browser.get(ask(row), headers={"HX-Request": "true"})
        assert readers.status_code == 200 and "visibility__readers" in readers.content.decode()
    assert not lacking


def test_no_later_page_of_one_row_forgets_it(rows: dict[type[ClientRow], ClientRow]) -> None:
    """An address that ends in the id of such a row is its page, and has to say it."""
    by_noun = {type(row).__name__.lower(): row for row in rows.values()}
    browser = Browser()
    browser.force_login(next(iter(rows.values())).client.user)
    seen = []
    for route in routes():
        match = ID.search(route)
        row = by_noun.get(match[1].replace("_", "")) if match else None
        if row is None or route in ELSEWHERE:
            continue
        path = route.replace("<uuid:client_id>", str(row.client_id))
        answer = browser.get("/" + ID.sub(f"{row.pk}/", path))
        assert answer.status_code == 200, route
        found = ask(row) in answer.content.decode()
        assert found, f"{route} lacks people/who_can_see.html"
        seen.append(route)
    assert len(seen) >= 4, seen  # goal, if-then, plan item, evidence
