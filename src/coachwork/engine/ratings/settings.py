"""What is known before anybody has rated, and how far the data may change it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from coachwork.engine.ratings.errors import RatingsError


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of source rates, in logits; a negative mean is lenient.

    `severity` is the spread between raters, `dyad` the spread of one rater between people (friend,
    rival), `halo` the spread of one sitting around what the rater thinks; `slope` says how much of
    a difference in skill arrives.
    """

    mean: float = 0.0
    severity: float = 0.5
    dyad: float = 0.3
    halo: float = 0.7
    slope: float = 1.0

    def __post_init__(self) -> None:
        if min(self.severity, self.dyad, self.halo) < 0 or not 0.05 <= self.slope <= 20:
            raise RatingsError("A spread is not negative, and a slope lies between 0.05 and 20.")


# From the reliability of one rater (manager .50, peer .37, report .30: Conway and Huffcutt 1997;
# self .34 with the supervisor, lenient by .3 to .5: Heidemeier and Moser 2009): variance beside
# the skill = 1 / reliability - 1, less the error of four answers, shared 40 : 20 : 40 between
# severity, dyad and halo. Coach, mentor and the others follow the same choices as estimates/rules.
_MANAGER: Final = Kind(severity=0.5, dyad=0.36, halo=0.5)
_PEER: Final = Kind(severity=0.73, dyad=0.52, halo=0.73)
_REPORT: Final = Kind(severity=0.88, dyad=0.62, halo=0.88)
KINDS: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "assessor": Kind(severity=0.3, dyad=0.1, halo=0.5),
        "peer": _PEER,
        "manager": _MANAGER,
        "report": _REPORT,
        "coach": _MANAGER,
        "mentor": _PEER,
        "other": _REPORT,
        "exercise": _REPORT,
        "project": _PEER,
        "work_sample": _PEER,
        "self": Kind(mean=-0.4, severity=2.2, dyad=0.0, halo=1.22, slope=0.8),
        "check": Kind(severity=0.0, dyad=0.0, halo=0.3),
    }
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The model and what may be learnt. Variances in logits, drift in logit^2 a month.

    `pooling` is the weight of the priors, in raters (and people): partial pooling. `rating_scale`
    is the spread of an item's steps around the common ones, used for items below the minimum of
    answers (`per_category`, `per_item`; Linacre 1999).
    """

    kinds: Mapping[str, Kind] = field(default_factory=lambda: KINDS)
    reference: str = ""  # the kind that the scale is that of; empty: assessor, peer, or the largest
    severity: bool = True
    halo: bool = True
    learn_severity: bool = True  # False keeps the spreads of `kinds` (a wide one: fixed effects)
    skill_variance: float = 1.0
    drift: float = 0.02
    learn_drift: bool = True
    pooling: float = 5.0
    rating_scale: float = 0.3
    per_category: int = 10
    per_item: int = 100
    halo_sittings: int = 50
    dyad_pairs: int = 100
    slope_sittings: int = 300
    drift_clients: int = 200
    tolerance: float = 1e-3
    most_rounds: int = 500
    reach: float = 12.0  # of the grid on either side of 0, in logits
    spacing: float = 0.1

    def __post_init__(self) -> None:
        if self.tolerance <= 0 or self.most_rounds < 1 or self.spacing <= 0 or self.reach < 4:
            raise RatingsError("Tolerance and rounds are positive, and a grid reaches 4 logits.")
        if self.skill_variance <= 0 or self.drift < 0 or self.pooling < 0 or self.rating_scale <= 0:
            raise RatingsError("Variances are positive; drift and pooling are not negative.")

    def kind(self, name: str) -> Kind:
        """What is known of a kind of source; RatingsError for one that nobody described."""
        try:
            return self.kinds[name]
        except KeyError:
            raise RatingsError(f"Nothing is known of raters of kind {name!r}.") from None


SETTINGS: Final = Settings()
# As the classical programs have it: no halo, no pooling, every item its own steps.
CLASSICAL: Final = Settings(halo=False, pooling=0.0, per_category=0, per_item=0, tolerance=1e-5)
# One questionnaire each, nobody rates anybody else: the plain partial credit model. Its grid is
# that of those programs too: where skills spread by 2 logits, the ends of the grid can be seen.
UNRATED: Final = Settings(
    severity=False,
    halo=False,
    pooling=0.0,
    per_category=0,
    per_item=0,
    tolerance=1e-5,
    reach=8.0,
)
