"""Organisations: who belongs to them, and as what. They never own a client's rows."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from coachwork.kit.errors import Invalid, Refused
from coachwork.kit.keys import Link
from coachwork.people import access, queries
from coachwork.people.access import OrganisationThing, Verb
from coachwork.people.actions import letters
from coachwork.people.actions.addresses import is_mine
from coachwork.people.actions.trail import audit
from coachwork.people.models import Membership, MembershipRole, Organisation, User

LINK_DAYS = 14


@transaction.atomic
def create_organisation(*, actor: User, name: str, kind: str, at: datetime) -> Organisation:
    """Found an organisation; who founds it owns it, and sees no client's row by that."""
    if not name.strip():
        raise Invalid({"name": _("Please give it a name.")})
    made = Organisation.objects.create(
        name=name.strip(), kind=kind, locale=actor.locale, created_at=at
    )
    Membership.objects.create(
        organisation=made, user=actor, role=MembershipRole.OWNER, created_at=at, accepted_at=at
    )
    audit(actor=actor, verb="organisation.created", stream=made.pk, item=made.pk, at=at)
    return made


@transaction.atomic
def rename_organisation(
    *, actor: User, organisation: Organisation, name: str, kind: str, at: datetime
) -> Organisation:
    """Change what it is called and what it is."""
    access.require_organisation(actor, Verb.WRITE, OrganisationThing.SETTINGS, organisation)
    organisation.name, organisation.kind = name.strip(), kind
    organisation.save(update_fields=["name", "kind"])
    audit(actor=actor, verb="organisation.renamed", stream=organisation.pk, at=at)
    return organisation


@transaction.atomic
def invite_member(
    *, actor: User, organisation: Organisation, email: str, role: str, at: datetime
) -> tuple[Membership, str]:
    """Ask somebody in by mail. Returns the link too, or nothing where the same one is out."""
    access.require_organisation(actor, Verb.WRITE, OrganisationThing.MEMBERS, organisation)
    _may_give(actor, organisation, role)
    waiting = Membership.objects.filter(
        organisation=organisation,
        email__iexact=email,
        role=role,
        accepted_at__isnull=True,
        ended_at__isnull=True,
    )
    known = waiting.filter(expires_at__gt=at).first()
    if known is not None:
        return known, ""
    waiting.update(ended_at=at)
    link = Link.new(organisation.pk)
    place = Membership.objects.create(
        organisation=organisation,
        role=role,
        email=email,
        token_digest=link.digest,
        expires_at=at + timedelta(days=LINK_DAYS),
        invited_by=actor,
        created_at=at,
    )
    letters.write(
        "organisation-invitation",
        key=f"membership:{place.pk}",
        at=at,
        reader=email,
        fields={
            "other_name": str(actor),
            "organisation": organisation.name,
            "role": str(place.get_role_display()),
            "until": place.expires_at,
        },
        links={"join_url": reverse("people:join", args=[str(link)])},
    )
    audit(actor=actor, verb="member.invited", stream=organisation.pk, item=place.pk, at=at)
    return place, str(link)


@transaction.atomic
def accept_membership(*, actor: User, token: str, at: datetime) -> Membership:
    """Come in by the link; it was written to one address, and works once."""
    place = queries.member_link(actor=actor, token=token)
    if place.accepted_at or place.ended_at:
        raise Refused(_("This link has been used or taken back. You can ask for a new one."))
    if place.expires_at is None or place.expires_at <= at:
        raise Refused(_("This link is too old. You can ask for a new one."))
    if not is_mine(actor, place.email):
        raise Refused(_("This link was sent to another address than yours."))
    held = access.memberships(actor).filter(organisation=place.organisation, role=place.role)
    if held.exists():
        place.ended_at = at
    else:
        place.user, place.accepted_at = actor, at
    place.email = ""
    place.save(update_fields=["user", "accepted_at", "ended_at", "email"])
    audit(actor=actor, verb="member.joined", stream=place.organisation_id, item=place.pk, at=at)
    return place


@transaction.atomic
def change_role(*, actor: User, membership: Membership, role: str, at: datetime) -> Membership:
    """Give a member another role; there is always an owner."""
    organisation = membership.organisation
    access.require_organisation(actor, Verb.WRITE, OrganisationThing.MEMBERS, organisation)
    _may_give(actor, organisation, role)
    _may_give(actor, organisation, membership.role)
    if membership.role == role:
        return membership
    twin = Membership.objects.filter(
        organisation=organisation, user=membership.user_id, role=role, ended_at__isnull=True
    )
    if membership.user_id and twin.exists():
        raise Refused(_("This person has that role already."))
    if membership.role == MembershipRole.OWNER:
        _keep_an_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    audit(actor=actor, verb="member.role", stream=organisation.pk, item=membership.pk, at=at)
    return membership


@transaction.atomic
def end_membership(*, actor: User, membership: Membership, at: datetime) -> Membership:
    """Leave, or end somebody's membership or invitation; what clients own is not touched."""
    organisation = membership.organisation
    if membership.user_id != actor.pk:
        access.require_organisation(actor, Verb.WRITE, OrganisationThing.MEMBERS, organisation)
        _may_give(actor, organisation, membership.role)
    if membership.ended_at is not None:
        return membership
    if membership.role == MembershipRole.OWNER and membership.accepted_at:
        _keep_an_owner(membership)
    membership.ended_at = at
    membership.save(update_fields=["ended_at"])
    audit(actor=actor, verb="member.ended", stream=organisation.pk, item=membership.pk, at=at)
    return membership


def _may_give(actor: User, organisation: Organisation, role: str) -> None:
    """Only an owner makes and unmakes owners."""
    if role != MembershipRole.OWNER:
        return
    mine = access.memberships(actor).filter(organisation=organisation, role=MembershipRole.OWNER)
    if not mine.exists():
        raise Refused(_("Only an owner can decide about owners."))


def _keep_an_owner(membership: Membership) -> None:
    owners = Membership.objects.select_for_update().filter(
        organisation=membership.organisation_id,
        role=MembershipRole.OWNER,
        accepted_at__isnull=False,
        ended_at__isnull=True,
    )
    if not any(other.pk != membership.pk for other in owners):
        raise Refused(_("An organisation needs an owner. Make somebody else an owner first."))
