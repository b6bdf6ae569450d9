"""Changes of a plan that are put on the table, and weeks that have other hours than usual."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models import ClientRow, Thing
from coachwork.plans.models.plans import Plan

UNDO_WITHIN = timedelta(days=14)


class WeekTime(ClientRow):
    """The hours that one week has for the plan, where it is not a usual week: 0 is away."""

    policy = Thing.PLAN

    plan = TenantForeignKey(Plan, on_delete=models.CASCADE, related_name="week_times")
    week_on = models.DateField()  # a Monday
    hours = models.DecimalField(max_digits=4, decimal_places=1, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "plan", "week_on"], name="week_time_once"),
            models.CheckConstraint(
                condition=models.Q(hours__range=(0, 40)), name="week_time_0_to_40_hours"
            ),
        ]
        ordering = ["week_on"]


class Proposal(ClientRow):
    """A change of the plan to look at; it does nothing until the client accepts it.

    A schedule waits here until it is answered. A smaller change (`kind` is its rule) is kept only
    with its answer, under the cause for which it is never shown again.
    """

    policy = Thing.PLAN

    class Kind(models.TextChoices):
        SCHEDULE = "schedule", _("A schedule")
        # The rules of engine.adjustments, each by its name.
        NO_PRACTICE = "no_practice", _("A smaller step")
        ONLY_OWN_VIEW = "only_own_view", _("Another pair of eyes")
        NO_MOVEMENT = "no_movement", _("Another way")
        RUNG_EARLY = "rung_early", _("A harder setting")
        LOW_ENERGY = "low_energy", _("Does it still fit?")
        ALL_DONE = "all_done", _("Something harder")
        OVERLOAD = "overload", _("One thing less")

    class State(models.TextChoices):
        WORKING = "working", _("Being worked out")
        OPEN = "open", _("Waiting for you")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Left aside")
        OUTDATED = "outdated", _("Overtaken")
        FAILED = "failed", _("Could not be worked out")
        UNDONE = "undone", _("Taken back")

    plan = TenantForeignKey(Plan, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.SCHEDULE)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WORKING)
    cause = models.CharField(max_length=120, blank=True)
    content = models.JSONField(default=dict)  # steps, reasons, what was looked at; ids and numbers
    before = models.JSONField(default=dict)  # how the items read that it changed, to undo it
    from_version = models.PositiveIntegerField()
    to_version = models.PositiveIntegerField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "plan", "cause"],
                condition=~models.Q(cause=""),
                name="proposal_answered_once",
            )
        ]
        indexes = [models.Index(fields=["client", "state"], name="proposal_by_state")]

    def may_be_undone(self, at: datetime) -> bool:
        """Whether it was accepted, and not so long ago that life has gone on."""
        accepted = self.kind == self.Kind.SCHEDULE and self.state == self.State.ACCEPTED
        return accepted and self.answered_at is not None and at <= self.answered_at + UNDO_WITHIN

    @property
    def is_open(self) -> bool:
        return self.state in (self.State.WORKING, self.State.OPEN)
