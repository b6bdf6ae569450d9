"""Write a framework: for the authors of an organisation, and for whoever runs the installation."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coachwork.frameworks import actions, queries
from coachwork.frameworks.forms import CompetencyForm, FrameworkForm, RewordForm, RoleForm
from coachwork.frameworks.models import Framework
from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people.access import Request


def new(request: Request) -> HttpResponse:
    form = FrameworkForm(
        request.POST or None,
        organisations=queries.authoring(actor=request.user),
        everybody=access.operates(request.user),
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            made = actions.draft_framework(
                actor=request.user,
                organisation=form.owner(),
                name=asked["name"],
                description=asked["description"],
                locale=asked["locale"],
                at=now(),
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("frameworks:framework", made.pk)
    return _form(request, form, _("A framework of your own"), None)


def edit(request: Request, framework_id: UUID) -> HttpResponse:
    framework = queries.writable(actor=request.user, framework_id=framework_id)
    shown = {"name": framework.name, "description": framework.description}
    form = RewordForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        actions.reword_framework(actor=request.user, framework=framework, **form.cleaned_data)
        return redirect("frameworks:framework", framework.pk)
    return _form(request, form, framework.name, framework)


def competency(
    request: Request, framework_id: UUID, competency_id: UUID | None = None
) -> HttpResponse:
    framework = queries.writable(actor=request.user, framework_id=framework_id)
    found = (
        queries.competency(actor=request.user, competency_id=competency_id)
        if competency_id
        else None
    )
    form = CompetencyForm(request.POST or None, initial=CompetencyForm.of(found) if found else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_competency(
                actor=request.user, framework=framework, draft=form.draft(), competency=found
            )
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("frameworks:framework", framework.pk)
    return _form(request, form, found.name if found else _("A competency"), framework)


@require_POST
def remove_competency(request: Request, competency_id: UUID) -> HttpResponse:
    found = queries.competency(actor=request.user, competency_id=competency_id)
    actions.remove_competency(actor=request.user, competency=found)
    messages.success(request, _("“%(name)s” is out of the draft.") % {"name": found.name})
    return redirect("frameworks:framework", found.framework_id)


def role(request: Request, framework_id: UUID, role_id: UUID | None = None) -> HttpResponse:
    framework = queries.writable(actor=request.user, framework_id=framework_id)
    found = queries.role(actor=request.user, role_id=role_id) if role_id else None
    form = RoleForm(
        request.POST or None,
        initial={"title": found.title, "summary": found.summary} if found else None,
        competencies=queries.competencies(actor=request.user, framework=framework),
        role=found,
    )
    if request.method == "POST" and form.is_valid():
        asked: dict[str, Any] = {key: form.cleaned_data[key] for key in ("title", "summary")}
        try:
            actions.write_role(
                actor=request.user, framework=framework, role=found, at=now(),
                targets=form.targets(), **asked,
            )  # fmt: skip
        except Invalid as refusal:
            form.refuse(refusal)
        else:
            return redirect("frameworks:framework", framework.pk)
    return _form(request, form, found.title if found else _("A role"), framework)


@require_POST
def remove_role(request: Request, role_id: UUID) -> HttpResponse:
    found = queries.role(actor=request.user, role_id=role_id)
    actions.remove_role(actor=request.user, role=found)
    messages.success(request, _("“%(name)s” is out of the draft.") % {"name": found.title})
    return redirect("frameworks:framework", found.framework_id)


@require_POST
def publish(request: Request, framework_id: UUID) -> HttpResponse:
    found = queries.writable(actor=request.user, framework_id=framework_id)
    actions.publish(actor=request.user, framework=found, at=now())
    messages.success(request, _("Published. People can aim for its roles now."))
    return redirect("frameworks:framework", found.pk)


@require_POST
def retire(request: Request, framework_id: UUID) -> HttpResponse:
    found = queries.writable(actor=request.user, framework_id=framework_id)
    actions.retire(actor=request.user, framework=found, at=now())
    messages.success(request, _("Retired. What people have with it stays as it is."))
    return redirect("frameworks:framework", found.pk)


@require_POST
def next_version(request: Request, framework_id: UUID) -> HttpResponse:
    found = queries.writable(actor=request.user, framework_id=framework_id)
    made = actions.draft_next_version(actor=request.user, framework=found, at=now())
    return redirect("frameworks:framework", made.pk)


@require_POST
def delete(request: Request, framework_id: UUID) -> HttpResponse:
    found = queries.writable(actor=request.user, framework_id=framework_id)
    actions.delete_draft(actor=request.user, framework=found)
    messages.success(request, _("The draft is gone."))
    return redirect("frameworks:frameworks")


def _form(request: Request, form: Any, title: str, framework: Framework | None) -> HttpResponse:
    """One page for every form of this room; a form that was refused keeps what was typed."""
    context = {"form": form, "title": title, "framework": framework}
    status = 422 if request.method == "POST" else 200
    return render(request, "frameworks/form.html", context, status=status)
