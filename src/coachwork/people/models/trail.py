"""What happened: the client's own event log, the audit log, and keys to the API."""

from typing import Any

from django.db import models

from coachwork.kit.ids import new_id
from coachwork.people.models.accounts import User
from coachwork.people.models.records import AppendOnly


class Event(AppendOnly):
    """One step of a person's story, such as `goal.activated`; it names the object, not the text."""

    kind = models.CharField(max_length=40)
    item = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client", "created_at"], name="event_by_client")]


class AuditEntry(models.Model):
    """A security-relevant act. Ids and salted digests only, chained so that a gap would show."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    stream = models.UUIDField()  # the chain: the client's id, or the actor's where there is none
    number = models.PositiveIntegerField()  # place in the chain
    verb = models.CharField(max_length=40)
    actor = models.UUIDField(null=True)
    thing = models.CharField(max_length=24, blank=True)
    item = models.UUIDField(null=True)
    origin = models.CharField(max_length=16, blank=True)  # keyed digest of the address
    at = models.DateTimeField()
    chain = models.CharField(max_length=64)  # digest over this entry and the one before

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "number"], name="audit_chain_once")
        ]
        indexes = [models.Index(fields=["actor", "at"], name="audit_by_actor")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("The audit log is append-only.")
        super().save(*args, **kwargs)


class ApiToken(models.Model):
    """A key to the API with scopes; only its digest is kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    scopes = models.JSONField(default=list)
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
