"""Where the client and others see it alike, and where credibly not: the four lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from coachwork.engine import gaps
from coachwork.evidence.queries.levels import LevelView
from coachwork.frameworks.models import Competency

LISTS: Final = ("agreed_strengths", "hidden_strengths", "possible_blind_spots", "agreed_needs")


@dataclass(frozen=True)
class Sides:
    """Four lists of competencies; `everywhere` is -1 where the client sees less in everything."""

    agreed_strengths: tuple[Competency, ...] = ()
    hidden_strengths: tuple[Competency, ...] = ()
    possible_blind_spots: tuple[Competency, ...] = ()
    agreed_needs: tuple[Competency, ...] = ()
    everywhere: int = 0

    @classmethod
    def of(
        cls, views: Sequence[LevelView], *, targets: Mapping[UUID, float] | None = None
    ) -> "Sides":
        """The four lists of level views that the reader was given already.

        `targets` are what the role asks, where the views do not carry it themselves.
        """
        by_key = {str(view.competency.pk): view for view in views}
        found = gaps.four_lists(
            [(key, _target(view, targets or {}), view.estimate) for key, view in by_key.items()]
        )
        lists = {
            name: tuple(by_key[key].competency for key in getattr(found, name)) for name in LISTS
        }
        return cls(**lists, everywhere=found.everywhere)


def _target(view: LevelView, targets: Mapping[UUID, float]) -> float | None:
    if view.target is not None:
        return float(view.target.level)
    return targets.get(view.competency.pk)
