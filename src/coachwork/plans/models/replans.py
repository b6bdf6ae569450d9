"""A round over many plans: how far it has come, so that it can be stopped and taken up again."""

from django.db import models

from coachwork.kit.ids import new_id


class Replan(models.Model):
    """One round over the plans of the installation, as of one moment; it holds no one's data."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    as_of = models.DateTimeField()
    everybody = models.BooleanField(default=False)  # else only plans in which something slipped
    engine = models.CharField(max_length=80)
    ended_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)  # of all answers, in order

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d %H:%M}"


class ReplanPart(models.Model):
    """A part of a round: the plans from one id to another, done as a whole or not at all."""

    replan = models.ForeignKey(Replan, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    first = models.UUIDField()
    last = models.UUIDField()
    done = models.BooleanField(default=False)
    plans = models.PositiveIntegerField(default=0)
    proposed = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["replan", "number"], name="replan_part_once")
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)
