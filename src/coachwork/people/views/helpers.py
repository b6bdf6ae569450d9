"""The client's side: who helps, who is asked, and what each of them sees."""

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
from coachwork.people.forms import HelperForm, explain, given
from coachwork.people.models import Relation
from coachwork.people.models.relationships import HELPING
from coachwork.people.queries.promises import headline, promises
from coachwork.people.views import limits


@require_GET
def helpers(request: Request) -> HttpResponse:
    """Everybody near the record, and the questions that are open."""
    client = queries.record(actor=request.user)
    bonds = queries.helpers(actor=request.user, client=client)
    for bond in bonds:
        bond.headline = headline(Relation(bond.kind))  # type: ignore[attr-defined]
    page = {
        "client": client,
        "open": [bond for bond in bonds if bond.consented_at and bond.accepted_at],
        "asking": [bond for bond in bonds if not bond.consented_at],
        "invitations": queries.invitations(actor=request.user, client=client),
        "at": now(),
    }
    return render(request, "people/helpers.html", page)


def invite(request: Request) -> HttpResponse:
    """Ask somebody to help; the page says what each relation opens before anything is sent."""
    client = queries.record(actor=request.user)
    form = HelperForm(given(request), initial={"relation": request.GET.get("as", "")})
    if request.method == "POST" and form.is_valid():
        limits.one_more_invitation(request.user)
        try:
            actions.propose_relationship(
                actor=request.user, client=client, at=now(), **form.cleaned_data
            )
        except Invalid as problem:
            explain(form, problem)
        else:
            messages.success(request, _("Your invitation is on its way."))
            return redirect("people:helpers")
    page = {"form": form, "relations": [(kind, promises(kind)) for kind in HELPING]}
    status = 422 if form.errors else 200
    return render(request, "people/helper_invite.html", page, status=status)


@require_POST
def cancel_invitation(request: Request, invitation_id: UUID) -> HttpResponse:
    """Take a question back."""
    invitation = queries.invitation(actor=request.user, invitation_id=invitation_id)
    actions.revoke_invitation(actor=request.user, invitation=invitation, at=now())
    messages.success(request, _("The invitation is taken back. Its link no longer works."))
    return redirect("people:helpers")


@require_POST
def renew_invitation(request: Request, invitation_id: UUID) -> HttpResponse:
    """Send a new link."""
    limits.one_more_invitation(request.user)
    invitation = queries.invitation(actor=request.user, invitation_id=invitation_id)
    actions.renew_invitation(actor=request.user, invitation=invitation, at=now())
    messages.success(request, _("A new link is on its way. The old one no longer works."))
    mine = getattr(request.user, "client", None)
    own = mine is not None and mine.pk == invitation.client_id
    return redirect("people:helpers" if own else "people:helping")


@require_GET
def relationship(request: Request, relationship_id: UUID) -> HttpResponse:
    """What this relation opens and what it never opens; the client decides here."""
    bond = queries.relationship(actor=request.user, relationship_id=relationship_id)
    is_client = bond.client.user_id == request.user.pk
    waits = is_client and not bond.consented_at and not bond.ended_at
    page = {
        "bond": bond,
        "client_side": is_client,
        "waits": waits,
        "conflicts": queries.conflicts(actor=request.user, relationship=bond) if waits else [],
        "promises": promises(Relation(bond.kind)),
    }
    return render(request, "people/relationship.html", page)


@require_POST
def answer(request: Request, relationship_id: UUID) -> HttpResponse:
    """The client consents, with one role picked where two do not go together, or declines."""
    bond = queries.relationship(actor=request.user, relationship_id=relationship_id)
    decision = request.POST.get("decision", "")
    if decision in {"yes", "instead"}:
        instead = decision == "instead"
        actions.consent(actor=request.user, relationship=bond, at=now(), instead=instead)
        messages.success(request, _("{name} is let in.").format(name=bond.user))
    elif decision == "no":
        actions.decline(actor=request.user, relationship=bond, at=now())
        messages.success(request, _("You have declined. Nothing was opened."))
    else:
        return redirect("people:relationship", relationship_id=bond.pk)
    return redirect("people:helpers")


@require_POST
def end(request: Request, relationship_id: UUID) -> HttpResponse:
    """Either side ends it."""
    bond = queries.relationship(actor=request.user, relationship_id=relationship_id)
    actions.end_relationship(actor=request.user, relationship=bond, at=now())
    messages.success(request, _("The connection has ended. What was read cannot be unread."))
    own = bond.client.user_id == request.user.pk
    return redirect("people:helpers" if own else "people:helping")
