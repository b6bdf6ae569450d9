"""Addresses of this room."""

from django.urls import URLPattern, path

from coachwork.reflection import views

app_name = "reflection"
urlpatterns: list[URLPattern] = [
    path("", views.journal, name="journal"),
    path("away/", views.away, name="away"),
    path("write/<str:kind>/", views.write, name="write"),
    path("page/<uuid:entry_id>/", views.entry, name="entry"),
    path("page/<uuid:entry_id>/rewrite/", views.rewrite, name="rewrite"),
    path("page/<uuid:entry_id>/lesson/", views.lesson, name="lesson"),
    path("page/<uuid:entry_id>/outcome/", views.outcome, name="outcome"),
    path("page/<uuid:entry_id>/open/", views.open_letter, name="open-letter"),
    path("page/<uuid:entry_id>/keep/", views.keep, name="keep"),
    path("page/<uuid:entry_id>/lines/", views.lines, name="lines"),
    path("page/<uuid:entry_id>/delete/", views.delete, name="delete"),
    path("lines/<uuid:extract_id>/delete/", views.delete_extract, name="delete-extract"),
    path("insights/", views.insights, name="insights"),
    path("insights/<uuid:insight_id>/", views.insight, name="insight"),
    path("insights/<uuid:insight_id>/delete/", views.delete_insight, name="delete-insight"),
    path("progress/", views.progress, name="progress"),
    path("progress/<uuid:competency_id>/", views.look, name="look"),
    path("sureness/", views.sureness, name="sureness"),
    path("story/", views.story, name="story"),
    path("story/<uuid:event_id>/pin/", views.pin, name="pin"),
]
