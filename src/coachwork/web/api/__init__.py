"""The JSON door: one router a room, one table of errors, one document that describes it all."""

from coachwork.web.api.house import api, urlpatterns

__all__ = ["api", "urlpatterns"]
