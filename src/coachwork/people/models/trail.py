"""What happened: the client's own event log, the audit log, and keys to the API."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.kit.ids import new_id
from coachwork.people.models.accounts import User
from coachwork.people.models.records import AppendOnly
from coachwork.people.models.things import Thing


class Event(AppendOnly):
    """One step of a person's story, such as `goal.activated`; it names the object, not the text."""

    policy = Thing.EVENTS

    kind = models.CharField(max_length=40)
    item = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client", "created_at"], name="event_by_client")]


START = "0" * 64


def digest(text: str) -> str:
    """A keyed digest: the same text gives the same mark, and the mark tells nobody the text."""
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


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

    def seal(self, before: str) -> str:
        """The digest over this entry and the one before."""
        said = (
            self.stream,
            self.number,
            self.verb,
            self.actor,
            self.thing,
            self.item,
            self.origin,
            self.at.astimezone(UTC).isoformat(),
        )
        return digest("|".join([before, *(str(part) for part in said)]))


def unbroken(entries: Iterable[AuditEntry]) -> bool:
    """Whether these entries of one stream, oldest first, are all there and unchanged."""
    before = START
    for number, entry in enumerate(entries, start=1):
        if entry.number != number or entry.chain != entry.seal(before):
            return False
        before = entry.chain
    return True


class Scope(models.TextChoices):
    """What a key to the API may be used for; it never opens more than its person may see."""

    READ = "read", _("Read my record, and the records I help with")
    ASSESSMENT = "write:assessment", _("Answer self-assessments")
    ROUNDS = "write:rounds", _("Ask others for feedback, in my name")
    EVIDENCE = "write:evidence", _("Add evidence, and agree levels")
    PLAN = "write:plan", _("Change goals, plan and if-thens")
    PRACTICE = "write:practice", _("Log practice")
    SHARING = "write:sharing", _("Share items, and take shares back")
    SETTINGS = "write:settings", _("Change my settings and messages")
    EXPORT = "export", _("Download my whole record")


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
