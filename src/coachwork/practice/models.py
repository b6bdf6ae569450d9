"""Practice in real life: what came of one chance to do the thing."""

from django.db import models

from coachwork.evidence.models import Chance, Evidence
from coachwork.frameworks.models import Behaviour, Competency
from coachwork.people.models.records import AppendOnly


class PracticeLog(AppendOnly):
    """One chance, and whether it was taken. What it belongs to is named, not joined."""

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    behaviour = models.ForeignKey(
        Behaviour, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    occasion_on = models.DateField()
    chance = models.CharField(max_length=6, choices=Chance.choices)
    context = models.CharField(
        max_length=8, choices=Evidence.Context.choices, default=Evidence.Context.WORK
    )
    line = models.CharField(max_length=500, blank=True)
    item = models.UUIDField(null=True, blank=True)  # the if-then or plan item it came from
    moment = models.CharField(max_length=40, blank=True)  # keeps one tap from counting twice

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "item", "moment"],
                condition=models.Q(item__isnull=False) & ~models.Q(moment=""),
                name="practice_once_per_moment",
            )
        ]
        indexes = [models.Index(fields=["client", "-id"], name="practice_newest")]
