"""Pages of the ledger, of levels, of the aim and its gaps."""

from coachwork.evidence.views.aims import add_target, aim, targets
from coachwork.evidence.views.entries import add, observe
from coachwork.evidence.views.gaps import decide, gaps
from coachwork.evidence.views.ledger import correct, dispute, entry, ledger, withdraw
from coachwork.evidence.views.levels import agree
from coachwork.evidence.views.profile import profile, why

__all__ = [
    "add",
    "add_target",
    "agree",
    "aim",
    "correct",
    "decide",
    "dispute",
    "entry",
    "gaps",
    "ledger",
    "observe",
    "profile",
    "targets",
    "why",
    "withdraw",
]
