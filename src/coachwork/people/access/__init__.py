"""Who may do what: the one policy that pages, API, jobs and commands all ask.

`table` is the policy about records, `records` asks it about people and rows, `organisations` is
the policy about what an organisation owns.
"""

from django.http import HttpRequest

from coachwork.people.access.installation import (
    operates,
    require_account,
    require_operator,
)
from coachwork.people.access.organisations import (
    ORGANISATION_TABLE,
    OrganisationThing,
    can_organisation,
    memberships,
    organisations,
    require_organisation,
)
from coachwork.people.access.records import (
    NOTHING,
    NotVisible,
    admit_proposed,
    can,
    client_ids,
    helps,
    open_relationships,
    readable,
    relations,
    require,
    require_row,
    visible,
)
from coachwork.people.access.table import (
    COLUMNS,
    SHARED_WITH,
    TABLE,
    VERBS,
    Verb,
    allows,
    codes,
    shareable,
)
from coachwork.people.models import Thing, User


class Request(HttpRequest):
    """A request that has passed the login wall."""

    user: User


__all__ = [
    "COLUMNS",
    "NOTHING",
    "ORGANISATION_TABLE",
    "SHARED_WITH",
    "TABLE",
    "VERBS",
    "NotVisible",
    "OrganisationThing",
    "Request",
    "Thing",
    "Verb",
    "admit_proposed",
    "allows",
    "can",
    "can_organisation",
    "client_ids",
    "codes",
    "helps",
    "memberships",
    "open_relationships",
    "operates",
    "organisations",
    "readable",
    "relations",
    "require",
    "require_account",
    "require_operator",
    "require_organisation",
    "require_row",
    "shareable",
    "visible",
]
