"""Keep how a goal reads, for ever, each time it changes."""

from datetime import datetime

from coachwork.people.models import User
from coachwork.plans.actions import wording
from coachwork.plans.models import Goal, GoalVersion


def keep_version(actor: User, goal: Goal, reason: str, at: datetime) -> GoalVersion:
    """Freeze how the goal reads now as its next version."""
    versions = GoalVersion.objects.filter(client=goal.client_id, goal=goal)
    last = versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = GoalVersion(
        client=goal.client,
        visibility=goal.visibility,
        created_by=actor,
        created_at=at,
        goal=goal,
        number=last + 1,
        reason=reason,
        wording=wording.frozen(goal, list(goal.rungs.all())),
    )
    version.save(force_insert=True)
    goal.version = version.number
    goal.save(update_fields=["version"])
    return version
