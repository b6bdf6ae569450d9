"""Messages to a person, what they chose to receive, and what has been sent."""

from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.kit.ids import new_id
from coachwork.people.models import User


class Preference(models.Model):
    """How and when a person wants to hear from the product."""

    user = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="message_preference"
    )
    digest = models.BooleanField(_("daily digest"), default=True)
    digest_at = models.TimeField(_("at"), default=time(8, 0))
    look_ahead = models.BooleanField(_("weekly look-ahead"), default=True)
    weekends = models.BooleanField(_("also at weekends"), default=False)
    quiet_from = models.TimeField(_("quiet from"), default=time(20, 0))
    quiet_to = models.TimeField(_("quiet until"), default=time(7, 30))
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    nudges = models.BooleanField(_("practice nudges"), default=True)
    # When the next digest or look-ahead is due; empty until it has been worked out.
    next_at = models.DateTimeField(null=True, blank=True, db_index=True)
    # When the person last said what suits them: nudges ignored before no longer count.
    answered_at = models.DateTimeField(null=True, blank=True)


class Message(models.Model):
    """One mail: queued in the transaction that caused it, sent by a job, once."""

    # Kinds to somebody who is gone: the row with the address goes as soon as it has been sent.
    FAREWELLS = frozenset({"deletion-done"})

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("On its way")
        SENT = "sent", _("Sent")
        HELD = "held", _("Held back by your limits")
        FAILED = "failed", _("Could not be delivered")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # To an account, or to an address of somebody who has none.
    user = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, blank=True, related_name="messages"
    )
    # Whose record the text is about, so that erasing the record takes the text with it.
    about = models.UUIDField(null=True, blank=True)
    address = models.EmailField()
    kind = models.CharField(max_length=40)
    transactional = models.BooleanField(default=False)
    locale = models.CharField(max_length=16, default="en")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    key = models.CharField(max_length=120, unique=True)  # writing or sending twice is impossible
    state = models.CharField(max_length=7, choices=State.choices, default=State.QUEUED)
    due_at = models.DateTimeField()
    created_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)  # the last attempt to send it
    sent_at = models.DateTimeField(null=True, blank=True)
    acted_at = models.DateTimeField(null=True, blank=True)  # a link in it was used
    attempts = models.PositiveSmallIntegerField(default=0)
    held_by = models.CharField(max_length=12, blank=True)  # what held it back
    told_in = models.UUIDField(null=True, blank=True)  # the digest that carried what was held back
    problem = models.CharField(max_length=80, blank=True)  # the kind of failure, never the text

    class Meta:
        indexes = [
            models.Index(fields=["user", "kind", "-created_at"], name="message_by_user"),
            models.Index(fields=["state", "due_at"], name="message_due"),
            models.Index(fields=["about"], name="message_about"),
        ]


class Lease(models.Model):
    """A sign of life from one worker; the jobs of a worker that has gone quiet are given back."""

    worker = models.CharField(max_length=64, primary_key=True)
    seen_at = models.DateTimeField(db_index=True)


class Schedule(models.Model):
    """A job that comes round; its next time moves by compare-and-set, so it runs once a slot."""

    name = models.CharField(max_length=80, primary_key=True)
    job = models.CharField(max_length=200)
    cron = models.CharField(max_length=60)
    next_at = models.DateTimeField(db_index=True)
