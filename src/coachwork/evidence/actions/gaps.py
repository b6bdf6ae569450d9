"""Decide about a gap: focus on it, keep it up, use the strength, leave it, or look closer."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.evidence import queries
from coachwork.evidence.models import Aim, GapDecision
from coachwork.evidence.models.limits import REASON_MAX, clean_text
from coachwork.frameworks.models import Competency
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User

FOCUS_LIMIT: Final = 3


@transaction.atomic
def decide_gap(  # noqa: PLR0913
    *,
    actor: User,
    client: Client,
    competency: Competency,
    decision: str,
    at: datetime,
    energy: int | None = None,
    note: str = "",
) -> GapDecision:
    """Decide about one gap of the open aim; the newest decision counts, all stay readable."""
    access.require(actor, Verb.WRITE, Thing.ASSESSMENT, client)
    if decision not in GapDecision.Decision.values:
        raise Invalid({"decision": _("Please choose what to do about it.")})
    if energy is not None and energy not in range(1, 6):
        raise Invalid({"energy": _("Energy goes from 1 to 5.")})
    words = clean_text("note", note, limit=REASON_MAX)
    aim = queries.aim(actor=actor, client=client)
    if aim is None or competency.pk not in {row.competency_id for row in aim.targets.all()}:
        raise Refused(_("This competency is not part of your aim. Add it there first."))
    # One decision at a time, so that two sent at once cannot make a fourth focus.
    Aim.objects.select_for_update().get(client=client, pk=aim.pk)
    decided = queries.decisions(actor=actor, aim=aim)
    before = decided.get(competency.pk)
    if before and (before.decision, before.energy, before.note) == (decision, energy, words):
        return before  # the form was sent twice
    if decision == GapDecision.Decision.FOCUS:
        _check_room(decided, competency)
    row = GapDecision.objects.create(
        client=client,
        aim=aim,
        competency=competency,
        decision=decision,
        energy=energy,
        note=words,
        visibility=aim.visibility,
        created_by=actor,
        created_at=at,
    )
    people.note(
        actor=actor,
        client=client,
        kind="gap.decided",
        at=at,
        item=row.pk,
        visibility=row.visibility,
    )
    return row


def _check_room(decided: dict[UUID, GapDecision], competency: Competency) -> None:
    taken = [
        row
        for row in decided.values()
        if row.decision == GapDecision.Decision.FOCUS and row.competency_id != competency.pk
    ]
    if len(taken) >= FOCUS_LIMIT:
        names = ", ".join(row.competency.worded("name") for row in taken)
        raise Refused(
            _(
                "You already have three in focus: %(names)s. Three is plenty at once. "
                "Leave one of them for now, and this one can take its place."
            )
            % {"names": names}
        )
