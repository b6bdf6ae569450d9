"""Goals that somebody else puts on the table: nothing counts until the client takes them up."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility
from coachwork.plans.actions import wording
from coachwork.plans.actions.goals import NotNow
from coachwork.plans.actions.locks import hold
from coachwork.plans.models import Goal


@transaction.atomic
def offer_goal(*, actor: User, client: Client, title: str, at: datetime) -> Goal:
    """Offer a goal to the client; it is inactive until the client takes it up or rewrites it."""
    access.require(actor, Verb.OFFER, Thing.GOALS, client)
    problems = wording.text_problem("title", title, wording.LONGEST_LINE)
    if not title.strip():
        problems["title"] = _("Write down what you offer.")
    if problems:
        raise Invalid(problems)
    goal = Goal(
        client=client,
        # What the client makes of it is the client's: whoever offered it reads only the answer.
        visibility=Visibility.PRIVATE,
        created_by=actor,
        created_at=at,
        state=Goal.State.OFFERED,
        title=title.strip(),
        offered_text=title.strip(),
        offered_by=str(actor)[:120],
    )
    goal.save(force_insert=True)
    people.note(
        actor=actor,
        client=client,
        kind="goal.offered",
        item=goal.pk,
        at=at,
        visibility=goal.visibility,
    )
    return goal


@transaction.atomic
def take_up_goal(*, actor: User, goal: Goal, at: datetime) -> Goal:
    """Make an offered goal one's own draft, to be written on like any other."""
    access.require_row(actor, Verb.WRITE, Thing.GOALS, goal)
    hold(goal)
    if goal.state == Goal.State.OFFERED:
        goal.state, goal.taken_up_at = Goal.State.DRAFT, at
        goal.save(update_fields=["state", "taken_up_at"])
        people.note(
            actor=actor,
            client=goal.client,
            kind="goal.taken_up",
            item=goal.pk,
            at=at,
            visibility=goal.visibility,
        )
    return goal


@transaction.atomic
def refuse_goal(*, actor: User, goal: Goal, at: datetime, reason: str = "") -> Goal:
    """Decline an offer; who made it reads “not taken up”, and the reason if there is one."""
    access.require_row(actor, Verb.WRITE, Thing.GOALS, goal)
    problems = wording.text_problem("reason", reason, wording.LONGEST_LINE)
    if problems:
        raise Invalid(problems)
    hold(goal)
    if goal.state == Goal.State.DROPPED and goal.offered_by:
        return goal
    if goal.state != Goal.State.OFFERED:
        raise NotNow(_("This goal is not an offer any more."))
    goal.state, goal.closed_at = Goal.State.DROPPED, at
    goal.close_reason = reason.strip()
    goal.save()
    people.note(
        actor=actor,
        client=goal.client,
        kind="goal.refused",
        item=goal.pk,
        at=at,
        visibility=goal.visibility,
    )
    return goal
