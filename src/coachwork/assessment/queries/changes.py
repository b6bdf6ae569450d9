"""What has changed since the report before: from the two frozen reports, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from coachwork.assessment.models import FeedbackRound, RoundReport
from coachwork.engine import estimates
from coachwork.engine.estimates import Observation
from coachwork.evidence.models.limits import day_of
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import User


@dataclass(frozen=True)
class Changes:
    """Since when, and by the id of the competency: 1 more, -1 less, 0 no clear change."""

    since: date | None = None
    signs: Mapping[str, int] = field(default_factory=dict)


def changes(*, actor: User, asked_in: FeedbackRound, row: RoundReport) -> Changes:
    """This report beside the one before it, where both asked the same of the same kinds of people.

    Only groups that both reports show are compared, each by what it is shown to say.
    """
    seen = access.visible(actor, Thing.REPORT, client=asked_in.client)
    before = (
        RoundReport.objects.filter(
            seen, round__framework=asked_in.framework_id, created_at__lt=row.created_at
        )
        .exclude(round__mode=FeedbackRound.Mode.PULSE)
        .order_by("-created_at")
        .first()
    )
    if before is None:
        return Changes()
    then, now = _views(before.shown), _views(row.shown)
    names = then.keys() & now.keys()
    asked = {code: items for code, items in row.shown.get("asked", ())}
    signs = {}
    for code, items in asked.items():
        both = sorted(n for n in names if code in then[n] and code in now[n])
        found = estimates.level_change(
            _said(then, both, code, items, day_of(before.created_at)),
            _said(now, both, code, items, day_of(row.created_at)),
        )
        if found is not None:
            signs[code] = found.sign
    return Changes(day_of(before.created_at), signs)


def _views(shown: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    return {
        view["name"]: view["competencies"]
        for view in [*shown.get("named", ()), *shown.get("groups", ())]
    }


def _said(
    views: Mapping[str, Mapping[str, Any]], names: list[str], code: str, items: Any, on: date
) -> list[Observation]:
    return [
        Observation(name, views[name][code]["value"], on, views[name][code]["n"], behaviour=item)
        for name in names
        for item in items
    ]
