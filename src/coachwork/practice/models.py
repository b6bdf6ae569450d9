"""Practice in real life: what came of one chance to do the thing."""

from datetime import date

from django.db import models

from coachwork.evidence.models import Chance, Evidence
from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models import Thing
from coachwork.people.models.records import AppendOnly


class PracticeLog(AppendOnly):
    """One chance, and whether it was taken. What it belongs to is named, not joined."""

    policy = Thing.PLAN

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
    # What was done or named, and when: keeps one tap from counting twice.
    moment = models.CharField(max_length=100, blank=True)
    undoes = TenantForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="undone_by"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "moment"],
                condition=~models.Q(moment=""),
                name="practice_once_per_moment",
            ),
            models.UniqueConstraint(fields=["client", "undoes"], name="practice_undone_once"),
        ]
        indexes = [
            models.Index(fields=["client", "-id"], name="practice_newest"),
            models.Index(fields=["client", "occasion_on"], name="practice_by_day"),
            models.Index(fields=["client", "competency", "-id"], name="practice_by_skill"),
        ]


def moment_of(on: date, times: int = 0) -> str:
    """The name of one chance on one day, so that two presses for it are one log."""
    return f"{on.isoformat()}.{times}"
