"""The helper's side: the people one helps, those one has asked, and what was shared."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from coachwork.kit.errors import Invalid
from coachwork.people import actions, queries
from coachwork.people.access import Request
from coachwork.people.forms import InviteClientForm, explain, given
from coachwork.people.models.relationships import HELPING
from coachwork.people.queries.promises import promises
from coachwork.people.views import limits
from coachwork.people.views.words import step


@require_GET
def helping(request: Request) -> HttpResponse:
    """The people whom the actor helps, by name, with the last step that may be seen."""
    search = request.GET.get("q", "")[:120].replace("\x00", "").strip()
    after = request.GET.get("after", "")
    page = queries.helping(actor=request.user, search=search, after=after)
    asked = queries.proposals(actor=request.user) if not after and not search else []
    links = queries.sent(actor=request.user) if asked else {}
    shown = {
        "people": [(one, step(one.step)) for one in page.people],
        "after": page.after,
        "search": search,
        "is_first": not after,
        "proposals": [(bond, links.get(bond.client_id)) for bond in asked],
    }
    return render(request, "people/helping.html", shown)


def invite(request: Request) -> HttpResponse:
    """Start a record for somebody and ask them to take it over."""
    form = InviteClientForm(given(request))
    if request.method == "POST" and form.is_valid():
        limits.one_more_invitation(request.user)
        try:
            actions.invite_client(actor=request.user, at=now(), **form.cleaned_data)
        except Invalid as problem:
            explain(form, problem)
        else:
            messages.success(request, _("Your invitation is on its way."))
            return redirect("people:helping")
    page = {"form": form, "relations": [(kind, promises(kind)) for kind in HELPING]}
    status = 422 if form.errors else 200
    return render(request, "people/client_invite.html", page, status=status)


@require_POST
def withdraw(request: Request, relationship_id: UUID) -> HttpResponse:
    """Take a request back."""
    bond = queries.relationship(actor=request.user, relationship_id=relationship_id)
    actions.withdraw(actor=request.user, relationship=bond, at=now())
    messages.success(request, _("Your request is taken back."))
    return redirect("people:helping")


@require_GET
def shared(request: Request) -> HttpResponse:
    """What others have shared with the actor."""
    return render(
        request, "people/shared.html", {"shares": queries.shared_with_me(actor=request.user)}
    )


@require_GET
def shared_item(request: Request, share_id: UUID) -> HttpResponse:
    """One shared item, as it is or as it was released. Reading writes nothing; see `opened`."""
    share = queries.share(actor=request.user, share_id=share_id)
    if share.frozen is not None:
        lines = [tuple(line) for line in share.frozen if isinstance(line, list) and len(line) == 2]
    else:
        row = queries.row(actor=request.user, thing=share.thing, item=share.item)
        lines = queries.lines(actor=request.user, row=row)
    return render(request, "people/shared_item.html", {"share": share, "lines": lines})


@require_POST
def opened(request: Request, share_id: UUID) -> HttpResponse:
    """The page of the item tells that it is before the reader's eyes."""
    share = queries.share(actor=request.user, share_id=share_id)
    actions.mark_opened(actor=request.user, share=share, at=now())
    if request.headers.get("HX-Request"):
        return HttpResponse()  # the button that says the same goes away
    return redirect("people:shared-item", share_id=share.pk)
