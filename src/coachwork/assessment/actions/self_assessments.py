"""Begin a self-assessment, answer it screen by screen, and hand it in once."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coachwork.assessment.models import SelfAssessment, SelfRating
from coachwork.evidence import actions as evidence
from coachwork.evidence import queries as known
from coachwork.evidence.models import Aim, Source
from coachwork.evidence.models.limits import TEXT_MAX, clean_occasion, clean_text, day_of
from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people import queries as records
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility

Depth, State = SelfAssessment.Depth, SelfAssessment.State


class Answer(NamedTuple):
    """What was chosen for one question: a level from 1 to 5, “not seen”, or neither."""

    rating: SelfRating
    level: int | None = None
    not_seen: bool = False


@transaction.atomic
def start_self_assessment(  # noqa: PLR0913
    *,
    actor: User,
    client: Client,
    depth: str,
    at: datetime,
    purpose: str = "",
    part: str = "",
    competencies: Sequence[Competency] | None = None,
) -> SelfAssessment:
    """Begin, or go on with the draft of the same depth and part.

    Without competencies of its own it asks about those of the open aim. What it asks about, and in
    which version of the framework, is settled now and stays so.
    """
    access.require(actor, Verb.WRITE, Thing.ASSESSMENT, client)
    _check_kind(depth, purpose)
    aim = known.aim(actor=actor, client=client)
    asked = _asked(aim, competencies, depth)
    draft = SelfAssessment.objects.filter(client=client, depth=depth, part=part, state=State.DRAFT)
    found = draft.first()
    if found is not None and (part or found.aim_id == (aim and aim.pk)):
        return found
    draft.delete()  # begun for an aim that is no longer open
    row = SelfAssessment(
        client=client,
        framework=asked[0].framework,
        aim=aim if competencies is None else None,
        depth=depth,
        part=part,
        purpose=purpose or _purpose(client),
        visibility=Visibility.PRIVATE,  # a draft is nobody else's business
        created_by=actor,
        created_at=at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            SelfRating.objects.bulk_create(_questions(row, asked, actor=actor, at=at))
    except IntegrityError:
        return draft.get()  # the form was sent twice at the same moment
    return row


@transaction.atomic
def answer(  # noqa: PLR0913
    *,
    actor: User,
    assessment: SelfAssessment,
    whole: SelfRating,
    answers: Sequence[Answer],
    at: datetime,
    confidence: str = "",
    example: str = "",
    example_on: date | None = None,
) -> None:
    """Keep the answers of one screen; `whole` also carries the example and how sure they are."""
    access.require_row(actor, Verb.WRITE, Thing.ASSESSMENT, assessment)
    _check_open(assessment)
    for one in answers:
        _check_answer(one, whole)
        row = one.rating
        row.level, row.not_seen, row.answered_at = one.level, one.not_seen, at
        row.save(update_fields=["level", "not_seen", "answered_at"])
    if all(one.rating.pk != whole.pk for one in answers):
        whole.not_seen = bool(answers) and all(one.not_seen for one in answers)
    _keep_words(whole, confidence, example, example_on, at=at)


@transaction.atomic
def answer_question(
    *, actor: User, assessment: SelfAssessment, given: Answer, at: datetime
) -> None:
    """Keep one answer of the adaptive form: a level, “not seen”, or neither (left out).

    An answer that is changed keeps its place in the order in which questions were answered.
    """
    access.require_row(actor, Verb.WRITE, Thing.ASSESSMENT, assessment)
    _check_open(assessment)
    row = given.rating
    if row.assessment_id != assessment.pk or row.behaviour_id is None:
        raise Invalid({"level": _("This question belongs to another form.")})
    _check_answer(given, row)
    row.level, row.not_seen = given.level, given.not_seen
    row.answered_at = row.answered_at or at
    row.save(update_fields=["level", "not_seen", "answered_at"])


@transaction.atomic
def close_skill(  # noqa: PLR0913
    *,
    actor: User,
    assessment: SelfAssessment,
    whole: SelfRating,
    at: datetime,
    confidence: str = "",
    example: str = "",
    example_on: date | None = None,
) -> None:
    """Ask no more about this competency, and keep the example that came with it."""
    access.require_row(actor, Verb.WRITE, Thing.ASSESSMENT, assessment)
    _check_open(assessment)
    if whole.assessment_id != assessment.pk or whole.behaviour_id is not None:
        raise Invalid({"example": _("This question belongs to another form.")})
    asked = assessment.ratings.filter(competency=whole.competency_id, behaviour__isnull=False)
    answered = asked.filter(answered_at__isnull=False)
    whole.not_seen = answered.exists() and not answered.filter(not_seen=False).exists()
    _keep_words(whole, confidence, example, example_on, at=at)


def _check_open(assessment: SelfAssessment) -> None:
    if assessment.state != State.DRAFT:
        raise Refused(_("This one is handed in. You can begin a new one at any time."))


def _keep_words(
    whole: SelfRating, confidence: str, example: str, example_on: date | None, *, at: datetime
) -> None:
    """How sure they are and the last time it showed up, kept with the competency as a whole."""
    if confidence and confidence not in SelfRating.Confidence.values:
        raise Invalid({"confidence": _("Please choose one of the answers.")})
    whole.confidence = confidence
    whole.example = clean_text("example", example, limit=TEXT_MAX)
    whole.example_on = clean_occasion(example_on, at=at) if example_on else None
    whole.answered_at = at
    whole.save(update_fields=["not_seen", "confidence", "example", "example_on", "answered_at"])


@transaction.atomic
def submit(
    *,
    actor: User,
    assessment: SelfAssessment,
    at: datetime,
    visibility: Visibility | None = None,
) -> SelfAssessment:
    """Hand it in: the answers become evidence, once, and an earlier one is superseded."""
    access.require_row(actor, Verb.WRITE, Thing.ASSESSMENT, assessment)
    client = assessment.client
    seen_by = visibility or records.starting_class(actor=actor, client=client)
    mine = SelfAssessment.objects.filter(client=client)
    taken = mine.filter(pk=assessment.pk, state=State.DRAFT).update(
        state=State.SUBMITTED, submitted_at=at, visibility=seen_by
    )
    assessment.refresh_from_db()
    if not taken:
        return assessment  # the form was sent twice
    mine.filter(part=assessment.part, state=State.SUBMITTED).exclude(pk=assessment.pk).update(
        state=State.SUPERSEDED
    )
    rows = assessment.ratings.select_related("competency", "behaviour")
    rows.update(visibility=seen_by)
    for rating in rows.all():
        if rating.level is not None or rating.example:
            _write_evidence(actor, client, rating, at=at, visibility=Visibility(seen_by))
    people.note(
        actor=actor,
        client=client,
        kind="assessment.submitted",
        at=at,
        item=assessment.pk,
        visibility=assessment.visibility,
    )
    return assessment


@transaction.atomic
def discard(*, actor: User, assessment: SelfAssessment) -> None:
    """Throw a draft away; what was handed in stays."""
    access.require_row(actor, Verb.WRITE, Thing.ASSESSMENT, assessment)
    if assessment.state != State.DRAFT:
        raise Refused(_("This one is handed in and stays in your record."))
    assessment.delete()


def _asked(
    aim: Aim | None, competencies: Sequence[Competency] | None, depth: str
) -> list[Competency]:
    """What the form is about: its own list, else that of the aim.

    The adaptive one begins with what matters most to the role.
    """
    targets = list(aim.targets.all()) if aim else []
    if depth == Depth.ADAPTIVE:
        targets.sort(key=lambda row: -row.importance)
    aimed = [row.competency for row in targets]
    asked = aimed if competencies is None else list(competencies)
    if not asked:
        raise Refused(_("Choose first what to look at: a role, or your own list."))
    return asked


def _check_kind(depth: str, purpose: str) -> None:
    if depth not in Depth.values or (purpose and purpose not in SelfAssessment.Purpose.values):
        raise Invalid({"depth": _("Please choose how deep to look.")})


def _purpose(client: Client) -> str:
    """The first one is where the person starts; later ones are just now, unless they say more."""
    handed_in = SelfAssessment.objects.filter(client=client).exclude(state=State.DRAFT)
    kinds = SelfAssessment.Purpose
    return kinds.FREE if handed_in.exists() else kinds.BASELINE


def _questions(
    assessment: SelfAssessment, asked: Sequence[Competency], *, actor: User, at: datetime
) -> list[SelfRating]:
    """One row for each competency, and below it one for each behaviour where the form is deep."""
    behaviours: list[Behaviour] = []
    if assessment.depth != Depth.QUICK:
        behaviours = list(Behaviour.objects.filter(competency__in=asked).order_by("position"))
    rows = []
    for position, competency in enumerate(asked, start=1):
        below = [one for one in behaviours if one.competency_id == competency.pk]
        for behaviour in (None, *below):
            rows.append(
                SelfRating(
                    client=assessment.client,
                    assessment=assessment,
                    competency=competency,
                    behaviour=behaviour,
                    position=position,
                    visibility=assessment.visibility,
                    created_by=actor,
                    created_at=at,
                )
            )
    return rows


def _check_answer(one: Answer, whole: SelfRating) -> None:
    if one.rating.assessment_id != whole.assessment_id:
        raise Invalid({"level": _("This question belongs to another form.")})
    if one.level is not None and (one.not_seen or one.level not in range(1, 6)):
        raise Invalid({"level": _("Choose one level, or “Not seen”.")})


def _write_evidence(
    actor: User, client: Client, rating: SelfRating, *, at: datetime, visibility: Visibility
) -> None:
    evidence.record(
        actor=actor,
        client=client,
        competency=rating.competency,
        behaviour=rating.behaviour,
        source=Source.SELF,
        level=rating.level,
        text=rating.example,
        occasion_on=rating.example_on or day_of(at),
        provenance=f"self_rating:{rating.pk}",
        visibility=visibility,
        at=at,
    )
