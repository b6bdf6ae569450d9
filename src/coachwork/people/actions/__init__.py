"""Open records, bind people together, share and unshare, and leave a trail."""

from coachwork.people.actions.accounts import (
    change_settings,
    choose_theme,
    create_account,
    set_up,
)
from coachwork.people.actions.claiming import (
    claim_record,
    decline_claim,
    invite_client,
    withdraw,
)
from coachwork.people.actions.invitations import (
    accept_invitation,
    decline_invitation,
    propose_relationship,
    renew_invitation,
    revoke_invitation,
)
from coachwork.people.actions.organisations import (
    accept_membership,
    change_role,
    create_organisation,
    end_membership,
    invite_member,
    rename_organisation,
)
from coachwork.people.actions.records import change_record, open_record
from coachwork.people.actions.relationships import consent, decline, end_relationship
from coachwork.people.actions.sharing import mark_opened, set_visibility, share, unshare
from coachwork.people.actions.tokens import create_token, mark_used, revoke_token
from coachwork.people.actions.trail import audit, note

__all__ = [
    "accept_invitation",
    "accept_membership",
    "audit",
    "change_record",
    "change_role",
    "change_settings",
    "choose_theme",
    "claim_record",
    "consent",
    "create_account",
    "create_organisation",
    "create_token",
    "decline",
    "decline_claim",
    "decline_invitation",
    "end_membership",
    "end_relationship",
    "invite_client",
    "invite_member",
    "mark_opened",
    "mark_used",
    "note",
    "open_record",
    "propose_relationship",
    "rename_organisation",
    "renew_invitation",
    "revoke_invitation",
    "revoke_token",
    "set_up",
    "set_visibility",
    "share",
    "unshare",
    "withdraw",
]
