"""Consent, and its end: what makes a relationship count, and what stops it."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from coachwork.kit.errors import Refused
from coachwork.people import access, queries
from coachwork.people.access import Thing, Verb
from coachwork.people.actions import letters
from coachwork.people.actions.sharing import close_shares
from coachwork.people.actions.trail import audit, note
from coachwork.people.models import Relationship, User


class Conflict(Refused):
    """The same person is near the content and pays for it: the client has to pick one."""


@transaction.atomic
def consent(
    *, actor: User, relationship: Relationship, at: datetime, instead: bool = False
) -> Relationship:
    """The client agrees; from now on the helper sees what the table says, if they accepted too.

    With `instead`, what the same person is already and does not go with it ends in the same step.
    """
    client = relationship.client
    access.require(actor, Verb.WRITE, Thing.RELATIONSHIPS, client)
    if relationship.ended_at is not None:
        raise Refused(_("This request is no longer open."))
    if relationship.consented_at is not None:
        return relationship
    others = queries.conflicts(actor=actor, relationship=relationship)
    if others and not instead:
        raise Conflict(_("The same person already has another role here. Please pick one."))
    for other in others:
        end_relationship(actor=actor, relationship=other, at=at)
    relationship.consented_at = at
    relationship.save(update_fields=["consented_at"])
    note(actor=actor, client=client, kind="relationship.opened", item=relationship.pk, at=at)
    audit(
        actor=actor,
        verb="relationship.consented",
        stream=client.pk,
        thing=Thing.RELATIONSHIPS,
        item=relationship.pk,
        at=at,
    )
    if relationship.accepted_at is not None:
        letters.write(
            "relationship-accepted",
            key=f"relationship:{relationship.pk}:consented",
            at=at,
            reader=relationship.user,
            about=client.pk,
            fields={
                "name": relationship.user.get_short_name(),
                "other_name": client.name,
                "role": str(relationship.get_kind_display()),
            },
            links={"relationship_url": reverse("people:relationship", args=[relationship.pk])},
        )
    return relationship


@transaction.atomic
def decline(*, actor: User, relationship: Relationship, at: datetime) -> Relationship:
    """The client says no to a request, or a helper takes theirs back. No reason is asked for."""
    if relationship.consented_at is not None and relationship.accepted_at is not None:
        raise Refused(_("This connection is open already. You can end it."))
    return end_relationship(actor=actor, relationship=relationship, at=at)


@transaction.atomic
def end_relationship(*, actor: User, relationship: Relationship, at: datetime) -> Relationship:
    """Either side ends it, at any time; what was shared through it closes with it."""
    side = _side(actor, relationship)
    if relationship.ended_at is not None:
        return relationship
    client = relationship.client
    was_open = relationship.consented_at is not None and relationship.accepted_at is not None
    relationship.ended_at, relationship.ended_by = at, side
    relationship.save(update_fields=["ended_at", "ended_by"])
    close_shares(actor=actor, client=client, reader=relationship.user, at=at)
    note(actor=actor, client=client, kind="relationship.ended", item=relationship.pk, at=at)
    audit(
        actor=actor,
        verb="relationship.ended" if was_open else "relationship.declined",
        stream=client.pk,
        thing=Thing.RELATIONSHIPS,
        item=relationship.pk,
        at=at,
    )
    _tell_of_the_end(relationship, side, was_open=was_open, at=at)
    return relationship


def _side(actor: User, relationship: Relationship) -> str:
    if relationship.user_id == actor.pk:
        return "helper"
    access.require(actor, Verb.WRITE, Thing.RELATIONSHIPS, relationship.client)
    return "client"


def _tell_of_the_end(
    relationship: Relationship, side: str, *, was_open: bool, at: datetime
) -> None:
    client = relationship.client
    reader = client.user if side == "helper" else relationship.user
    if reader is None:
        return
    letters.write(
        "relationship-ended" if was_open else "relationship-declined",
        key=f"relationship:{relationship.pk}:ended",
        at=at,
        reader=reader,
        about=client.pk,
        fields={
            "name": reader.get_short_name(),
            "other_name": str(relationship.user) if side == "helper" else client.name,
        },
        links={
            "connections_url": reverse("people:helpers" if side == "helper" else "people:helping")
        },
    )
