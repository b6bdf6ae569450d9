"""Who asks through the JSON door, and whether their key may be used for this."""

from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query
from ninja.security import APIKeyCookie, HttpBearer

from coachwork.people import queries
from coachwork.people.access import Request
from coachwork.people.models import ApiToken, Client, Scope, User

Asked = Annotated[
    UUID | None,
    Query(alias="client", description="The record of somebody you help; your own without it."),
]


class Token(HttpBearer):
    """A key to the API, in the header `Authorization: Bearer`."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> User | None:
        """The key was read before the row lock was set; here it only has to fit."""
        token: ApiToken | None = getattr(request, "api_key", None)
        if token is None:
            return None
        if self.scope not in token.scopes:
            wanted = {"scope": self.scope.value}
            raise PermissionDenied(_("This key does not have the scope “%(scope)s”.") % wanted)
        return token.user

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        raise NotImplementedError  # never asked: `__call__` has the answer


class Session(APIKeyCookie):
    """A person who has signed in to the pages; edits need the CSRF token of the page."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        if "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        return request.user


def opens(scope: Scope) -> list[Token | Session]:
    """Both ways in: a key with this scope, or a session."""
    return [Token(scope), Session()]


def record_of(request: Request, client_id: UUID | None = None) -> Client:
    """The record that is asked for: one's own, or one that the person helps with."""
    return queries.record(actor=request.user, client_id=client_id)
