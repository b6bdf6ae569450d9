"""Addresses of this room; home has no namespace."""

from django.urls import URLPattern, URLResolver, include, path

from coachwork.moments import views
from coachwork.moments.models import CHANGES

week: list[URLPattern] = [
    path("week/", views.week, name="week"),
    path("week/moments/", views.attach, name="attach"),
    path("week/moments/<uuid:moment_plan_id>/log/", views.log, name="log"),
    path("tap/<str:token>/", views.tap, name="tap"),
    *(
        path(f"change/{act}/<str:token>/", views.change, {"act": act}, name=f"change-{act}")
        for act in CHANGES
    ),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("", include((week, "moments"))),
]
