"""What a piece of work closes of a gap: an assumption, written down so that it can be argued with.

Points are those of `scheduling.points`: from level 2 to 2.5 it takes 18, from 3 to 3.5 it takes 27.
Doing something once in real life counts each time, and its hours count on top; so a minute of
practice every week is worth more than an hour of reading. Nobody has measured these numbers: they
order and fill a plan, and say nothing about a person. What others see decides the level.
"""

from collections.abc import Mapping
from typing import Final

from coachwork.engine.scheduling import need
from coachwork.engine.scheduling.values import EXPERIENCE, FORMAL, SOCIAL
from coachwork.engine.weekplans.values import Piece, Way

# For each kind: points each time, points an hour.
WORTH: Final[Mapping[str, tuple[float, float]]] = {
    "practice": (1.5, 3.0),
    "exercise": (1.5, 2.5),
    "project": (2.0, 3.0),
    "feedback": (2.0, 2.0),
    "mentor": (1.5, 2.0),
    "learning": (0.5, 1.5),
    "reflection": (0.5, 1.0),
    "support": (1.0, 1.0),
}
FAMILY: Final[Mapping[str, str]] = {
    "feedback": SOCIAL,
    "mentor": SOCIAL,
    "support": SOCIAL,
    "learning": FORMAL,
}
PERSONAL: Final = 2.0  # who knows the person suggests better than a list
HALF: Final = 0.5
NOT_KNOWN: Final = 20.0  # points where no level is known: a half step in the middle of the scale


def worth(piece: Piece, *, times: float = 1.0) -> float:
    """The points of doing it so many times."""
    each, hour = WORTH.get(piece.kind, (1.0, 1.0))
    known = PERSONAL if piece.personal else 1.0
    return known * times * (each + hour * piece.hours)


def family(piece: Piece) -> str:
    """From real work, from other people, or from a course."""
    return FAMILY.get(piece.kind, EXPERIENCE)


def rung(level: float, target: float | None) -> float:
    """The next half step above a level, no farther than a target that is still ahead."""
    above = min((int(level / HALF + 1e-9) + 1) * HALF, 5.0)
    return min(above, target) if target is not None and target > level else above


def asked(way: Way) -> float:
    """The points up to the next rung."""
    if way.level is None:
        return NOT_KNOWN
    return need(level=way.level, target=rung(way.level, way.target))
