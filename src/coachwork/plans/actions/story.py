"""The story of a plan: every change that matters, who made it and why."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.plans.actions.locks import hold
from coachwork.plans.models import Goal, Plan, PlanItem, PlanVersion

Trigger = PlanVersion.Trigger


@transaction.atomic
def open_plan(*, actor: User, client: Client, at: datetime, visibility: str) -> Plan:
    """The client's one open plan, held until the transaction ends; a draft where there is none."""
    access.require(actor, Verb.PROPOSE, Thing.PLAN, client)
    found = _open(client)
    if found is not None:
        return found
    plan = Plan(client=client, visibility=visibility, created_by=actor, created_at=at)
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
    except IntegrityError:
        # Somebody opened it at the same moment: theirs is the one.
        found = _open(client)
        if found is None:
            raise
        return found
    return plan


def _open(client: Client) -> Plan | None:
    rows = Plan.objects.select_for_update().filter(client=client)
    return rows.exclude(state=Plan.State.CLOSED).first()


def tell(  # noqa: PLR0913  one line of the story: who, what, when, about what and why
    actor: User,
    plan: Plan,
    what: str,
    at: datetime,
    *,
    goal: Goal | None = None,
    item: PlanItem | None = None,
    reason: str = "",
    trigger: str = Trigger.CLIENT,
) -> PlanVersion:
    """Write the next version of the plan; its readers are those of what changed."""
    about: Goal | PlanItem | Plan = item or goal or plan
    hold(plan)
    plan.version += 1
    plan.save(update_fields=["version"])
    version = PlanVersion(
        client=plan.client,
        visibility=about.visibility,
        created_by=actor,
        created_at=at,
        plan=plan,
        number=plan.version,
        trigger=trigger,
        what=what[:300],
        reason=reason.strip()[:300],
        content={
            "about": str(about.pk),
            "state": plan.state,
            "capacity_hours_per_week": str(plan.capacity_hours_per_week),
            "reserve_weeks": plan.reserve_weeks,
            "items": _items(plan),
        },
    )
    version.save(force_insert=True)
    return version


def _items(plan: Plan) -> list[dict[str, Any]]:
    """The open items as they stand; what is done or let go is in the versions before."""
    rows = PlanItem.objects.filter(client=plan.client_id, plan=plan, state__in=PlanItem.OPEN)
    return [
        {**row, "id": str(row["id"]), "goal": str(row["goal"]) if row["goal"] else None}
        | {
            name: day.isoformat() if (day := row[name]) else None
            for name in ("week_on", "window_end")
        }
        for row in rows.order_by("week_on", "position", "id").values(
            "id",
            "goal",
            "title",
            "kind",
            "state",
            "week_on",
            "window_end",
            "cadence",
            "effort_minutes",
            "position",
        )
    ]
