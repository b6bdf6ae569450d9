"""Release a report, once and frozen; make something of it; and thank those who answered."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coachwork.assessment.actions import debrief, holding, letters, pooling, sides
from coachwork.assessment.actions.common import locked, note
from coachwork.assessment.models import (
    FeedbackRound,
    RaterReply,
    ReleasedSets,
    RoundReport,
)
from coachwork.assessment.queries.rounds import coaches_of
from coachwork.engine.anonymity import Release
from coachwork.evidence import actions as evidence
from coachwork.evidence.models.limits import TEXT_MAX, clean_text, day_of
from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User, Visibility

State = FeedbackRound.State
FOCUS_MAX = 2
AGAIN_WEEKS = (4, 8, 12)  # after which one can ask again


@transaction.atomic
def release_round(*, actor: User, asked_in: FeedbackRound, at: datetime) -> RoundReport:
    """Freeze the report and open it: by the coach, or by the client after the days of waiting."""
    own = asked_in.client.user_id == actor.pk
    access.require_row(actor, Verb.WRITE if own else Verb.RELEASE, Thing.ROUND, asked_in)
    row = locked(asked_in)
    there = RoundReport.objects.filter(client=row.client, round=row).first()
    if there is not None:
        return there  # the form was sent twice
    if row.state != State.CLOSED:
        raise Refused(_("The report comes when the round has closed."))
    if own and not may_release(asked_in=row, at=at):
        day = day_of(debrief.hold_ends(asked_in=row))
        raise Refused(_("Your coach opens it with you. From %(day)s on you can open it alone.")
                      % {"day": date_format(day)})  # fmt: skip
    shown, release = _made(row, at)
    facts = {"client": row.client, "round": row, "created_at": at}
    report = RoundReport(
        shown=shown,
        visibility=Visibility.PAIR,
        created_by=actor,
        **facts,
    )
    report.save(force_insert=True)
    holding.forget(row)
    ReleasedSets(sets=pooling.sets_of(release), **facts).save(force_insert=True)
    if row.mode == FeedbackRound.Mode.FULL:
        _write_evidence(actor, row, report, at)
    row.state, row.released_at = State.RELEASED, at
    row.save(update_fields=["state", "released_at"])
    if not own:
        letters.to_client("report-ready", row, at=at)
    note(actor, row, "round.released", at)
    return report


def _made(row: FeedbackRound, at: datetime) -> tuple[dict[str, Any], Release]:
    """What is frozen, and whom it was made from."""
    kept = holding.kept_back(row, at=at)
    if row.mode == FeedbackRound.Mode.PULSE:
        made = pooling.pulsed(row, at=at, without=kept.comments)
        shown = pooling.frozen_pulse(row, made)
        return {**shown, "kept_back": kept.told}, made.release
    release = pooling.pooled(row, at=at, without=kept.comments)
    answers = sides.own_answers(row.client)
    means = {code: sum(levels) / len(levels) for code, levels in answers.items()}
    shown = pooling.frozen(row, release, means)
    shown["kept_back"] = kept.told
    shown["sides"] = sides.frozen(row, shown, answers, on=day_of(row.closed_at or at))
    return shown, release


def may_release(*, asked_in: FeedbackRound, at: datetime) -> bool:
    """Whether the client can open the report without the coach."""
    if asked_in.state != State.CLOSED or asked_in.closed_at is None:
        return False
    if asked_in.mode != FeedbackRound.Mode.FULL:
        return True  # a pulse is a small thing, and opened by the one who asked
    alone = not coaches_of(asked_in.client)
    return alone or debrief.hold_ends(asked_in=asked_in) <= at


@transaction.atomic
def make_sense(  # noqa: PLR0913 - three boxes and a choice
    *,
    actor: User,
    asked_in: FeedbackRound,
    confirms: str,
    surprises: str,
    questions: str,
    focus: list[str],
    at: datetime,
) -> FeedbackRound:
    """Keep what the client makes of it, and the one or two behaviours that they pick."""
    access.require_row(actor, Verb.WRITE, Thing.ROUND, asked_in)
    row = locked(asked_in)
    if row.state != State.RELEASED:
        raise Refused(_("The report comes when the round has closed."))
    known = {item for _code, items in row.asked for item in items}
    if len(focus) > FOCUS_MAX or not set(focus) <= known:
        raise Invalid({"focus": _("Choose one or two.")})
    row.confirms = clean_text("confirms", confirms, limit=TEXT_MAX)
    row.surprises = clean_text("surprises", surprises, limit=TEXT_MAX)
    row.questions = clean_text("questions", questions, limit=TEXT_MAX)
    is_new = bool(focus) and row.focus != focus
    row.focus = focus
    row.save(update_fields=["confirms", "surprises", "questions", "focus"])
    if is_new:
        note(actor, row, "round.focus", at)
    return row


@transaction.atomic
def thank_raters(
    *, actor: User, asked_in: FeedbackRound, at: datetime, weeks: int = 0
) -> FeedbackRound:
    """One message to all who did not decline: thanks, and what the client will work on.

    With `weeks`, also when they will be asked whether it shows; the client is reminded then.
    """
    access.require_row(actor, Verb.WRITE, Thing.ROUND, asked_in)
    row = locked(asked_in)
    if row.thanked_at is not None:
        return row
    if row.state != State.RELEASED or not row.focus:
        raise Refused(_("Choose first what you will work on."))
    if weeks not in (0, *AGAIN_WEEKS):
        raise Invalid({"weeks": _("Please choose one of these.")})
    words = [one.worded("text") for one in Behaviour.objects.filter(pk__in=row.focus)]
    told = RaterReply.objects.filter(client=row.client, round=row, nomination__isnull=False)
    for reply in told.exclude(state=RaterReply.State.DECLINED).select_related("nomination"):
        if reply.nomination is not None:
            letters.thank(reply.nomination, row, focus="; ".join(words), weeks=weeks, at=at)
    row.thanked_at = at
    row.ask_again_on = day_of(at) + timedelta(weeks=weeks) if weeks else None
    row.save(update_fields=["thanked_at", "ask_again_on"])
    note(actor, row, "round.thanked", at)
    return row


def _write_evidence(
    actor: User, asked_in: FeedbackRound, report: RoundReport, at: datetime
) -> None:
    """The shown values, and nothing else, enter the ledger."""
    wanted = [code for code, _items in asked_in.asked]
    competencies = {str(one.pk): one for one in Competency.objects.filter(pk__in=wanted)}
    views = [
        evidence.ReleasedView(
            competency=competencies[code],
            source=view["name"],
            level=said["value"],
            n_raters=said["n"],
            provenance=f"round:{asked_in.pk}:{view['name']}:{competencies[code].code}",
        )
        for view in [*report.shown["groups"], *report.shown["named"]]
        for code, said in view["competencies"].items()
    ]
    evidence.record_released(
        actor=actor,
        client=asked_in.client,
        views=views,
        occasion_on=day_of(asked_in.closed_at or at),
        visibility=asked_in.visibility,
        at=at,
    )
