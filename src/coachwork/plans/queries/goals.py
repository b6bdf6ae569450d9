"""Goals with their outcomes, every wording they have had, and what became of offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Case, Prefetch, When

from coachwork.evidence import queries as evidence
from coachwork.frameworks.models import Competency
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.plans.models import Goal, GoalVersion, Rung

PAGE = 30


@dataclass(frozen=True)
class Offer:
    """What the person who offered a goal reads of it: their own words and a short answer."""

    client: Client
    offered_text: str
    offered_at: datetime
    not_taken_up: bool
    reason: str


def goals(
    *, actor: User, client: Client, states: Sequence[str] | None = None, limit: int = 200
) -> list[Goal]:
    """Goals with their outcomes: the active ones first, the closed ones last."""
    rows = Goal.objects.filter(access.visible(actor, Thing.GOALS, client=client))
    if states is None:
        rows = rows.exclude(state=Goal.State.OFFERED)
    else:
        rows = rows.filter(state__in=states)
    rungs = Prefetch("rungs", queryset=Rung.objects.order_by("level"))
    rows = rows.select_related("competency__framework").prefetch_related(rungs)
    return list(rows.order_by(FIRST_THINGS_FIRST, "-pk")[:limit])


ORDER = (
    Goal.State.ACTIVE,
    Goal.State.AGREED,
    Goal.State.DRAFT,
    Goal.State.OFFERED,
    Goal.State.PAUSED,
)
FIRST_THINGS_FIRST = Case(
    *(When(state=state, then=place) for place, state in enumerate(ORDER)), default=len(ORDER)
)


def goal(*, actor: User, goal_id: UUID) -> Goal:
    """One goal with what it is about and its outcomes."""
    rows = Goal.objects.filter(access.visible(actor, Thing.GOALS))
    rungs = Prefetch("rungs", queryset=Rung.objects.order_by("level"))
    return (
        rows.select_related("client", "competency__framework", "behaviour")
        .prefetch_related(rungs)
        .get(pk=goal_id)
    )


def versions(*, actor: User, goal: Goal, before: int | None = None) -> list[GoalVersion]:
    """How the goal has read, the newest wording first; `before` is the last number of the page."""
    access.require_row(actor, Verb.READ, Thing.GOALS, goal)
    rows = GoalVersion.objects.filter(client=goal.client, goal=goal)
    if before is not None:
        rows = rows.filter(number__lt=before)
    return list(rows.select_related("created_by").order_by("-number")[:PAGE])


def focus(*, actor: User, client: Client) -> list[Competency]:
    """What a new goal may be about: the client's focus first, then the rest of the aim."""
    aim = evidence.aim(actor=actor, client=client)
    if aim is None:
        return []
    chosen = evidence.focus(actor=actor, client=client)
    known = {competency.pk for competency in chosen}
    rest = [row.competency for row in aim.targets.all() if row.competency_id not in known]
    return [*chosen, *rest]


def left_aside(goal: Goal) -> bool:
    """Whether an offer was declined; what was taken up once is no offer any more."""
    return goal.state == Goal.State.DROPPED and goal.taken_up_at is None


def offers(*, actor: User) -> list[Offer]:
    """Goals that the actor offered to others: what they wrote, and whether it was left aside."""
    helped = access.open_relationships(actor).values("client")
    rows = Goal.objects.filter(created_by=actor, client__in=helped).exclude(offered_text="")
    return [
        Offer(
            client=goal.client,
            offered_text=goal.offered_text,
            offered_at=goal.created_at,
            not_taken_up=left_aside(goal),
            # Why a goal was let go that had become the client's own is nobody else's business.
            reason=goal.close_reason if left_aside(goal) else "",
        )
        for goal in rows.select_related("client").order_by("-pk")[:PAGE]
    ]
