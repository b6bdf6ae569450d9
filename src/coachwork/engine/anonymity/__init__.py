"""What may be shown of what raters said, given everything that was shown before.

Everything published about a group follows from sums over sets of its raters: one sum for each
question. Two rules keep every rater among at least two others:

1.  A sum is used only over three raters or more, whatever part of the report it serves.
2.  All sets that were ever used for a question, in this release and in those before, cut the raters
    into classes: who stands in the same sets stands together. No class is smaller than three. So
    adding and subtracting whatever was published never leaves the answers of fewer than three.

What this cannot do: whoever already knows all answers of such a class but one or two can work out
the rest. Raters are told so before they begin. Rounding is for reading, and protects nobody.
"""

from coachwork.engine.anonymity.picking import PICKED
from coachwork.engine.anonymity.pulses import BANDS, PulseRelease, Spread, pulse
from coachwork.engine.anonymity.releasing import release
from coachwork.engine.anonymity.sets import too_close
from coachwork.engine.anonymity.values import (
    ATTRIBUTABLE,
    HIGHER,
    LOWER,
    MERGED,
    RULE,
    RULES,
    TOO_CLOSE,
    TOO_FEW,
    GroupView,
    Picks,
    Published,
    Release,
    Reply,
    Rules,
    Value,
    Withheld,
)

__all__ = [
    "ATTRIBUTABLE",
    "BANDS",
    "HIGHER",
    "LOWER",
    "MERGED",
    "PICKED",
    "RULE",
    "RULES",
    "TOO_CLOSE",
    "TOO_FEW",
    "GroupView",
    "Picks",
    "Published",
    "PulseRelease",
    "Release",
    "Reply",
    "Rules",
    "Spread",
    "Value",
    "Withheld",
    "pulse",
    "release",
    "too_close",
]
