"""What a client aims for, and what they decide about each gap."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.frameworks.models import Competency, RoleProfile
from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models import ClientRow, Thing
from coachwork.people.models.records import AppendOnly


class Aim(ClientRow):
    """A role the client looks at, with the client's own pick of its targets."""

    policy = Thing.ASSESSMENT

    class Kind(models.TextChoices):
        CURRENT = "current", _("My role today")
        NEXT = "next", _("My next role")
        EXPLORE = "explore", _("Just exploring")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    role = models.ForeignKey(
        RoleProfile, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(max_length=200)  # as the client calls it
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=models.Q(ended_at__isnull=True),
                name="one_open_aim",
            )
        ]
        indexes = [models.Index(fields=["client", "-id"], name="aim_by_client")]


class AimTarget(ClientRow):
    """One competency of an aim: the level it asks for and how much it matters."""

    policy = Thing.ASSESSMENT

    aim = TenantForeignKey(Aim, on_delete=models.CASCADE, related_name="targets")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = models.DecimalField(max_digits=2, decimal_places=1)
    importance = models.PositiveSmallIntegerField(default=2)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "aim", "competency"], name="aim_target_once"),
            models.CheckConstraint(
                condition=models.Q(level__range=(1, 5)), name="aim_target_1_to_5"
            ),
            models.CheckConstraint(
                condition=models.Q(importance__range=(1, 3)), name="aim_importance_1_to_3"
            ),
        ]
        ordering = ["position"]


class GapDecision(AppendOnly):
    """What the client decided about one gap; the newest row counts."""

    policy = Thing.ASSESSMENT

    class Decision(models.TextChoices):
        FOCUS = "focus", _("Focus on it")
        MAINTAIN = "maintain", _("Keep it up")
        USE_STRENGTH = "use_strength", _("Use the strength")
        PARK = "park", _("Leave it for now")
        GATHER_EVIDENCE = "gather_evidence", _("Gather evidence")

    aim = TenantForeignKey(Aim, on_delete=models.CASCADE, related_name="decisions")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=16, choices=Decision.choices)
    energy = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 5
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(energy__isnull=True) | models.Q(energy__range=(1, 5)),
                name="gap_energy_1_to_5",
            )
        ]
        indexes = [
            models.Index(fields=["client", "aim", "competency", "-id"], name="gap_decision_newest")
        ]
