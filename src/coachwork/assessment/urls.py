"""Addresses of this room."""

from django.urls import path

from coachwork.assessment.views import self_assessments

app_name = "assessment"
urlpatterns = [
    path("", self_assessments.start, name="start"),
    path("history/", self_assessments.history, name="history"),
    path("of/<uuid:client_id>/", self_assessments.history, name="history-of"),
    path(
        "of/<uuid:client_id>/<uuid:assessment_id>/mirror/",
        self_assessments.mirror,
        name="mirror-of",
    ),
    path("<uuid:assessment_id>/", self_assessments.resume, name="resume"),
    path("<uuid:assessment_id>/<int:position>/", self_assessments.rate, name="rate"),
    path("<uuid:assessment_id>/review/", self_assessments.review, name="review"),
    path("<uuid:assessment_id>/mirror/", self_assessments.mirror, name="mirror"),
    path("<uuid:assessment_id>/discard/", self_assessments.discard, name="discard"),
]
