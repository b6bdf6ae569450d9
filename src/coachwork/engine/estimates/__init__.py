"""What is known of one person in one competency, from what each source has said.

The one scale runs from 1 to 5. Sources are kept apart: there is no fused number here. For each
source there is a mean and an 80% interval; from the means of at least two sources, a range that may
be proposed. All times are dates, all levels floats on the scale, all intervals in levels.

Method: reliability of one rater from Conway and Huffcutt (1997, supervisor .50, peer .37, report
.30); of n raters by the Spearman-Brown formula; standard error of measurement SD * sqrt(1 - r); the
80% interval is 1.2816 of it on either side. This is classical test theory: it knows nothing of who
is a lenient rater, and it is a rule for little data. Where others of two kinds, or three others,
have spoken and together know enough, the proposed range is that of the fuller model in
`engine.ratings`; its rule stands on it.
"""

from coachwork.engine.estimates.changes import LevelChange, level_change
from coachwork.engine.estimates.comparisons import Change, Difference, change, difference
from coachwork.engine.estimates.measures import Measure, measure
from coachwork.engine.estimates.rules import (
    CHANGE,
    CREDIBLE_RANGE,
    DIFFERENCE,
    EXERCISE,
    NEARLY,
    OWN_VIEW,
    PROPOSED_RANGE,
    RELIABILITIES,
    RULES,
    SELF,
    SOURCE_VIEW,
    Rule,
    Rules,
    half_step,
    margin,
    months_before,
    reliability,
)
from coachwork.engine.estimates.sides import STRONG, Sides, sides
from coachwork.engine.estimates.values import (
    NOT_ENOUGH,
    ONLY_SELF,
    RANGE,
    VIEWS_DIFFER,
    LeftOut,
    LevelEstimate,
    Observation,
    ProposedRange,
    SourceView,
)
from coachwork.engine.estimates.views import level_view

__all__ = [
    "CHANGE",
    "CREDIBLE_RANGE",
    "DIFFERENCE",
    "EXERCISE",
    "NEARLY",
    "NOT_ENOUGH",
    "ONLY_SELF",
    "OWN_VIEW",
    "PROPOSED_RANGE",
    "RANGE",
    "RELIABILITIES",
    "RULES",
    "SELF",
    "SOURCE_VIEW",
    "STRONG",
    "VIEWS_DIFFER",
    "Change",
    "Difference",
    "LeftOut",
    "LevelChange",
    "LevelEstimate",
    "Measure",
    "Observation",
    "ProposedRange",
    "Rule",
    "Rules",
    "Sides",
    "SourceView",
    "change",
    "difference",
    "half_step",
    "level_change",
    "level_view",
    "margin",
    "measure",
    "months_before",
    "reliability",
    "sides",
]
