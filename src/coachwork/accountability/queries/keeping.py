"""Where somebody stands with what they meant to do, without a number that judges."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from coachwork.accountability.models import CheckIn, CheckInPlan, Commitment, Energies
from coachwork.engine import rhythm
from coachwork.engine.rhythm import Week
from coachwork.kit import weeks
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User

SHOWN = 12  # weeks
LATEST = 30  # check-ins and commitments on a page
State = Commitment.State


@dataclass(frozen=True)
class Keeping:
    """The page of one person."""

    plan: CheckInPlan | None
    weeks: list[Week]
    check_ins: list[CheckIn]
    due: list[Commitment]
    settled: list[Commitment]

    @property
    def counted(self) -> tuple[int, int, int]:
        return rhythm.counted(self.weeks)

    @property
    def wins(self) -> list[Commitment]:
        """What was kept, and what was agreed anew in time: both are how one keeps one's word."""
        good = {State.KEPT, State.RENEGOTIATED}
        return [one for one in self.settled if one.state in good][:8]


def keeping(*, actor: User, client: Client, today: date) -> Keeping:
    """What the actor may see of it."""
    seen = access.visible(actor, Thing.CHECK_INS, client=client)
    plan = CheckInPlan.objects.filter(seen).select_related("client").first()
    check_ins = list(CheckIn.objects.filter(seen).order_by("-week_on")[:LATEST])
    rows = list(Commitment.objects.filter(seen).order_by("-pk")[: 4 * LATEST])
    due = sorted((one for one in rows if one.state == State.MADE), key=lambda one: one.due_on)
    settled = [one for one in rows if one.state != State.MADE][:LATEST]
    answered = [one.week_on for one in check_ins]
    lived = _rhythm(plan, answered, today)[-SHOWN:] if plan else []
    return Keeping(plan, lived, check_ins, due, settled)


def rhythm_of(*, plan: CheckInPlan, today: date) -> list[Week]:
    """The weeks of this plan; whoever has the plan in hand may know them."""
    since = today - timedelta(weeks=26)
    rows = CheckIn.objects.filter(client=plan.client_id, week_on__gte=since)
    return _rhythm(plan, list(rows.values_list("week_on", flat=True)), today)


def _rhythm(plan: CheckInPlan, answered: list[date], today: date) -> list[Week]:
    paused: list[date] = []
    if plan.paused_from and plan.paused_until:
        on = weeks.monday(plan.paused_from)
        while on < plan.paused_until:
            paused.append(on)
            on += timedelta(weeks=1)
    return rhythm.rhythm(
        max(plan.first_week_on, weeks.monday(today) - timedelta(weeks=26)),
        weeks.monday(today),
        answered=answered,
        paused=paused,
        every=plan.cadence,
    )


def plan_of(*, actor: User, client: Client) -> CheckInPlan | None:
    """How the client checks in."""
    seen = access.visible(actor, Thing.CHECK_INS, client=client)
    return CheckInPlan.objects.filter(seen).select_related("client").first()


def check_in(*, actor: User, client: Client, week_on: date) -> CheckIn | None:
    """The answer of one week."""
    seen = access.visible(actor, Thing.CHECK_INS, client=client)
    return CheckIn.objects.filter(seen, week_on=weeks.monday(week_on)).first()


def commitment(*, actor: User, commitment_id: UUID) -> Commitment:
    """One commitment."""
    rows = Commitment.objects.filter(access.visible(actor, Thing.CHECK_INS))
    return rows.select_related("client").get(pk=commitment_id)


def energies(*, actor: User, client: Client) -> Energies | None:
    """The client's energy; for somebody else only while it is shared with them."""
    seen = access.visible(actor, Thing.MOODS, client=client)
    return Energies.objects.filter(seen).select_related("client").first()
