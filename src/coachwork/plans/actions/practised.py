"""Log what came of a chance to do what an if-then or a plan item asks for."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.evidence.models import Evidence
from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit.errors import Refused
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User, Visibility
from coachwork.plans.models import IfThen, PlanItem
from coachwork.practice import actions as practice
from coachwork.practice.models import PracticeLog


@transaction.atomic
def log_chance(  # noqa: PLR0913  one argument for each thing a log says
    *,
    actor: User,
    thing: IfThen | PlanItem,
    chance: str,
    at: datetime,
    occasion_on: date,
    moment: str,
    context: str = Evidence.Context.WORK,
    line: str = "",
) -> PracticeLog:
    """Log one chance under the competency that this belongs to; the same moment counts once."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, thing)
    competency, behaviour = belongs_to(thing)
    if competency is None:
        raise Refused(
            _("This does not belong to a competency yet, so nothing can be counted for it.")
        )
    return practice.log(
        actor=actor,
        client=thing.client,
        competency=competency,
        behaviour=behaviour,
        chance=chance,
        occasion_on=occasion_on,
        context=context,
        line=line,
        item=thing.pk,
        moment=moment,
        visibility=Visibility(thing.visibility),
        at=at,
    )


def belongs_to(thing: IfThen | PlanItem) -> tuple[Competency | None, Behaviour | None]:
    """The competency, and the behaviour where one is named."""
    goal = thing.goal
    if isinstance(thing, PlanItem) and thing.competency_id:
        return thing.competency, thing.behaviour
    return (goal.competency, goal.behaviour) if goal else (None, None)
