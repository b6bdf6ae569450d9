"""Moments of a week that exist anyway, and the behaviour a person ties to one of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit import signed
from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models import ClientRow, Thing
from coachwork.plans.models import IfThen


class Moment(ClientRow):
    """Something that happens in a person's week; no calendar is needed to name it."""

    policy = Thing.PLAN

    class Source(models.TextChoices):
        TYPICAL = "typical", _("A typical moment")
        MANUAL = "manual", _("Your own")
        CALENDAR = "calendar", _("From your calendar")

    source = models.CharField(max_length=8, choices=Source.choices, default=Source.TYPICAL)
    code = models.CharField(max_length=40, blank=True)  # of a typical moment
    kind = models.CharField(max_length=24)
    week_on = models.DateField()  # the Monday of its week
    starts_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "week_on", "code"],
                condition=models.Q(source="typical"),
                name="typical_moment_once_a_week",
            )
        ]
        indexes = [models.Index(fields=["client", "week_on"], name="moment_by_week")]


class MomentPlan(ClientRow):
    """What the person means to do in that moment; at most three in a week."""

    policy = Thing.PLAN

    moment = TenantForeignKey(Moment, on_delete=models.CASCADE, related_name="plans")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    behaviour = models.ForeignKey(
        Behaviour, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    if_then = TenantForeignKey(
        IfThen, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    prep = models.CharField(_("what I will do"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "moment"], name="moment_plan_once")
        ]


TAP = "tap"  # what a signed link of one tap is for
CHANGES = (SMALLER, LATER, DROP) = ("smaller", "later", "drop")  # the other links of a reminder
TAP_DAYS = 10  # how long it works


def standing(if_then: IfThen) -> str:
    """A sign of how an if-then stands now; it tells nothing of its words."""
    facts = (if_then.if_text, if_then.then_text, if_then.active)
    return signed.mark(*facts, if_then.rests_until, if_then.ended_at)
