"""Practice in real life: what came of one chance to do the thing."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.evidence.models import Chance, Evidence
from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models import ClientRow, Thing
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


class Attempt(ClientRow):
    """One play of a scene: the choices that were made, and everything else follows from them."""

    class State(models.TextChoices):
        STARTED = "started", _("Begun")
        SUBMITTED = "submitted", _("Played")
        RATED = "rated", _("Looked at")
        DEBRIEFED = "debriefed", _("Thought through")
        LEFT = "left", _("Left")

    policy = Thing.ATTEMPTS

    exercise = models.CharField(_("scene"), max_length=60)
    version = models.PositiveIntegerField(default=1)  # of the scene; another one is another scene
    title = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.STARTED)
    record = models.JSONField(_("choices"), default=list)  # numbers of the choices, in order
    focus = models.CharField(max_length=8, blank=True)  # the code of one behaviour
    rubric = models.JSONField(_("own view"), default=dict)  # code of a behaviour -> level, or ""
    intended = models.TextField(_("what I meant to do"), blank=True)
    happened = models.TextField(_("what happened"), blank=True)
    why = models.TextField(_("why it went so"), blank=True)
    keep = models.TextField(_("what I keep"), blank=True)
    change = models.TextField(_("what I change"), blank=True)
    if_then = models.CharField(_("in real life"), max_length=300, blank=True)
    repeat_on = models.DateField(_("again on"), null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("attempt")
        indexes = [
            models.Index(fields=["client", "-id"], name="practice_attempts"),
            models.Index(fields=["client", "exercise", "-id"], name="practice_by_scene"),
        ]


def moment_of(on: date, times: int = 0) -> str:
    """The name of one chance on one day, so that two presses for it are one log."""
    return f"{on.isoformat()}.{times}"
