"""What may be shown of one question about a change, asked of a few people at once.

All colleagues are one group here, because a pulse asks about five people. The counts of answers are
sums over one set of raters like any other value, so they obey the same two rules.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from coachwork.engine.anonymity.releasing import release
from coachwork.engine.anonymity.values import (
    ATTRIBUTABLE,
    MERGED,
    RULES,
    Published,
    Release,
    Reply,
    Rules,
)

LESS, SAME, SOME, MORE = "less", "same", "some", "more"
BANDS: Final = (LESS, SAME, SOME, MORE)


@dataclass(frozen=True, slots=True)
class Spread:
    """What a group says about a change: as counts, as nearly one voice, or only which way it leans.

    `n` could say something, `unsure` could not. Exactly one of the other three is there.
    """

    n: int
    unsure: int
    counts: Mapping[str, int] | None = None
    nearly: str = ""
    leaning: str = ""


@dataclass(frozen=True, slots=True)
class PulseRelease:
    """What may be shown of a pulse, and the record of whom it was made from."""

    spread: Spread | None  # None where nothing may be shown
    named: tuple[str, ...]  # what managers say: their views carry a name
    release: Release


def pulse(
    replies: Sequence[Reply],
    question: str,
    *,
    before: Sequence[Published] = (),
    seed: str = "",
    rules: Rules = RULES,
) -> PulseRelease:
    """Decide what may be shown of these answers from -3 to +3, after earlier pulses on the same."""
    pooled = [
        reply if reply.group == ATTRIBUTABLE else replace(reply, group=MERGED) for reply in replies
    ]
    made = release(pooled, {"change": (question,)}, before=before, seed=seed, rules=rules)
    said = {one.rater: one.scores[question] for one in pooled if question in one.scores}
    spread = None
    for raters in made.published.columns.get(question, ()):
        everybody = sum(len(cell) for cell in made.published.cells)
        answers = [said[rater] for rater in sorted(raters)]
        spread = _spread(answers, everybody - len(answers), rules)
    named = sorted(said[one.rater] for one in pooled if one.group == ATTRIBUTABLE and
                   one.rater in said)  # fmt: skip
    return PulseRelease(spread, tuple(band(one) for one in named), made)


def band(score: float) -> str:
    """The word for a change between -3 and +3."""
    if score <= -0.5:
        return LESS
    if score < 0.5:
        return SAME
    return SOME if score < 1.5 else MORE


def _spread(answers: Sequence[int], unsure: int, rules: Rules) -> Spread:
    counts = Counter(band(one) for one in answers)
    if len(answers) < rules.least_item:
        # Too few to count: only which way they lean together, which follows from their sum.
        return Spread(len(answers), unsure, leaning=band(sum(answers) / len(answers)))
    most, number = counts.most_common(1)[0]
    if number >= len(answers) - 1:
        # Everybody, or everybody but one: the numbers would say what each of them said.
        return Spread(len(answers), unsure, nearly=most)
    return Spread(len(answers), unsure, counts={one: counts[one] for one in BANDS if counts[one]})
