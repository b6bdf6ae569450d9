"""The plan as JSON; `plan.schema.json` beside this file describes it."""

import json
from datetime import datetime
from typing import Any

from coachwork.plans.models import Goal, IfThen, PlanItem
from coachwork.plans.queries import Sheet

CONTENT_TYPE = "application/json"
FORMAT = "coachwork-plan/1"


def file(sheet: Sheet, *, at: datetime) -> bytes:
    """One object: the plan, its goals with their rungs, items, and if-thens."""
    plan = sheet.plan
    found = {
        "format": FORMAT,
        "exported_at": at.isoformat(),
        "name": sheet.client.name,
        "plan": {
            "state": plan.state,
            "version": plan.version,
            "hours_per_week": float(plan.capacity_hours_per_week),
            "reserve_weeks": plan.reserve_weeks,
            "review_dates": list(plan.review_dates),
        }
        if plan
        else None,
        "goals": [_goal(one) for one in sheet.goals],
        "items": [_item(one, sheet) for one in sheet.items],
        "if_thens": [_if_then(one, sheet) for one in sheet.if_thens],
    }
    return json.dumps(found, ensure_ascii=False, indent=2, default=str).encode()


def _goal(goal: Goal) -> dict[str, Any]:
    return {
        "id": str(goal.pk),
        "kind": goal.kind,
        "state": goal.state,
        "title": goal.title,
        "why": goal.why,
        "baseline": goal.baseline,
        "obstacle": goal.obstacle,
        "competency": goal.competency.worded("name") if goal.competency else None,
        "weight": goal.weight,
        "target_on": goal.target_on,
        "rungs": [
            {"level": rung.level, "text": rung.text, "reached_on": rung.reached_on}
            for rung in goal.rungs.all()
        ],
    }


def _item(item: PlanItem, sheet: Sheet) -> dict[str, Any]:
    return {
        "id": str(item.pk),
        "goal": _served(sheet.goal_of(item)),
        "kind": item.kind,
        "state": item.state,
        "title": item.title,
        "first_step": item.first_step,
        "minutes": item.effort_minutes,
        "cadence": item.cadence,
        "week_on": item.week_on,
        "until": item.window_end,
        "done_when": item.done_when,
        "evidence_expected": item.evidence_expected,
        "after": [str(need.needed_id) for need in item.needs.all()],
    }


def _served(goal: Goal | None) -> str | None:
    return str(goal.pk) if goal else None


def _if_then(pair: IfThen, sheet: Sheet) -> dict[str, Any]:
    return {
        "id": str(pair.pk),
        "goal": _served(sheet.goal_of(pair)),
        "cue": pair.cue_type,
        "if": pair.if_text,
        "then": pair.then_text,
        "rests_until": pair.rests_until,
    }
