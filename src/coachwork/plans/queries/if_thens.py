"""If-then plans, and how often each was practised."""

from uuid import UUID

from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.plans.models import Goal, IfThen


def if_thens(
    *,
    actor: User,
    client: Client,
    goal: Goal | None = None,
    active: bool | None = None,
    ended: bool = False,
    limit: int = 100,
) -> list[IfThen]:
    """If-then plans with their goals; those that ended only when asked for."""
    rows = IfThen.objects.filter(access.visible(actor, Thing.PLAN, client=client))
    if goal is not None:
        rows = rows.filter(goal=goal)
    if active is not None:
        rows = rows.filter(active=active)
    if not ended:
        rows = rows.filter(ended_at__isnull=True)
    rows = rows.select_related("goal__competency", "goal__behaviour")
    return list(rows.order_by("-active", "-pk")[:limit])


def if_then(*, actor: User, if_then_id: UUID) -> IfThen:
    """One if-then plan with the goal it serves."""
    rows = IfThen.objects.filter(access.visible(actor, Thing.PLAN))
    return rows.select_related("client", "goal__competency", "goal__behaviour").get(pk=if_then_id)
