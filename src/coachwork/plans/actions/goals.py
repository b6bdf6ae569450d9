"""Write a goal: start a draft, write on, set its five outcomes, and reword it with a reason."""

from collections.abc import Mapping
from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit import weeks
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people import queries as people_queries
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility
from coachwork.plans.actions import wording
from coachwork.plans.actions.locks import hold
from coachwork.plans.actions.versions import keep_version
from coachwork.plans.actions.wording import GoalWords
from coachwork.plans.models import Goal, GoalVersion, IfThen, PlanItem, Rung

State = Goal.State


class NotNow(Refused):
    """The goal is in a state from which this cannot be done."""


@transaction.atomic
def draft_goal(
    *,
    actor: User,
    client: Client,
    at: datetime,
    visibility: Visibility | None = None,
    **words: Unpack[GoalWords],
) -> Goal:
    """Start to write a goal; it can be left at any time and taken up again."""
    access.require(actor, Verb.WRITE, Thing.GOALS, client)
    goal = Goal(
        client=client,
        visibility=visibility or people_queries.starting_class(actor=actor, client=client),
        created_by=actor,
        created_at=at,
    )
    wording.write(goal, words, today=weeks.day(at, actor.timezone))
    goal.save(force_insert=True)
    people.note(
        actor=actor,
        client=client,
        kind="goal.drafted",
        item=goal.pk,
        at=at,
        visibility=goal.visibility,
    )
    return goal


@transaction.atomic
def shape_goal(*, actor: User, goal: Goal, at: datetime, **words: Unpack[GoalWords]) -> None:
    """Write on at a draft; an agreed goal changes its words through `reword_goal`."""
    access.require_row(actor, Verb.WRITE, Thing.GOALS, goal)
    hold(goal)
    if goal.state == State.OFFERED:
        # Who rewrites an offered goal makes it their own.
        goal.state, goal.taken_up_at = State.DRAFT, at
    if goal.state == State.DRAFT:
        # New words need new ticks.
        goal.client_agreed_at = goal.coach_agreed_at = None
    elif set(words) - {"commitment", "confidence"}:
        raise NotNow(_("This goal is agreed. Change its wording with a reason instead."))
    wording.write(goal, words, today=weeks.day(at, actor.timezone))
    goal.save()


@transaction.atomic
def write_outcomes(*, actor: User, goal: Goal, texts: Mapping[int, str], at: datetime) -> None:
    """Write the five outcomes of a draft; they may stay unfinished until the goal starts."""
    access.require_row(actor, Verb.WRITE, Thing.GOALS, goal)
    hold(goal)
    if goal.state != State.DRAFT:
        raise NotNow(_("This goal is agreed. Change its wording with a reason instead."))
    _put_rungs(actor, goal, texts, at)


@transaction.atomic
def reword_goal(
    *,
    actor: User,
    goal: Goal,
    reason: str,
    at: datetime,
    texts: Mapping[int, str] | None = None,
    **words: Unpack[GoalWords],
) -> GoalVersion:
    """Change an agreed goal; how it read before stays readable, with who, when and why."""
    access.require_row(actor, Verb.WRITE, Thing.GOALS, goal)
    hold(goal)
    if goal.state not in (State.AGREED, State.ACTIVE, State.PAUSED):
        raise NotNow(_("The wording of this goal does not change any more."))
    problems = wording.text_problem("reason", reason, wording.LONGEST_LINE)
    if not reason.strip():
        problems["reason"] = _("Say in a few words why it changes.")
    if problems:
        raise Invalid(problems)
    today = weeks.day(at, actor.timezone)
    wording.write(goal, words, today=today)
    _put_rungs(actor, goal, texts or {}, at)
    # A target day that has passed only matters when it is the day that was changed.
    gaps = wording.missing(goal, list(goal.rungs.all()), today=min(today, goal.target_on or today))
    if gaps:
        raise Invalid(gaps)
    goal.save()
    version = keep_version(actor, goal, reason.strip(), at)
    people.note(
        actor=actor,
        client=goal.client,
        kind="goal.reworded",
        item=goal.pk,
        at=at,
        visibility=goal.visibility,
    )
    return version


@transaction.atomic
def reach_rung(*, actor: User, goal: Goal, level: int, at: datetime) -> None:
    """Mark the outcome that the goal is at today; the client says where it stands."""
    access.require_row(actor, Verb.WRITE, Thing.GOALS, goal)
    hold(goal)
    if goal.state not in (State.ACTIVE, State.PAUSED):
        raise NotNow(_("Start the goal first, then mark how far you are."))
    rungs = {rung.level: rung for rung in goal.rungs.all()}
    if level not in rungs:
        raise Invalid({"level": _("Please choose one of the five outcomes.")})
    for rung in rungs.values():
        # The ladder shows one place: what lies above it is not reached (any more).
        reached = (
            (rung.reached_on or weeks.day(at, actor.timezone)) if rung.level == level else None
        )
        if rung.level >= level and rung.reached_on != reached:
            rung.reached_on = reached
            rung.save(update_fields=["reached_on"])
    keep_version(actor, goal, _("Marked how far it has come"), at)
    people.note(
        actor=actor,
        client=goal.client,
        kind="goal.rung_reached",
        item=goal.pk,
        at=at,
        visibility=goal.visibility,
    )


@transaction.atomic
def show_goal(*, actor: User, goal: Goal, visibility: Visibility, at: datetime) -> None:
    """Change who reads a goal, together with its outcomes, if-thens and plan items."""
    access.require_row(actor, Verb.WRITE, Thing.GOALS, goal)
    if goal.visibility != visibility:
        people.set_visibility(
            actor=actor, thing=Thing.GOALS, row=goal, visibility=visibility, at=at
        )
    for model in (Rung, IfThen, PlanItem):
        model.objects.filter(client=goal.client_id, goal=goal).update(visibility=visibility)


def _put_rungs(actor: User, goal: Goal, texts: Mapping[int, str], at: datetime) -> None:
    """Store the outcomes, or say which of them cannot be stored."""
    problems: dict[str, str] = {}
    for level, text in texts.items():
        name = wording.RUNGS.get(level, "level")
        problems |= wording.text_problem(name, text, wording.LONGEST_LINE)
        if level not in wording.RUNGS:
            problems[name] = _("Please choose one of the five outcomes.")
    if problems:
        raise Invalid(problems)
    about = {"visibility": goal.visibility, "created_by": actor, "created_at": at}
    for level, text in texts.items():
        words = {"text": text.strip()}
        Rung.objects.update_or_create(
            client=goal.client,
            goal=goal,
            level=level,
            defaults=words,
            create_defaults=words | about,
        )
