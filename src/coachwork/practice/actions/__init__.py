"""Practise: log a chance in real life, and play a scene where nothing depends on it."""

from coachwork.practice.actions.attempts import (
    choose,
    debrief,
    go_back,
    leave,
    rate,
    rewind,
    start,
)
from coachwork.practice.actions.logs import PROVENANCE, log, undo

__all__ = [
    "PROVENANCE",
    "choose",
    "debrief",
    "go_back",
    "leave",
    "log",
    "rate",
    "rewind",
    "start",
    "undo",
]
