"""Pages of the house itself: about, privacy, help."""

from django.urls import URLPattern, path
from django.views.generic import TemplateView

urlpatterns: list[URLPattern] = [
    path("help/", TemplateView.as_view(template_name="help.html"), name="help"),
    path("privacy/", TemplateView.as_view(template_name="privacy.html"), name="privacy"),
]
