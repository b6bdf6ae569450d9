"""Addresses of this room: one's own pages, and the same pages about somebody one helps."""

from django.urls import path

from coachwork.evidence import views

app_name = "evidence"
urlpatterns = [
    path("", views.profile, name="profile"),
    path("ledger/", views.ledger, name="ledger"),
    path("add/", views.add, name="add"),
    path("row/<uuid:evidence_id>/", views.entry, name="entry"),
    path("row/<uuid:evidence_id>/correct/", views.correct, name="correct"),
    path("row/<uuid:evidence_id>/withdraw/", views.withdraw, name="withdraw"),
    path("row/<uuid:evidence_id>/dispute/", views.dispute, name="dispute"),
    path("why/<uuid:competency_id>/", views.why, name="why"),
    path("agree/<uuid:competency_id>/", views.agree, name="agree"),
    path("aim/", views.aim, name="aim"),
    path("aim/list/", views.targets, name="targets"),
    path("aim/list/add/", views.add_target, name="add-target"),
    path("gaps/", views.gaps, name="gaps"),
    path("gaps/<uuid:competency_id>/", views.decide, name="decide"),
    path("of/<uuid:client_id>/", views.profile, name="profile-of"),
    path("of/<uuid:client_id>/ledger/", views.ledger, name="ledger-of"),
    path("of/<uuid:client_id>/add/", views.observe, name="add-of"),
    path("of/<uuid:client_id>/row/<uuid:evidence_id>/", views.entry, name="entry-of"),
    path("of/<uuid:client_id>/row/<uuid:evidence_id>/correct/", views.correct, name="correct-of"),
    path(
        "of/<uuid:client_id>/row/<uuid:evidence_id>/withdraw/", views.withdraw, name="withdraw-of"
    ),
    path("of/<uuid:client_id>/why/<uuid:competency_id>/", views.why, name="why-of"),
    path("of/<uuid:client_id>/gaps/", views.gaps, name="gaps-of"),
]
