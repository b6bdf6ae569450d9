"""If-then plans: a cue that a person will notice, and the one thing they do then."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.plans.actions import wording
from coachwork.plans.actions.goals import NotNow
from coachwork.plans.actions.locks import hold
from coachwork.plans.models import Goal, IfThen

NO_CUE = gettext_lazy("What will you see, hear or finish just before?")
NO_ACT = gettext_lazy("And what will you do then?")


class TooManyIfThens(Refused):
    """Three are active: more than three cues at once are hard to notice."""

    def __init__(self, active: list[IfThen]) -> None:
        self.active = active
        super().__init__(
            _(
                "You have three active if-then plans. More than that are hard to keep in mind, "
                "so this one is kept as a draft. End one first, or start it all the same."
            )
        )


class IfThenWords(TypedDict, total=False):
    """What a client can write into an if-then plan."""

    cue_type: str
    if_text: str
    then_text: str
    moment_kind: str
    obstacle: str


@transaction.atomic
def write_if_then(
    *,
    actor: User,
    goal: Goal,
    at: datetime,
    if_then: IfThen | None = None,
    **words: Unpack[IfThenWords],
) -> IfThen:
    """Write an if-then plan, new or again; without a cue and an act it stays a draft.

    A whole one starts with its goal, as long as fewer than three are active.
    """
    access.require_row(actor, Verb.WRITE, Thing.GOALS, goal)
    _check(words)
    if if_then is None:
        if_then = _same(goal, words) or IfThen(
            client=goal.client,
            goal=goal,
            visibility=goal.visibility,
            created_by=actor,
            created_at=at,
        )
    else:
        access.require_row(actor, Verb.WRITE, Thing.PLAN, if_then)
        hold(if_then)
    if if_then.ended_at:
        raise NotNow(_("This if-then plan has ended. Write a new one."))
    for name, text in words.items():
        setattr(if_then, name, str(text).strip())
    if unfinished(if_then):
        if_then.active = False
    elif goal.state == Goal.State.ACTIVE and room(goal.client):
        if_then.active = True
    if_then.save()
    people.note(
        actor=actor,
        client=goal.client,
        kind="if_then.written",
        item=if_then.pk,
        at=at,
        visibility=if_then.visibility,
    )
    return if_then


def _same(goal: Goal, words: IfThenWords) -> IfThen | None:
    """The same words sent twice are one if-then plan."""
    rows = IfThen.objects.filter(client=goal.client, goal=goal, ended_at__isnull=True)
    return rows.filter(
        if_text=words.get("if_text", "").strip(), then_text=words.get("then_text", "").strip()
    ).first()


def _check(words: IfThenWords) -> None:
    problems: dict[str, str] = {}
    for name, text in words.items():
        problems |= wording.text_problem(name, str(text), wording.LONGEST_LINE)
    cue = words.get("cue_type", "")
    if cue and cue not in IfThen.Cue.values:
        problems["cue_type"] = _("Please choose one of the kinds of cue.")
    if problems:
        raise Invalid(problems)


def unfinished(if_then: IfThen) -> dict[str, str]:
    """The question that is still open, by field; nothing when the plan can start."""
    if not if_then.if_text:
        return {"if_text": str(NO_CUE)}
    return {} if if_then.then_text else {"then_text": str(NO_ACT)}


def room(client: Client) -> int:
    """How many more if-then plans can start; held, so that two at once cannot both be the third."""
    Client.objects.select_for_update().filter(pk=client.pk).first()
    active = IfThen.objects.filter(client=client, active=True).count()
    return max(IfThen.MOST_ACTIVE - active, 0)


@transaction.atomic
def start_if_then(
    *, actor: User, if_then: IfThen, at: datetime, over_limit: bool = False
) -> IfThen:
    """Make an if-then plan active; a fourth one only once the reason against it has been read."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, if_then)
    hold(if_then)
    if if_then.rests_until is not None:
        if_then.rests_until = None
        if_then.save(update_fields=["rests_until"])
    if if_then.active:
        return if_then
    if if_then.ended_at:
        raise NotNow(_("This if-then plan has ended. Write a new one."))
    gaps = unfinished(if_then)
    if gaps:
        raise Invalid(gaps)
    if not over_limit and not room(if_then.client):
        rows = IfThen.objects.filter(client=if_then.client, active=True)
        raise TooManyIfThens(list(rows.order_by("id")))
    if_then.active = True
    if_then.save(update_fields=["active"])
    people.note(
        actor=actor,
        client=if_then.client,
        kind="if_then.started",
        item=if_then.pk,
        at=at,
        visibility=if_then.visibility,
    )
    return if_then


@transaction.atomic
def rehearse(*, actor: User, if_then: IfThen, at: datetime) -> IfThen:
    """Note that the client went through it in their mind; the newest time is kept."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, if_then)
    hold(if_then)
    if_then.rehearsed_at = at
    if_then.save(update_fields=["rehearsed_at"])
    return if_then


@transaction.atomic
def put_off(*, actor: User, if_then: IfThen, until: date, at: datetime) -> IfThen:
    """Let an if-then plan rest: it is not asked for before this day, and keeps its place."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, if_then)
    hold(if_then)
    if if_then.ended_at:
        raise NotNow(_("This if-then plan has ended. Write a new one."))
    if_then.rests_until = until
    if_then.save(update_fields=["rests_until"])
    people.note(
        actor=actor,
        client=if_then.client,
        kind="if_then.put_off",
        item=if_then.pk,
        at=at,
        visibility=if_then.visibility,
    )
    return if_then


@transaction.atomic
def end_if_then(*, actor: User, if_then: IfThen, at: datetime) -> IfThen:
    """Let an if-then plan go, or let it fade because it comes by itself now."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, if_then)
    hold(if_then)
    if if_then.ended_at is None:
        if_then.active, if_then.ended_at = False, at
        if_then.save(update_fields=["active", "ended_at"])
        people.note(
            actor=actor,
            client=if_then.client,
            kind="if_then.ended",
            item=if_then.pk,
            at=at,
            visibility=if_then.visibility,
        )
    return if_then


def rest(goal: Goal) -> None:
    """A goal that rests asks for nothing: its if-then plans rest too."""
    IfThen.objects.filter(client=goal.client, goal=goal, active=True).update(active=False)


def wake(goal: Goal) -> None:
    """The whole if-then plans of a goal start with it, while there is room."""
    rows = IfThen.objects.filter(client=goal.client, goal=goal, ended_at__isnull=True, active=False)
    whole = rows.exclude(if_text="").exclude(then_text="").order_by("id")
    chosen = list(whole.values_list("pk", flat=True)[: room(goal.client)])
    rows.filter(pk__in=chosen).update(active=True)
