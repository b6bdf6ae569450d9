"""Requests for support, and what coaches have promised."""

from uuid import UUID

from coachwork.accountability.models import Promise, SupportRequest
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, Relation, Relationship, User


def request(*, actor: User, request_id: UUID) -> SupportRequest:
    """One request; of a coach's colleagues nobody reads it but the one it went to."""
    rows = SupportRequest.objects.filter(access.visible(actor, Thing.CHECK_INS))
    found = rows.select_related("client__user", "to").get(pk=request_id)
    if found.client.user_id != actor.pk and found.to_id != actor.pk:
        raise SupportRequest.DoesNotExist
    return found


def requests(*, actor: User, client: Client, limit: int = 20) -> list[SupportRequest]:
    """The client's requests, newest first; for a coach those that went to them."""
    rows = SupportRequest.objects.filter(access.visible(actor, Thing.CHECK_INS, client=client))
    if client.user_id != actor.pk:
        rows = rows.filter(to=actor)
    return list(rows.select_related("to", "client").order_by("-pk")[:limit])


def coaches(*, actor: User, client: Client) -> list[User]:
    """Those who coach the client now."""
    access.require(actor, access.Verb.READ, Thing.RECORD, client)
    bonds = Relationship.objects.filter(
        client=client,
        kind=Relation.COACH,
        consented_at__isnull=False,
        accepted_at__isnull=False,
        ended_at__isnull=True,
        user__isnull=False,
    )
    return [bond.user for bond in bonds.select_related("user").order_by("pk") if bond.user]


def promises(*, actor: User, coaches: list[User]) -> dict[UUID, Promise]:
    """What these coaches promise to whoever asks them."""
    access.require_account(actor)
    return {one.user_id: one for one in Promise.objects.filter(user__in=coaches)}
