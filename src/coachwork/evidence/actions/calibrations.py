"""Keep a calibration of a framework: a new version, made once, from a batch of released rounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils import crypto

from coachwork.engine.ratings import calibration, diagnosis, keeping
from coachwork.engine.ratings.parameters import categories
from coachwork.engine.ratings.ratings import Ratings
from coachwork.engine.ratings.scale import Scale, from_record
from coachwork.evidence.models import Calibration
from coachwork.frameworks.models import Framework

# Below these, every behaviour counts as hard as the next and raters as the literature has them.
FEWEST_CLIENTS: Final = 30  # whom others have rated
FEWEST_SITTINGS: Final = 100  # one rater about one competency
PAIRS: Final = (("peer", "report"), ("self", "peer"))


@dataclass(frozen=True)
class Batch:
    """What a framework's people have answered, with what belongs to which competency."""

    given: Ratings
    behaviours: Mapping[str, Sequence[str]]
    clients: int  # whom others have rated
    raters: int  # other than the clients themselves


def latest(framework: Framework) -> Calibration | None:
    """The version that counts now."""
    return Calibration.objects.filter(framework=framework).order_by("-version").first()


@transaction.atomic
def keep_calibration(
    *, framework: Framework, batch: Batch, at: datetime, before: Calibration | None
) -> Calibration | None:
    """Fit the model and keep what may be kept; nothing below the minimum of people."""
    if batch.clients < FEWEST_CLIENTS:
        return None
    version = before.version + 1 if before else 1
    anchors = from_record(before.scale) if before else None
    known = set(batch.given.items.labels.tolist())
    shared = anchors is not None and bool(known & set(anchors.items))
    found = calibration.calibrate(
        batch.given, anchors=anchors if shared else None, version=f"{framework}, {version}"
    )
    sittings = _sittings(found)
    if sum(n for kind, n in sittings.items() if kind != "self") < FEWEST_SITTINGS:
        return None
    scale = keeping.kept(
        found.scale,
        answers=_answers(found),
        sittings=sittings,
        before=anchors,
        chance=_chance(framework, version),
    )
    if scale is None:
        return None
    row = Calibration(
        framework=framework,
        version=version,
        created_at=at,
        scale=_named(scale, before).record(),
        behaviours={key: list(items) for key, items in batch.behaviours.items()},
        diagnosis=diagnosis.diagnosis(found, pairs=PAIRS).record(),
        clients=batch.clients // 10 * 10,
        raters=batch.raters // 10 * 10,
        answers=len(batch.given) // 100 * 100,
    )
    row.save(force_insert=True)
    return row


def _named(scale: Scale, before: Calibration | None) -> Scale:
    return replace(scale, anchored_to=before.scale["version"] if before else "")


def _sittings(found: calibration.Calibration) -> dict[str, int]:
    kinds = np.concatenate([one.sittings.kind for one in found.shards])
    names = sorted(found.scale.kinds)
    return {name: int((kinds == k).sum()) for k, name in enumerate(names)}


def _answers(found: calibration.Calibration) -> dict[str, int]:
    counts = np.nansum(categories([one.sittings for one in found.shards]), axis=1)
    return {str(item): int(n) for item, n in zip(found.scale.items, counts, strict=True)}


def _chance(framework: Framework, version: int) -> np.random.Generator:
    """The blur of a version: always the same here, and known to nobody without the secret."""
    seed = crypto.salted_hmac(
        "coachwork.calibration", f"{framework.pk}:{version}", secret=settings.SECRET_KEY
    )
    return np.random.default_rng(int.from_bytes(seed.digest(), "big"))
