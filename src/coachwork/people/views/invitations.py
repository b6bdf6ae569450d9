"""Personal links from mails: look, sign in where needed, and answer.

A mail scanner that follows the link only sees a button. The button moves the secret from the
address into the session, so that it does not travel on.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Refused
from coachwork.people import actions, queries
from coachwork.people.access import NotVisible, Request
from coachwork.people.actions.addresses import is_mine
from coachwork.people.actions.claiming import HasRows, contents
from coachwork.people.actions.invitations import check_usable
from coachwork.people.models import Invitation, Relation, User
from coachwork.people.queries.promises import promises

KEPT = "invitation"


@login_not_required
@never_cache
def start(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link in the mail: one button."""
    invitation, problem = _looked_up(request, token)
    if invitation is None:
        return _no_use(request, problem)
    if request.method == "POST":
        request.session[KEPT] = token
        return redirect("people:invitation-answer")
    return render(request, "people/link_start.html", {"invitation": invitation})


@login_not_required
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """What the invitation means; sign in, or say yes or no."""
    invitation, problem = _looked_up(request, request.session.get(KEPT, ""))
    if invitation is None:
        return _no_use(request, problem)
    user = request.user if isinstance(request.user, User) else None
    claim = invitation.kind == Invitation.Kind.CLAIM
    page = {
        "invitation": invitation,
        "claim": claim,
        "other_address": user is not None and not is_mine(user, invitation.email),
        "has_record": getattr(user, "client", None) is not None,
        "relation": Relation(invitation.relation),
        "promises": promises(Relation(invitation.relation)),
        "contents": contents(invitation.client) if claim and "contents" in request.GET else {},
    }
    return render(request, "people/link_answer.html", page)


@require_POST
def accept(request: Request) -> HttpResponse:
    """Take the record over, or become a helper."""
    token = request.session.get(KEPT, "")
    invitation = queries.link_for(actor=request.user, token=token)
    if invitation.kind == Invitation.Kind.CLAIM:
        return _claim(request, token)
    bond = actions.accept_invitation(actor=request.user, token=token, at=now())
    request.session.pop(KEPT, None)
    if bond.consented_at:
        messages.success(request, _("You now help {name}.").format(name=bond.client.name))
    else:
        messages.info(request, _("{name} is asked to let you in.").format(name=bond.client.name))
    return redirect("people:helping")


@login_not_required
@require_POST
def decline(request: HttpRequest) -> HttpResponse:
    """Say no. The link is enough for that."""
    token = request.session.get(KEPT, "")
    actor = request.user if isinstance(request.user, User) else None
    invitation = queries.link_for(actor=actor, token=token)
    if invitation.kind == Invitation.Kind.CLAIM:
        actions.decline_claim(actor=actor, token=token, at=now())
    else:
        actions.decline_invitation(actor=actor, token=token, at=now())
    request.session.pop(KEPT, None)
    return render(request, "people/link_declined.html", {"claim": invitation.kind == "claim"})


def _claim(request: Request, token: str) -> HttpResponse:
    discard = request.POST.get("decision") == "discard"
    had_one = getattr(request.user, "client", None) is not None
    try:
        actions.claim_record(actor=request.user, token=token, at=now(), discard=discard)
    except HasRows:
        return redirect(reverse("people:invitation-answer") + "?contents")
    request.session.pop(KEPT, None)
    if had_one:
        said = _("You kept your own record. The request to help you is linked to it.")
    else:
        said = _("The record is yours now. Nobody sees anything until you let them in.")
    messages.success(request, said)
    return redirect("people:helpers")


def _looked_up(request: HttpRequest, token: str) -> tuple[Invitation | None, str]:
    actor = request.user if isinstance(request.user, User) else None
    try:
        invitation = queries.link_for(actor=actor, token=token)
        check_usable(invitation, None, now())
    except NotVisible:
        return None, ""
    except Refused as problem:
        return None, str(problem)
    return invitation, ""


def _no_use(request: HttpRequest, problem: str) -> HttpResponse:
    """A link that was used, taken back, grew old, was cut off or never was one."""
    status = 410 if problem else 404
    return render(request, "people/link_problem.html", {"problem": problem}, status=status)
