"""The four lists of a report, found once at release from nothing but what it shows."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from coachwork.assessment.models import FeedbackRound, SelfAssessment, SelfRating
from coachwork.engine import estimates, gaps
from coachwork.engine.estimates import SELF, Observation
from coachwork.evidence.models import AimTarget
from coachwork.evidence.queries import LISTS
from coachwork.people.models import Client, Visibility


def own_answers(client: Client) -> dict[str, list[int]]:
    """The client's own newest answers to each competency: nobody else's are in them."""
    rows = (
        SelfRating.objects.filter(client=client, level__isnull=False)
        .exclude(assessment__state=SelfAssessment.State.DRAFT)
        .order_by("-assessment__submitted_at", "-assessment")
        .values_list("competency_id", "assessment_id", "level")
    )
    newest: dict[str, UUID] = {}
    said: dict[str, list[int]] = {}
    for competency_id, assessment_id, level in rows:
        code = str(competency_id)
        if newest.setdefault(code, assessment_id) == assessment_id:
            said.setdefault(code, []).append(int(level or 0))
    return said


def frozen(
    asked_in: FeedbackRound, shown: Mapping[str, Any], own: Mapping[str, Sequence[int]], *, on: date
) -> dict[str, Any]:
    """The lists as they are kept, with what they were made from beside them.

    Values of a group go in as they are shown, so that the lists tell nothing that is not shown.
    """
    targets = _targets(asked_in.client)
    seen = [
        (code, targets.get(code), _estimate(code, items, shown, own.get(code, ()), on))
        for code, items in asked_in.asked
    ]
    found = gaps.four_lists(seen)
    return {
        "rule": str(found.rule),
        "targets": {code: target for code, target, _estimate in seen if target is not None},
        # With the mean beside it, how many answers there were is all that the model asks for.
        "answers": {code: len(own[code]) for code, _items in asked_in.asked if code in own},
        "everywhere": found.everywhere,
        **{name: list(getattr(found, name)) for name in LISTS},
    }


def _estimate(
    code: str, items: Sequence[str], shown: Mapping[str, Any], own: Sequence[int], on: date
) -> estimates.LevelEstimate:
    mine = [Observation(SELF, level, on, behaviour=f"{k}") for k, level in enumerate(own)]
    theirs = [
        Observation(
            view["name"],
            view["competencies"][code]["value"],
            on,
            n_raters=view["competencies"][code]["n"],
            behaviour=item,
        )
        for view in [*shown["named"], *shown["groups"]]
        if code in view["competencies"]
        for item in items
    ]
    return estimates.level_view([*mine, *theirs], at=on)


def _targets(client: Client) -> dict[str, float]:
    """What the client looks for, where whoever reads the report may know of it too."""
    rows = AimTarget.objects.filter(client=client, aim__ended_at__isnull=True)
    rows = rows.exclude(aim__visibility=Visibility.PRIVATE)
    return {str(row.competency_id): float(row.level) for row in rows}
