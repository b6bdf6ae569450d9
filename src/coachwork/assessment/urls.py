"""Addresses of this room."""

from django.urls import path

from coachwork.assessment import views

app_name = "assessment"
urlpatterns = [
    path("", views.start, name="start"),
    path("history/", views.history, name="history"),
    path("of/<uuid:client_id>/", views.history, name="history-of"),
    path("of/<uuid:client_id>/<uuid:assessment_id>/mirror/", views.mirror, name="mirror-of"),
    path("<uuid:assessment_id>/", views.resume, name="resume"),
    path("<uuid:assessment_id>/<int:position>/", views.rate, name="rate"),
    path("<uuid:assessment_id>/review/", views.review, name="review"),
    path("<uuid:assessment_id>/mirror/", views.mirror, name="mirror"),
    path("<uuid:assessment_id>/discard/", views.discard, name="discard"),
]
