"""A calibrated scale: what a version of the calibration knows, and a stored level refers to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from coachwork.engine.ratings import partial_credit
from coachwork.engine.ratings.errors import RatingsError
from coachwork.engine.ratings.partial_credit import Floats
from coachwork.engine.ratings.settings import KINDS, Kind

FORM = 1  # of the record below


@dataclass(frozen=True, slots=True)
class Scale:
    """Thresholds (items, steps) in logits, the kinds of sources, and how skills are spread.

    `drift` is in logit^2 a month. Raises RatingsError for thresholds that are not of that form.
    """

    items: tuple[Any, ...]
    thresholds: Floats
    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)
    reference: str = "peer"
    skill_mean: float = 0.0
    skill_sd: float = 1.0
    drift: float = 0.02
    version: str = ""
    anchored_to: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "thresholds", partial_credit.checked(self.thresholds))
        if len(self.items) != len(self.thresholds) or len(set(self.items)) != len(self.items):
            raise RatingsError("A scale has one row of thresholds for every item, each once.")
        if self.skill_sd <= 0 or self.drift < 0:
            raise RatingsError("The spread of skills is positive, and drift is not negative.")

    def rows(self, items: Any) -> list[int]:
        """Where these items stand in the table; RatingsError for one that is not on the scale."""
        place = {label: row for row, label in enumerate(self.items)}
        try:
            return [place[label] for label in items]
        except KeyError as missing:
            raise RatingsError(f"Item {missing.args[0]!r} is not on this scale.") from None

    def item(self, label: Any) -> Floats:
        """The thresholds of one item, (steps,)."""
        row = self.thresholds[self.rows([label])[0]]
        return np.asarray(row[np.isfinite(row)])

    def kind(self, name: str) -> Kind:
        """How a kind of source rates: as calibrated, or as the literature has it."""
        found = self.kinds.get(name) or KINDS.get(name)
        if found is None:
            raise RatingsError(f"Nothing is known of raters of kind {name!r}.")
        return found

    def record(self) -> dict[str, Any]:
        """The scale as plain values, for JSON."""
        return {
            "form": FORM,
            "version": self.version,
            "anchored_to": self.anchored_to,
            "items": list(self.items),
            "thresholds": [[x for x in row if np.isfinite(x)] for row in self.thresholds.tolist()],
            "kinds": {
                name: [one.mean, one.severity, one.dyad, one.halo, one.slope]
                for name, one in self.kinds.items()
            },
            "reference": self.reference,
            "skill": [self.skill_mean, self.skill_sd, self.drift],
        }


def from_record(record: Mapping[str, Any]) -> Scale:
    """The scale that such a record tells of; RatingsError where it tells of none."""
    if record.get("form") != FORM:
        raise RatingsError(f"This engine reads records of form {FORM}.")
    try:
        rows = record["thresholds"]
        most = max(len(row) for row in rows)
        mean, sd, drift = record["skill"]
        return Scale(
            items=tuple(record["items"]),
            thresholds=np.array([[*row, *[np.nan] * (most - len(row))] for row in rows]),
            kinds={name: Kind(*values) for name, values in record["kinds"].items()},
            reference=record["reference"],
            skill_mean=mean,
            skill_sd=sd,
            drift=drift,
            version=record["version"],
            anchored_to=record["anchored_to"],
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise RatingsError("The record of the scale is not whole.") from wrong


def cold(items: Any, *, steps: int = 4) -> Scale:
    """The scale before any calibration: steps -1.5, -.5, .5, 1.5 for every item."""
    row = np.arange(steps) - (steps - 1) / 2
    return Scale(items=tuple(items), thresholds=np.tile(row, (len(tuple(items)), 1)))
