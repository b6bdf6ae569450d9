"""Pages of the house itself, open to every visitor."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

from coachwork.web import appearance


def _page(name: str) -> object:
    return login_not_required(TemplateView.as_view(template_name=f"{name}.html"))


urlpatterns = [
    path("appearance/", appearance.choose, name="appearance"),
    path("help/", _page("help"), name="help"),
    path("privacy/", _page("privacy"), name="privacy"),
]
