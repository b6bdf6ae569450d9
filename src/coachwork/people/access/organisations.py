"""What an organisation owns, and who in it may do what with it."""

from enum import StrEnum, auto

from django.db.models import Q, QuerySet

from coachwork.people.access.records import NotVisible
from coachwork.people.access.table import Verb
from coachwork.people.models import Membership, MembershipRole, Organisation, User


class OrganisationThing(StrEnum):
    """What an organisation owns."""

    SETTINGS = auto()
    MEMBERS = auto()
    FRAMEWORKS = auto()
    COUNTS = auto()


# fmt: off
ORGANISATION_TABLE: dict[OrganisationThing, dict[MembershipRole, set[Verb]]] = {
    OrganisationThing.SETTINGS: {
        MembershipRole.OWNER: {Verb.READ, Verb.WRITE},
        MembershipRole.ADMIN: {Verb.READ, Verb.WRITE},
    },
    OrganisationThing.MEMBERS: {
        MembershipRole.OWNER: {Verb.READ, Verb.WRITE},
        MembershipRole.ADMIN: {Verb.READ, Verb.WRITE},
    },
    OrganisationThing.FRAMEWORKS: {
        MembershipRole.OWNER: {Verb.READ, Verb.WRITE},
        MembershipRole.ADMIN: {Verb.READ, Verb.WRITE},
        MembershipRole.AUTHOR: {Verb.READ, Verb.WRITE},
        MembershipRole.COACH: {Verb.READ},
        MembershipRole.MEMBER: {Verb.READ},
    },
    OrganisationThing.COUNTS: {
        MembershipRole.OWNER: {Verb.COUNT},
        MembershipRole.ADMIN: {Verb.COUNT},
    },
}
# fmt: on


def memberships(actor: User) -> QuerySet[Membership]:
    """The actor's places in organisations that count now."""
    return Membership.objects.filter(user=actor, accepted_at__isnull=False, ended_at__isnull=True)


def can_organisation(
    actor: User, verb: Verb, thing: OrganisationThing, organisation: Organisation
) -> bool:
    """Whether the actor's roles in the organisation allow this."""
    roles = memberships(actor).filter(organisation=organisation).values_list("role", flat=True)
    table = ORGANISATION_TABLE[thing]
    return any(verb in table.get(MembershipRole(role), set()) for role in roles)


def require_organisation(
    actor: User, verb: Verb, thing: OrganisationThing, organisation: Organisation
) -> None:
    """Refuse; an organisation one has no such role in does not exist."""
    if not can_organisation(actor, verb, thing, organisation):
        raise NotVisible(f"{thing} of this organisation is not visible.")


def organisations(actor: User, verb: Verb, thing: OrganisationThing) -> Q:
    """The same rule as a filter on rows with an `organisation`."""
    roles = [role for role, verbs in ORGANISATION_TABLE[thing].items() if verb in verbs]
    return Q(organisation__in=memberships(actor).filter(role__in=roles).values("organisation"))
