"""A plan of daily life laid on weeks: pieces of work and goals in, a proposal out.

`propose` hands the question to `scheduling` and reads the answer. What a piece of work closes of a
gap is an assumption, written down in `worth`.
"""

from coachwork.engine.weekplans.asking import series_weeks
from coachwork.engine.weekplans.many import Outcome, propose_all, version
from coachwork.engine.weekplans.reading import propose
from coachwork.engine.weekplans.values import Covered, Help, Piece, Question, Schedule, Step, Way
from coachwork.engine.weekplans.worth import rung

__all__ = [
    "Covered",
    "Help",
    "Outcome",
    "Piece",
    "Question",
    "Schedule",
    "Step",
    "Way",
    "propose",
    "propose_all",
    "rung",
    "series_weeks",
    "version",
]
