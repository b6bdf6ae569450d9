"""What a round can ask about: the usual competencies first, then all the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from coachwork.assessment.models import FeedbackRound
from coachwork.frameworks.models import Behaviour, Competency, Framework
from coachwork.kit import content
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import User

OF_EACH = 3  # behaviours of each competency
LEAST, MOST = 8, 12  # competencies: 24 to 36 questions
SWAPS = 4  # of the usual ones may be others instead


@dataclass(frozen=True)
class Choice:
    """A competency that others can be asked about."""

    competency: Competency
    behaviours: tuple[Behaviour, ...]
    is_usual: bool


def choosable(*, actor: User, asked_in: FeedbackRound) -> list[Choice]:
    """What the client may choose from for this round."""
    access.require_row(actor, access.Verb.READ, Thing.ROUND, asked_in)
    return choices(asked_in.framework, leads=asked_in.leads)


def choices(framework: Framework, *, leads: bool) -> list[Choice]:
    """Every competency of which others can see enough; the usual ones first, in their order."""
    rows = {one.pk: one for one in framework.competencies.order_by("position")}
    seen: dict[object, list[Behaviour]] = {key: [] for key in rows}
    for one in Behaviour.objects.filter(competency__in=rows, eligible_360=True).order_by(
        "position"
    ):
        seen[one.competency_id].append(one)
    usual = usual_codes(leads=leads)
    found = [
        Choice(row, tuple(seen[key]), row.code in usual)
        for key, row in rows.items()
        if len(seen[key]) >= OF_EACH
    ]
    return sorted(found, key=lambda one: _place(one.competency.code, usual))


def usual_codes(*, leads: bool) -> tuple[str, ...]:
    """The ten of the core; for people who lead, four more instead of the two that they cover."""
    parts = [one for one in content.load("questionnaires") if leads or not one.leads]
    left_out = {code for one in parts for code in one.instead_of}
    return tuple(code for one in parts for code in one.competencies if code not in left_out)


def shipped() -> Framework | None:
    """The framework of the questionnaires, in its newest version."""
    rows = Framework.objects.filter(
        slug="career-core-40", organisation=None, status=Framework.Status.PUBLISHED
    )
    return rows.order_by("-version").first()


def _place(code: str, usual: Sequence[str]) -> int:
    return usual.index(code) if code in usual else len(usual)
