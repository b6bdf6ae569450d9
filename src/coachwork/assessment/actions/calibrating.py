"""Gather what may enter a calibration: own answers, and what stands behind published values.

An answer that no report shows (a group too small, a round that is not released) is never read here,
so that nothing that follows from a calibration can lead back to it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from coachwork.assessment.models import (
    FeedbackRound,
    RaterReply,
    ReleasedSets,
    RoundReport,
    SelfAssessment,
    SelfRating,
)
from coachwork.engine.anonymity import ATTRIBUTABLE
from coachwork.engine.ratings.ratings import ratings
from coachwork.evidence import actions as evidence
from coachwork.evidence.actions import Batch
from coachwork.evidence.models import Calibration
from coachwork.evidence.models.limits import day_of
from coachwork.frameworks.models import Behaviour, Framework
from coachwork.people.models import Organisation

NEW_CLIENTS: Final = 10  # with a round released since the last version, before there is a new one

Row = tuple[str, str, str, str, str, int, int]  # client, skill, item, rater, kind, day, answer


def calibrate_due(*, at: datetime, organisation: Organisation | None = None) -> list[Calibration]:
    """Calibrate every framework with enough that is new; of one organisation, or all."""
    found = Framework.objects.filter(
        pk__in=FeedbackRound.objects.filter(released_at__lte=at).values("framework")
    )
    if organisation is not None:
        found = found.filter(organisation=organisation)
    made = [calibrate_framework(framework=one, at=at) for one in found.order_by("pk")]
    return [one for one in made if one is not None]


def calibrate_framework(*, framework: Framework, at: datetime) -> Calibration | None:
    """A new version for this framework; None where there is too little, or too little new."""
    before = evidence.latest(framework)
    released = FeedbackRound.objects.filter(framework=framework, released_at__lte=at)
    new = released if before is None else released.filter(released_at__gt=before.created_at)
    if new.values("client").distinct().count() < NEW_CLIENTS:
        return None
    skill_of = _skills(framework)
    theirs = list(_others(framework, skill_of, at))
    rows = [*theirs, *_own(framework, at)]
    if not theirs:
        return None
    columns = list(zip(*rows, strict=True))
    clients, skills, items, raters, kinds, days, answers = (list(one) for one in columns)
    given = ratings(
        clients=clients, skills=skills, items=items, raters=raters, kinds=kinds,
        days=days, answers=answers, lowest=1, steps=4,
    )  # fmt: skip
    behaviours: dict[str, list[str]] = {}
    for item, skill in skill_of.items():
        behaviours.setdefault(skill, []).append(item)
    batch = Batch(
        given,
        behaviours,
        clients=len({row[0] for row in theirs}),
        raters=len({(row[0], row[3]) for row in theirs}),
    )
    return evidence.keep_calibration(framework=framework, batch=batch, at=at, before=before)


def _skills(framework: Framework) -> dict[str, str]:
    rows = Behaviour.objects.filter(competency__framework=framework).order_by("competency", "pk")
    return {str(pk): str(skill) for pk, skill in rows.values_list("pk", "competency")}


def _others(framework: Framework, skill_of: dict[str, str], at: datetime) -> Iterator[Row]:
    """The answers behind what the reports show, rater by rater."""
    # A pulse asks about a change and not about a level.
    rounds = FeedbackRound.objects.filter(
        framework=framework, released_at__lte=at, mode=FeedbackRound.Mode.FULL
    )
    sets = dict(ReleasedSets.objects.filter(round__in=rounds).values_list("round", "sets"))
    shown = dict(RoundReport.objects.filter(round__in=rounds).values_list("round", "shown"))
    replies = RaterReply.objects.filter(round__in=rounds, state=RaterReply.State.SUBMITTED)
    wanted = ("round", "client", "rater", "group", "scores", "submitted_on")
    for round_id, client, rater, group, scores, on in replies.order_by("pk").values_list(*wanted):
        if round_id not in shown or round_id not in sets:
            continue
        counted = _named(shown[round_id]) if group == ATTRIBUTABLE else None
        columns = sets[round_id].get("columns", {})
        for item, score in sorted(scores.items()):
            stands = _stands(rater, columns.get(item, ())) if counted is None else item in counted
            if score and stands and item in skill_of:
                yield (
                    str(client), skill_of[item], item, rater, group,
                    on.toordinal() if on else day_of(at).toordinal(), int(score),
                )  # fmt: skip


def _stands(rater: str, sets: Any) -> bool:
    """Whether this rater's answer is in a sum that is shown."""
    return any(rater in one for one in sets)


def _named(shown: dict[str, Any]) -> set[str]:
    """The questions that a view with a name on it was asked, where the report shows that view."""
    if not shown["named"]:
        return set()
    return {item for _code, items in shown["asked"] for item in items}


def _own(framework: Framework, at: datetime) -> Iterator[Row]:
    """What clients answered about themselves, whole competencies too."""
    rows = (
        SelfRating.objects.filter(
            assessment__framework=framework,
            assessment__submitted_at__lte=at,
            level__isnull=False,
        )
        .exclude(assessment__state=SelfAssessment.State.DRAFT)
        .order_by("pk")
    )
    wanted = ("client", "competency", "behaviour", "level", "assessment__submitted_at")
    for client, competency, behaviour, level, when in rows.values_list(*wanted):
        yield (
            str(client), str(competency), str(behaviour or competency), f"self {client}", "self",
            day_of(when).toordinal(), int(level or 0),
        )  # fmt: skip
