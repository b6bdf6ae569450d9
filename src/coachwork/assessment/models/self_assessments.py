"""Self-assessments: drafts that can be left and resumed, then submitted once and kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.evidence.models import Aim
from coachwork.frameworks.models import Behaviour, Competency, Framework
from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models import ClientRow, Thing


class SelfAssessment(ClientRow):
    """A person's own view at one time; after submitting, a new one is added, never an edit."""

    policy = Thing.ASSESSMENT

    class Depth(models.TextChoices):
        QUICK = "quick", _("Quick: one question a competency")
        FULL = "full", _("Full: every behaviour")
        SINGLE = "single", _("One competency in depth")
        ADAPTIVE = "adapt", _("Only what tells most")

    class Purpose(models.TextChoices):
        BASELINE = "baseline", _("Where I start")
        MIDPOINT = "midpoint", _("Halfway look")
        CLOSE = "close", _("Looking back")
        FREE = "free", _("Just now")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")
        SUPERSEDED = "superseded", _("Replaced by a newer one")

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    aim = TenantForeignKey(Aim, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    depth = models.CharField(max_length=6, choices=Depth.choices)
    # What it looks at: empty for the aim's list, else a group of the framework or a competency.
    part = models.CharField(max_length=160, blank=True, default="")
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # A form that is sent twice must find the draft that the first one made.
            models.UniqueConstraint(
                fields=["client", "depth", "part"],
                condition=models.Q(state="draft"),
                name="one_draft_of_a_kind",
            )
        ]
        indexes = [models.Index(fields=["client", "state", "-id"], name="self_assessment_newest")]

    @property
    def progress(self) -> tuple[int, int]:
        """How many competencies were looked at, and how many there are."""
        rows = [row for row in self.ratings.all() if row.behaviour_id is None]
        return sum(row.answered_at is not None for row in rows), len(rows)


class SelfRating(ClientRow):
    """One answer; a competency whose answer is missing has not been reached yet."""

    policy = Thing.ASSESSMENT

    class Confidence(models.TextChoices):
        LOW = "low", _("Not sure")
        MEDIUM = "medium", _("Fairly sure")
        HIGH = "high", _("Sure")

    assessment = TenantForeignKey(SelfAssessment, on_delete=models.CASCADE, related_name="ratings")
    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    behaviour = models.ForeignKey(
        Behaviour, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveIntegerField(default=0)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    not_seen = models.BooleanField(default=False)
    confidence = models.CharField(max_length=6, blank=True, choices=Confidence.choices)
    example = models.TextField(blank=True)
    example_on = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "assessment", "competency", "behaviour"],
                name="self_rating_once",
            ),
            models.UniqueConstraint(
                fields=["client", "assessment", "competency"],
                condition=models.Q(behaviour__isnull=True),
                name="self_rating_of_competency_once",
            ),
            models.CheckConstraint(
                condition=models.Q(level__isnull=True)
                | (models.Q(level__range=(1, 5)) & models.Q(not_seen=False)),
                name="self_rating_level_or_not_seen",
            ),
        ]
        ordering = ["position"]
