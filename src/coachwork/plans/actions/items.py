"""Plan items: add, suggest, change and split them. What others suggest counts once accepted."""

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from coachwork.kit import weeks
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people import queries as people_queries
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility
from coachwork.plans.actions import item_wording, wording
from coachwork.plans.actions.item_wording import ItemWords
from coachwork.plans.actions.locks import hold
from coachwork.plans.actions.story import Trigger, open_plan, tell
from coachwork.plans.models import Dependency, Plan, PlanItem

State = PlanItem.State
MOST_OPEN = 100  # more than anybody can carry, and every version of the plan names them all


@transaction.atomic
def add_item(
    *,
    actor: User,
    client: Client,
    at: datetime,
    visibility: Visibility | None = None,
    **words: Unpack[ItemWords],
) -> PlanItem:
    """Put one thing to do into the client's plan; sent twice, it is there once."""
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    goal = words.get("goal")
    chosen = visibility or (
        Visibility(goal.visibility)
        if goal
        else people_queries.starting_class(actor=actor, client=client)
    )
    item, plan = drafted(actor, client, chosen, at, words)
    same = _same(plan, item, PlanItem.OPEN)
    if same is not None:
        return same
    if (
        PlanItem.objects.filter(client=client, plan=plan, state__in=PlanItem.OPEN).count()
        >= MOST_OPEN
    ):
        raise Refused(_("There are a hundred open items in this plan. Let some go first."))
    item.save(force_insert=True)
    trigger = Trigger.SIGNAL if item.blueprint else Trigger.CLIENT
    tell(actor, plan, _("Added “%(item)s”") % {"item": item.title}, at, item=item, trigger=trigger)
    people.note(
        actor=actor,
        client=client,
        kind="item.added",
        item=item.pk,
        at=at,
        visibility=item.visibility,
    )
    return item


@transaction.atomic
def suggest_item(
    *, actor: User, client: Client, at: datetime, **words: Unpack[ItemWords]
) -> PlanItem:
    """Suggest something for the client's plan; it does not count until the client accepts it."""
    access.require(actor, Verb.PROPOSE, Thing.PLAN, client)
    item, plan = drafted(actor, client, Visibility.PAIR, at, words)
    same = _same(plan, item, (State.SUGGESTED,))
    if same is not None:
        return same
    item.state, item.suggested_by = State.SUGGESTED, "coach"
    item.save(force_insert=True)
    people.note(
        actor=actor,
        client=client,
        kind="item.suggested",
        item=item.pk,
        at=at,
        visibility=item.visibility,
    )
    return item


def drafted(
    actor: User, client: Client, visibility: Visibility, at: datetime, words: ItemWords
) -> tuple[PlanItem, Plan]:
    plan = open_plan(actor=actor, client=client, at=at, visibility=visibility)
    goal = words.get("goal")
    item = PlanItem(
        client=client,
        plan=plan,
        visibility=visibility,
        created_by=actor,
        created_at=at,
        competency=goal.competency if goal else None,
        behaviour=goal.behaviour if goal else None,
    )
    item_wording.write(item, words, today=weeks.day(at, actor.timezone))
    item.position = last_place(item) + 1
    return item, plan


def _same(plan: Plan, item: PlanItem, states: Sequence[str]) -> PlanItem | None:
    rows = PlanItem.objects.filter(client=plan.client, plan=plan, state__in=states)
    return rows.filter(title=item.title, goal=item.goal_id, week_on=item.week_on).first()


def last_place(item: PlanItem) -> int:
    rows = PlanItem.objects.filter(client=item.client, plan=item.plan_id, week_on=item.week_on)
    last = rows.aggregate(last=Max("position"))["last"]
    return -1 if last is None else int(last)


@transaction.atomic
def accept_item(*, actor: User, item: PlanItem, at: datetime) -> PlanItem:
    """Take a suggestion into the plan."""
    trigger = Trigger.COACH if item.suggested_by == "coach" else Trigger.SIGNAL
    return _become(
        actor=actor,
        item=item,
        state=State.TODO,
        what=_("Accepted “%(item)s”"),
        at=at,
        trigger=trigger,
    )


@transaction.atomic
def refuse_item(*, actor: User, item: PlanItem, at: datetime, reason: str = "") -> PlanItem:
    """Leave a suggestion aside."""
    return _become(actor=actor, item=item, state=State.REFUSED, at=at, reason=reason)


@transaction.atomic
def start_item(*, actor: User, item: PlanItem, at: datetime) -> PlanItem:
    """Begin with an item."""
    return _become(actor=actor, item=item, state=State.DOING, at=at)


@transaction.atomic
def finish_item(*, actor: User, item: PlanItem, at: datetime) -> PlanItem:
    """Mark an item as done."""
    return _become(actor=actor, item=item, state=State.DONE, what=_("Finished “%(item)s”"), at=at)


@transaction.atomic
def let_go_item(*, actor: User, item: PlanItem, at: datetime, reason: str = "") -> PlanItem:
    """Let an item go, with a reason if there is one."""
    return _become(
        actor=actor,
        item=item,
        state=State.SKIPPED,
        what=_("Let go of “%(item)s”"),
        at=at,
        reason=reason,
    )


@transaction.atomic
def reopen_item(*, actor: User, item: PlanItem, at: datetime) -> PlanItem:
    """Take back that an item was done, let go or refused."""
    back = State.SUGGESTED if item.state == State.REFUSED else State.TODO
    return _become(actor=actor, item=item, state=back, what=_("Took up “%(item)s” again"), at=at)


def _become(  # noqa: PLR0913  the common part of six actions
    *,
    actor: User,
    item: PlanItem,
    state: PlanItem.State,
    at: datetime,
    what: str = "",
    reason: str = "",
    trigger: str = Trigger.CLIENT,
) -> PlanItem:
    access.require_row(actor, Verb.WRITE, Thing.PLAN, item)
    problems = wording.text_problem("reason", reason, wording.LONGEST_LINE)
    if problems:
        raise Invalid(problems)
    plan = open_plan(actor=actor, client=item.client, at=at, visibility=item.visibility)
    hold(item)
    if item.state == state:
        return item
    if not item.may_become(state):
        text = _("This item is “%(now)s” and cannot become “%(then)s”.")
        raise Refused(text % {"now": item.get_state_display(), "then": state.label})
    item.state = state
    item.done_at = at if state == State.DONE else None
    item.reason = reason.strip() or item.reason
    if state == State.TODO and item.week_on and item.week_on < weeks.monday(at.date()):
        item.week_on = weeks.monday(weeks.day(at, actor.timezone))
    item.save()
    if what:
        tell(
            actor, plan, what % {"item": item.title}, at, item=item, reason=reason, trigger=trigger
        )
    people.note(
        actor=actor,
        client=item.client,
        kind=f"item.{state}",
        item=item.pk,
        at=at,
        visibility=item.visibility,
    )
    return item


@transaction.atomic
def change_item(
    *,
    actor: User,
    item: PlanItem,
    at: datetime,
    needs: Sequence[PlanItem] | None = None,
    **words: Unpack[ItemWords],
) -> PlanItem:
    """Change what an item says, how long it takes, when it lies and what must come first."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, item)
    plan = open_plan(actor=actor, client=item.client, at=at, visibility=item.visibility)
    hold(item)
    before = _said(item)
    if "week_on" in words and words["week_on"] == item.week_on:
        del words["week_on"]  # an item that lies in a past week may stay there
    item_wording.write(item, words, today=weeks.day(at, actor.timezone))
    if needs is not None:
        _set_needs(actor, item, needs, at)
    if _said(item) != before:
        item.save()
        if item.is_open:
            tell(actor, plan, _("Changed “%(item)s”") % {"item": item.title}, at, item=item)
    return item


def _said(item: PlanItem) -> tuple[object, ...]:
    return tuple(getattr(item, field.attname) for field in PlanItem._meta.concrete_fields)


def _set_needs(actor: User, item: PlanItem, needs: Sequence[PlanItem], at: datetime) -> None:
    """Say which items must come first; a loop is refused, and named."""
    rows = Dependency.objects.filter(client=item.client)
    edges: dict[object, set[object]] = {}
    for one, needed in rows.exclude(item=item).values_list("item", "needed"):
        edges.setdefault(one, set()).add(needed)
    edges[item.pk] = {need.pk for need in needs}
    loop = found_loop(item.pk, edges)
    if loop:
        titles = PlanItem.objects.filter(client=item.client).in_bulk(loop)
        names = " → ".join(f"“{titles[one].title}”" for one in loop)
        text = _("These items would wait for each other: %(loop)s. Please leave one out.")
        raise Invalid({"needs": text % {"loop": names}})
    rows.filter(item=item).exclude(needed__in=needs).delete()
    there = set(rows.filter(item=item).values_list("needed", flat=True))
    for need in needs:
        if need.pk not in there:
            Dependency(
                client=item.client,
                visibility=item.visibility,
                created_by=actor,
                created_at=at,
                item=item,
                needed=need,
            ).save(force_insert=True)


def found_loop(start: object, edges: dict[object, set[object]]) -> list[object]:
    """A way from the start back to itself, both ends named; empty where there is none."""
    paths: list[list[object]] = [[start]]
    seen: set[object] = set()
    while paths:
        path = paths.pop()
        for needed in edges.get(path[-1], ()):
            if needed == start:
                return [*path, start]
            if needed not in seen:
                seen.add(needed)
                paths.append([*path, needed])
    return []
