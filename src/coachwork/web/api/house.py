"""The API put together: routers of the rooms, errors, addresses."""

import json
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from coachwork.assessment.api import router as assessment
from coachwork.evidence.api import router as evidence
from coachwork.frameworks.api import router as frameworks
from coachwork.notifications.api import router as notifications
from coachwork.people.api import Token
from coachwork.people.api import router as people
from coachwork.plans.api import router as plans
from coachwork.practice.api import router as practice
from coachwork.web.api import guide
from coachwork.web.api.document import DESCRIPTION, completed
from coachwork.web.api.guard import guarded
from coachwork.web.api.problems import refused
from coachwork.web.problems import problem

BASE = "/api/v1"


class House(NinjaAPI):
    """The API of the house; its document says what is true of all operations."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The room and the function: `plans_goals_draft`."""
        module = operation.view_func.__module__.removeprefix("coachwork.").replace(".api", "")
        return f"{module}.{operation.view_func.__name__}".replace(".", "_")

    def get_openapi_schema(self, *args: Any, **named: Any) -> OpenAPISchema:
        told = super().get_openapi_schema(*args, **named)
        scopes = {
            operation.operation_id or self.get_openapi_operation_id(operation): _scope(operation)
            for router in self._get_bound_routers()
            for view in router.path_operations.values()
            for operation in view.operations
        }
        completed(told, scopes)
        return told


def _scope(operation: Operation) -> str:
    """The scope that a key needs for this operation."""
    return next(str(way.scope.value) for way in operation.auth_callbacks if isinstance(way, Token))


api = House(
    title="Coachwork",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    servers=[{"url": BASE}],
)
for router in (people, frameworks, assessment, evidence, plans, practice, notifications):
    api.add_router("", router)


def refuse(request: HttpRequest, error: Any) -> HttpResponse:
    """Whatever was raised becomes a problem document."""
    return refused(request, error)


for kind in list(api._exception_handlers):
    api.add_exception_handler(kind, refuse)


def nothing_here(request: HttpRequest, **_named: object) -> HttpResponse:
    return problem(404)


def _guarded(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    """Every operation behind the guard; the framework's own front page is left out."""
    found = [one for one in patterns if isinstance(one, URLPattern) and one.name != "api-root"]
    for one in found:
        one.callback = guarded(one.callback)
    return found


@cache
def document() -> str:
    """The OpenAPI document; it changes only with the code."""
    return json.dumps(api.get_openapi_schema(path_prefix=""), default=str)


@login_not_required
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The document, for programs."""
    return HttpResponse(document(), content_type="application/json")


@login_not_required
@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """The document, for people."""
    return guide.shown(request, json.loads(document()))


urlpatterns = [
    path("openapi.json", openapi, name="openapi"),
    path("docs", docs, name="docs"),
    *_guarded(list(api.urls[0])),
    re_path(r"^", guarded(nothing_here)),
]
