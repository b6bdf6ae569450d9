"""Answer a proposed schedule: accept all or part of it, leave it aside, or take it back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.kit import weeks
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing, Verb
from coachwork.people.models import User
from coachwork.plans import queries
from coachwork.plans.actions import wording
from coachwork.plans.actions.items import MOST_OPEN
from coachwork.plans.actions.locks import hold
from coachwork.plans.actions.story import Trigger, tell
from coachwork.plans.models import Plan, PlanItem, Proposal

State = Proposal.State
KEPT = ("state", "week_on", "window_end", "position", "effort_minutes", "title")
DAYS = ("week_on", "window_end")


@transaction.atomic
def accept_schedule(
    *,
    actor: User,
    proposal: Proposal,
    at: datetime,
    steps: Sequence[int] | None = None,
    weeks_on: Mapping[int, date] | None = None,
    reason: str = "",
) -> Proposal:
    """Make the proposed changes, or those of them that are named; `weeks_on` gives other weeks.

    The plan gets one new version. Refused where the plan has changed since it was proposed.
    """
    access.require_row(actor, Verb.WRITE, Thing.PLAN, proposal)
    problems = wording.text_problem("reason", reason, wording.LONGEST_LINE)
    if problems:
        raise Invalid(problems)
    plan = _waiting(proposal)
    today = weeks.day(at, actor.timezone)
    chosen = [
        one
        for one in proposal.content.get("steps", [])
        if steps is None or int(one.get("n", -1)) in steps
    ]
    if not chosen:
        raise Invalid({"steps": _("Choose at least one change, or leave it all as it is.")})
    changed = _Changes(actor, proposal, plan, at, today)
    for one in chosen:
        changed.make(one, (weeks_on or {}).get(int(one["n"])))
    number = PlanItem.objects.filter(client=plan.client, plan=plan, state__in=PlanItem.OPEN).count()
    if number > MOST_OPEN:
        raise Refused(_("There are a hundred open items in this plan. Let some go first."))
    what = ngettext(
        "Accepted a schedule: %(count)d change",
        "Accepted a schedule: %(count)d changes",
        len(chosen),
    )
    version = tell(
        actor, plan, what % {"count": len(chosen)}, at, reason=reason, trigger=Trigger.SIGNAL
    )
    proposal.before, proposal.to_version = changed.before, version.number
    return _answered(actor, proposal, State.ACCEPTED, at, reason)


def _waiting(proposal: Proposal) -> Plan:
    """The plan, held; refused where the proposal is answered or no longer fits."""
    plan: Plan = proposal.plan
    hold(plan)
    hold(proposal)
    if proposal.state != State.OPEN:
        raise Refused(_("This proposal is answered already. Nothing was changed."))
    if plan.version != proposal.from_version or plan.state == Plan.State.CLOSED:
        raise Refused(
            _(
                "Your plan has changed since this was proposed, so it may not fit any more. "
                "Nothing was changed. Ask for a new one on the page of your plan."
            )
        )
    return plan


def _answered(
    actor: User, proposal: Proposal, state: Proposal.State, at: datetime, reason: str
) -> Proposal:
    proposal.state, proposal.answered_at, proposal.reason = state, at, reason.strip()
    proposal.save()
    people.note(
        actor=actor,
        client=proposal.client,
        kind=f"schedule.{state}",
        item=proposal.pk,
        at=at,
        visibility=proposal.visibility,
    )
    return proposal


class _Changes:
    """Makes the steps of a schedule, and keeps how things read before."""

    def __init__(
        self, actor: User, proposal: Proposal, plan: Plan, at: datetime, today: date
    ) -> None:
        self.actor, self.plan, self.at, self.proposal = actor, plan, at, proposal
        self.this_week = weeks.monday(today)
        self.before: dict[str, Any] = {"items": {}, "added": []}

    def make(self, step: Mapping[str, Any], week_on: date | None) -> None:
        """One step, moved as a whole where the client named another first week."""
        laid = [(date.fromisoformat(day), int(minutes)) for day, minutes in step["weeks"]]
        shift = weeks.monday(week_on) - laid[0][0] if week_on else timedelta(0)
        laid = [(day + shift, minutes) for day, minutes in laid]
        if laid[0][0] < self.this_week:
            raise Invalid({"steps": _("This week has passed. Please choose one still to come.")})
        if "blueprint" in step:
            self._add(step, laid)
        else:
            self._change(step, laid)

    def _add(self, step: Mapping[str, Any], laid: list[tuple[date, int]]) -> None:
        goal = queries.goal(actor=self.actor, goal_id=step["goal"])
        found = queries.suggestion(actor=self.actor, goal=goal, code=step["blueprint"])
        if found is None:
            return  # it is in the plan already
        back = bool(step.get("comes_back"))
        item = PlanItem(
            client=self.plan.client,
            plan=self.plan,
            visibility=goal.visibility,
            created_by=self.actor,
            created_at=self.at,
            goal=goal,
            competency=goal.competency,
            behaviour=found.behaviour or goal.behaviour,
            kind=found.kind,
            title=found.title,
            first_step=found.first_step,
            effort_minutes=found.minutes,
            done_when=found.done_when,
            blueprint=found.code,
            reason=str(found.why)[:300],
            suggested_by="app",
            evidence_expected=found.evidence,
            cadence=(found.cadence or PlanItem.Cadence.WEEKLY) if back else PlanItem.Cadence.ONCE,
            week_on=laid[0][0],
            window_end=laid[-1][0] + timedelta(days=6) if back else None,
        )
        self._insert(item)

    def _insert(self, item: PlanItem) -> None:
        item.position = self._last_place(item.week_on) + 1
        item.save(force_insert=True)
        self.before["added"].append(str(item.pk))

    def _change(self, step: Mapping[str, Any], laid: list[tuple[date, int]]) -> None:
        item = queries.item(actor=self.actor, item_id=step["item"])
        hold(item)
        was = {name: _plain(getattr(item, name)) for name in KEPT}
        self.before["items"][str(item.pk)] = {"was": was, "now": laid[0][0].isoformat()}
        title = item.title
        if step.get("comes_back"):
            item.window_end = item.window_end or laid[-1][0] + timedelta(days=6)
            laid = laid[:1]
        for number, (day, minutes) in enumerate(laid):
            part = item if number == 0 else _part(item, self.actor, self.at)
            part.week_on = day
            if len(laid) > 1:
                said = {"title": title[:180], "n": number + 1, "parts": len(laid)}
                part.title = _("%(title)s (part %(n)d of %(parts)d)") % said
                part.effort_minutes = minutes
            if number:
                self._insert(part)
        suggested = item.state == PlanItem.State.SUGGESTED
        if item.state != PlanItem.State.DOING:
            item.state = PlanItem.State.TODO if suggested else PlanItem.State.MOVED
        item.position = self._last_place(item.week_on) + 1
        item.save()

    def _last_place(self, week_on: date | None) -> int:
        rows = PlanItem.objects.filter(client=self.plan.client, plan=self.plan, week_on=week_on)
        return max(rows.values_list("position", flat=True), default=-1)


def _part(item: PlanItem, actor: User, at: datetime) -> PlanItem:
    kept = (
        "client", "plan", "goal", "visibility", "kind", "cadence", "competency", "behaviour",
        "first_step", "done_when", "evidence_expected",
    )  # fmt: skip
    words = {name: getattr(item, name) for name in kept}
    return PlanItem(**words, created_by=actor, created_at=at)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def refuse_schedule(*, actor: User, proposal: Proposal, at: datetime, reason: str = "") -> Proposal:
    """Leave the plan as it is."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, proposal)
    problems = wording.text_problem("reason", reason, wording.LONGEST_LINE)
    if problems:
        raise Invalid(problems)
    hold(proposal)
    if proposal.state == State.REFUSED:
        return proposal
    if not proposal.is_open:
        raise Refused(_("This proposal is answered already. Nothing was changed."))
    return _answered(actor, proposal, State.REFUSED, at, reason)


@transaction.atomic
def take_back_schedule(*, actor: User, proposal: Proposal, at: datetime) -> Proposal:
    """Undo an accepted schedule: what was changed since, done or let go stays as it is now."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, proposal)
    plan = hold(proposal.plan)
    hold(proposal)
    if proposal.state == State.UNDONE:
        return proposal
    if proposal.state != State.ACCEPTED or proposal.kind != Proposal.Kind.SCHEDULE:
        raise Refused(_("Only an accepted schedule can be taken back."))
    if not proposal.may_be_undone(at):
        raise Refused(_("This was accepted more than two weeks ago. Move what you like by hand."))
    for pk, kept in proposal.before.get("items", {}).items():
        item = PlanItem.objects.select_for_update().filter(client=plan.client, pk=pk).first()
        if item is None or not item.is_open or _plain(item.week_on) != kept["now"]:
            continue
        for name, value in kept["was"].items():
            day = name in DAYS and value
            setattr(item, name, date.fromisoformat(value) if day else value)
        item.save()
    added = PlanItem.objects.filter(client=plan.client, pk__in=proposal.before.get("added", []))
    # Without its blueprint it may be suggested again.
    added.filter(state__in=(PlanItem.State.TODO, PlanItem.State.MOVED)).update(
        state=PlanItem.State.SKIPPED, blueprint="", reason=_("The schedule was taken back.")
    )
    tell(actor, plan, _("Took a schedule back"), at, trigger=Trigger.CLIENT)
    return _answered(actor, proposal, State.UNDONE, at, proposal.reason)
