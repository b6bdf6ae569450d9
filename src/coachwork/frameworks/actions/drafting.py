"""Make a framework of what a file describes."""

import hashlib
import json
from dataclasses import asdict
from datetime import datetime

from django.utils.text import slugify
from django.utils.translation import gettext as _

from coachwork.frameworks.actions import indexing
from coachwork.frameworks.kinds.harvest import CompetencyDraft, FrameworkDraft, RoleDraft
from coachwork.frameworks.kinds.report import Report
from coachwork.frameworks.models import (
    Anchor,
    Behaviour,
    Competency,
    Framework,
    RoleProfile,
    RoleTarget,
)
from coachwork.people.models import Organisation


def digest(draft: object) -> str:
    """A mark that is the same for the same content."""
    said = json.dumps(draft, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def store(
    draft: FrameworkDraft, organisation: Organisation | None, report: Report, at: datetime
) -> Framework:
    """The framework for this draft: the one that is there, grown, or a new version of it."""
    mine = Framework.objects.filter(slug=draft.slug, organisation=organisation)
    if draft.version is not None:
        return _release(draft, mine.filter(version=draft.version).first(), report, at)
    mark = digest(asdict(draft))
    latest = mine.order_by("-version").first()
    if latest is not None and latest.digest == mark:
        return latest
    if latest is not None and latest.status == Framework.Status.DRAFT:
        report.changed["drafts"] += 1
        latest.competencies.all().delete()
        latest.roles.all().delete()
    else:
        latest = _new(draft, organisation, latest.version + 1 if latest else 1, at)
        report.added["drafts"] += 1
    latest.name, latest.locale, latest.digest = draft.name, draft.locale, mark
    latest.save()
    fill(latest, draft, at)
    report.added["competencies"] += len(draft.competencies)
    report.added["roles"] += len(draft.roles)
    report.note(
        _("“%(name)s” %(edition)s is a draft now. Look it over and publish it.")
        % {"name": latest.name, "edition": latest.edition}
    )
    return latest


def _new(
    draft: FrameworkDraft, organisation: Organisation | None, version: int, at: datetime
) -> Framework:
    return Framework.objects.create(
        slug=draft.slug,
        version=version,
        organisation=organisation,
        name=draft.name,
        description=draft.description,
        locale=draft.locale,
        source=draft.source,
        release=draft.release,
        licence=draft.licence,
        attribution=draft.attribution,
        created_at=at,
    )


def _release(
    draft: FrameworkDraft, there: Framework | None, report: Report, at: datetime
) -> Framework:
    """A version that its source has published: what came later of it is added, nothing reworded."""
    framework = there
    if framework is None:
        framework = _new(draft, None, draft.version or 1, at)
        framework.status, framework.published_at = Framework.Status.PUBLISHED, at
        framework.save()
    here = {one.code: one for one in framework.competencies.all()}
    missing = [one for one in draft if one.code not in here]
    for one in draft:
        before = here.get(one.code)
        if before and (before.name, before.description) != (one.name, one.description):
            report.skip("kept_wording", one.name)
    add_competencies(framework, missing, start=len(here))
    report.added["competencies"] += len(missing)
    if missing or there is None:
        retire_older(framework, at)
        indexing.index_framework(framework)
    return framework


def retire_older(framework: Framework, at: datetime) -> None:
    older = Framework.objects.filter(
        slug=framework.slug,
        organisation=framework.organisation_id,
        version__lt=framework.version,
        status=Framework.Status.PUBLISHED,
    )
    for one in older:
        one.status, one.retired_at = Framework.Status.RETIRED, at
        one.save(update_fields=["status", "retired_at"])
        indexing.index_framework(one)


def fill(framework: Framework, draft: FrameworkDraft, at: datetime) -> None:
    """Write the competencies and role profiles of a draft into an empty framework."""
    add_competencies(framework, draft.competencies)
    by_code = {one.code: one for one in framework.competencies.all()}
    for position, role in enumerate(draft.roles):
        _add_role(framework, role, by_code, position, at)


def add_competencies(
    framework: Framework, drafts: list[CompetencyDraft], *, start: int = 0
) -> list[Competency]:
    """Write competencies with their behaviours and anchors."""
    made = Competency.objects.bulk_create(
        Competency(
            framework=framework,
            code=one.code,
            group=one.group,
            position=position,
            name=one.name,
            description=one.description,
            observable_by_others=one.observable_by_others,
            uri=one.uri,
        )
        for position, one in enumerate(drafts, start=start)
    )
    add_parts(list(zip(made, drafts, strict=True)))
    return made


def add_parts(pairs: list[tuple[Competency, CompetencyDraft]]) -> None:
    """Write the behaviours and anchors of competencies that have none yet."""
    Behaviour.objects.bulk_create(
        Behaviour(
            competency=competency,
            code=behaviour.code,
            position=position,
            text=behaviour.text,
            eligible_360=behaviour.eligible_360,
        )
        for competency, one in pairs
        for position, behaviour in enumerate(one.behaviours, start=1)
    )
    Anchor.objects.bulk_create(
        Anchor(competency=competency, level=level, text=text)
        for competency, one in pairs
        for level, text in sorted(one.anchors.items())
        if text
    )


def _add_role(
    framework: Framework,
    role: RoleDraft,
    by_code: dict[str, Competency],
    position: int,
    at: datetime,
) -> None:
    made = RoleProfile.objects.create(
        slug=slugify(role.title)[:120] or f"role-{position + 1}",
        framework=framework,
        organisation_id=framework.organisation_id,
        title=role.title,
        source=RoleProfile.Source.ORGANISATION,
        position=position,
        valid_from=at.date(),
    )
    ordered = sorted(role.targets, key=lambda target: -target.importance)
    RoleTarget.objects.bulk_create(
        RoleTarget(
            role=made,
            competency=by_code[target.code],
            level=target.level,
            importance=target.importance,
            position=place,
        )
        for place, target in enumerate(ordered)
    )
