"""The adaptive form: what was asked, what comes next, and why a competency needs no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from coachwork.assessment.models import SelfAssessment, SelfRating
from coachwork.assessment.queries.self_assessments import assessment
from coachwork.engine.adaptive import Question, Reason, Stop, self_view
from coachwork.frameworks.models import Competency
from coachwork.people.models import Client, User

MATTERS = 2  # the importance from which a target is asked about; what is below is offered


@dataclass(frozen=True)
class AskedSkill:
    """One competency of the form: its behaviours, the next one to ask, or why there is none."""

    whole: SelfRating
    behaviours: tuple[SelfRating, ...]
    next: SelfRating | None
    stopped: Reason | None
    is_offered: bool  # the role asks little of it, and nothing was asked about it so far

    @property
    def competency(self) -> Competency:
        return self.whole.competency

    @property
    def answered(self) -> int:
        return sum(row.answered_at is not None for row in self.behaviours)

    @property
    def not_seen(self) -> bool:
        """Whether everything that was asked about it was “not seen” or left out."""
        return not any(row.level is not None for row in self.behaviours)

    @property
    def is_closed(self) -> bool:
        return self.whole.answered_at is not None

    @property
    def left(self) -> SelfRating | None:
        """A behaviour that was not asked, for whoever wants to say more."""
        return next((row for row in self.behaviours if row.answered_at is None), None)


@dataclass(frozen=True)
class Asking:
    """An adaptive form as it stands."""

    assessment: SelfAssessment
    skills: tuple[AskedSkill, ...]

    @property
    def core(self) -> tuple[AskedSkill, ...]:
        """What is asked about, those that matter most first."""
        return tuple(one for one in self.skills if not one.is_offered)

    @property
    def offered(self) -> tuple[AskedSkill, ...]:
        """What the role asks little of: there for whoever wants it."""
        return tuple(one for one in self.skills if one.is_offered)

    @property
    def now(self) -> AskedSkill | None:
        """The competency to go on with; None where everything is done."""
        return next((one for one in self.core if not one.is_closed), None)

    @property
    def answered(self) -> int:
        return sum(one.answered for one in self.skills)

    @property
    def all(self) -> int:
        """How many questions the full form has about the same."""
        return sum(len(one.behaviours) for one in self.skills)

    def skill(self, position: int) -> AskedSkill:
        """The competency at this position."""
        for one in self.skills:
            if one.whole.position == position:
                return one
        raise SelfRating.DoesNotExist

    def of(self, rating_id: UUID) -> tuple[AskedSkill, SelfRating]:
        """A behaviour of the form, and its competency."""
        for one in self.skills:
            for row in one.behaviours:
                if row.pk == rating_id:
                    return one, row
        raise SelfRating.DoesNotExist

    def before(self, row: SelfRating) -> SelfRating | None:
        """The question that was answered before this one."""
        rows = [one for skill in self.skills for one in skill.behaviours if one.answered_at]
        rows = [one for one in rows if one.pk != row.pk]
        if row.answered_at is not None:
            rows = [one for one in rows if _order(one) < _order(row)]
        return max(rows, key=_order, default=None)


def asking(*, actor: User, client: Client, assessment_id: UUID) -> Asking:
    """The adaptive form with what to ask next; DoesNotExist for a form of another kind."""
    found = assessment(actor=actor, client=client, assessment_id=assessment_id)
    if found.depth != SelfAssessment.Depth.ADAPTIVE:
        raise SelfAssessment.DoesNotExist
    rows = found.ratings.select_related("competency", "behaviour")
    ordered = list(rows.order_by("position", "behaviour__position"))
    wholes = [row for row in ordered if row.behaviour_id is None]
    below = [
        tuple(row for row in ordered if row.behaviour_id and row.position == whole.position)
        for whole in wholes
    ]
    little = _little(found)
    steps = _steps(below)
    skills = []
    for whole, behaviours, step in zip(wholes, below, steps, strict=True):
        untouched = all(row.answered_at is None for row in (whole, *behaviours))
        skills.append(
            AskedSkill(
                whole,
                behaviours,
                behaviours[step.item] if isinstance(step, Question) else None,
                step.reason if isinstance(step, Stop) else None,
                whole.competency_id in little and untouched,
            )
        )
    return Asking(found, tuple(skills))


def _steps(skills: Sequence[tuple[SelfRating, ...]]) -> list[Question | Stop]:
    """What the engine would do about each; one without behaviours has nothing to ask."""
    full = [rows for rows in skills if rows]
    if not full:
        return [Stop(Reason.NONE_LEFT, 0.0, 0) for _ in skills]
    banks = [self_view.uncalibrated(len(rows)) for rows in full]
    answers = [
        [
            (place, None if row.level is None else row.level - 1)
            for place, row in enumerate(rows)
            if row.answered_at is not None
        ]
        for rows in full
    ]
    found = iter(self_view.next_steps(banks, answers))
    return [next(found) if rows else Stop(Reason.NONE_LEFT, 0.0, 0) for rows in skills]


def _little(found: SelfAssessment) -> set[UUID]:
    """The competencies that the role asks little of; none where it asks little of all."""
    targets = list(found.aim.targets.all()) if found.aim is not None else []
    low = {row.competency_id for row in targets if row.importance < MATTERS}
    return low if len(low) < len(targets) else set()


def _order(row: SelfRating) -> tuple[float, int, int]:
    when = row.answered_at.timestamp() if row.answered_at else 0.0
    place = row.behaviour.position if row.behaviour is not None else 0
    return when, row.position, place
