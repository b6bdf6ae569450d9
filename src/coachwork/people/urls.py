"""Addresses of this room."""

from django.urls import path

from coachwork.people.views import (
    helpers,
    helping,
    invitations,
    organisations,
    settings,
    sharing,
    start,
    tokens,
)

app_name = "people"
urlpatterns = [
    path("setup/", start.setup, name="setup"),
    path("start/", start.start, name="start"),
    path("settings/", settings.settings, name="settings"),
    path("settings/record/", settings.record_settings, name="record-settings"),
    path("security/", settings.security, name="security"),
    path("security/log/", settings.trail, name="trail"),
    path("keys/", tokens.tokens, name="tokens"),
    path("keys/<uuid:token_id>/revoke/", tokens.revoke, name="token-revoke"),
    # the client's side
    path("helpers/", helpers.helpers, name="helpers"),
    path("helpers/invite/", helpers.invite, name="helper-invite"),
    path(
        "invitations/<uuid:invitation_id>/cancel/",
        helpers.cancel_invitation,
        name="invitation-cancel",
    ),
    path(
        "invitations/<uuid:invitation_id>/renew/",
        helpers.renew_invitation,
        name="invitation-renew",
    ),
    path("with/<uuid:relationship_id>/", helpers.relationship, name="relationship"),
    path("with/<uuid:relationship_id>/answer/", helpers.answer, name="relationship-answer"),
    path("with/<uuid:relationship_id>/end/", helpers.end, name="relationship-end"),
    # the helper's side
    path("helping/", helping.helping, name="helping"),
    path("helping/invite/", helping.invite, name="client-invite"),
    path("helping/<uuid:relationship_id>/withdraw/", helping.withdraw, name="withdraw"),
    path("shared/", helping.shared, name="shared"),
    path("shared/<uuid:share_id>/", helping.shared_item, name="shared-item"),
    path("shared/<uuid:share_id>/opened/", helping.opened, name="opened"),
    # links from mails
    path("invitation/", invitations.answer, name="invitation-answer"),
    path("invitation/accept/", invitations.accept, name="invitation-accept"),
    path("invitation/decline/", invitations.decline, name="invitation-decline"),
    path("invitation/<str:token>/", invitations.start, name="invitation"),
    path("join/<str:token>/", organisations.join, name="join"),
    # sharing
    path("shares/", sharing.shares, name="shares"),
    path("shares/<uuid:share_id>/end/", sharing.unshare, name="unshare"),
    path("share/<str:thing>/<uuid:item>/", sharing.share, name="share"),
    path("share/<str:thing>/<uuid:item>/class/", sharing.set_class, name="share-class"),
    path("who/<str:thing>/<uuid:item>/", sharing.who_can_see, name="who"),
    # organisations
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<uuid:organisation_id>/", organisations.organisation, name="organisation"),
    path(
        "organisations/<uuid:organisation_id>/invite/",
        organisations.invite_member,
        name="member-invite",
    ),
    path(
        "organisations/<uuid:organisation_id>/members/<uuid:membership_id>/",
        organisations.member,
        name="member",
    ),
    path("organisations/leave/<uuid:membership_id>/", organisations.leave, name="leave"),
]
