"""Addresses of this room."""

from django.urls import URLPattern, path

from coachwork.practice import views

app_name = "practice"
urlpatterns: list[URLPattern] = [
    path("", views.logs, name="logs"),
    path("of/<uuid:client_id>/", views.logs, name="logs-of"),
    path("log/", views.log, name="log"),
    path("scenes/", views.scenes, name="scenes"),
    path("scenes/<str:code>/", views.scene, name="scene"),
    path("attempt/<uuid:attempt_id>/", views.attempt, name="attempt"),
    path("attempt/<uuid:attempt_id>/step/", views.step, name="step"),
    path("attempt/<uuid:attempt_id>/look/", views.rate, name="rate"),
    path("attempt/<uuid:attempt_id>/think/", views.debrief, name="debrief"),
    path("attempt/<uuid:attempt_id>/result/", views.result, name="result"),
    path("<uuid:practice_log_id>/undo/", views.undo, name="undo"),
]
