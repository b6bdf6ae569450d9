"""A schedule for the plan: asked for, worked out, and kept as a proposal that changes nothing."""

import logging
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.engine import weekplans
from coachwork.engine.scheduling import CircularError, PlanningError
from coachwork.engine.weekplans import Question, Schedule, Step
from coachwork.kit import jobs
from coachwork.kit.errors import Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility
from coachwork.plans import queries
from coachwork.plans.actions.locks import hold
from coachwork.plans.models import Proposal
from coachwork.plans.queries.schedule import Laying

State = Proposal.State
AT_ONCE = 60  # pieces that are laid while the page waits; more are laid by the worker
log = logging.getLogger(__name__)


@transaction.atomic
def propose_schedule(*, actor: User, client: Client, at: datetime) -> Proposal:
    """Work out a schedule and put it on the table; one that was open before is overtaken."""
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    plan = queries.plan_of(actor=actor, client=client)
    if plan is None:
        raise Refused(_("There is no plan yet. Write a goal or add one thing to do first."))
    hold(plan)
    found = queries.laying(actor=actor, client=client, plan=plan, at=at)
    _something_to_lay(found.question)
    waiting = Proposal.objects.filter(client=client, plan=plan, kind=Proposal.Kind.SCHEDULE)
    waiting.filter(state__in=(State.OPEN, State.WORKING)).update(state=State.OUTDATED)
    proposal = Proposal(
        client=client,
        plan=plan,
        # It names things that may be the client's alone; what is accepted shows in the plan.
        visibility=Visibility.PRIVATE,
        created_by=actor,
        created_at=at,
        from_version=plan.version,
    )
    proposal.save(force_insert=True)
    if len(found.question.pieces) > AT_ONCE:
        jobs.enqueue("coachwork.plans.jobs.work_out", proposal.pk)
    else:
        _work_out(proposal, found)
    people.note(
        actor=actor,
        client=client,
        kind="schedule.proposed",
        item=proposal.pk,
        at=at,
        visibility=proposal.visibility,
    )
    return proposal


def _something_to_lay(question: Question) -> None:
    """Refuse a question that has no answer, in words that say what to do."""
    if not question.pieces:
        raise Refused(_("There is nothing to lay out yet. Write a goal or add one thing to do."))
    if not any(question.capacity):
        raise Refused(
            _("No week to come has any time for the plan. Set your hours first; nothing moved.")
        )


@transaction.atomic
def work_out_schedule(*, proposal_id: UUID, at: datetime) -> None:
    """Finish a schedule that was too large for a page; once it is there, nothing more is done."""
    proposal = Proposal.objects.select_related("client__user", "plan").filter(pk=proposal_id)
    found = proposal.select_for_update(of=("self",)).first()
    if found is None or found.state != State.WORKING:
        return
    actor = found.client.user
    if actor is None or found.plan.version != found.from_version:
        found.state = State.OUTDATED
        found.save(update_fields=["state"])
        return
    laid = queries.laying(actor=actor, client=found.client, plan=found.plan, at=at)
    _work_out(found, laid)


def _work_out(proposal: Proposal, found: Laying) -> None:
    """Ask the engine; what goes wrong there is told plainly, and the plan is as it was."""
    try:
        schedule = weekplans.propose(found.question)
    except CircularError as loop:
        proposal.state = State.FAILED
        proposal.content = {"why": "loop", "items": list(loop.loop)}
    except PlanningError:
        proposal.state, proposal.content = State.FAILED, {"why": "question"}
    except Exception as fault:
        log.error("a schedule could not be worked out: %s", type(fault).__name__)
        proposal.state, proposal.content = State.FAILED, {"why": "fault"}
    else:
        proposal.state = State.OPEN
        proposal.content = written(found, schedule)
    proposal.save(update_fields=["state", "content"])


def written(found: Laying, schedule: Schedule) -> dict[str, Any]:
    """A schedule as it is kept: ids, dates and numbers, and what suggestions say."""
    return {
        "how": schedule.how,
        "slip": bool(found.question.overdue),
        "reserve": found.question.reserve,
        "gap": schedule.gap,
        "steps": [_step(found, number, one) for number, one in enumerate(schedule.steps)],
        "left": [_left(found, key, why) for key, why in schedule.left],
        "covered": [
            {"goal": one.goal, "share": round(one.share, 3), "assumed": one.assumed}
            for one in schedule.covered
        ],
        "helps": [
            {"hours": one.hours, "weeks": one.weeks, "lower": list(one.lower)}
            for one in schedule.helps
        ],
        "clash": list(schedule.clash),
        "beyond": list(schedule.beyond),
        "troubles": [list(one) for one in schedule.troubles],
    }


def _step(found: Laying, number: int, step: Step) -> dict[str, Any]:
    offered = found.suggestions.get(step.key)
    item = found.items.get(step.key)
    weeks = [[_iso(found.day(week)), minutes] for week, minutes in step.weeks]
    said: dict[str, Any] = {"n": number, "do": step.do, "weeks": weeks}
    said["before"] = _iso(found.day(step.before)) if step.before is not None else None
    if offered is not None:
        said |= {"goal": str(offered.goal.pk), "blueprint": offered.code, "title": offered.title}
        said["comes_back"] = step.key in found.series
    elif item is not None:
        said |= {"item": str(item.pk), "goal": str(item.goal_id or ""), "title": item.title}
        said["comes_back"] = step.key in found.series
    return said


def _left(found: Laying, key: str, why: str) -> dict[str, str]:
    offered, item = found.suggestions.get(key), found.items.get(key)
    title = offered.title if offered else item.title if item else ""
    return {"title": title, "why": why, "item": str(item.pk) if item else ""}


def _iso(day: date) -> str:
    return day.isoformat()
