"""Answer a change that was suggested: take it, in one's own words if one likes, or leave it."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit import weeks
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility
from coachwork.plans import queries
from coachwork.plans.actions import wording
from coachwork.plans.actions.items import MOST_OPEN
from coachwork.plans.actions.locks import hold
from coachwork.plans.actions.states import pause_goal
from coachwork.plans.actions.story import Trigger, tell
from coachwork.plans.models import Goal, Plan, PlanItem, Proposal
from coachwork.plans.queries import Change

State = Proposal.State
MOST_MINUTES = 6000


class OwnWords(TypedDict, total=False):
    """What the client may make of a suggested change."""

    title: str
    minutes: int | None
    goal: Goal | None


@transaction.atomic
def accept_change(
    *,
    actor: User,
    client: Client,
    key: str,
    at: datetime,
    reason: str = "",
    **own: Unpack[OwnWords],
) -> Proposal:
    """Make a suggested change; title, minutes and the goal to rest may be the client's own.

    The plan gets a new version with the reason.
    """
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    plan = _held(actor, client)
    found = queries.change(actor=actor, client=client, key=key, at=at)
    if found is None:
        raise Refused(_("This suggestion has been overtaken. Nothing was changed."))
    minutes = own.get("minutes")
    problems = wording.text_problem("title", own.get("title", ""), 200)
    problems |= wording.text_problem("reason", reason, wording.LONGEST_LINE)
    if minutes is not None and not 1 <= minutes <= MOST_MINUTES:
        problems["minutes"] = _("Choose between 1 minute and 100 hours.")
    if problems:
        raise Invalid(problems)
    why, before = (reason.strip() or found.seen)[: wording.LONGEST_LINE], plan.version
    if found.rests:
        chosen = own.get("goal") or found.goal
        pause_goal(actor=actor, goal=chosen, at=at, reason=why, trigger=Trigger.SIGNAL)
    elif found.item is not None:
        _shorten(actor, plan, found, minutes, why, at)
    else:
        _add(actor, plan, found, own, why, at)
    return _answered(actor, plan, found, reason, at, before=before)


def _held(actor: User, client: Client) -> Plan:
    plan = queries.plan_of(actor=actor, client=client)
    if plan is None:
        raise Refused(_("There is no plan yet. Write a goal or add one thing to do first."))
    return hold(plan)


def _shorten(
    actor: User, plan: Plan, found: Change, minutes: int | None, why: str, at: datetime
) -> None:
    item = hold(queries.item(actor=actor, item_id=found.item.pk if found.item else found.goal.pk))
    item.effort_minutes = minutes or found.minutes
    item.save(update_fields=["effort_minutes"])
    what = _("Made “%(item)s” smaller") % {"item": item.title}
    tell(actor, plan, what, at, item=item, reason=why, trigger=Trigger.SIGNAL)


def _add(
    actor: User,
    plan: Plan,
    found: Change,
    own: OwnWords,
    why: str,
    at: datetime,
) -> None:
    rows = PlanItem.objects.filter(client=plan.client, plan=plan, state__in=PlanItem.OPEN)
    if rows.count() >= MOST_OPEN:
        raise Refused(_("There are a hundred open items in this plan. Let some go first."))
    this_week = weeks.monday(weeks.day(at, actor.timezone))
    words: dict[str, Any] = dict(found.adds or {})
    words["title"] = own.get("title", "").strip() or words["title"]
    words["effort_minutes"] = own.get("minutes") or words["effort_minutes"]
    places = rows.filter(week_on=this_week).values_list("position", flat=True)
    item = PlanItem(
        client=plan.client,
        plan=plan,
        goal=found.goal,
        competency=found.goal.competency,
        behaviour=found.goal.behaviour,
        visibility=found.goal.visibility,
        created_by=actor,
        created_at=at,
        suggested_by="app",
        reason=found.why[:300],
        week_on=this_week,
        position=max(places, default=-1) + 1,
        **words,
    )
    item.save(force_insert=True)
    what = _("Added “%(item)s”") % {"item": item.title}
    tell(actor, plan, what, at, item=item, reason=why, trigger=Trigger.SIGNAL)


@transaction.atomic
def refuse_change(
    *, actor: User, client: Client, key: str, at: datetime, reason: str = ""
) -> Proposal:
    """Leave a suggested change aside; for this cause it is not shown again."""
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    problems = wording.text_problem("reason", reason, wording.LONGEST_LINE)
    if problems:
        raise Invalid(problems)
    plan = _held(actor, client)
    found = queries.change(actor=actor, client=client, key=key, at=at)
    if found is None:
        raise Refused(_("This suggestion has been overtaken. Nothing was changed."))
    return _answered(actor, plan, found, reason, at)


def _answered(
    actor: User, plan: Plan, found: Change, reason: str, at: datetime, before: int | None = None
) -> Proposal:
    """Keep the answer: accepted where the plan has moved on from the version `before`."""
    plan.refresh_from_db(fields=["version"])
    accepted = before is not None
    state = State.ACCEPTED if accepted else State.REFUSED
    proposal = Proposal(
        client=plan.client,
        plan=plan,
        # What was seen may be about what the client keeps to themselves.
        visibility=Visibility.PRIVATE,
        created_by=actor,
        created_at=at,
        kind=found.rule,
        state=state,
        cause=found.key,
        content={"title": found.title, "seen": found.seen, "goal": str(found.goal.pk)},
        from_version=plan.version if before is None else before,
        to_version=plan.version if accepted else None,
        answered_at=at,
        reason=reason.strip(),
    )
    proposal.save(force_insert=True)
    people.note(
        actor=actor,
        client=plan.client,
        kind=f"change.{state}",
        item=proposal.pk,
        at=at,
        visibility=proposal.visibility,
    )
    return proposal
