"""A client asks somebody to help, by a personal link; the other side answers it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from coachwork.kit.errors import Invalid, Refused
from coachwork.kit.keys import Link
from coachwork.people import access, queries
from coachwork.people.access import Thing, Verb
from coachwork.people.actions import letters
from coachwork.people.actions.addresses import is_mine
from coachwork.people.actions.trail import audit, note
from coachwork.people.models import Client, Invitation, Relation, Relationship, User
from coachwork.people.models.relationships import HELPING
from coachwork.people.queries.invitations import OPEN

LINK_DAYS = 14


@transaction.atomic
def propose_relationship(
    *, actor: User, client: Client, name: str, email: str, relation: str, at: datetime
) -> tuple[Invitation, str]:
    """The client asks somebody to be their coach, mentor, ...; asking is consenting to that.

    Whether the address has an account is not looked at, so that nobody can find it out this way.
    Returns the link too, or nothing where the same one is out already.
    """
    access.require(actor, Verb.WRITE, Thing.RELATIONSHIPS, client)
    if relation not in HELPING:
        raise Invalid({"relation": _("Please choose what they would be to you.")})
    if is_mine(actor, email):
        raise Invalid({"email": _("This is your own address.")})
    known = Invitation.objects.filter(
        OPEN, client=client, email__iexact=email, relation=relation, expires_at__gt=at
    ).first()
    if known is not None:
        return known, ""
    link = Link.new(client.pk)
    invitation = Invitation.objects.create(
        client=client,
        kind=Invitation.Kind.HELP,
        relation=relation,
        name=name.strip(),
        email=email,
        token_digest=link.digest,
        expires_at=at + timedelta(days=LINK_DAYS),
        created_by=actor,
        created_at=at,
    )
    send(invitation, link, at)
    audit(
        actor=actor,
        verb="relationship.proposed",
        stream=client.pk,
        thing=Thing.RELATIONSHIPS,
        item=invitation.pk,
        at=at,
    )
    return invitation, str(link)


@transaction.atomic
def accept_invitation(*, actor: User, token: str, at: datetime) -> Relationship:
    """The helper says yes. It counts at once, unless the client has to pick between two roles."""
    invitation = queries.link_for(actor=actor, token=token)
    check_usable(invitation, actor, at)
    client = invitation.client
    if invitation.kind != Invitation.Kind.HELP:
        raise Refused(_("This link is for taking over a record."))
    if client.user_id == actor.pk:
        raise Refused(_("This is your own record."))
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    known = Relationship.objects.filter(
        client=client, user=actor, kind=invitation.relation, ended_at__isnull=True
    ).first()
    relationship = known or Relationship(
        client=client,
        user=actor,
        kind=invitation.relation,
        created_by=invitation.created_by,
        created_at=at,
    )
    relationship.accepted_at = relationship.accepted_at or at
    if relationship.consented_at is None and not _conflicts(actor, client, relationship.kind):
        relationship.consented_at = invitation.created_at
    relationship.save()
    note(actor=actor, client=client, kind="relationship.accepted", item=relationship.pk, at=at)
    audit(
        actor=actor,
        verb="relationship.accepted",
        stream=client.pk,
        thing=Thing.RELATIONSHIPS,
        item=relationship.pk,
        at=at,
    )
    _tell_the_client(relationship, at)
    return relationship


@transaction.atomic
def decline_invitation(*, actor: User | None, token: str, at: datetime) -> Invitation:
    """Whoever holds the link says no; no account is needed for that, and no reason asked for."""
    invitation = queries.link_for(actor=actor, token=token)
    check_usable(invitation, None, at)
    client = invitation.client
    invitation.declined_at = at
    invitation.save(update_fields=["declined_at"])
    audit(
        actor=actor,
        verb="relationship.declined",
        stream=client.pk,
        thing=Thing.RELATIONSHIPS,
        item=invitation.pk,
        at=at,
    )
    if client.user is not None:
        letters.write(
            "relationship-declined",
            key=f"invitation:{invitation.pk}:declined",
            at=at,
            reader=client.user,
            about=client.pk,
            fields={
                "name": client.user.get_short_name(),
                "other_name": invitation.name or invitation.email,
            },
            links={"connections_url": reverse("people:helpers")},
        )
    return invitation


@transaction.atomic
def revoke_invitation(*, actor: User, invitation: Invitation, at: datetime) -> Invitation:
    """The client takes the question back; the link stops working."""
    access.require(actor, Verb.WRITE, Thing.RELATIONSHIPS, invitation.client)
    if invitation.revoked_at is None and invitation.accepted_at is None:
        invitation.revoked_at = at
        invitation.save(update_fields=["revoked_at"])
        audit(
            actor=actor,
            verb="invitation.revoked",
            stream=invitation.client_id,
            thing=Thing.RELATIONSHIPS,
            item=invitation.pk,
            at=at,
        )
    return invitation


@transaction.atomic
def renew_invitation(*, actor: User, invitation: Invitation, at: datetime) -> str:
    """Send a new link in place of one that was lost or is too old; the old one stops working."""
    if invitation.created_by_id != actor.pk:
        raise access.NotVisible("There is no such invitation.")
    if invitation.accepted_at or invitation.declined_at or invitation.revoked_at:
        raise Refused(_("This invitation has been answered."))
    link = Link.new(invitation.client_id)
    invitation.token_digest = link.digest
    invitation.expires_at = at + timedelta(days=LINK_DAYS)
    invitation.save(update_fields=["token_digest", "expires_at"])
    send(invitation, link, at)
    return str(link)


def check_usable(invitation: Invitation, actor: User | None, at: datetime) -> None:
    """Refuse a link that was used, taken back or grew old, or that is in the wrong hands."""
    if invitation.accepted_at or invitation.declined_at:
        raise Refused(_("This link has been used already. It works once."))
    if invitation.revoked_at:
        raise Refused(_("This invitation was taken back."))
    if invitation.expires_at <= at:
        raise Refused(_("This link is too old. Please ask for a new one."))
    if actor is not None and not is_mine(actor, invitation.email):
        raise Refused(_("This link was sent to another address than yours."))


def send(invitation: Invitation, link: Link, at: datetime) -> None:
    """Mail the link to the address it was made for."""
    sender = invitation.created_by
    path = reverse("people:invitation", args=[str(link)])
    claim = invitation.kind == Invitation.Kind.CLAIM
    fields: dict[str, object] = {"name": invitation.name or invitation.email}
    if claim:
        fields |= {"other_name": str(sender), "until": invitation.expires_at}
    else:
        fields |= {"client_name": invitation.client.name}
    letters.write(
        "invitation" if claim else f"relationship-invite-{invitation.relation}",
        key=f"invitation:{invitation.token_digest[:32]}",
        at=at,
        reader=invitation.email,
        about=invitation.client_id,
        fields=fields,
        links={"claim_url" if claim else "request_url": path},
    )


def _conflicts(actor: User, client: Client, kind: str) -> bool:
    """Whether whoever pays would also come near the content."""
    held = access.relations(actor, client) - {Relation(kind)}
    return bool(held) and (kind == Relation.SPONSOR or Relation.SPONSOR in held)


def _tell_the_client(relationship: Relationship, at: datetime) -> None:
    client = relationship.client
    if client.user is None:
        return
    agreed = relationship.consented_at is not None
    fields = {"name": client.user.get_short_name(), "other_name": str(relationship.user)}
    if agreed:
        fields["role"] = str(relationship.get_kind_display())
    path = reverse("people:relationship", args=[relationship.pk])
    letters.write(
        "relationship-accepted" if agreed else f"relationship-request-{relationship.kind}",
        key=f"relationship:{relationship.pk}:accepted",
        at=at,
        reader=client.user,
        about=client.pk,
        fields=fields,
        links={"relationship_url" if agreed else "request_url": path},
    )
