"""The addresses of the pages."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from coachwork.web import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("coachwork.moments.urls")),
    path("account/", include("allauth.urls")),
    path("people/", include("coachwork.people.urls")),
    path("messages/", include("coachwork.notifications.urls")),
    path("frameworks/", include("coachwork.frameworks.urls")),
    path("evidence/", include("coachwork.evidence.urls")),
    path("assess/", include("coachwork.assessment.urls")),
    path("practice/", include("coachwork.practice.urls")),
    path("tracks/", include("coachwork.tracks.urls")),
    path("projects/", include("coachwork.projects.urls")),
    path("learning/", include("coachwork.learning.urls")),
    path("mentoring/", include("coachwork.mentoring.urls")),
    path("plan/", include("coachwork.plans.urls")),
    path("feedback/", include("coachwork.feedback.urls")),
    path("keep-going/", include("coachwork.accountability.urls")),
    path("journal/", include("coachwork.reflection.urls")),
    path("coaching/", include("coachwork.coaching.urls")),
    path("reports/", include("coachwork.reports.urls")),
    path("record/", include("coachwork.exchange.urls")),
    path("", include("coachwork.web.pages")),
    path("api/v1/", include((api.urlpatterns, "api"))),
]
if settings.DEBUG:
    from coachwork.web.styleguide import styleguide

    urlpatterns.append(path("styleguide", styleguide, name="styleguide"))

handler400 = "coachwork.web.errors.bad_request"
handler403 = "coachwork.web.errors.forbidden"
handler404 = "coachwork.web.errors.not_found"
handler500 = "coachwork.web.errors.broken"
