"""From the replies of a round to what the engine lets be shown, as it is frozen."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from coachwork.assessment.models import FeedbackRound, RaterReply, ReleasedSets
from coachwork.engine import anonymity
from coachwork.engine.anonymity import GroupView, Published, PulseRelease, Release, Reply, Value

# The stem asks about six months: rounds closer than that may hold the same answers.
SAME_ANSWERS = timedelta(days=183)

MIDDLE = 4  # "the same" in a pulse, whose answers are kept as 1 to 7
Comment = tuple[str, str]  # the question, and the words


def pooled(
    asked_in: FeedbackRound, *, at: datetime, without: frozenset[Comment] = frozenset()
) -> Release:
    """What may be shown of this round, after everything that was released in the last months."""
    return anonymity.release(
        _replies(asked_in, without),
        {code: items for code, items in asked_in.asked},
        before=_before(asked_in, at=at),
        seed=str(asked_in.pk),
    )


def pulsed(
    asked_in: FeedbackRound, *, at: datetime, without: frozenset[Comment] = frozenset()
) -> PulseRelease:
    """What may be shown of this pulse, after the earlier ones on the same behaviour."""
    return anonymity.pulse(
        _replies(asked_in, without, middle=MIDDLE),
        behaviour_of(asked_in),
        before=_before(asked_in, at=at),
        seed=str(asked_in.pk),
    )


def behaviour_of(asked_in: FeedbackRound) -> str:
    """The one behaviour that a pulse asks about, by its id."""
    return str(asked_in.asked[0][1][0])


def comments_of(asked_in: FeedbackRound) -> set[Comment]:
    """Everything that was handed in in words, whoever wrote it."""
    said = [reply.comments for reply in _replies(asked_in, frozenset())]
    return {(code, text.strip()) for one in said for code, text in one.items()}


def _replies(
    asked_in: FeedbackRound, without: frozenset[Comment], *, middle: int = 0
) -> list[Reply]:
    """What was handed in; a comment that is kept back counts as one that was never written."""
    handed_in = RaterReply.objects.filter(
        client=asked_in.client, round=asked_in, state=RaterReply.State.SUBMITTED
    )
    return [
        Reply(
            rater=row.rater,
            group=row.group,
            scores={item: score - middle for item, score in row.scores.items() if score},
            comments={
                code: text
                for code, text in row.comments.items()
                if (code, text.strip()) not in without
            },
            picks=tuple(row.picks),
        )
        for row in handed_in
    ]


def _before(asked_in: FeedbackRound, *, at: datetime) -> list[Published]:
    """Earlier releases that may hold the same answers.

    A pulse asks something else than a round does, and another behaviour is another question: what
    was said there is no part of what is said here, so there is nothing to subtract.
    """
    rows = ReleasedSets.objects.filter(
        client=asked_in.client, created_at__gt=at - SAME_ANSWERS, round__mode=asked_in.mode
    ).exclude(round=asked_in)
    if asked_in.mode == FeedbackRound.Mode.PULSE:
        same = [
            row
            for row in rows.select_related("round").order_by("pk")
            if behaviour_of(row.round) == behaviour_of(asked_in)
        ]
        return [_published(row.sets) for row in same]
    return [_published(row.sets) for row in rows.order_by("pk")]


def is_empty(asked_in: FeedbackRound) -> bool:
    """Whether nothing could be shown as it stands."""
    handed_in = RaterReply.objects.filter(
        client=asked_in.client, round=asked_in, state=RaterReply.State.SUBMITTED
    )
    groups = list(handed_in.values_list("group", flat=True))
    anonymous = [one for one in groups if one != anonymity.ATTRIBUTABLE]
    return len(groups) == len(anonymous) and len(anonymous) < anonymity.RULES.least


def frozen(asked_in: FeedbackRound, release: Release, own: Mapping[str, float]) -> dict[str, Any]:
    """The report as it is kept: shown values alone, nothing that they were made from."""
    return {
        "rule": anonymity.RULE,
        "framework": str(asked_in.framework),
        "asked": asked_in.asked,
        "own": dict(own),
        "groups": [_group(view) for view in release.groups],
        "named": [_group(view) for view in release.named],
        "withheld": [{"group": one.group, "reason": one.reason} for one in release.withheld],
        "overall": None if release.overall is None else _values(release.overall),
        "comments": {code: list(texts) for code, texts in release.comments.items()},
        "named_comments": {code: list(texts) for code, texts in release.named_comments.items()},
        "picks": [
            {"name": one.name, "groups": list(one.groups), "n": one.n, "counts": dict(one.counts)}
            for one in release.picks
        ],
        "named_picks": list(release.named_picks),
    }


def frozen_pulse(asked_in: FeedbackRound, made: PulseRelease) -> dict[str, Any]:
    """What a pulse shows, as it is kept: words and counts, and no level."""
    spread = made.spread
    return {
        "rule": anonymity.RULE,
        "framework": str(asked_in.framework),
        "asked": asked_in.asked,
        "spread": None
        if spread is None
        else {
            "n": spread.n,
            "unsure": spread.unsure,
            "counts": None if spread.counts is None else dict(spread.counts),
            "nearly": spread.nearly,
            "leaning": spread.leaning,
        },
        "named_spread": list(made.named),
        "withheld": [{"group": one.group, "reason": one.reason} for one in made.release.withheld],
        "comments": {code: list(texts) for code, texts in made.release.comments.items()},
        "named_comments": {
            code: list(texts) for code, texts in made.release.named_comments.items()
        },
    }


def sets_of(release: Release) -> dict[str, Any]:
    """Whom the release was made from, by pseudonyms."""
    said = release.published
    return {
        "cells": [sorted(one) for one in said.cells],
        "columns": {item: [sorted(one) for one in sets] for item, sets in said.columns.items()},
        "comments": {code: [sorted(one) for one in sets] for code, sets in said.comments.items()},
    }


def _published(sets: Mapping[str, Any]) -> Published:
    def by_key(part: Mapping[str, Any]) -> dict[str, tuple[frozenset[str], ...]]:
        return {key: tuple(frozenset(one) for one in some) for key, some in part.items()}

    return Published(
        cells=tuple(frozenset(one) for one in sets.get("cells", ())),
        columns=by_key(sets.get("columns", {})),
        comments=by_key(sets.get("comments", {})),
    )


def _group(view: GroupView) -> dict[str, Any]:
    return {
        "name": view.name,
        "groups": list(view.groups),
        "n": view.n,
        "competencies": _values(view.competencies),
        "items": _values(view.items),
    }


def _values(values: Mapping[str, Value]) -> dict[str, Any]:
    return {
        key: {"value": one.value, "n": one.n, "bound": one.bound} for key, one in values.items()
    }
