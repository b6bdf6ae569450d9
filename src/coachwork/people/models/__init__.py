"""People, their records, and what they are to each other."""

from coachwork.people.models.accounts import Membership, MembershipRole, Organisation, User
from coachwork.people.models.records import Client, ClientRow, Packaging, Visibility
from coachwork.people.models.relationships import Invitation, Relation, Relationship
from coachwork.people.models.sharing import Share, ShareEvent
from coachwork.people.models.things import Thing
from coachwork.people.models.trail import ApiToken, AuditEntry, Event, Scope

__all__ = [
    "ApiToken",
    "AuditEntry",
    "Client",
    "ClientRow",
    "Event",
    "Invitation",
    "Membership",
    "MembershipRole",
    "Organisation",
    "Packaging",
    "Relation",
    "Relationship",
    "Scope",
    "Share",
    "ShareEvent",
    "Thing",
    "User",
    "Visibility",
]
