"""Log a chance to practise, and take a log back; each writes to the ledger of evidence."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from coachwork.evidence import actions as evidence
from coachwork.evidence.models import Chance, Evidence, Source
from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people import queries as people_queries
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility
from coachwork.practice.models import PracticeLog

LONGEST_LINE = 500
LONGEST_MOMENT = 40
PROVENANCE = "practice_log:%s"


@transaction.atomic
def log(  # noqa: PLR0913  one argument for each thing a log says
    *,
    actor: User,
    client: Client,
    competency: Competency,
    chance: str,
    occasion_on: date,
    at: datetime,
    behaviour: Behaviour | None = None,
    context: str = Evidence.Context.WORK,
    line: str = "",
    item: UUID | None = None,
    moment: str = "",
    visibility: Visibility | None = None,
) -> PracticeLog:
    """Log one chance and what came of it. The same moment of the same thing counts once."""
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    _check(chance, context, line, moment)
    found = PracticeLog(
        client=client,
        visibility=visibility or people_queries.starting_class(actor=actor, client=client),
        created_by=actor,
        created_at=at,
        competency=competency,
        behaviour=behaviour,
        occasion_on=occasion_on,
        chance=chance,
        context=context,
        line=line.strip(),
        item=item,
        moment=_free_moment(client, f"{item or competency.pk}|{moment}") if moment else "",
    )
    try:
        with transaction.atomic():
            found.save(force_insert=True)
    except IntegrityError:
        # The same tap came twice: the first one counts.
        return PracticeLog.objects.get(client=client, moment=found.moment)
    evidence.record(
        actor=actor,
        client=client,
        competency=competency,
        behaviour=behaviour,
        source=Source.SELF,
        occasion_on=occasion_on,
        chance=chance,
        context=context,
        text=found.line,
        provenance=PROVENANCE % found.pk,
        visibility=Visibility(found.visibility),
        at=at,
    )
    people.note(
        actor=actor,
        client=client,
        kind="practice.logged",
        item=found.pk,
        at=at,
        visibility=found.visibility,
    )
    return found


def _check(chance: str, context: str, line: str, moment: str) -> None:
    problems: dict[str, str] = {}
    if chance not in Chance.values:
        problems["chance"] = _("Please choose one of the four answers.")
    if context not in Evidence.Context.values:
        problems["context"] = _("Please choose where this was.")
    if len(line) > LONGEST_LINE:
        text = _("One line is enough here: up to %(most)d characters.")
        problems["line"] = text % {"most": LONGEST_LINE}
    if "\x00" in line or "\x00" in moment:
        problems["line"] = _("There is a character in it that is not text. Please type it again.")
    if len(moment) > LONGEST_MOMENT:
        problems["moment"] = _("This form has expired. Please open the page again.")
    if problems:
        raise Invalid(problems)


def _free_moment(client: Client, moment: str) -> str:
    """The moment as it is kept: one that was taken back is free again, under a number."""
    undone = PracticeLog.objects.filter(
        client=client, moment__startswith=moment, undone_by__isnull=False
    )
    taken = [one for one in undone.values_list("moment", flat=True) if one.split("~")[0] == moment]
    return f"{moment}~{len(taken)}" if taken else moment


@transaction.atomic
def undo(*, actor: User, log: PracticeLog, at: datetime) -> PracticeLog:
    """Take a log back: a new row says so, and its evidence is withdrawn by a new row too."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, log)
    if log.undoes_id:
        raise Refused(_("This was taken back already."))
    row = PracticeLog(
        client=log.client,
        visibility=log.visibility,
        created_by=actor,
        created_at=at,
        competency=log.competency,
        behaviour=log.behaviour,
        occasion_on=log.occasion_on,
        chance=log.chance,
        context=log.context,
        item=log.item,
        undoes=log,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return PracticeLog.objects.get(client=log.client, undoes=log)
    rows = Evidence.objects.filter(client=log.client, provenance=PROVENANCE % log.pk)
    for written in rows:
        evidence.withdraw(actor=actor, evidence=written, at=at)
    people.note(
        actor=actor,
        client=log.client,
        kind="practice.undone",
        item=log.pk,
        at=at,
        visibility=log.visibility,
    )
    return row
