"""Pages of check-ins and commitments."""

from coachwork.accountability.views.board import board, promise
from coachwork.accountability.views.check_ins import check_in, go_on, plan, rest
from coachwork.accountability.views.commitments import anew, commit, commitment, release, settle
from coachwork.accountability.views.keeping import dismiss, keeping, stuck
from coachwork.accountability.views.support import ask, support, support_step

__all__ = [
    "anew",
    "ask",
    "board",
    "check_in",
    "commit",
    "commitment",
    "dismiss",
    "go_on",
    "keeping",
    "plan",
    "promise",
    "release",
    "rest",
    "settle",
    "stuck",
    "support",
    "support_step",
]
