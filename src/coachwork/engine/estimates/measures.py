"""A calibrated yardstick for one competency: how hard its behaviours are, as a version has it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from coachwork.engine.ratings.scale import Scale
from coachwork.engine.ratings.yardstick import Yardstick

WHOLE: Final = ""  # what an observation of the competency as a whole has in place of a behaviour


@dataclass(frozen=True, slots=True)
class Measure:
    """A yardstick and the name of the calibration that it comes from."""

    name: str
    yardstick: Yardstick

    def knows(self, behaviours: Sequence[str]) -> bool:
        """Whether every one of these has its steps."""
        return all(one in self.yardstick.rows for one in behaviours)


def measure(scale: Scale, behaviours: Sequence[str], *, whole: str) -> Measure | None:
    """The yardstick of a competency with these behaviours; None where none was calibrated.

    A level is read from the behaviours. The competency as a whole, which the scale knows as `whole`
    where enough people answered that, is else as hard as its behaviours are on average.
    """
    there = set(scale.items)
    known = [one for one in behaviours if one in there] or ([whole] if whole in there else [])
    if not known:
        return None
    table = scale.thresholds[scale.rows(known)]
    own = scale.thresholds[scale.rows([whole])[0]] if whole in there else None
    row = table.mean(axis=0) if own is None else own
    items = [one for one in known if one != whole]
    rows = np.vstack([*table[: len(items)], row])
    ready = replace(scale, items=(*items, WHOLE), thresholds=rows)
    return Measure(scale.version, Yardstick(ready, tuple(items) or (WHOLE,)))
