"""What the ledger holds, and what follows from it: level views, gaps, focus, and why."""

from coachwork.evidence.queries.aims import aim, aims, neighbours, widely_asked
from coachwork.evidence.queries.calibrations import Checked, checked
from coachwork.evidence.queries.gaps import GapRow, GapTable, decisions, energies, focus, role_gaps
from coachwork.evidence.queries.ledger import (
    PAGE,
    competencies,
    counting_rows,
    entry,
    ledger,
    sources,
)
from coachwork.evidence.queries.levels import (
    LevelView,
    Practice,
    agreed_levels,
    level_views,
    observations,
)
from coachwork.evidence.queries.plain import PlainRow, plain_ledger
from coachwork.evidence.queries.reasons import Input, Reasons, why
from coachwork.evidence.queries.sides import LISTS, Sides

__all__ = [
    "LISTS",
    "PAGE",
    "Checked",
    "GapRow",
    "GapTable",
    "Input",
    "LevelView",
    "PlainRow",
    "Practice",
    "Reasons",
    "Sides",
    "agreed_levels",
    "aim",
    "aims",
    "checked",
    "competencies",
    "counting_rows",
    "decisions",
    "energies",
    "entry",
    "focus",
    "ledger",
    "level_views",
    "neighbours",
    "observations",
    "plain_ledger",
    "role_gaps",
    "sources",
    "why",
    "widely_asked",
]
