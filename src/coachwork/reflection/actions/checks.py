"""Look at one's own level: today first, then where one now thinks one stood at the start."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.evidence import actions as evidence
from coachwork.evidence.models import Source
from coachwork.frameworks.models import Competency
from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people import queries as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.reflection import queries
from coachwork.reflection.models import SelfCheck

HALVES = {Decimal(n) / 2 for n in range(2, 11)}
PROVENANCE = "self_check:%s"


@transaction.atomic
def check_progress(  # noqa: PLR0913  one argument for each answer
    *,
    actor: User,
    client: Client,
    competency: Competency,
    level: str,
    then_level: str = "",
    sure: str = "",
    today: date,
    at: datetime,
) -> SelfCheck:
    """Keep one self-check. The level of today becomes evidence; the look back never does."""
    access.require(actor, Verb.WRITE, Thing.ASSESSMENT, client)
    first = queries.first_own_level(actor=actor, client=client, competency=competency)
    problems = {}
    now = _step(level)
    if now is None:
        problems["level"] = _("Please choose a level, or leave this for another day.")
    then = _step(then_level)
    if then_level and then is None:
        problems["then_level"] = _("Please choose a level, or leave this open.")
    if sure and sure not in SelfCheck.Sure.values:
        problems["sure"] = _("Please choose one of the three, or leave it open.")
    if problems or now is None:
        raise Invalid(problems)
    made = SelfCheck(
        client=client,
        visibility=people.starting_class(actor=actor, client=client),
        created_by=actor,
        created_at=at,
        competency=competency,
        level=now,
        then_level=then,
        first_level=first,
        sure=sure,
        on=today,
    )
    made.save(force_insert=True)
    evidence.record(
        actor=actor,
        client=client,
        competency=competency,
        source=Source.SELF,
        occasion_on=today,
        level=now,
        provenance=PROVENANCE % made.pk,
        at=at,
    )
    return made


def _step(text: str) -> Decimal | None:
    """A half step of the scale; none for anything else."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found in HALVES else None
