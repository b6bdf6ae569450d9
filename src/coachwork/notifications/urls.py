"""Addresses of this room."""

from django.urls import path

from coachwork.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.preferences, name="preferences"),
    path("pause/", views.pause, name="pause"),
    path("tap/<str:token>/", views.action, name="action"),
    path("stop/<str:token>/", views.unsubscribe, name="unsubscribe"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<uuid:message_id>/", views.outbox_message, name="outbox-message"),
    path("outbox/<uuid:message_id>/html/", views.outbox_html, name="outbox-html"),
]
