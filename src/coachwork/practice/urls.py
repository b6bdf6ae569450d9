"""Addresses of this room."""

from django.urls import URLPattern, path

from coachwork.practice import views

app_name = "practice"
urlpatterns: list[URLPattern] = [
    path("", views.logs, name="logs"),
    path("of/<uuid:client_id>/", views.logs, name="logs-of"),
    path("log/", views.log, name="log"),
    path("<uuid:practice_log_id>/undo/", views.undo, name="undo"),
]
