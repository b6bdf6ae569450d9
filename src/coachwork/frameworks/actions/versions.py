"""Draft, publish and retire frameworks. A published one is never edited: it gets a new version."""

from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from coachwork.frameworks.actions import drafting, indexing
from coachwork.frameworks.models import (
    Anchor,
    Behaviour,
    Competency,
    Framework,
    RoleProfile,
    RoleTarget,
)
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people.models import Organisation, User


def require_author(actor: User, organisation: Organisation | None) -> None:
    """Refuse whoever may not write this organisation's frameworks, or the installation's."""
    if organisation is None:
        access.require_operator(actor)
        return
    access.require_organisation(
        actor, access.Verb.WRITE, access.OrganisationThing.FRAMEWORKS, organisation
    )


def held(framework: Framework) -> Framework:
    """The framework as it is now; nobody else changes it before this is over."""
    rows = Framework.objects.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=framework.pk)


def require_draft(actor: User, framework: Framework) -> None:
    """Refuse to edit what is published, and say what can be done instead."""
    require_author(actor, framework.organisation)
    if held(framework).status != Framework.Status.DRAFT:
        raise Refused(
            _("This version is published, and people's records point to it. "
              "Make a new version to change it.")
        )  # fmt: skip


@transaction.atomic
def draft_framework(
    *,
    actor: User,
    organisation: Organisation | None,
    name: str,
    at: datetime,
    description: str = "",
    locale: str = "en",
) -> Framework:
    """Begin an empty framework."""
    if organisation is None:
        access.require_operator(actor)
    require_author(actor, organisation)
    slug = slugify(name)[:64] or "framework"
    if Framework.objects.filter(organisation=organisation, slug=slug).exists():
        raise Invalid({"name": _("There is a framework of this name already.")})
    return Framework.objects.create(
        slug=slug,
        organisation=organisation,
        name=name.strip(),
        description=description.strip(),
        locale=locale,
        created_at=at,
    )


@transaction.atomic
def reword_framework(
    *, actor: User, framework: Framework, name: str, description: str
) -> Framework:
    """Change the name and description of a draft."""
    access.require_account(actor)
    require_draft(actor, framework)
    framework.name, framework.description = name.strip(), description.strip()
    framework.save(update_fields=["name", "description"])
    return framework


@transaction.atomic
def publish(*, actor: User, framework: Framework, at: datetime) -> Framework:
    """Let people use a draft; the version before it is retired, and keeps what points to it."""
    access.require_account(actor)
    require_author(actor, framework.organisation)
    framework = held(framework)
    if framework.status == Framework.Status.PUBLISHED:
        return framework
    require_draft(actor, framework)
    if not framework.competencies.exists():
        raise Refused(_("There is no competency in it yet. Add one first."))
    framework.status, framework.published_at = Framework.Status.PUBLISHED, at
    framework.save(update_fields=["status", "published_at"])
    drafting.retire_older(framework, at)
    indexing.index_framework(framework)
    return framework


@transaction.atomic
def retire(*, actor: User, framework: Framework, at: datetime) -> Framework:
    """Offer a published framework no longer; what points to it stays as it is."""
    access.require_account(actor)
    require_author(actor, framework.organisation)
    framework = held(framework)
    if framework.status == Framework.Status.DRAFT:
        raise Refused(_("This is a draft. Delete it instead."))
    if framework.status == Framework.Status.PUBLISHED:
        framework.status, framework.retired_at = Framework.Status.RETIRED, at
        framework.save(update_fields=["status", "retired_at"])
        indexing.index_framework(framework)
    return framework


@transaction.atomic
def delete_draft(*, actor: User, framework: Framework) -> None:
    """Throw a draft away; nothing can point to it yet."""
    access.require_account(actor)
    require_draft(actor, framework)
    framework.delete()


@transaction.atomic
def draft_next_version(*, actor: User, framework: Framework, at: datetime) -> Framework:
    """A draft with everything of this version in it, to be changed and published."""
    access.require_account(actor)
    require_author(actor, framework.organisation)
    mine = Framework.objects.filter(
        slug=framework.slug, organisation=framework.organisation_id
    ).order_by("-version")
    newest = mine.select_for_update(of=("self",))[0]
    if newest.status == Framework.Status.DRAFT:
        return newest
    if framework.source in {"onet", "content"}:
        raise Refused(_("This framework comes with the installation. A new version comes with it."))
    made = Framework.objects.get(pk=framework.pk)
    made.pk, made._state.adding = None, True
    made.id = Framework._meta.pk.get_default()
    made.version, made.status, made.digest = newest.version + 1, Framework.Status.DRAFT, ""
    made.created_at, made.published_at, made.retired_at = at, None, None
    made.save(force_insert=True)
    _copy(framework, made, at)
    return made


def _copy(old: Framework, new: Framework, at: datetime) -> None:
    """Competencies with all that is theirs, and role profiles with their targets."""
    by_old: dict[object, Competency] = {}
    for one in old.competencies.prefetch_related("behaviours", "anchors"):
        copy = Competency.objects.get(pk=one.pk)
        copy.id, copy._state.adding, copy.framework = Competency._meta.pk.get_default(), True, new
        copy.save(force_insert=True)
        by_old[one.pk] = copy
        for model, parts in ((Behaviour, one.behaviours.all()), (Anchor, one.anchors.all())):
            for part in parts:
                part.id, part._state.adding = model._meta.pk.get_default(), True
                part.competency = copy
                part.save(force_insert=True)
    for role in old.roles.filter(retired_at__isnull=True).prefetch_related("targets"):
        targets = list(role.targets.all())
        role.id, role._state.adding = RoleProfile._meta.pk.get_default(), True
        role.framework, role.valid_from = new, at.date()
        role.save(force_insert=True)
        RoleTarget.objects.bulk_create(
            RoleTarget(
                role=role,
                competency=by_old[target.competency_id],
                level=target.level,
                importance=target.importance,
                position=target.position,
            )
            for target in targets
        )
