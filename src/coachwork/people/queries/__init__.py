"""Whose record it is, who helps, what is shared with whom, and what happened."""

from coachwork.people.queries.events import events
from coachwork.people.queries.invitations import invitation, invitations, link_for, sent
from coachwork.people.queries.organisations import (
    member_link,
    members,
    membership,
    my_memberships,
    organisation,
)
from coachwork.people.queries.records import NoRecord, lines, record, row, starting_class
from coachwork.people.queries.relationships import (
    conflicts,
    helpers,
    helping,
    proposals,
    relationship,
    waiting_for_me,
)
from coachwork.people.queries.sharing import (
    possible_readers,
    share,
    shared_with_me,
    shares,
    shares_of,
    who_can_see,
)
from coachwork.people.queries.tokens import key, tokens
from coachwork.people.queries.trail import trail, whole

__all__ = [
    "NoRecord",
    "conflicts",
    "events",
    "helpers",
    "helping",
    "invitation",
    "invitations",
    "key",
    "lines",
    "link_for",
    "member_link",
    "members",
    "membership",
    "my_memberships",
    "organisation",
    "possible_readers",
    "proposals",
    "record",
    "relationship",
    "row",
    "sent",
    "share",
    "shared_with_me",
    "shares",
    "shares_of",
    "starting_class",
    "tokens",
    "trail",
    "waiting_for_me",
    "who_can_see",
    "whole",
]
