"""How much a goal counts beside the others; a schedule gives more room to what counts more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User
from coachwork.plans.actions.goals import NotNow
from coachwork.plans.actions.locks import hold
from coachwork.plans.actions.story import open_plan, tell
from coachwork.plans.actions.versions import keep_version
from coachwork.plans.models import Goal

State = Goal.State


@transaction.atomic
def weigh_goal(*, actor: User, goal: Goal, weight: int, at: datetime) -> Goal:
    """Say how much a goal counts, 1 to 3; the story of goal and plan tells it once it is agreed."""
    access.require_row(actor, Verb.WRITE, Thing.GOALS, goal)
    if weight not in Goal.WEIGHTS:
        raise Invalid({"weight": _("Please choose one of the three.")})
    plan = None
    if goal.state != State.DRAFT:
        plan = open_plan(actor=actor, client=goal.client, at=at, visibility=goal.visibility)
    hold(goal)
    if goal.state not in Goal.OPEN:
        raise NotNow(_("This goal is not open any more, so it does not count beside the others."))
    if goal.weight == weight:
        return goal
    goal.weight = weight
    goal.save(update_fields=["weight"])
    if plan is not None:
        keep_version(actor, goal, _("Changed how much it counts"), at)
        # A schedule that waits was made for the old weights: with this version it is overtaken.
        words = _("The goal “%(goal)s” now counts like this: %(weight)s")
        said = {"goal": goal.title[:150], "weight": Goal.WEIGHTS[weight]}
        tell(actor, plan, words % said, at, goal=goal)
    people.note(
        actor=actor,
        client=goal.client,
        kind="goal.weighed",
        item=goal.pk,
        at=at,
        visibility=goal.visibility,
    )
    return goal
