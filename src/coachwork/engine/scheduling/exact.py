"""The exact sequencer, where OR-tools is installed: whether chosen activities fit on their weeks.

It is never loaded at start (its libraries do not go with others of their kind in one process), and
everything works without it. Work is counted in quarters of an hour; the limit is on work, not on
seconds, so that answers do not depend on how busy the machine is.
"""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Final

from coachwork.engine.scheduling.laying import Layout, Task
from coachwork.engine.scheduling.values import Problem

MOST_TASKS: Final = 40
EFFORT: Final = 4.0


def is_there() -> bool:
    """Whether the exact sequencer is installed."""
    return find_spec("ortools") is not None


def lay(problem: Problem, tasks: Sequence[Task]) -> Layout | None:
    """All tasks laid, or None: not installed, too many, or no layout was found."""
    if not is_there() or len(tasks) > MOST_TASKS or problem.held:
        return None
    from coachwork.engine.scheduling import exact_model

    return exact_model.lay(problem, tasks, EFFORT)
