"""Evidence, disputes and agreed levels: rows that are written once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models import Thing
from coachwork.people.models.records import AppendOnly


class Source(models.TextChoices):
    """Who or what the observation comes from; each is shown apart from the others."""

    SELF = "self", _("Yourself")
    MANAGER = "manager", _("Manager")
    PEER = "peer", _("Peers")
    REPORT = "report", _("People you lead")
    OTHER = "other", _("Other colleagues")
    COACH = "coach", _("Coach")
    MENTOR = "mentor", _("Mentor")
    EXERCISE = "exercise", _("Exercises")
    PROJECT = "project", _("Projects")
    WORK_SAMPLE = "work_sample", _("Work samples")
    PULSE = "pulse", _("Pulse")
    CHECK = "check", _("Knowledge checks")


class Chance(models.TextChoices):
    """What came of a chance to practise; having had no chance is never held against anybody."""

    DID = "did", _("Did it")
    PARTLY = "partly", _("Partly")
    NOT = "not", _("Not this time")
    NONE = "none", _("No chance")


class Evidence(AppendOnly):
    """One observation. A correction is a new row that names the one it replaces."""

    policy = Thing.ASSESSMENT

    class Context(models.TextChoices):
        WORK = "work", _("At work")
        LIFE = "life", _("In life outside work")
        STUDY = "study", _("In studies")

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    behaviour = models.ForeignKey(
        Behaviour, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=12, choices=Source.choices)
    occasion_on = models.DateField()
    level = models.DecimalField(max_digits=2, decimal_places=1, null=True, blank=True)
    chance = models.CharField(max_length=6, blank=True, choices=Chance.choices)
    context = models.CharField(max_length=8, choices=Context.choices, default=Context.WORK)
    text = models.TextField(blank=True)
    n_raters = models.PositiveIntegerField(default=1)
    # Where it came from, such as "self_rating:<id>"; also makes writing twice impossible.
    provenance = models.CharField(max_length=80)
    corrects = TenantForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="corrected_by"
    )
    withdrawn = models.BooleanField(default=False)  # a correction that takes the row back

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "provenance"], name="evidence_provenance_once"
            ),
            models.UniqueConstraint(fields=["client", "corrects"], name="evidence_corrected_once"),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__range=(1, 5)),
                name="evidence_level_1_to_5",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "competency", "occasion_on"], name="evidence_by_skill"),
            models.Index(fields=["client", "-id"], name="evidence_by_client"),
        ]

    @property
    def replaced_by(self) -> "Evidence | None":
        """The row that came in the place of this one; lists load it beside."""
        newer: list[Evidence] | None = vars(self).get("newer")
        return next(iter(self.corrected_by.all() if newer is None else newer), None)

    @property
    def disputed(self) -> "list[Dispute]":
        """What the client said against it; lists load it beside."""
        against: list[Dispute] | None = vars(self).get("against")
        return list(self.disputes.all()) if against is None else against


class Dispute(AppendOnly):
    """The client's disagreement, which stands beside the evidence for ever and deletes nothing."""

    policy = Thing.ASSESSMENT

    evidence = TenantForeignKey(Evidence, on_delete=models.CASCADE, related_name="disputes")
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["client", "evidence"], name="dispute_by_evidence")]


class AgreedLevel(AppendOnly):
    """The level that the client stands by, with a reason; the newest one counts."""

    policy = Thing.ASSESSMENT

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = models.DecimalField(max_digits=2, decimal_places=1)
    reason = models.CharField(max_length=300)
    # What was on the table: the rule's name and version, its inputs and what it proposed.
    basis = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__range=(1, 5)), name="agreed_level_1_to_5"
            )
        ]
        indexes = [models.Index(fields=["client", "competency", "-id"], name="agreed_level_newest")]
