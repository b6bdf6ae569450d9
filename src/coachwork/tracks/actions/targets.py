"""Behaviours to practise, and one tap for each chance; each log is evidence of the self."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coachwork.evidence import actions as evidence
from coachwork.evidence.models import Chance, Evidence, Source
from coachwork.frameworks.models import Behaviour
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User, Visibility
from coachwork.tracks.models import BehaviourTarget, Enrolment, TrackLog

BACKFILL_DAYS = 14
PROVENANCE = "track_log:%s"
LINE, SITUATION = 500, 200
WORDS = {"situations": 1_000, "from_act": 300, "to_act": 300, "ally": 120}


@transaction.atomic
def set_target(
    *,
    actor: User,
    enrolment: Enrolment,
    words: Mapping[str, Any],
    at: datetime,
    target: BehaviourTarget | None = None,
) -> BehaviourTarget:
    """Say what one wants to do instead, and in which situations it counts."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, enrolment)
    said = {name: str(words.get(name, "") or "").strip() for name in WORDS}
    _check(said)
    behaviour: Behaviour | None = words.get("behaviour")
    if target is None:
        target = BehaviourTarget(
            client=enrolment.client, visibility=enrolment.visibility, created_by=actor,
            created_at=at, enrolment=enrolment,
        )  # fmt: skip
    else:
        access.require_row(actor, Verb.WRITE, Thing.PLAN, target)
    for name, text in said.items():
        setattr(target, name, text)
    target.behaviour = behaviour
    target.competency = behaviour.competency if behaviour else enrolment.competency
    target.save()
    return target


def _check(said: Mapping[str, str]) -> None:
    problems: dict[str, str] = {}
    if not said["to_act"]:
        problems["to_act"] = _("Please write what you want to do.")
    if not said["situations"]:
        problems["situations"] = _("Please name at least one situation in which it counts.")
    for name, most in WORDS.items():
        if len(said[name]) > most:
            problems[name] = _("This is longer than %(most)d characters.") % {"most": most}
        if "\x00" in said[name]:
            problems[name] = _("There is a character in it that is not text.")
    if problems:
        raise Invalid(problems)


@transaction.atomic
def end_target(*, actor: User, target: BehaviourTarget, at: datetime) -> BehaviourTarget:
    """Practise it no more; its logs stay."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, target)
    target.ended_at = target.ended_at or at
    target.save(update_fields=["ended_at"])
    return target


@transaction.atomic
def log_chance(  # noqa: PLR0913  one argument for each thing a log says
    *,
    actor: User,
    target: BehaviourTarget,
    chance: str,
    on: date,
    today: date,
    at: datetime,
    situation: str = "",
    line: str = "",
    moment: str = "",
) -> TrackLog:
    """One chance and what came of it. The same tap twice counts once."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, target)
    _check_log(chance, on, today, situation, line)
    found = TrackLog(
        client=target.client,
        visibility=target.visibility,
        created_by=actor,
        created_at=at,
        target=target,
        occasion_on=on,
        chance=chance,
        situation=situation.strip(),
        line=line.strip(),
        backfilled=on < today,
        moment=moment[:60],
    )
    try:
        with transaction.atomic():
            found.save(force_insert=True)
    except IntegrityError:
        return TrackLog.objects.get(client=target.client, moment=found.moment)
    if target.competency is not None:
        evidence.record(
            actor=actor, client=target.client, competency=target.competency,
            behaviour=target.behaviour, source=Source.SELF, occasion_on=on, chance=chance,
            context=Evidence.Context.WORK, text=found.line, provenance=PROVENANCE % found.pk,
            visibility=Visibility(found.visibility), at=at,
        )  # fmt: skip
    return found


def _check_log(chance: str, on: date, today: date, situation: str, line: str) -> None:
    problems: dict[str, str] = {}
    if chance not in Chance.values:
        problems["chance"] = _("Please choose one of the four answers.")
    if on > today:
        problems["on"] = _("This day is still to come.")
    if on < today - timedelta(days=BACKFILL_DAYS):
        problems["on"] = _("Up to 14 days back can be written down; memory blurs after that.")
    if len(line) > LINE or len(situation) > SITUATION:
        problems["line"] = _("One line is enough here.")
    if "\x00" in line or "\x00" in situation:
        problems["line"] = _("There is a character in it that is not text.")
    if problems:
        raise Invalid(problems)


@transaction.atomic
def undo_log(*, actor: User, log: TrackLog, at: datetime) -> TrackLog:
    """Take a log back: a new row says so, and its evidence is withdrawn."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, log)
    if log.undoes_id:
        raise Refused(_("This was taken back already."))
    row = TrackLog(
        client=log.client, visibility=log.visibility, created_by=actor, created_at=at,
        target=log.target, occasion_on=log.occasion_on, chance=log.chance, undoes=log,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return TrackLog.objects.get(client=log.client, undoes=log)
    for written in Evidence.objects.filter(client=log.client, provenance=PROVENANCE % log.pk):
        evidence.withdraw(actor=actor, evidence=written, at=at)
    return row
