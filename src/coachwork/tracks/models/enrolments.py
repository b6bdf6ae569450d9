"""Who is on which track, in which version, and what came of the chances to do it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.evidence.models import Chance
from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit.ids import new_id
from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models import ClientRow, Thing
from coachwork.people.models.records import AppendOnly


class TrackVersion(models.Model):
    """A track as it read on the day somebody began it; later editions leave it alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    content = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["code"], name="track_version_by_code")]

    def __str__(self) -> str:
        return str(self.content.get("title", self.code))


class Enrolment(ClientRow):
    """One person on one track."""

    policy = Thing.PLAN

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered by your coach")
        STARTED = "started", _("Under way")
        CONSOLIDATING = "consolidating", _("Making it stay")
        DONE = "done", _("Done")
        PAUSED = "paused", _("Paused")
        STOPPED = "stopped", _("Stopped, which is fine")

    version = models.ForeignKey(TrackVersion, on_delete=models.PROTECT, related_name="+")
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("track"), max_length=80)
    code = models.CharField(max_length=60)
    state = models.CharField(_("state"), max_length=14, choices=State.choices)
    stage = models.PositiveSmallIntegerField(_("week"), default=1)
    offer_note = models.CharField(_("why it might fit"), max_length=500, blank=True)
    baseline = models.TextField(_("the last time, as it was at the start"), blank=True)
    stays = models.CharField(_("what stays"), max_length=300, blank=True)
    cue = models.CharField(_("the new cue"), max_length=300, blank=True)
    who_notices = models.CharField(_("who will notice"), max_length=300, blank=True)
    paused_from = models.CharField(max_length=14, blank=True)
    started_at = models.DateTimeField(_("began"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("behaviour track")
        indexes = [models.Index(fields=["client", "-id"], name="enrolments_newest")]

    @property
    def stages(self) -> list[dict[str, Any]]:
        """The stages as they were when the person began."""
        found = self.version.content.get("stages", [])
        return found if isinstance(found, list) else []


class StageNote(ClientRow):
    """A stage in words that a coach fitted to this person; it stands beside the original."""

    policy = Thing.PLAN

    enrolment = TenantForeignKey(Enrolment, on_delete=models.CASCADE, related_name="notes")
    stage = models.PositiveSmallIntegerField(_("week"), default=1)
    text = models.TextField(_("words of the coach"))
    set_aside_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("stage in other words")
        indexes = [models.Index(fields=["client", "enrolment", "-id"], name="stage_notes")]


class BehaviourTarget(ClientRow):
    """What one wants to do instead, and the situations in which it counts."""

    policy = Thing.PLAN

    enrolment = TenantForeignKey(Enrolment, on_delete=models.CASCADE, related_name="targets")
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    behaviour = models.ForeignKey(
        Behaviour, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    situations = models.TextField(_("situations"))
    from_act = models.CharField(_("what I do now"), max_length=300, blank=True)
    to_act = models.CharField(_("what I want to do"), max_length=300)
    ally = models.CharField(_("who could help"), max_length=120, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("behaviour to practise")
        indexes = [models.Index(fields=["client", "enrolment", "-id"], name="targets_newest")]

    def named(self) -> str:
        return self.to_act or str(_("A behaviour to practise"))

    @property
    def moments(self) -> list[str]:
        """The situations, one by one."""
        return [line.strip() for line in self.situations.splitlines() if line.strip()]


class TrackLog(AppendOnly):
    """One chance for a behaviour, and whether it was taken."""

    policy = Thing.PLAN

    target = TenantForeignKey(BehaviourTarget, on_delete=models.CASCADE, related_name="logs")
    occasion_on = models.DateField(_("day"))
    chance = models.CharField(_("what came of it"), max_length=6, choices=Chance.choices)
    situation = models.CharField(_("situation"), max_length=200, blank=True)
    line = models.CharField(_("in one line"), max_length=500, blank=True)
    backfilled = models.BooleanField(_("written afterwards"), default=False)
    moment = models.CharField(max_length=60, blank=True)
    undoes = TenantForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="undone_by"
    )

    class Meta:
        verbose_name = _("log of a chance")
        constraints = [
            models.UniqueConstraint(
                fields=["client", "moment"],
                condition=~models.Q(moment=""),
                name="track_log_once_per_moment",
            ),
            models.UniqueConstraint(fields=["client", "undoes"], name="track_log_undone_once"),
        ]
        indexes = [
            models.Index(fields=["client", "target", "-occasion_on"], name="track_logs_by_day")
        ]
