"""Organisations and the people in them. None of this opens a client's record."""

from uuid import UUID

from coachwork.kit.keys import Link
from coachwork.people import access
from coachwork.people.access import OrganisationThing, Verb
from coachwork.people.models import Membership, Organisation, User


def my_memberships(*, actor: User) -> list[Membership]:
    """The organisations that the actor belongs to, and as what."""
    mine = access.memberships(actor).select_related("organisation")
    return list(mine.order_by("organisation__name", "id"))


def organisation(*, actor: User, organisation_id: UUID) -> Organisation:
    """An organisation that the actor runs."""
    seen = access.organisations(actor, Verb.READ, OrganisationThing.SETTINGS)
    run = Membership.objects.filter(seen, organisation=organisation_id).values("organisation")
    found = Organisation.objects.filter(pk__in=run).first()
    if found is None:
        raise access.NotVisible("There is no such organisation.")
    return found


def members(
    *, actor: User, organisation: Organisation, after: UUID | None = None, limit: int = 100
) -> list[Membership]:
    """Who belongs to it or is invited, newest first."""
    access.require_organisation(actor, Verb.READ, OrganisationThing.MEMBERS, organisation)
    found = Membership.objects.filter(organisation=organisation, ended_at__isnull=True)
    if after is not None:
        found = found.filter(pk__lt=after)
    return list(found.select_related("user").order_by("-pk")[:limit])


def membership(*, actor: User, organisation: Organisation, membership_id: UUID) -> Membership:
    """One place in an organisation that the actor runs."""
    access.require_organisation(actor, Verb.READ, OrganisationThing.MEMBERS, organisation)
    found = Membership.objects.filter(organisation=organisation, ended_at__isnull=True)
    place = found.select_related("organisation", "user").filter(pk=membership_id).first()
    if place is None:
        raise access.NotVisible("There is no such member.")
    return place


def member_link(*, actor: User | None, token: str) -> Membership:
    """The membership that a link invites to. The link itself is the permission."""
    link = Link.read(token)
    if link is not None:
        found = Membership.objects.filter(organisation=link.tenant, token_digest=link.digest)
        place = found.select_related("organisation", "invited_by").first()
        if place is not None:
            return place
    raise access.NotVisible("This link leads nowhere.")
