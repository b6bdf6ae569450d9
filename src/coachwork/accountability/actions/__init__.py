"""Check in, commit, renegotiate, ask for help, and be told what somebody promised."""

from coachwork.accountability.actions.check_ins import (
    answer,
    choose_plan,
    go_on,
    rest_until,
)
from coachwork.accountability.actions.commitments import (
    commit,
    release,
    renegotiate,
    settle,
)
from coachwork.accountability.actions.flags import dismiss
from coachwork.accountability.actions.reminding import ask_and_welcome
from coachwork.accountability.actions.support import (
    acknowledge,
    ask_for_help,
    help_out,
    promise,
    withdraw,
)

__all__ = [
    "acknowledge",
    "answer",
    "ask_and_welcome",
    "ask_for_help",
    "choose_plan",
    "commit",
    "dismiss",
    "go_on",
    "help_out",
    "promise",
    "release",
    "renegotiate",
    "rest_until",
    "settle",
    "withdraw",
]
