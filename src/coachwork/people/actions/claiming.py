"""A record that somebody has started for a person, and how it becomes that person's own.

Nobody can write into such a record before its person has claimed it and consented, so it holds no
more than the request itself. Who has a record already keeps that one: the request moves over to it,
and the empty record goes. Should it ever hold more (an import), nothing is merged behind anybody's
back: the person is told what is there, and it goes only when they say so.
"""

from datetime import datetime, timedelta

from django.apps import apps
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from coachwork.kit import rowlock
from coachwork.kit.errors import Invalid, Refused
from coachwork.kit.ids import new_id
from coachwork.kit.keys import Link
from coachwork.people import access, queries
from coachwork.people.access import Thing
from coachwork.people.actions import letters
from coachwork.people.actions.addresses import is_mine
from coachwork.people.actions.invitations import LINK_DAYS, check_usable, send
from coachwork.people.actions.records import has_record
from coachwork.people.actions.relationships import decline
from coachwork.people.actions.trail import audit, note
from coachwork.people.models import (
    Client,
    ClientRow,
    Invitation,
    Organisation,
    Packaging,
    Relation,
    Relationship,
    User,
)
from coachwork.people.models.relationships import HELPING


class HasRows(Refused):
    """The record that would go holds something; the person decides."""


@transaction.atomic
def invite_client(
    *,
    actor: User,
    name: str,
    email: str,
    at: datetime,
    relation: str = Relation.COACH,
    organisation: Organisation | None = None,
) -> tuple[Client, str]:
    """Start a record for somebody and ask them to take it over; until then it opens to nobody.

    Returns the link too, or nothing where the same one is out already.
    """
    if relation not in HELPING:
        raise Invalid({"relation": _("Please choose what you would be to them.")})
    if is_mine(actor, email):
        raise Invalid({"email": _("This is your own address.")})
    access.admit_proposed(actor)
    known = Relationship.objects.filter(
        user=actor, kind=relation, ended_at__isnull=True, client__email__iexact=email
    ).select_related("client")
    if waiting := known.first():
        return waiting.client, ""
    client = _start(actor, name, email, at)
    Relationship.objects.create(
        client=client,
        user=actor,
        kind=relation,
        organisation=organisation,
        accepted_at=at,
        created_by=actor,
        created_at=at,
    )
    link = _link(client, relation, at)
    audit(actor=actor, verb="record.started", stream=client.pk, item=client.pk, at=at)
    return client, str(link)


@transaction.atomic
def claim_record(*, actor: User, token: str, at: datetime, discard: bool = False) -> Client:
    """Take over the record one was invited to; the requests to help wait there for consent."""
    invitation = queries.link_for(actor=actor, token=token)
    check_usable(invitation, actor, at)
    if invitation.kind != Invitation.Kind.CLAIM or invitation.client.user_id is not None:
        raise Refused(_("This record has an owner already."))
    if has_record(actor):
        return _bring_home(actor, invitation.client, at, discard=discard)
    client = invitation.client
    client.user, client.claimed_at, client.email = actor, at, ""
    client.packaging = Packaging.COACHED
    client.save(update_fields=["user", "claimed_at", "email", "packaging"])
    actor.client = client
    invitation.accepted_at = at
    invitation.save(update_fields=["accepted_at"])
    note(actor=actor, client=client, kind="record.claimed", at=at)
    audit(actor=actor, verb="record.claimed", stream=client.pk, item=client.pk, at=at)
    return client


@transaction.atomic
def decline_claim(*, actor: User | None, token: str, at: datetime) -> None:
    """Say no to a record that was started for one: it is deleted, and whoever started it told.

    The link is enough for that; no account is needed.
    """
    invitation = queries.link_for(actor=actor, token=token)
    check_usable(invitation, None, at)
    _drop(actor, invitation.client, at, tell=True)


@transaction.atomic
def withdraw(*, actor: User, relationship: Relationship, at: datetime) -> None:
    """The helper takes a request back; a record that waited for it to be claimed is deleted."""
    if relationship.user_id != actor.pk:
        raise access.NotVisible("There is no such request.")
    if relationship.client.user_id is None and relationship.client.created_by_id == actor.pk:
        _drop(actor, relationship.client, at, tell=False)
    else:
        decline(actor=actor, relationship=relationship, at=at)


def _drop(actor: User | None, client: Client, at: datetime, *, tell: bool) -> None:
    """Delete a record that nobody has claimed, and let the helpers who asked know."""
    if client.user_id is not None:
        raise access.NotVisible("This record is not visible.")
    asked = Relationship.objects.filter(client=client, ended_at__isnull=True)
    for bond in asked.select_related("user"):
        if tell and bond.user_id != (actor.pk if actor else None):
            letters.write(
                "relationship-declined",
                key=f"relationship:{bond.pk}:ended",
                at=at,
                reader=bond.user,
                fields={"name": bond.user.get_short_name(), "other_name": client.name},
                links={"connections_url": reverse("people:helping")},
            )
    audit(actor=actor, verb="record.dropped", stream=client.pk, item=client.pk, at=at)
    client.delete()


def contents(client: Client) -> dict[str, int]:
    """What a record holds beside the request itself, by kind and count."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, ClientRow) and model._meta.app_label != "people":
            count = model._base_manager.filter(client=client).count()
            if count:
                found[str(model._meta.verbose_name_plural)] = count
    return found


def _start(actor: User, name: str, email: str, at: datetime) -> Client:
    client = Client(
        id=new_id(),
        name=name.strip() or email,
        email=email,
        packaging=Packaging.COACHED,
        created_by=actor,
        created_at=at,
    )
    rowlock.admit(client.pk)
    client.save(force_insert=True)
    return client


def _link(client: Client, relation: str, at: datetime) -> Link:
    link = Link.new(client.pk)
    invitation = Invitation.objects.create(
        client=client,
        kind=Invitation.Kind.CLAIM,
        relation=relation,
        name=client.name,
        email=client.email,
        token_digest=link.digest,
        expires_at=at + timedelta(days=LINK_DAYS),
        created_by=client.created_by,
        created_at=at,
    )
    send(invitation, link, at)
    return link


def _bring_home(actor: User, started: Client, at: datetime, *, discard: bool) -> Client:
    """Link the requests to the record that the person has, and let the started one go."""
    if contents(started) and not discard:
        raise HasRows(_("You have a record already, and this one is not empty."))
    with rowlock.lifted():
        own = Client.objects.get(user=actor)
    rowlock.admit(own.pk)
    actor.client = own
    for bond in Relationship.objects.filter(client=started, ended_at__isnull=True):
        held = Relationship.objects.filter(
            client=own, user=bond.user_id, kind=bond.kind, ended_at__isnull=True
        )
        if bond.user_id != actor.pk and not held.exists():
            Relationship.objects.create(
                client=own,
                user_id=bond.user_id,
                kind=bond.kind,
                organisation_id=bond.organisation_id,
                accepted_at=bond.accepted_at,
                created_by_id=bond.created_by_id,
                created_at=at,
            )
    audit(
        actor=actor, verb="record.joined", stream=own.pk, thing=Thing.RECORD, item=started.pk, at=at
    )
    _drop(actor, started, at, tell=False)
    return own
