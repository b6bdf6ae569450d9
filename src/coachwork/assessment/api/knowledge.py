"""The JSON door of knowledge checks: what can be checked, and what came of those before."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Router

from coachwork.assessment import queries
from coachwork.assessment.models import KnowledgeCheck
from coachwork.kit.api import Out, Page, one_of
from coachwork.people.access import Request
from coachwork.people.api import Asked, opens, record_of
from coachwork.people.models import Scope, Visibility

CheckState = Annotated[KnowledgeCheck.State, one_of(KnowledgeCheck.State)]
router = Router(tags=["Knowledge checks"], auth=opens(Scope.READ))


class OfferedOut(Out):
    """A competency about which there is a check."""

    competency: UUID
    name: str
    aimed: bool


class CheckOut(Out):
    """A check: a range of words and never a score. 0 is “still new”, 2 is “sits well”."""

    id: UUID
    competency: UUID
    state: CheckState
    at: datetime
    finished_at: datetime | None
    low: int | None
    high: int | None
    said: str
    stopped: str
    visibility: Visibility


class CheckAnswerOut(Out):
    """One question that was answered, with the right answer and why."""

    question: str
    chosen: str
    right: bool | None
    correct: str
    because: str


class TakenOut(CheckOut):
    """A check with its questions; those of one that is open are told at its end."""

    answers: list[CheckAnswerOut]


@router.get("/knowledge-checks/offered", response=Page[OfferedOut], summary="What can be checked")
def offered_checks(request: Request, client: Asked = None) -> Page[OfferedOut]:
    """The competencies with questions, those of the client's role first."""
    rows = queries.offered_checks(actor=request.user, client=record_of(request, client))
    return Page[OfferedOut](
        items=[
            OfferedOut(
                competency=one.competency.pk,
                name=one.competency.worded("name"),
                aimed=one.is_aimed,
            )
            for one in rows
        ]
    )


@router.get("/knowledge-checks", response=Page[CheckOut], summary="Checks, newest first")
def knowledge_checks(request: Request, client: Asked = None) -> Page[CheckOut]:
    """Checks that were begun or finished."""
    rows = queries.knowledge_checks(actor=request.user, client=record_of(request, client))
    return Page[CheckOut](items=[CheckOut(**_facts(row)) for row in rows])


@router.get("/knowledge-checks/{uuid:knowledge_check_id}", response=TakenOut, summary="One check")
def knowledge_check(request: Request, knowledge_check_id: UUID, client: Asked = None) -> Out:
    """One check; its questions and reasons once it is finished."""
    found = queries.knowledge_check(
        actor=request.user,
        client=record_of(request, client),
        knowledge_check_id=knowledge_check_id,
    )
    is_done = found.check.state == KnowledgeCheck.State.FINISHED
    told = [one for one in found.answers if is_done and one.asked]
    return TakenOut(
        **_facts(found.check),
        answers=[
            CheckAnswerOut(
                question=one.asked.question,
                chosen=one.chosen,
                right=one.row.right,
                correct=one.correct,
                because=one.asked.because,
            )
            for one in told
            if one.asked
        ],
    )


def _facts(row: KnowledgeCheck) -> dict[str, Any]:
    return {
        "id": row.pk,
        "competency": row.competency_id,
        "state": KnowledgeCheck.State(row.state),
        "at": row.created_at,
        "finished_at": row.finished_at,
        "low": row.low,
        "high": row.high,
        "said": row.said,
        "stopped": row.stopped,
        "visibility": Visibility(row.visibility),
    }
