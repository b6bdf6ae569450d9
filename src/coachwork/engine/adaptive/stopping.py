"""When to stop asking, and why: each stop has a reason that can be told.

Defaults after the practice of PROMIS (at least 4 and at most 12 items, standard error .3) and the
predicted standard error reduction of Choi, Grady and Dodd (2010).
"""

from dataclasses import dataclass
from enum import StrEnum

from coachwork.engine.adaptive.errors import AdaptiveError


class Reason(StrEnum):
    """Why no more is asked."""

    PRECISE = "precise"  # what is asked about is known as closely as was wanted
    LITTLE_LEFT = "little_left"  # the best item left would hardly narrow it
    SITTING = "sitting"  # this person's answers can tell little more of the skill; others' would
    MOST = "most"  # as many questions as are fair to ask
    NONE_LEFT = "none_left"  # every item was asked


@dataclass(frozen=True, slots=True)
class Rater:
    """What stands between one rater's sitting and the skill: it bounds what a sitting can tell.

    `variance` is all that is not the skill, in logits^2 on the scale of the skill: severity, bias
    and halo (over slope^2). However many items are asked, a sitting tells less than 1 / variance.
    `elsewhere` is the information on the skill that the same minute brings by another way.
    """

    variance: float
    elsewhere: float = 0.0
    skill_sd: float = 1.0

    def __post_init__(self) -> None:
        if self.variance < 0 or self.elsewhere < 0 or self.skill_sd <= 0:
            raise AdaptiveError("Variances and information are not negative; spreads are positive.")

    def effective(self, told: float) -> float:
        """What the sitting tells of the skill, where its answers tell `told` of the rater's view.

        1 / (variance + 1 / told), which is 0 for no answer.
        """
        return told / (1.0 + told * self.variance)

    def marginal(self, told: float) -> float:
        """How much of a little more information on the view arrives at the skill: 1 to 0."""
        return (1.0 + told * self.variance) ** -2

    def skill_sd_after(self, told: float) -> float:
        """How closely the skill itself is known after this sitting alone, in logits."""
        return float((self.skill_sd**-2 + self.effective(told)) ** -0.5)


@dataclass(frozen=True, slots=True)
class Rule:
    """When to stop. `target` and `worthwhile` are standard errors in logits of what is asked about.

    After `least` questions: stop at the target, or when the next answer is expected to narrow the
    standard error by less than `worthwhile`, or (with a rater) when what it tells of the skill is
    less than what is to be had elsewhere. Never more than `most`. A target of 0 never fires.
    """

    target: float = 0.3
    worthwhile: float = 0.01
    least: int = 4
    most: int = 12
    rater: Rater | None = None

    def __post_init__(self) -> None:
        if self.target < 0 or self.worthwhile < 0 or not 0 <= self.least <= self.most:
            raise AdaptiveError("A rule has no negative numbers, and its least is not its most.")
        if self.most < 1:
            raise AdaptiveError("A questionnaire has at least one question.")

    def reason(
        self, *, asked: int, sd: float, predicted: float, tells: float, told: float
    ) -> Reason | None:
        """Why to stop before the item that would bring the standard error to `predicted`.

        `tells` is what that item is expected to tell, `told` what was told so far (1 / logit^2).
        """
        if asked >= self.most:
            return Reason.MOST
        if asked < self.least:
            return None
        if sd <= self.target:
            return Reason.PRECISE
        if sd - predicted < self.worthwhile:
            return Reason.LITTLE_LEFT
        rater = self.rater
        if rater is not None and tells * rater.marginal(told) < rater.elsewhere:
            return Reason.SITTING
        return None


@dataclass(frozen=True, slots=True)
class Stop:
    """No more is asked: why, how closely it is known (logits), and after how many questions.

    `predicted_sd` is what one more question would have brought it to (None where none is left).
    """

    reason: Reason
    sd: float
    asked: int
    predicted_sd: float | None = None
