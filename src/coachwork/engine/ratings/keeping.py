"""What of a calibration is kept: parameters of behaviours and of kinds, and nothing of people.

A calibration comes from answers that were given in confidence, so what is kept of it must not lead
back to one of them. No skill and no severity of a rater goes in. A behaviour's steps are set once,
from a batch, and stay: nobody can subtract two versions of them. And everything new is blurred by
about as much as it is unsure anyway, which is more than one rater can move it; `chance` is seeded
from a secret, so that the blur cannot be worked out.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from coachwork.engine.ratings.scale import Scale
from coachwork.engine.ratings.settings import Kind

FEWEST_ANSWERS: Final = 100  # to a behaviour, before it has steps of its own
FEWEST_SITTINGS: Final = 30  # of a kind, before it has a spread of its own
# Logits times answers, of a step. One answer among n moves a step by up to about 5 / n; this is
# several times that, and at 100 answers still no more than the step is unsure anyway (.25).
BLUR: Final = 30.0
LEAST_BLUR: Final = 0.05
BLUR_OF_KINDS: Final = 0.03
DIGITS: Final = 2


def kept(
    scale: Scale,
    *,
    answers: Mapping[Any, int],
    sittings: Mapping[str, int],
    before: Scale | None,
    chance: np.random.Generator,
) -> Scale | None:
    """The scale as it may be kept; None where no behaviour has enough answers.

    `answers` are of behaviours, `sittings` of kinds of sources. What `before` knows stays as it is.
    """
    known = dict(zip(before.items, before.thresholds, strict=True)) if before else {}
    rows = dict(known)
    for item, row in zip(scale.items, scale.thresholds, strict=True):
        n = answers.get(item, 0)
        blur = chance.normal(0.0, 1.0, len(row))  # for all, so that one does not move the next
        if item not in known and n >= FEWEST_ANSWERS:
            rows[item] = np.round(row + max(LEAST_BLUR, BLUR / n) * blur, DIGITS)
    if not rows:
        return None
    kinds = {
        name: _kind(one, chance, is_reference=name == scale.reference)
        for name, one in sorted(scale.kinds.items())
        if sittings.get(name, 0) >= FEWEST_SITTINGS
    }
    most = max(len(row) for row in rows.values())
    table = np.full((len(rows), most), np.inf)
    for place, row in enumerate(rows.values()):
        table[place, : len(row)] = row
    return replace(
        scale,
        items=tuple(rows),
        thresholds=table,
        kinds=kinds,
        skill_mean=_near(scale.skill_mean, chance),
        skill_sd=max(0.3, _near(scale.skill_sd, chance)),
        drift=round(scale.drift, 3),
    )


def _kind(one: Kind, chance: np.random.Generator, *, is_reference: bool) -> Kind:
    """Nearly as calibrated; the reference kind has no lenience and a slope of 1 by definition."""
    mean, severity, dyad, halo, slope = (
        _near(value, chance) for value in (one.mean, one.severity, one.dyad, one.halo, one.slope)
    )
    return Kind(
        0.0 if is_reference else mean,
        max(0.0, severity),
        max(0.0, dyad) if one.dyad else 0.0,
        max(0.0, halo),
        1.0 if is_reference else min(max(slope, 0.2), 5.0),
    )


def _near(value: float, chance: np.random.Generator) -> float:
    return round(value + float(chance.normal(0.0, BLUR_OF_KINDS)), DIGITS)
