"""Bring the content that ships into the database: frameworks and role profiles, in all languages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.frameworks.actions import drafting, indexing
from coachwork.frameworks.kinds.harvest import BehaviourDraft, CompetencyDraft
from coachwork.frameworks.models import Competency, Framework, RoleProfile, RoleTarget
from coachwork.kit import content
from coachwork.kit.content import values
from coachwork.kit.errors import Refused

SOURCE = "content"
ATTRIBUTION = "Coachwork contributors, CC BY 4.0."
Texts = dict[str, dict[str, str]]


@transaction.atomic
def load_content(*, at: datetime, root: Path | None = None) -> int:
    """Bring shipped frameworks and roles up to date; returns how many of them that changed.

    A published version is never edited: a file that changed without a new version is refused.
    Translations may come and get better at any time.
    """
    where = {} if root is None else {"root": root}
    languages = [one for one in content.locales_available(**where) if one != content.SOURCE_LOCALE]
    frameworks = [
        (one, {language: _by(content.load("frameworks", language, **where), _name)[_name(one)]
               for language in languages})
        for one in content.load("frameworks", **where)
    ]  # fmt: skip
    changed = 0
    for one, translated in sorted(frameworks, key=lambda pair: pair[0].version):
        changed += _load_framework(one, translated, at)
    roles = content.load("role_profiles", **where)
    local = {language: _by(content.load("role_profiles", language, **where), _slug)
             for language in languages}  # fmt: skip
    for reference, group in _grouped(roles).items():
        changed += _load_roles(reference, group, local, at)
    return changed


def _name(one: values.Framework) -> tuple[str, int]:
    return one.slug, one.version


def _slug(one: values.RoleProfile) -> str:
    return one.slug


def _by(rows: Iterable[Any], key: Any) -> dict[Any, Any]:
    return {key(row): row for row in rows}


def _grouped(
    roles: Sequence[values.RoleProfile],
) -> dict[tuple[str, int], list[values.RoleProfile]]:
    groups: dict[tuple[str, int], list[values.RoleProfile]] = {}
    for role in roles:
        groups.setdefault((role.framework, role.version), []).append(role)
    return groups


def _plain(value: Any) -> Any:
    """A frozen value as plain lists and dictionaries, for its digest."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def digest(one: values.Framework | values.RoleProfile) -> str:
    fields = {name: getattr(one, name) for name in one.__dataclass_fields__}
    if isinstance(one, values.Framework):
        fields["groups"] = [
            [group.code, group.name, [_plain_competency(each) for each in group.competencies]]
            for group in one.groups
        ]
    else:
        fields["targets"] = [asdict(target) for target in one.targets]
    return drafting.digest(_plain(fields))


def _plain_competency(one: values.Competency) -> dict[str, Any]:
    fields = {name: getattr(one, name) for name in one.__dataclass_fields__}
    fields["behaviours"] = [asdict(behaviour) for behaviour in one.behaviours]
    return fields


def _load_framework(
    shipped: values.Framework, translated: dict[str, values.Framework], at: datetime
) -> int:
    mark = digest(shipped)
    framework = Framework.objects.filter(
        slug=shipped.slug, version=shipped.version, organisation=None
    ).first()
    if framework is not None and framework.digest != mark:
        raise Refused(
            _("“%(name)s” v%(version)d is published and its file has changed. A published version "
              "is never edited: put the new wording into a new version.")
            % {"name": shipped.name, "version": shipped.version}
        )  # fmt: skip
    new = framework is None
    if framework is None:
        framework = _made(shipped, mark, at)
    moved = _translate_framework(framework, shipped, translated)
    if new:
        drafting.retire_older(framework, at)
    if new or moved:
        indexing.index_framework(framework)
    return int(new or moved)


def _made(shipped: values.Framework, mark: str, at: datetime) -> Framework:
    framework = Framework.objects.create(
        slug=shipped.slug,
        version=shipped.version,
        name=shipped.name,
        description=shipped.description,
        locale=shipped.locale,
        status=Framework.Status.PUBLISHED,
        licence=shipped.licence,
        attribution=shipped.attribution,
        source=SOURCE,
        digest=mark,
        created_at=at,
        published_at=at,
    )
    drafting.add_competencies(framework, [_draft(one) for one in shipped.competencies])
    return framework


def _draft(one: values.Competency) -> CompetencyDraft:
    return CompetencyDraft(
        code=one.code,
        name=one.name,
        group=one.group_name,
        description=one.description,
        observable_by_others=one.observable_by_others,
        behaviours=[BehaviourDraft(b.code, b.text, b.eligible_360) for b in one.behaviours],
        anchors=dict(one.anchors),
    )


def _translate_framework(
    framework: Framework, shipped: values.Framework, translated: dict[str, values.Framework]
) -> bool:
    """Lay the translations beside the words; returns whether any changed."""
    texts: Texts = {}
    for language, one in translated.items():
        if one.locale == language:
            texts[language] = {"name": one.name, "description": one.description}
    moved = _say(framework, texts)
    rows = framework.competencies.prefetch_related("behaviours", "anchors")
    by_code = {
        language: {one.code: one for one in whole.competencies}
        for language, whole in translated.items()
    }
    groups = {
        language: {group.code: group for group in whole.groups}
        for language, whole in translated.items()
    }
    codes = {one.code: one.group_code for one in shipped.competencies}
    for row in rows:
        moved |= _translate_competency(
            row,
            {language: ones[row.code] for language, ones in by_code.items()},
            {
                language: ones[codes[row.code]].name
                for language, ones in groups.items()
                if ones[codes[row.code]].locale == language
            },
        )
    return moved


def _translate_competency(
    row: Competency, local: dict[str, values.Competency], groups: dict[str, str]
) -> bool:
    spoken = {language: one for language, one in local.items() if one.locale == language}
    texts: Texts = {
        language: {"name": one.name, "description": one.description}
        for language, one in spoken.items()
    }
    for language, group in groups.items():
        texts.setdefault(language, {})["group"] = group
    moved = _say(row, texts)
    behaviours = {
        language: {each.code: each.text for each in one.behaviours}
        for language, one in spoken.items()
    }
    for behaviour in row.behaviours.all():
        moved |= _say(
            behaviour,
            {language: {"text": ones[behaviour.code]} for language, ones in behaviours.items()},
        )
    for anchor in row.anchors.all():
        moved |= _say(
            anchor,
            {language: {"text": one.anchors[anchor.level]} for language, one in spoken.items()},
        )
    return moved


def _say(row: Any, texts: Texts) -> bool:
    if row.translations == texts:
        return False
    row.translations = texts
    row.save(update_fields=["translations"])
    return True


def _load_roles(
    reference: tuple[str, int],
    roles: list[values.RoleProfile],
    local: dict[str, dict[str, values.RoleProfile]],
    at: datetime,
) -> int:
    """The role profiles of one framework. People copy a profile's targets when they aim for it,
    so a profile may get better; what changed counts from today."""
    slug, version = reference
    framework = Framework.objects.get(slug=slug, version=version, organisation=None)
    there = {
        one.slug: one
        for one in RoleProfile.objects.filter(
            framework=framework, organisation=None, source=RoleProfile.Source.CONTENT
        )
    }
    by_code = dict(framework.competencies.values_list("code", "pk"))
    changed = 0
    for position, role in enumerate(roles):
        changed += _load_role(framework, role, there.get(role.slug), by_code, position, at, local)
    gone = [one for one in there.values()
            if one.slug not in {role.slug for role in roles} and one.retired_at is None]  # fmt: skip
    for one in gone:
        one.retired_at = at
        one.save(update_fields=["retired_at"])
    if changed or gone:
        indexing.index_framework(framework)
    return changed + len(gone)


def _load_role(  # noqa: PLR0913 - one row of the loop above
    framework: Framework,
    shipped: values.RoleProfile,
    role: RoleProfile | None,
    by_code: dict[str, Any],
    position: int,
    at: datetime,
    local: dict[str, dict[str, values.RoleProfile]],
) -> int:
    mark = digest(shipped)
    new = role is None or role.digest != mark or role.retired_at is not None
    if role is None:
        role = RoleProfile(framework=framework, slug=shipped.slug, source=SOURCE)
    if new:
        role.title, role.summary = shipped.title, shipped.summary
        role.attribution, role.digest = ATTRIBUTION, mark
        role.position, role.valid_from, role.retired_at = position, at.date(), None
        role.save()
        role.targets.all().delete()
        RoleTarget.objects.bulk_create(
            RoleTarget(
                role=role,
                competency_id=by_code[target.competency],
                level=target.level,
                importance=target.importance,
                position=place,
            )
            for place, target in enumerate(shipped.targets)
        )
    texts: Texts = {
        language: {"title": ones[shipped.slug].title, "summary": ones[shipped.slug].summary}
        for language, ones in local.items()
        if ones[shipped.slug].locale == language
    }
    return int(_say(role, texts) or new)
