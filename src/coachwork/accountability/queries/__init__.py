"""Check-ins, commitments and requests as the client and, where opened, the coach read them."""

from coachwork.accountability.queries.board import Place, board
from coachwork.accountability.queries.flags import Flag, flags
from coachwork.accountability.queries.keeping import (
    Keeping,
    check_in,
    commitment,
    energies,
    keeping,
    plan_of,
    rhythm_of,
)
from coachwork.accountability.queries.support import coaches, promises, request, requests

__all__ = [
    "Flag",
    "Keeping",
    "Place",
    "board",
    "check_in",
    "coaches",
    "commitment",
    "energies",
    "flags",
    "keeping",
    "plan_of",
    "promises",
    "request",
    "requests",
    "rhythm_of",
]
