"""Where items lie: in which week, in which order, and what to do when a week holds too much."""

from datetime import date, datetime
from math import ceil

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.kit import weeks
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User
from coachwork.plans.actions.locks import hold
from coachwork.plans.actions.story import open_plan, tell
from coachwork.plans.models import PlanItem

State = PlanItem.State
MOST_PARTS = 12
SMALLEST_MINUTES = 5


@transaction.atomic
def move_item(*, actor: User, item: PlanItem, week_on: date | None, at: datetime) -> PlanItem:
    """Put an item into another week, or into “later” when no week is named."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, item)
    plan = open_plan(actor=actor, client=item.client, at=at, visibility=item.visibility)
    hold(item)
    this_week = weeks.monday(weeks.day(at, actor.timezone))
    target = weeks.monday(week_on) if week_on else None
    if target and target < this_week:
        raise Invalid({"week_on": _("This week has passed. Please choose one still to come.")})
    if item.state != State.SUGGESTED and not item.is_open:
        raise Refused(_("This item is closed. Take it up again first."))
    if item.week_on == target:
        return item
    item.week_on = target
    item.position = _places(item) + 1
    if item.is_open:
        item.state = State.MOVED
    item.save()
    if item.is_open:
        tell(actor, plan, _told(target, this_week) % {"item": item.title}, at, item=item)
    return item


def _told(target: date | None, this_week: date) -> str:
    if target is None:
        return _("Moved “%(item)s” to later")
    if target == this_week:
        return _("Moved “%(item)s” to that week")
    return _("Moved “%(item)s” to another week")


def _places(item: PlanItem) -> int:
    rows = PlanItem.objects.filter(client=item.client, plan=item.plan_id, week_on=item.week_on)
    return max(rows.values_list("position", flat=True), default=-1)


@transaction.atomic
def reorder_item(*, actor: User, item: PlanItem, step: int, at: datetime) -> PlanItem:
    """Move an item one place up (-1) or down (+1) among those it is shown with."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, item)
    open_plan(actor=actor, client=item.client, at=at, visibility=item.visibility)
    hold(item)
    this_week = weeks.monday(weeks.day(at, actor.timezone))
    rows = PlanItem.objects.filter(
        client=item.client, plan=item.plan_id, state__in=PlanItem.OPEN
    ).order_by("position", "id")
    if item.week_on is None or item.week_on > this_week:
        rows = rows.filter(week_on=item.week_on)
    else:
        rows = rows.filter(week_on__lte=this_week)
    order = list(rows)
    here = next((n for n, one in enumerate(order) if one.pk == item.pk), None)
    if here is None:
        raise Refused(_("This item is closed. Take it up again first."))
    there = here + (1 if step > 0 else -1)
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    for place, one in enumerate(order):
        if one.position != place:
            one.position = place
            one.save(update_fields=["position"])
            if one.pk == item.pk:
                item.position = place
    return item


@transaction.atomic
def shrink_item(*, actor: User, item: PlanItem, at: datetime) -> PlanItem:
    """Make an item half as long; five minutes are the least."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, item)
    plan = open_plan(actor=actor, client=item.client, at=at, visibility=item.visibility)
    hold(item)
    half = max(SMALLEST_MINUTES, round(item.effort_minutes / 2 / 5) * 5)
    if half >= item.effort_minutes:
        raise Refused(_("This is small already. You could move it or let it go."))
    item.effort_minutes = half
    item.save(update_fields=["effort_minutes"])
    if item.is_open:
        tell(actor, plan, _("Made “%(item)s” smaller") % {"item": item.title}, at, item=item)
    return item


@transaction.atomic
def split_item(*, actor: User, item: PlanItem, at: datetime) -> list[PlanItem]:
    """Spread an item that no week can hold over as many weeks as it needs."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, item)
    plan = open_plan(actor=actor, client=item.client, at=at, visibility=item.visibility)
    hold(item)
    most = max(int(plan.capacity_hours_per_week * 60), SMALLEST_MINUTES)
    if not item.is_open or item.effort_minutes <= most:
        raise Refused(_("This item fits into one week. You could still make it smaller."))
    parts = min(ceil(item.effort_minutes / most), MOST_PARTS)
    first = item.week_on or weeks.monday(weeks.day(at, actor.timezone))
    title, minutes = item.title, ceil(item.effort_minutes / parts)
    made = []
    for n, week in enumerate(weeks.weeks(first, parts)):
        part = item if n == 0 else _copied(actor, item, at)
        words = {"title": title[:180], "n": n + 1, "parts": parts}
        part.title = _("%(title)s (part %(n)d of %(parts)d)") % words
        part.effort_minutes, part.week_on = minutes, week
        part.position = _places(part) + 1
        part.save()
        made.append(part)
    tell(actor, plan, _("Split “%(item)s” into smaller parts") % {"item": title}, at, item=item)
    return made


def _copied(actor: User, item: PlanItem, at: datetime) -> PlanItem:
    kept = (
        "client", "plan", "goal", "visibility", "kind", "cadence", "competency", "behaviour",
        "first_step", "done_when", "evidence_expected",
    )  # fmt: skip
    words = {name: getattr(item, name) for name in kept}
    return PlanItem(**words, created_by=actor, created_at=at)
