"""What the tests of plans need: a goal that is ready to start, one that has started, an item."""

from datetime import date, timedelta

from coachwork.frameworks.models import Competency, Framework
from coachwork.people.models import Client
from coachwork.plans import actions
from coachwork.plans.models import Goal, PlanItem
from tests import builders as make

NOW = make.NOW
TODAY = NOW.date()  # Monday, 5 January 2026
OUTCOMES = {
    -2: "I give the solution in each talk",
    -1: "I notice it afterwards",
    0: "I ask one open question first in most talks",
    1: "I do it in all one-to-ones",
    2: "Others ask me how I do it",
}


def listening() -> Competency:
    """C01 of the framework that the shipped content is written for."""
    home = Framework.objects.filter(slug="career-core-40").first()
    found = home.competencies.filter(code="C01").first() if home else None
    return found or make.competency(
        "C01", within=home or make.framework("career-core-40"), name="Listening"
    )


def words(**changes: object) -> dict:
    return {
        "title": "In one-to-ones I will ask one open question first",
        "baseline": "I mostly jump to solutions",
        "why": "People stop bringing me problems",
        "competency": listening(),
        "target_on": TODAY + timedelta(weeks=12),
        **changes,
    }


def draft(client: Client, **changes: object) -> Goal:
    return actions.draft_goal(actor=client.user, client=client, at=NOW, **words(**changes))


def ready(client: Client, **changes: object) -> Goal:
    """A draft with everything that it needs to start."""
    goal = draft(client, **changes)
    actions.write_outcomes(actor=client.user, goal=goal, texts=OUTCOMES, at=NOW)
    return goal


def active(client: Client, **changes: object) -> Goal:
    goal = ready(client, **changes)
    actions.agree_goal(actor=client.user, goal=goal, at=NOW)
    return actions.activate_goal(actor=client.user, goal=goal, at=NOW)


def item(client: Client, title: str = "Two breaths", **words: object) -> PlanItem:
    words.setdefault("week_on", TODAY)
    return actions.add_item(actor=client.user, client=client, at=NOW, title=title, **words)


def if_then(client: Client, goal: Goal, **changes: object):
    words = {
        "cue_type": "event",
        "if_text": "Jo stops talking",
        "then_text": "I wait two breaths",
        **changes,
    }
    return actions.write_if_then(actor=client.user, goal=goal, at=NOW, **words)


def week(n: int) -> date:
    """The Monday of the nth week from now; 1 is this one."""
    return TODAY + timedelta(weeks=n - 1)
