"""Versions of what is known of the behaviours of a framework, and of the kinds of raters."""

from typing import Any

from django.db import models

from coachwork.frameworks.models import Framework
from coachwork.kit.ids import new_id


class Calibration(models.Model):
    """One version, made once from a batch of released rounds. It holds nothing of any person."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    created_at = models.DateTimeField()  # and used since then, until the next one
    # The scale as the engine reads it, which behaviours belong to which competency, and what is
    # told to the makers of the framework.
    scale = models.JSONField(default=dict)
    behaviours = models.JSONField(default=dict)
    diagnosis = models.JSONField(default=dict)
    clients = models.PositiveIntegerField(default=0)  # in tens, as is what follows
    raters = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "version"], name="calibration_once"),
        ]

    def __str__(self) -> str:
        return f"{self.framework.name} {self.framework.edition}, {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A calibration is made once: add a new version instead.")
        super().save(*args, **kwargs)
