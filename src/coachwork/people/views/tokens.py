"""Keys to the API: make one, see its secret once, revoke it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Invalid
from coachwork.people import actions, queries
from coachwork.people.access import NotVisible, Request
from coachwork.people.forms import TokenForm, explain, given
from coachwork.people.models import Scope


@never_cache
def tokens(request: Request) -> HttpResponse:
    """The keys, and a form for a new one; its secret is on the answer and nowhere else."""
    form, secret, at = TokenForm(given(request)), "", now()
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = actions.create_token(
                actor=request.user,
                name=form.cleaned_data["name"],
                scopes=form.cleaned_data["scopes"],
                at=at,
                expires_at=form.expires_at(at),
            )
            form = TokenForm()
        except Invalid as problem:
            explain(form, problem)
    page = {
        "form": form,
        "secret": secret,
        "tokens": queries.tokens(actor=request.user),
        "scopes": dict(Scope.choices),
        "at": at,
    }
    return render(request, "people/tokens.html", page, status=422 if form.errors else 200)


@require_POST
def revoke(request: Request, token_id: UUID) -> HttpResponse:
    """End a key."""
    token = next((one for one in queries.tokens(actor=request.user) if one.pk == token_id), None)
    if token is None:
        raise NotVisible("There is no such key.")
    actions.revoke_token(actor=request.user, token=token, at=now())
    messages.success(request, _("The key no longer opens anything."))
    return redirect("people:tokens")
