"""Evidence comes in as new rows: record, correct, withdraw, dispute."""

from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coachwork.evidence.models import Chance, Dispute, Evidence, Source
from coachwork.evidence.models.limits import TEXT_MAX, clean_level, clean_occasion, clean_text
from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people import queries as records
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility

OWN = "own"  # provenance of what the client adds in their own words
OBSERVED = "observed"  # provenance of what a coach adds
OWN_SOURCES = (Source.SELF, Source.WORK_SAMPLE)


@transaction.atomic
def record(  # noqa: PLR0913 - one argument for each field of an observation
    *,
    actor: User,
    client: Client,
    competency: Competency,
    source: str,
    occasion_on: date,
    provenance: str,
    at: datetime,
    level: Decimal | float | None = None,
    behaviour: Behaviour | None = None,
    chance: str = "",
    context: str = Evidence.Context.WORK,
    text: str = "",
    n_raters: int = 1,
    visibility: Visibility | None = None,
) -> Evidence:
    """Write one observation; the same provenance again gives the row that is there.

    Other rooms call this. What a person types comes in through `add_own` and `observe`.
    """
    access.require(actor, Verb.PROPOSE, Thing.ASSESSMENT, client)
    if client.user_id != actor.pk:
        if source != Source.COACH:
            raise PermissionDenied(_("You can add only what you saw yourself."))
        visibility = Visibility.PAIR
    _check_kind(competency, behaviour, source, chance, context)
    row = Evidence(
        client=client,
        competency=competency,
        behaviour=behaviour,
        source=source,
        occasion_on=clean_occasion(occasion_on, at=at),
        level=None if level is None else clean_level(level),
        chance=chance,
        context=context,
        text=clean_text("text", text, limit=TEXT_MAX),
        n_raters=n_raters,
        provenance=provenance,
        visibility=visibility or records.starting_class(actor=actor, client=client),
        created_by=actor,
        created_at=at,
    )
    return _written(row, actor=actor, at=at)


@transaction.atomic
def add_own(  # noqa: PLR0913
    *,
    actor: User,
    client: Client,
    competency: Competency,
    source: str,
    occasion_on: date,
    text: str,
    entry: str,
    at: datetime,
    level: int | None = None,
    behaviour: Behaviour | None = None,
    context: str = Evidence.Context.WORK,
    visibility: Visibility | None = None,
) -> Evidence:
    """Add an example of one's own work, or what somebody said; `entry` names the form sent.

    What somebody said is retold, so it carries no level.
    """
    access.require(actor, Verb.WRITE, Thing.ASSESSMENT, client)
    if source not in OWN_SOURCES:
        raise Invalid({"source": _("Please say what this is.")})
    if source == Source.SELF and level is not None:
        raise Invalid({"level": _("What somebody told you is kept as words, without a level.")})
    return record(
        actor=actor,
        client=client,
        competency=competency,
        behaviour=behaviour,
        source=source,
        occasion_on=occasion_on,
        text=clean_text("text", text, limit=TEXT_MAX, required=True),
        level=level,
        context=context,
        visibility=visibility,
        provenance=f"{OWN}:{entry}",
        at=at,
    )


@transaction.atomic
def observe(  # noqa: PLR0913
    *,
    actor: User,
    client: Client,
    competency: Competency,
    occasion_on: date,
    text: str,
    entry: str,
    at: datetime,
    level: int | None = None,
    behaviour: Behaviour | None = None,
    context: str = Evidence.Context.WORK,
) -> Evidence:
    """Add what a coach saw; the client reads it, may dispute it, and agrees levels alone."""
    access.require(actor, Verb.PROPOSE, Thing.ASSESSMENT, client)
    if client.user_id == actor.pk:
        raise Refused(_("This form is for your coach. Add your own example instead."))
    return record(
        actor=actor,
        client=client,
        competency=competency,
        behaviour=behaviour,
        source=Source.COACH,
        occasion_on=occasion_on,
        text=clean_text("text", text, limit=TEXT_MAX, required=True),
        level=level,
        context=context,
        provenance=f"{OBSERVED}:{entry}",
        at=at,
    )


@transaction.atomic
def correct(
    *,
    actor: User,
    evidence: Evidence,
    text: str,
    occasion_on: date,
    level: Decimal | float | None,
    at: datetime,
) -> Evidence:
    """Put a corrected row in the place of one's own row; both stay readable."""
    access.require_row(actor, Verb.PROPOSE, Thing.ASSESSMENT, evidence)
    _check_own(actor, evidence)
    row = _replacement(evidence, actor=actor, at=at)
    row.text = clean_text("text", text, limit=TEXT_MAX)
    row.occasion_on = clean_occasion(occasion_on, at=at)
    row.level = None if level is None else clean_level(level)
    return _written(row, actor=actor, at=at, kind="evidence.corrected")


@transaction.atomic
def withdraw(*, actor: User, evidence: Evidence, at: datetime) -> Evidence:
    """Take one's own row back: a new row says so, and it counts no more."""
    access.require_row(actor, Verb.PROPOSE, Thing.ASSESSMENT, evidence)
    _check_own(actor, evidence)
    row = _replacement(evidence, actor=actor, at=at)
    row.withdrawn, row.level, row.text, row.chance = True, None, "", ""
    return _written(row, actor=actor, at=at, kind="evidence.withdrawn")


@transaction.atomic
def dispute(*, actor: User, evidence: Evidence, reason: str, at: datetime) -> Dispute:
    """Disagree with a row: the reason stands beside it from now on, and nothing is deleted."""
    access.require_row(actor, Verb.WRITE, Thing.ASSESSMENT, evidence)
    kept = clean_text("reason", reason, limit=TEXT_MAX, required=True)
    said = evidence.disputes.filter(created_by=actor, reason=kept).first()
    if said is not None:
        return said
    row = Dispute(
        client=evidence.client,
        evidence=evidence,
        reason=kept,
        visibility=evidence.visibility,
        created_by=actor,
        created_at=at,
    )
    row.save(force_insert=True)
    people.note(
        actor=actor,
        client=evidence.client,
        kind="evidence.disputed",
        at=at,
        item=evidence.pk,
        visibility=evidence.visibility,
    )
    return row


def _check_kind(
    competency: Competency, behaviour: Behaviour | None, source: str, chance: str, context: str
) -> None:
    if source not in Source.values:
        raise Invalid({"source": _("This source is not known.")})
    if chance and chance not in Chance.values:
        raise Invalid({"chance": _("Please choose one of the answers.")})
    if context not in Evidence.Context.values:
        raise Invalid({"context": _("Please choose where this was.")})
    if behaviour is not None and behaviour.competency_id != competency.pk:
        raise Invalid({"behaviour": _("This behaviour belongs to another competency.")})


def _check_own(actor: User, evidence: Evidence) -> None:
    if evidence.created_by_id != actor.pk:
        raise PermissionDenied(_("Only the person who wrote this can change it."))
    if evidence.withdrawn:
        raise Refused(_("This was taken back already."))


def _replacement(evidence: Evidence, *, actor: User, at: datetime) -> Evidence:
    """The same observation again, in the place of this row; a row is replaced only once."""
    return Evidence(
        client=evidence.client,
        competency_id=evidence.competency_id,
        behaviour_id=evidence.behaviour_id,
        source=evidence.source,
        occasion_on=evidence.occasion_on,
        level=evidence.level,
        chance=evidence.chance,
        context=evidence.context,
        text=evidence.text,
        n_raters=evidence.n_raters,
        visibility=evidence.visibility,
        provenance=f"corrects:{evidence.pk}",
        corrects=evidence,
        created_by=actor,
        created_at=at,
    )


def _written(row: Evidence, *, actor: User, at: datetime, kind: str = "evidence.added") -> Evidence:
    """Store the row once; two sends at the same moment end as one row too."""
    there = Evidence.objects.filter(client=row.client, provenance=row.provenance)
    found = there.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        found = there.first()
        if found is None:
            raise
        return found
    people.note(
        actor=actor, client=row.client, kind=kind, at=at, item=row.pk, visibility=row.visibility
    )
    return row
