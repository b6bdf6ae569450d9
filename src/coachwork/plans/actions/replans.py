"""A round over many plans: each looked at again, and where something slipped, a proposal made.

Nobody's plan is changed: what comes out waits, until the client looks at it. The round is cut into
parts. A part is written as a whole, with the digest of its answers, so that a round that was
stopped at any moment goes on with the parts that are missing and ends with the same digest.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from coachwork.engine import weekplans
from coachwork.engine.weekplans import Outcome, Question
from coachwork.kit.errors import Refused
from coachwork.kit.pools import Pool
from coachwork.people.models import Visibility
from coachwork.plans import queries
from coachwork.plans.actions.schedules import written
from coachwork.plans.models import Plan, PlanItem, Proposal, Replan, ReplanPart
from coachwork.plans.queries.schedule import Laying

PART = 50  # plans; large enough that handing a part over costs nothing beside the work
State = Proposal.State


@dataclass(frozen=True)
class Round:
    """What came of a round."""

    replan: Replan
    plans: int
    proposed: int
    parts: int
    resumed: int  # parts that were there from an earlier start
    asked: int  # plans that were handed out in this start


def replan_all(
    *, pool: Pool, at: datetime, everybody: bool = False, part_size: int = PART
) -> Round:
    """Look at the plans again, or go on with a round that was stopped; see `coachwork replan`."""
    replan = _unfinished(everybody) or _begin(everybody, at, part_size)
    parts = {part.number: part for part in replan.parts.filter(done=False)}
    resumed = replan.parts.filter(done=True).count()
    asked: dict[int, list[Laying | None]] = {}
    total = 0

    def pieces() -> Iterator[tuple[int, tuple[Question, ...]]]:
        nonlocal total
        for number, part in parts.items():
            asked[number] = [_laying(plan, replan) for plan in _plans(replan, part)]
            questions = tuple(one.question for one in asked[number] if one is not None)
            total += len(questions)
            yield number, questions

    for number, outcomes in pool.answers(weekplans.propose_all, pieces()):
        _write(replan, parts[number], asked.pop(number), outcomes)
    return _end(replan, at, resumed, total)


def _unfinished(everybody: bool) -> Replan | None:
    """The round that was stopped, if the same engine would go on with it."""
    left = Replan.objects.filter(ended_at=None, everybody=everybody, engine=weekplans.version())
    return left.order_by("-pk").first()


@transaction.atomic
def _begin(everybody: bool, at: datetime, size: int) -> Replan:
    replan = Replan.objects.create(everybody=everybody, as_of=at, engine=weekplans.version())
    ids = list(_open_plans().values_list("pk", flat=True))
    cuts = [ids[start : start + size] for start in range(0, len(ids), size)]
    ReplanPart.objects.bulk_create(
        ReplanPart(replan=replan, number=number, first=cut[0], last=cut[-1])
        for number, cut in enumerate(cuts)
    )
    return replan


def _open_plans() -> QuerySet[Plan]:
    """The plans that are under way, of clients who have an account to answer with."""
    plans = Plan.objects.exclude(state=Plan.State.CLOSED).filter(client__user__is_active=True)
    return plans.order_by("pk")


def _plans(replan: Replan, part: ReplanPart) -> list[Plan]:
    plans = _open_plans().filter(pk__gte=part.first, pk__lte=part.last)
    if not replan.everybody:
        late = PlanItem.objects.filter(state__in=PlanItem.OPEN, week_on__lt=replan.as_of)
        plans = plans.filter(pk__in=late.values("plan"))
    return list(plans.select_related("client__user"))


def _laying(plan: Plan, replan: Replan) -> Laying | None:
    """The question of a plan, as its client sees it; None where there is nothing to ask."""
    actor = plan.client.user
    assert actor is not None
    try:
        found = queries.laying(actor=actor, client=plan.client, plan=plan, at=replan.as_of)
    except Refused:
        return None  # more items than anybody could do: the page says so
    if not found.question.pieces or not any(found.question.capacity):
        return None
    return found if replan.everybody or found.question.overdue else None


@transaction.atomic
def _write(
    replan: Replan, part: ReplanPart, asked: list[Laying | None], outcomes: tuple[Outcome, ...]
) -> None:
    """Keep a part: its proposals and its digest, both or neither."""
    held = ReplanPart.objects.select_for_update().get(pk=part.pk)
    if held.done:
        return  # by another command; it has made the same proposals
    layings = [one for one in asked if one is not None]
    answers = list(zip(layings, outcomes, strict=True))
    held.plans = len(asked)
    held.proposed = sum(_keep(found, outcome, replan) for found, outcome in answers)
    held.digest = _digest(
        [str(found.plan.pk), found.plan.version, outcome.plain()] for found, outcome in answers
    )
    held.done = True
    held.save()


def _keep(found: Laying, outcome: Outcome, replan: Replan) -> bool:
    """Make a proposal of it, unless the client has one for this plan or said no to one."""
    schedule, plan = outcome.schedule, found.plan
    if schedule is None or not schedule.steps:
        return False
    known = Proposal.objects.filter(
        client=plan.client, plan=plan, kind=Proposal.Kind.SCHEDULE, from_version=plan.version
    )
    stale = [one for one in known.filter(state=State.OPEN) if _is_over(one, found)]
    known.filter(pk__in=[one.pk for one in stale]).update(state=State.OUTDATED)
    if known.filter(state__in=(State.OPEN, State.WORKING, State.REFUSED)).exists():
        return False
    if not Plan.objects.filter(pk=plan.pk, version=plan.version).exists():
        return False  # it changed while it was being looked at
    Proposal(
        client=plan.client,
        plan=plan,
        visibility=Visibility.PRIVATE,
        created_by=plan.client.user,
        created_at=replan.as_of,
        from_version=plan.version,
        state=State.OPEN,
        content=written(found, schedule),
    ).save(force_insert=True)
    return True


def _is_over(proposal: Proposal, found: Laying) -> bool:
    """Whether it speaks of a week that has gone by."""
    this_week = found.day(0).isoformat()
    steps = proposal.content.get("steps", [])
    return any(day < this_week for step in steps for day, _ in step["weeks"])


@transaction.atomic
def _end(replan: Replan, at: datetime, resumed: int, asked: int) -> Round:
    parts = list(replan.parts.all())
    if all(part.done for part in parts):
        replan.digest = _digest(part.digest for part in parts)
        replan.ended_at = at
        replan.save()
    return Round(
        replan,
        plans=sum(part.plans for part in parts),
        proposed=sum(part.proposed for part in parts),
        parts=len(parts),
        resumed=resumed,
        asked=asked,
    )


def _digest(rows: Any) -> str:
    text = json.dumps(list(rows), sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()
