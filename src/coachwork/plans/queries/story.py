"""The plan's history, told newest first: what changed, who changed it and why."""

from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.plans.models import Goal, Plan, PlanItem, PlanVersion

PAGE = 50


def story(
    *, actor: User, client: Client, plan: Plan, before: int | None = None
) -> list[PlanVersion]:
    """The changes of one plan; `before` is the last number of the page before.

    A helper reads only lines about what they may read now, even where a line was once open.
    """
    rows = PlanVersion.objects.filter(access.visible(actor, Thing.PLAN, client=client), plan=plan)
    if before is not None:
        rows = rows.filter(number__lt=before)
    found = list(rows.select_related("created_by").order_by("-number")[:PAGE])
    if client.user_id == actor.pk:
        return found
    about = {line.content.get("about", "") for line in found}
    goals = Goal.objects.filter(access.visible(actor, Thing.GOALS, client=client), pk__in=about)
    items = PlanItem.objects.filter(access.visible(actor, Thing.PLAN, client=client), pk__in=about)
    readable = {str(plan.pk)}
    readable |= {str(pk) for pk in goals.values_list("pk", flat=True)}
    readable |= {str(pk) for pk in items.values_list("pk", flat=True)}
    return [line for line in found if line.content.get("about", "") in readable]
