"""Personal links: what one of them stands for, and which ones are out."""

from uuid import UUID

from django.db.models import Q

from coachwork.kit import rowlock
from coachwork.kit.keys import Link
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, Invitation, User

OPEN = Q(accepted_at__isnull=True, declined_at__isnull=True, revoked_at__isnull=True)


def link_for(*, actor: User | None, token: str) -> Invitation:
    """The invitation behind a link, whatever became of it. The link itself is the permission."""
    link = Link.read(token)
    if link is not None:
        rowlock.admit(link.tenant)
        found = Invitation.objects.filter(client=link.tenant, token_digest=link.digest)
        invitation = found.select_related("client__user", "created_by").first()
        if invitation is not None:
            return invitation
    raise access.NotVisible("This link leads nowhere.")


def invitations(*, actor: User, client: Client) -> list[Invitation]:
    """Invitations to help this client that nobody has answered."""
    access.require(actor, Verb.WRITE, Thing.RELATIONSHIPS, client)
    return list(
        Invitation.objects.filter(OPEN, client=client, kind=Invitation.Kind.HELP).order_by("-id")
    )


def sent(*, actor: User) -> dict[UUID, Invitation]:
    """The invitations to take over a record that the actor has sent and that wait, by record."""
    access.admit_proposed(actor)
    out = Invitation.objects.filter(OPEN, created_by=actor, kind=Invitation.Kind.CLAIM)
    return {one.client_id: one for one in out.order_by("id")[:200]}


def invitation(*, actor: User, invitation_id: UUID) -> Invitation:
    """One invitation that the actor has sent."""
    access.admit_proposed(actor)
    found = Invitation.objects.filter(pk=invitation_id, created_by=actor)
    sent = found.select_related("client").first()
    if sent is None:
        raise access.NotVisible("There is no such invitation.")
    return sent
