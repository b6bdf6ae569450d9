"""Addresses of this room: one's own pages, and the same pages about somebody one helps."""

from django.urls import path

from coachwork.evidence.views import aims, checks, entries, gaps, ledger, levels, profile

app_name = "evidence"
urlpatterns = [
    path("", profile.profile, name="profile"),
    path("ledger/", ledger.ledger, name="ledger"),
    path("add/", entries.add, name="add"),
    path("row/<uuid:evidence_id>/", ledger.entry, name="entry"),
    path("row/<uuid:evidence_id>/correct/", ledger.correct, name="correct"),
    path("row/<uuid:evidence_id>/withdraw/", ledger.withdraw, name="withdraw"),
    path("row/<uuid:evidence_id>/dispute/", ledger.dispute, name="dispute"),
    path("why/<uuid:competency_id>/", profile.why, name="why"),
    path("agree/<uuid:competency_id>/", levels.agree, name="agree"),
    path("aim/", aims.aim, name="aim"),
    path("aim/list/", aims.targets, name="targets"),
    path("aim/list/add/", aims.add_target, name="add-target"),
    path("gaps/", gaps.gaps, name="gaps"),
    path("gaps/<uuid:competency_id>/", gaps.decide, name="decide"),
    path("framework/<uuid:framework_id>/", checks.checks, name="checks"),
    path("of/<uuid:client_id>/", profile.profile, name="profile-of"),
    path("of/<uuid:client_id>/ledger/", ledger.ledger, name="ledger-of"),
    path("of/<uuid:client_id>/add/", entries.observe, name="add-of"),
    path("of/<uuid:client_id>/row/<uuid:evidence_id>/", ledger.entry, name="entry-of"),
    path("of/<uuid:client_id>/row/<uuid:evidence_id>/correct/", ledger.correct, name="correct-of"),
    path(
        "of/<uuid:client_id>/row/<uuid:evidence_id>/withdraw/", ledger.withdraw, name="withdraw-of"
    ),
    path("of/<uuid:client_id>/why/<uuid:competency_id>/", profile.why, name="why-of"),
    path("of/<uuid:client_id>/gaps/", gaps.gaps, name="gaps-of"),
]
