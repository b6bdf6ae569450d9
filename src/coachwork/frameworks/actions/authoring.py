"""Write the competencies and role profiles of a draft."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from coachwork.frameworks.actions import drafting, versions
from coachwork.frameworks.kinds.harvest import CompetencyDraft
from coachwork.frameworks.models import Competency, Framework, RoleProfile, RoleTarget
from coachwork.kit import levels
from coachwork.kit.errors import Invalid
from coachwork.people import access
from coachwork.people.models import User


@transaction.atomic
def write_competency(
    *,
    actor: User,
    framework: Framework,
    draft: CompetencyDraft,
    competency: Competency | None = None,
) -> Competency:
    """Add a competency to a draft, or put new words in the place of one that is there."""
    access.require_account(actor)
    versions.require_draft(actor, framework)
    others = framework.competencies.all()
    if competency is not None:
        others = others.exclude(pk=competency.pk)
    if others.filter(code=draft.code).exists():
        raise Invalid({"code": _("Another competency has this code.")})
    missing = [level for level in levels.WORDS if not draft.anchors.get(level)]
    if 0 < len(missing) < len(levels.WORDS):
        raise Invalid({f"level_{missing[0]}": _("Describe all five levels, or none.")})
    if competency is None:
        return drafting.add_competencies(framework, [draft], start=framework.competencies.count())[
            0
        ]
    competency.behaviours.all().delete()
    competency.anchors.all().delete()
    competency.code, competency.name, competency.group = draft.code, draft.name, draft.group
    competency.description = draft.description
    competency.observable_by_others = draft.observable_by_others
    competency.save()
    drafting.add_parts([(competency, draft)])
    return competency


@transaction.atomic
def remove_competency(*, actor: User, competency: Competency) -> None:
    """Take a competency out of a draft, and out of the role profiles that ask for it."""
    access.require_account(actor)
    versions.require_draft(actor, competency.framework)
    competency.delete()


@transaction.atomic
def write_role(  # noqa: PLR0913
    *,
    actor: User,
    framework: Framework,
    title: str,
    summary: str,
    targets: Sequence[tuple[UUID, Decimal, int]],
    at: datetime,
    role: RoleProfile | None = None,
) -> RoleProfile:
    """Add a role profile to a draft, or write one anew: competency, level, importance."""
    access.require_account(actor)
    versions.require_draft(actor, framework)
    if not targets:
        raise Invalid({"title": _("Choose a level for one competency at least.")})
    slug = slugify(title)[:120] or "role"
    others = framework.roles.all()
    if role is not None:
        others = others.exclude(pk=role.pk)
    if others.filter(slug=slug).exists():
        raise Invalid({"title": _("There is a role of this name already.")})
    if role is None:
        role = RoleProfile(framework=framework, organisation_id=framework.organisation_id)
        role.source, role.position = RoleProfile.Source.ORGANISATION, framework.roles.count()
    role.slug, role.title, role.summary = slug, title.strip(), summary.strip()
    role.valid_from = at.date()
    role.save()
    _set_targets(framework, role, targets)
    return role


def _set_targets(
    framework: Framework, role: RoleProfile, targets: Sequence[tuple[UUID, Decimal, int]]
) -> None:
    mine: Mapping[UUID, Competency] = framework.competencies.in_bulk()
    role.targets.all().delete()
    ordered = sorted(targets, key=lambda target: -target[2])
    RoleTarget.objects.bulk_create(
        RoleTarget(
            role=role,
            competency=mine[competency],
            level=level,
            importance=importance,
            position=position,
        )
        for position, (competency, level, importance) in enumerate(ordered)
    )


@transaction.atomic
def remove_role(*, actor: User, role: RoleProfile) -> None:
    """Take a role profile out of a draft."""
    access.require_account(actor)
    versions.require_draft(actor, role.framework)
    role.delete()
