"""Organisations: found one, run it, join it, leave it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coachwork.kit.errors import Invalid
from coachwork.people import actions, queries
from coachwork.people.access import NotVisible, Request
from coachwork.people.actions.addresses import is_mine
from coachwork.people.forms import MemberForm, OrganisationForm, explain, given
from coachwork.people.models import Membership, MembershipRole
from coachwork.people.views import limits

RUNS = {MembershipRole.OWNER, MembershipRole.ADMIN}


def organisations(request: Request) -> HttpResponse:
    """The organisations one belongs to, and a form to found another one."""
    form = OrganisationForm(given(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_organisation(actor=request.user, at=now(), **form.cleaned_data)
        except Invalid as problem:
            explain(form, problem)
        else:
            return redirect("people:organisation", organisation_id=made.pk)
    places = queries.my_memberships(actor=request.user)
    page = {"form": form, "places": [(place, place.role in RUNS) for place in places]}
    return render(request, "people/organisations.html", page, status=422 if form.errors else 200)


def organisation(request: Request, organisation_id: UUID) -> HttpResponse:
    """Its members and its name, for those who run it."""
    found = queries.organisation(actor=request.user, organisation_id=organisation_id)
    form = OrganisationForm(given(request), initial={"name": found.name, "kind": found.kind})
    if request.method == "POST" and form.is_valid():
        actions.rename_organisation(
            actor=request.user, organisation=found, at=now(), **form.cleaned_data
        )
        messages.success(request, _("Saved."))
        return redirect("people:organisation", organisation_id=found.pk)
    return _show(request, organisation_id, form=form, member_form=MemberForm())


@require_POST
def invite_member(request: Request, organisation_id: UUID) -> HttpResponse:
    """Ask somebody in."""
    found = queries.organisation(actor=request.user, organisation_id=organisation_id)
    form = MemberForm(request.POST)
    if not form.is_valid():
        rename = OrganisationForm(initial={"name": found.name, "kind": found.kind})
        return _show(request, organisation_id, form=rename, member_form=form)
    limits.one_more_invitation(request.user)
    actions.invite_member(actor=request.user, organisation=found, at=now(), **form.cleaned_data)
    messages.success(request, _("Your invitation is on its way."))
    return redirect("people:organisation", organisation_id=found.pk)


@require_POST
def member(request: Request, organisation_id: UUID, membership_id: UUID) -> HttpResponse:
    """Give a member another role, or end the membership."""
    found = queries.organisation(actor=request.user, organisation_id=organisation_id)
    place = queries.membership(actor=request.user, organisation=found, membership_id=membership_id)
    role = request.POST.get("role", "")
    if request.POST.get("act") == "end":
        actions.end_membership(actor=request.user, membership=place, at=now())
        messages.success(request, _("The membership has ended."))
    elif role in MembershipRole.values:
        actions.change_role(actor=request.user, membership=place, role=role, at=now())
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Please choose a role."))
    mine = place.user_id == request.user.pk
    if mine:
        return redirect("people:organisations")
    return redirect("people:organisation", organisation_id=found.pk)


@require_POST
def leave(request: Request, membership_id: UUID) -> HttpResponse:
    """Leave an organisation."""
    places = queries.my_memberships(actor=request.user)
    place = next((one for one in places if one.pk == membership_id), None)
    if place is None:
        raise NotVisible("There is no such membership.")
    actions.end_membership(actor=request.user, membership=place, at=now())
    messages.success(request, _("You have left. Your record is as it was."))
    return redirect("people:organisations")


@login_not_required
@never_cache
def join(request: HttpRequest, token: str) -> HttpResponse:
    """What joining means; yes needs an account."""
    try:
        place = queries.member_link(actor=None, token=token)
    except NotVisible:
        return render(request, "people/link_problem.html", {"problem": ""}, status=404)
    problem = _problem(place)
    if problem:
        return render(request, "people/link_problem.html", {"problem": problem}, status=410)
    user = request.user
    if request.method == "POST" and user.is_authenticated:
        actions.accept_membership(actor=user, token=token, at=now())
        messages.success(request, _("Welcome to {name}.").format(name=place.organisation))
        return redirect("people:organisations")
    other = user.is_authenticated and not is_mine(user, place.email)
    return render(request, "people/join.html", {"place": place, "other_address": other})


def _problem(place: Membership) -> str:
    if place.accepted_at or place.ended_at:
        return _("This link has been used or taken back. You can ask for a new one.")
    if place.expires_at is None or place.expires_at <= now():
        return _("This link is too old. You can ask for a new one.")
    return ""


def _show(
    request: Request, organisation_id: UUID, *, form: OrganisationForm, member_form: MemberForm
) -> HttpResponse:
    found = queries.organisation(actor=request.user, organisation_id=organisation_id)
    page = {
        "organisation": found,
        "members": queries.members(actor=request.user, organisation=found),
        "roles": MembershipRole.choices,
        "form": form,
        "member_form": member_form,
        "at": now(),
    }
    status = 422 if form.errors or member_form.errors else 200
    return render(request, "people/organisation.html", page, status=status)
