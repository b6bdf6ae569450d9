"""Pages of the house itself: about, privacy, help."""

from django.urls import URLPattern, path
from django.views.generic import TemplateView

from coachwork.web import appearance

urlpatterns: list[URLPattern] = [
    path("appearance/", appearance.choose, name="appearance"),
    path("help/", TemplateView.as_view(template_name="help.html"), name="help"),
    path("privacy/", TemplateView.as_view(template_name="privacy.html"), name="privacy"),
]
