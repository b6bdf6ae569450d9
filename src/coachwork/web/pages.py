"""Pages of the house itself, open to every visitor."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import TemplateView

from coachwork.tracks.views import hard_moment
from coachwork.web import appearance


class Page(TemplateView):
    """A page of words; what differs between installations comes from the settings."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "crisis_lines": settings.CRISIS_LINES,
            "contact": settings.CONTACT,
        }


def _page(name: str) -> Any:
    return login_not_required(Page.as_view(template_name=f"{name}.html"))


urlpatterns = [
    path("appearance/", appearance.choose, name="appearance"),
    path("hard-moment/", hard_moment.page, name="hard-moment"),
    path("hard-moment/worker.js", hard_moment.worker, name="hard-moment-worker"),
    path("help/", _page("help"), name="help"),
    path("privacy/", _page("privacy"), name="privacy"),
]
