"""Knowledge checks: which there are, the one that is open, and what came of those before."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from coachwork.assessment.models import KnowledgeAnswer, KnowledgeCheck
from coachwork.evidence import queries as evidence
from coachwork.frameworks.models import Competency
from coachwork.kit import content
from coachwork.kit.content.values import KnowledgeQuestion
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User

FRAMEWORK = "career-core-40"  # the questions are about its competencies


@dataclass(frozen=True)
class OfferedCheck:
    """A check that can be taken: its competency, and the client's newest one about it."""

    competency: Competency
    newest: KnowledgeCheck | None
    is_aimed: bool  # the client's role asks for it


@dataclass(frozen=True)
class Answered:
    """One question of a check with what was chosen; `asked` is None where it is gone since."""

    row: KnowledgeAnswer
    asked: KnowledgeQuestion | None

    @property
    def chosen(self) -> str:
        """The words of the answer that was chosen; empty for “I do not know”."""
        return dict(self.asked.options).get(self.row.choice, "") if self.asked else ""

    @property
    def correct(self) -> str:
        """The words of the right answer."""
        return dict(self.asked.options)[self.asked.answer] if self.asked else ""


@dataclass(frozen=True)
class TakenCheck:
    """A check with its questions in the order in which they were asked."""

    check: KnowledgeCheck
    answers: tuple[Answered, ...]

    @property
    def now(self) -> Answered | None:
        """The question to answer now."""
        waiting = (one for one in self.answers if one.row.answered_at is None)
        return next(waiting, None) if self.check.state == KnowledgeCheck.State.DRAFT else None


def knowledge_questions(*, actor: User, competency: Competency) -> tuple[KnowledgeQuestion, ...]:
    """The questions about a competency, in the reader's language where they are translated."""
    access.require_account(actor)
    if competency.framework.slug != FRAMEWORK:
        return ()
    found = content.load("knowledge", get_language() or content.SOURCE_LOCALE)
    return tuple(one for one in found if one.competency == competency.code)


def knowledge_checks(*, actor: User, client: Client, limit: int = 50) -> list[KnowledgeCheck]:
    """The client's checks, the newest first."""
    return list(_visible(actor=actor, client=client).order_by("-pk")[:limit])


def offered_checks(*, actor: User, client: Client) -> list[OfferedCheck]:
    """What can be checked, that of the client's role first."""
    aim = evidence.aim(actor=actor, client=client)
    aimed = {row.competency_id for row in aim.targets.all()} if aim else set()
    codes = {one.competency for one in content.load("knowledge")}
    rows = [row for row in evidence.neighbours(actor=actor, aim=aim) if row.code in codes]
    homes = Competency.objects.filter(pk__in=[row.pk for row in rows], framework__slug=FRAMEWORK)
    known = set(homes.values_list("pk", flat=True))
    newest: dict[UUID, KnowledgeCheck] = {}
    for check in knowledge_checks(actor=actor, client=client):
        newest.setdefault(check.competency_id, check)
    found = [
        OfferedCheck(row, newest.get(row.pk), row.pk in aimed) for row in rows if row.pk in known
    ]
    return sorted(found, key=lambda one: not one.is_aimed)


def knowledge_check(*, actor: User, client: Client, knowledge_check_id: UUID) -> TakenCheck:
    """One check of this client, with its questions."""
    answers = Prefetch("answers", queryset=KnowledgeAnswer.objects.order_by("position"))
    rows = _visible(actor=actor, client=client).prefetch_related(answers)
    check = rows.get(pk=knowledge_check_id)
    asked = {one.code: one for one in knowledge_questions(actor=actor, competency=check.competency)}
    found = tuple(Answered(row, asked.get(row.question)) for row in check.answers.all())
    return TakenCheck(check, found)


def _visible(*, actor: User, client: Client) -> QuerySet[KnowledgeCheck]:
    mine = access.visible(actor, Thing.ASSESSMENT, client=client)
    return KnowledgeCheck.objects.filter(mine).select_related("competency__framework")
