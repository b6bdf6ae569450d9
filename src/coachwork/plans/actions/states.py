"""Take a goal through its states; every refusal says what would help."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit import weeks
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Relation, Relationship, User, Visibility
from coachwork.plans.actions import wording
from coachwork.plans.actions.goals import NotNow
from coachwork.plans.actions.if_thens import rest, wake
from coachwork.plans.actions.locks import hold
from coachwork.plans.actions.story import Trigger, open_plan, tell
from coachwork.plans.actions.versions import keep_version
from coachwork.plans.models import Goal, IfThen, Plan, PlanItem

State = Goal.State


class TooManyGoals(Refused):
    """Three goals are active; the client chooses which one rests."""

    def __init__(self, active: list[Goal]) -> None:
        self.active = active
        super().__init__(
            _("You have three active goals. Choose one to pause, or keep this one for later.")
        )


class AwaitsCoach(Refused):
    """The goal is shared with the coach, who has not agreed to it yet."""


@transaction.atomic
def agree_goal(*, actor: User, goal: Goal, at: datetime) -> Goal:
    """Tick the goal: the client always, the coach too where the goal is shared with one."""
    access.require_row(actor, Verb.PROPOSE, Thing.GOALS, goal)
    hold(goal)
    held = access.relations(actor, goal.client)
    if not held & {Relation.CLIENT, Relation.COACH}:
        raise NotNow(_("This goal is for the client and the coach to agree."))
    if goal.state != State.DRAFT:
        if goal.is_open:
            return goal
        raise NotNow(_("This goal is not open."))
    if Relation.CLIENT in held:
        _refuse_gaps(goal, actor, at)
        goal.client_agreed_at = goal.client_agreed_at or at
    else:
        goal.coach_agreed_at = goal.coach_agreed_at or at
    if goal.client_agreed_at and (goal.coach_agreed_at or not needs_coach(goal)):
        _enter(goal, State.AGREED)
        goal.agreed_at = at
    goal.save()
    if goal.state == State.AGREED:
        keep_version(actor, goal, _("Agreed"), at)
        people.note(
            actor=actor,
            client=goal.client,
            kind="goal.agreed",
            item=goal.pk,
            at=at,
            visibility=goal.visibility,
        )
    return goal


def needs_coach(goal: Goal) -> bool:
    """Whether a coach reads this goal, and so has to agree to it as well."""
    if goal.visibility != Visibility.PAIR:
        return False
    return Relationship.objects.filter(
        client=goal.client_id,
        kind=Relation.COACH,
        consented_at__isnull=False,
        accepted_at__isnull=False,
        ended_at__isnull=True,
    ).exists()


@transaction.atomic
def activate_goal(*, actor: User, goal: Goal, at: datetime, pause: Goal | None = None) -> Goal:
    """Start the goal. With three active ones, one must rest first, or nothing changes."""
    access.require_row(actor, Verb.WRITE, Thing.GOALS, goal)
    # The plan is held first, so that two goals started at once cannot both be the third.
    plan = open_plan(actor=actor, client=goal.client, at=at, visibility=goal.visibility)
    hold(goal)
    if goal.state == State.ACTIVE:
        return goal
    _refuse_gaps(goal, actor, at)
    if goal.state == State.DRAFT and goal.client_agreed_at:
        raise AwaitsCoach(
            _("Your coach has not agreed yet. You can also keep this goal to yourself and start.")
        )
    if not goal.may_become(State.ACTIVE):
        _enter(goal, State.ACTIVE)
    _make_room(actor, goal, pause, at)
    _enter(goal, State.ACTIVE)
    goal.start_on = goal.start_on or weeks.day(at, actor.timezone)
    goal.save()
    wake(goal)
    if plan.state in (Plan.State.DRAFT, Plan.State.AGREED):
        plan.state = Plan.State.ACTIVE
        plan.save(update_fields=["state"])
    tell(actor, plan, _("Started the goal “%(goal)s”") % {"goal": goal.title}, at, goal=goal)
    people.note(
        actor=actor,
        client=goal.client,
        kind="goal.activated",
        item=goal.pk,
        at=at,
        visibility=goal.visibility,
    )
    return goal


def _make_room(actor: User, goal: Goal, pause: Goal | None, at: datetime) -> None:
    """Pause the goal that the client chose, where three are active already."""
    rows = Goal.objects.filter(client=goal.client_id, state=State.ACTIVE)
    active = list(rows.order_by("start_on", "id"))
    if len(active) < Goal.MOST_ACTIVE:
        return
    if pause is None or pause.pk not in {one.pk for one in active}:
        raise TooManyGoals(active)
    pause_goal(actor=actor, goal=pause, reason=_("To make room for another goal"), at=at)


@transaction.atomic
def pause_goal(
    *,
    actor: User,
    goal: Goal,
    at: datetime,
    reason: str = "",
    trigger: str = Trigger.CLIENT,
) -> Goal:
    """Let an active goal rest; nothing of it is lost."""
    return _move(
        actor=actor,
        goal=goal,
        state=State.PAUSED,
        what=_("Paused the goal “%(goal)s”"),
        at=at,
        reason=reason,
        trigger=trigger,
    )


@transaction.atomic
def close_goal(*, actor: User, goal: Goal, outcome: str, at: datetime, reason: str = "") -> Goal:
    """End a goal with how it came out, in the client's own judgement."""
    if outcome not in Goal.OUTCOMES:
        raise Invalid({"outcome": _("Please choose how the goal came out.")})
    words = _("Closed the goal “%(goal)s”")
    return _move(actor=actor, goal=goal, state=State(outcome), what=words, at=at, reason=reason)


@transaction.atomic
def drop_goal(*, actor: User, goal: Goal, at: datetime, reason: str = "") -> Goal:
    """Let a goal go; only the client can."""
    return _move(
        actor=actor,
        goal=goal,
        state=State.DROPPED,
        what=_("Let go of the goal “%(goal)s”"),
        at=at,
        reason=reason,
    )


@transaction.atomic
def reopen_goal(*, actor: User, goal: Goal, at: datetime) -> Goal:
    """Take up again, as a draft, a goal that was let go."""
    access.require_row(actor, Verb.WRITE, Thing.GOALS, goal)
    hold(goal)
    _enter(goal, State.DRAFT)
    goal.closed_at = goal.agreed_at = goal.client_agreed_at = goal.coach_agreed_at = None
    goal.close_reason = ""
    goal.taken_up_at = goal.taken_up_at or (at if goal.offered_text else None)
    goal.save()
    people.note(
        actor=actor,
        client=goal.client,
        kind="goal.reopened",
        item=goal.pk,
        at=at,
        visibility=goal.visibility,
    )
    return goal


def _move(  # noqa: PLR0913  one argument for each thing that is told
    *,
    actor: User,
    goal: Goal,
    state: Goal.State,
    what: str,
    at: datetime,
    reason: str,
    trigger: str = Trigger.CLIENT,
) -> Goal:
    access.require_row(actor, Verb.WRITE, Thing.GOALS, goal)
    problems = wording.text_problem("reason", reason, wording.LONGEST_LINE)
    if problems:
        raise Invalid(problems)
    plan = open_plan(actor=actor, client=goal.client, at=at, visibility=goal.visibility)
    hold(goal)
    if goal.state == state:
        return goal
    started = goal.state in (State.ACTIVE, State.PAUSED)
    _enter(goal, state)
    rest(goal)
    if state != State.PAUSED:
        goal.closed_at = at
        goal.close_reason = reason.strip()
        _end_what_hangs_on(goal, at)
    goal.save()
    if started:
        words = what % {"goal": goal.title}
        tell(actor, plan, words, at, goal=goal, reason=reason, trigger=trigger)
    people.note(
        actor=actor,
        client=goal.client,
        kind=f"goal.{state}",
        item=goal.pk,
        at=at,
        visibility=goal.visibility,
    )
    return goal


def _end_what_hangs_on(goal: Goal, at: datetime) -> None:
    """A closed goal asks for nothing more: its if-thens end and its suggestions go away."""
    IfThen.objects.filter(client=goal.client_id, goal=goal, ended_at__isnull=True).update(
        ended_at=at
    )
    PlanItem.objects.filter(
        client=goal.client_id, goal=goal, state=PlanItem.State.SUGGESTED
    ).update(state=PlanItem.State.REFUSED)


def _refuse_gaps(goal: Goal, actor: User, at: datetime) -> None:
    today = weeks.day(at, actor.timezone)
    gaps = wording.missing(goal, list(goal.rungs.all()), today=today)
    if gaps:
        raise Invalid(gaps)


def _enter(goal: Goal, state: Goal.State) -> None:
    if not goal.may_become(state):
        text = _("A goal in the state “%(now)s” cannot become “%(then)s”.")
        raise NotNow(text % {"now": goal.get_state_display(), "then": state.label})
    goal.state = state
