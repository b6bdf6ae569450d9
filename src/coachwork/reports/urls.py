"""Addresses of this room."""

from django.urls import path

from coachwork.reports.views import rounds

app_name = "reports"
urlpatterns = [
    path("rounds/<uuid:feedback_round_id>/pdf/", rounds.report, name="round"),
]
