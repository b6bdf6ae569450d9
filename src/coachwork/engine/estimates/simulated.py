"""Made-up people as a report shows them, to measure how often what is named is true."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from coachwork.engine.estimates.rules import SELF, half_step
from coachwork.engine.estimates.values import LevelEstimate, Observation
from coachwork.engine.estimates.views import level_view
from coachwork.engine.ratings.partial_credit import Floats, drawn
from coachwork.engine.ratings.scale import cold
from coachwork.engine.ratings.settings import KINDS

ON: Final = date(2026, 1, 5)
MASKED: Final = (1.5, 4.5)  # what a report says of a group where nearly all said the same
ASKED: Final = 3  # questions a competency to others

Seen = list[tuple[str, float | None, LevelEstimate]]


@dataclass(frozen=True, slots=True)
class ManySided:
    """Somebody with skills, a manager, peers and reports, as a report shows what they say.

    `everywhere` is the spread of what people add to all their own answers, in logits.
    """

    peers: int = 4
    reports: int = 4
    questions: int = 4  # a competency that they answer about themselves
    skills: int = 10
    everywhere: float = 1.0

    def one(self, single: float, chance: np.random.Generator) -> tuple[Seen, Floats]:
        """One person as seen, and their true gaps, which spread so far between their skills."""
        gaps = chance.normal(0.0, 1.0, self.skills) * single
        own, skill = chance.normal(0.0, self.everywhere), chance.normal(size=self.skills)
        raters = {"manager": 1, "peer": self.peers, "report": self.reports}
        harsh = {
            kind: chance.normal(KINDS[kind].mean, KINDS[kind].severity, n)
            for kind, n in raters.items()
        }
        seen: Seen = []
        for k, (level, gap) in enumerate(zip(skill, gaps, strict=True)):
            of = KINDS[SELF]
            mine = of.slope * (level - of.mean + own + gap)
            said = _answers(np.array([mine]), self.questions, chance)
            rows = [
                Observation(SELF, float(x) + 1, ON, behaviour=f"{j}") for j, x in enumerate(said)
            ]
            for kind in [kind for kind, n in raters.items() if n]:
                rows += _group(kind, level - harsh[kind], chance)
            seen.append((f"{k}", None, level_view(rows, at=ON)))
        return seen, gaps


def _group(kind: str, seen: Floats, chance: np.random.Generator) -> list[Observation]:
    of, n = KINDS[kind], len(seen)
    views = of.slope * (seen - chance.normal(0, of.dyad, n)) + chance.normal(0, of.halo, n)
    shown = half_step(float(_answers(views, ASKED, chance).mean()) + 1)
    if n > 1:
        shown = min(max(shown, MASKED[0]), MASKED[1])
    return [Observation(kind, shown, ON, n, behaviour=f"{j}") for j in range(ASKED)]


def _answers(views: Floats, questions: int, chance: np.random.Generator) -> Floats:
    b = cold(range(questions)).thresholds
    items = np.tile(np.arange(questions), len(views))
    return drawn(b, items, np.repeat(views, questions), chance).astype(np.float64)
