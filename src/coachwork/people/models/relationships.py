"""What other people are to a client. Nothing is granted before the client consents."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.people.models.accounts import Organisation, User
from coachwork.people.models.records import ClientRow
from coachwork.people.models.things import Thing


class Relation(models.TextChoices):
    """What the actor is to the client: the columns of the permission table."""

    CLIENT = "client", _("Client")
    COACH = "coach", _("Coach")
    MENTOR = "mentor", _("Mentor")
    GIVER = "giver", _("Rater or feedback giver")
    PARTNER = "partner", _("Accountability partner")
    MANAGER = "manager", _("Manager")
    SPONSOR = "sponsor", _("Sponsor")
    ADMIN = "admin", _("Programme admin")


HELPING = (
    Relation.COACH,
    Relation.MENTOR,
    Relation.PARTNER,
    Relation.MANAGER,
    Relation.SPONSOR,
)


class Relationship(ClientRow):
    """Someone who helps a client; it counts between consent and end."""

    policy = Thing.RELATIONSHIPS

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="relationships")
    kind = models.CharField(max_length=8, choices=[(k.value, k.label) for k in HELPING])
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    consented_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)  # by the helper
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=8, blank=True)  # "client" or "helper"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "user", "kind"],
                condition=models.Q(ended_at__isnull=True),
                name="relationship_once_per_kind",
            )
        ]
        indexes = [
            models.Index(
                fields=["user", "kind", "client"],
                condition=models.Q(consented_at__isnull=False, ended_at__isnull=True),
                name="relationship_open",
            ),
        ]


class Invitation(ClientRow):
    """A personal link, sent by mail, to claim a record or to become a client's helper."""

    policy = Thing.RELATIONSHIPS

    class Kind(models.TextChoices):
        CLAIM = "claim", _("Claim the record")
        HELP = "help", _("Help the client")

    kind = models.CharField(max_length=5, choices=Kind.choices)
    relation = models.CharField(max_length=8, blank=True, choices=Relation.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)  # of whoever is invited
    email = models.EmailField()
    token_digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "token_digest"], name="invitation_token_once")
        ]
        indexes = [models.Index(fields=["client", "created_at"], name="invitation_by_client")]
