"""Role profiles: which competencies a role asks for, how much of each, and what matters most."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.frameworks.models.competencies import Competency, Framework, Worded
from coachwork.kit.ids import new_id
from coachwork.people.models import Organisation


class RoleProfile(Worded):
    """A role somebody can aim for."""

    class Source(models.TextChoices):
        CONTENT = "content", _("Coachwork")
        ORGANISATION = "organisation", _("Your organisation")
        ONET = "onet", "O*NET"
        ESCO = "esco", "ESCO"
        ADVERT = "advert", _("Job advert")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=120)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(blank=True)
    source = models.CharField(max_length=12, choices=Source.choices, default=Source.CONTENT)
    uri = models.CharField(max_length=200, blank=True)
    attribution = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)
    valid_from = models.DateField()
    retired_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of the file it came from

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "framework", "slug"], name="role_profile_once"
            ),
            models.UniqueConstraint(
                fields=["framework", "slug"],
                condition=models.Q(organisation__isnull=True),
                name="global_role_profile_once",
            ),
        ]
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title


class RoleTarget(models.Model):
    """The level of one competency that a role asks for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    role = models.ForeignKey(RoleProfile, on_delete=models.CASCADE, related_name="targets")
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="+")
    level = models.DecimalField(max_digits=2, decimal_places=1)  # half steps, 1 to 5
    importance = models.PositiveSmallIntegerField(default=2)  # 1 to 3, 3 matters most
    position = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "competency"], name="role_target_once"),
            models.CheckConstraint(
                condition=models.Q(level__range=(1, 5)), name="role_target_1_to_5"
            ),
            models.CheckConstraint(
                condition=models.Q(importance__range=(1, 3)), name="role_importance_1_to_3"
            ),
        ]
        ordering = ["position"]
