"""Pages of practice: logs of real life, and scenes to play."""

from coachwork.practice.views.attempts import attempt, debrief, rate, result, step
from coachwork.practice.views.logs import log, logs, undo
from coachwork.practice.views.scenes import scene, scenes

__all__ = [
    "attempt",
    "debrief",
    "log",
    "logs",
    "rate",
    "result",
    "scene",
    "scenes",
    "step",
    "undo",
]
