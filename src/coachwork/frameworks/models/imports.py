"""Imports that were asked for on a page and run in the background."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.kit.ids import new_id
from coachwork.people.models import Organisation, User


class ImportRun(models.Model):
    """One file, brought by a person, on its way into the frameworks or catalogues."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READING = "reading", _("Reading")
        WRITING = "writing", _("Writing")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Not taken")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(_("what it is"), max_length=16)
    file = models.CharField(max_length=300)  # place within the folder of uploads
    file_name = models.CharField(max_length=200)
    locale = models.CharField(_("language of the file"), max_length=16, default="en")
    name = models.CharField(max_length=160, blank=True)
    dry_run = models.BooleanField(default=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.WAITING)
    percent = models.PositiveSmallIntegerField(default=0)
    report = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    framework = models.UUIDField(null=True, blank=True)  # what came of it
    created_by = models.ForeignKey(
        User, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-id"], name="import_run_newest")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def over(self) -> bool:
        return self.status in {self.Status.DONE, self.Status.REFUSED}
