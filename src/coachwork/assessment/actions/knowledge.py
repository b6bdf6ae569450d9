"""Begin a knowledge check, answer a question at a time; the last answer ends it."""

from datetime import datetime

import numpy as np
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coachwork.assessment.models import KnowledgeAnswer, KnowledgeCheck
from coachwork.assessment.queries.knowledge import knowledge_questions
from coachwork.engine.adaptive import Question, Reason, knowledge
from coachwork.engine.adaptive.bank import Bank
from coachwork.engine.ratings.partial_credit import Flags
from coachwork.evidence import actions as evidence
from coachwork.evidence.models import Source
from coachwork.evidence.models.limits import day_of
from coachwork.frameworks.models import Competency
from coachwork.kit.content.values import KnowledgeQuestion
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility

State, Choice = KnowledgeCheck.State, KnowledgeAnswer.Choice


@transaction.atomic
def start_check(
    *, actor: User, client: Client, competency: Competency, at: datetime
) -> KnowledgeCheck:
    """Begin a check, or go on with the one that is open. Nobody but the client sees it."""
    access.require(actor, Verb.WRITE, Thing.ASSESSMENT, client)
    asked = knowledge_questions(actor=actor, competency=competency)
    if not asked:
        raise Refused(_("There is no knowledge check about this yet."))
    mine = KnowledgeCheck.objects.filter(client=client, competency=competency, state=State.DRAFT)
    found = mine.first()
    if found is not None:
        return found
    row = KnowledgeCheck(
        client=client,
        competency=competency,
        visibility=Visibility.PRIVATE,
        created_by=actor,
        created_at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _go_on(actor, row, asked, at=at)
    except IntegrityError:
        return mine.get()  # the form was sent twice at the same moment
    return row


@transaction.atomic
def answer_check(
    *, actor: User, check: KnowledgeCheck, position: int, choice: str, at: datetime
) -> KnowledgeCheck:
    """Keep one answer and ask the next question, or end. An answer that was given stays."""
    access.require_row(actor, Verb.WRITE, Thing.ASSESSMENT, check)
    held = KnowledgeCheck.objects.select_for_update(of=("self",)).select_related("client")
    row = held.get(pk=check.pk, client=check.client)
    if choice not in Choice.values:
        raise Invalid({"choice": _("Choose one answer, or “I do not know”.")})
    asked = knowledge_questions(actor=actor, competency=check.competency)
    waiting = row.answers.filter(position=position, answered_at__isnull=True).first()
    if row.state != State.DRAFT or waiting is None:
        return row  # the form was sent twice
    question = next((one for one in asked if one.code == waiting.question), None)
    waiting.choice, waiting.answered_at = choice, at
    waiting.right = None if question is None else choice == question.answer
    waiting.save(update_fields=["choice", "right", "answered_at"])
    _go_on(actor, row, asked, at=at)
    return row


@transaction.atomic
def discard_check(*, actor: User, check: KnowledgeCheck) -> None:
    """Throw an open check away; a finished one stays."""
    access.require_row(actor, Verb.WRITE, Thing.ASSESSMENT, check)
    if check.state != State.DRAFT:
        raise Refused(_("This check is finished and stays in your record."))
    check.delete()


def _go_on(
    actor: User, row: KnowledgeCheck, asked: tuple[KnowledgeQuestion, ...], *, at: datetime
) -> None:
    """Ask the next question, or end the check."""
    place = {one.code: k for k, one in enumerate(asked)}
    given = list(row.answers.order_by("position"))
    known = [one for one in given if one.question in place and one.right is not None]
    answers = [(place[one.question], bool(one.right)) for one in known]
    bank = knowledge.bank([one.difficulty for one in asked], [one.topic for one in asked])
    chance = np.random.default_rng((row.pk.int, len(given)))
    open_ = _unseen(row, place, len(answers))
    step = knowledge.next_question(bank, answers, eligible=open_, chance=chance)
    if isinstance(step, Question):
        KnowledgeAnswer.objects.create(
            client=row.client,
            knowledge_check=row,
            question=asked[step.item].code,
            position=len(given) + 1,
            visibility=row.visibility,
            created_by=actor,
            created_at=at,
        )
    else:
        _finish(actor, row, bank, answers, step.reason, at=at)


def _unseen(row: KnowledgeCheck, place: dict[str, int], so_far: int) -> Flags:
    """Questions that earlier checks of the client did not ask, while there are enough of them."""
    earlier = KnowledgeAnswer.objects.filter(
        client=row.client, knowledge_check__competency=row.competency_id
    ).exclude(knowledge_check=row)
    unseen = np.ones(len(place), dtype=bool)
    for code in earlier.values_list("question", flat=True):
        if code in place:
            unseen[place[code]] = False
    enough = int(unseen.sum()) >= max(knowledge.KNOWLEDGE_RULE.least, so_far + 1)
    return unseen if enough else np.ones(len(place), dtype=bool)


def _finish(
    actor: User,
    row: KnowledgeCheck,
    bank: Bank,
    answers: list[tuple[int, bool]],
    reason: Reason,
    *,
    at: datetime,
) -> None:
    """The range in words becomes evidence without a level: knowing how is not doing."""
    row.low, row.high = knowledge.bands(knowledge.belief(bank, answers))
    row.state, row.finished_at, row.stopped = State.FINISHED, at, reason
    row.save(update_fields=["low", "high", "state", "finished_at", "stopped"])
    evidence.record(
        actor=actor,
        client=row.client,
        competency=row.competency,
        source=Source.CHECK,
        occasion_on=day_of(at),
        text=row.said,
        provenance=f"knowledge_check:{row.pk}",
        visibility=Visibility(row.visibility),
        at=at,
    )
    people.note(
        actor=actor,
        client=row.client,
        kind="knowledge_check.finished",
        at=at,
        item=row.pk,
        visibility=row.visibility,
    )
