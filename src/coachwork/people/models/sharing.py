"""Shares: one row a reader and item, and the log of them that the client reads."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models.accounts import User
from coachwork.people.models.records import AppendOnly, ClientRow
from coachwork.people.models.things import Thing


class Share(ClientRow):
    """One item, opened to one reader, by the client's own act."""

    policy = Thing.SHARES

    thing = models.CharField(max_length=24)  # of the shared item: a row of the permission table
    item = models.UUIDField()
    title = models.CharField(max_length=200, blank=True)  # what the client sees in the log
    # For a reader who gets the text as it was released, and not the row as it changes later.
    frozen = models.JSONField(null=True, blank=True)
    reader = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "item", "reader"],
                condition=models.Q(revoked_at__isnull=True),
                name="share_once_per_reader",
            )
        ]
        indexes = [models.Index(fields=["reader", "thing", "item"], name="share_by_reader")]


class ShareEvent(AppendOnly):
    """What happened to a share: made, opened, revoked, and the class of an item changed."""

    policy = Thing.SHARES

    class Kind(models.TextChoices):
        MADE = "made", _("Shared")
        OPENED = "opened", _("Opened")
        REVOKED = "revoked", _("No longer shared")
        WIDENED = "widened", _("Opened to more people")
        NARROWED = "narrowed", _("Kept to fewer people")

    kind = models.CharField(max_length=8, choices=Kind.choices)
    share = TenantForeignKey(Share, on_delete=models.CASCADE, null=True, related_name="events")
    thing = models.CharField(max_length=24)
    item = models.UUIDField()
    title = models.CharField(max_length=200, blank=True)
    reader = models.ForeignKey(
        User, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    detail = models.CharField(max_length=40, blank=True)  # such as "V1>V0"

    class Meta:
        indexes = [models.Index(fields=["client", "created_at"], name="share_event_by_client")]
