"""Pulses: ask a few people whether one behaviour has changed; and be reminded that it is time."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.assessment.actions import common, letters
from coachwork.assessment.models import FeedbackRound
from coachwork.frameworks.models import Behaviour
from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User

LATE = timedelta(days=14)  # so long an offer is still worth a mail


@transaction.atomic
def begin_pulse(
    *, actor: User, client: Client, behaviour: Behaviour, at: datetime
) -> FeedbackRound:
    """Begin a pulse on one behaviour, or go on with the one that is open."""
    access.require(actor, Verb.PROPOSE, Thing.ROUND, client)
    found = common.going_on(client, FeedbackRound.Mode.PULSE)
    if found is not None:
        return found
    if not behaviour.eligible_360:
        raise Invalid({"behaviour": _("Others cannot see this. Please choose another one.")})
    row = FeedbackRound(
        mode=FeedbackRound.Mode.PULSE,
        framework=behaviour.competency.framework,
        asked=[[str(behaviour.competency_id), [str(behaviour.pk)]]],
    )
    return common.begun(actor, row, client, at)


@transaction.atomic
def offer_pulses(*, today: date, at: datetime) -> int:
    """Tell those who wanted to ask again that it is time; once, and nothing is sent to others."""
    due = FeedbackRound.objects.select_for_update(of=("self",)).filter(
        ask_again_on__lte=today, ask_again_on__gt=today - LATE
    )
    rows = list(due.select_related("client__user")[:500])
    for row in rows:
        letters.time_to_ask_again(row, at=at)
    FeedbackRound.objects.filter(pk__in=[row.pk for row in rows]).update(ask_again_on=None)
    return len(rows)
