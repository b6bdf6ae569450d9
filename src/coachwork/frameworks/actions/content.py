"""Bring the content that ships into the database: frameworks and roles, in all languages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.frameworks.actions import drafting, indexing
from coachwork.frameworks.kinds.harvest import BehaviourDraft, CompetencyDraft
from coachwork.frameworks.models import Competency, Framework, RoleProfile, RoleTarget
from coachwork.kit import content
from coachwork.kit.content import values
from coachwork.kit.content.reading import Folder
from coachwork.kit.errors import Refused

SOURCE = "content"
ATTRIBUTION = "Coachwork contributors, CC BY 4.0."
Texts = dict[str, dict[str, str]]


@transaction.atomic
def load_content(*, at: datetime, root: Folder = content.SHIPPED) -> list[Framework]:
    """Bring the frameworks and roles that ship up to date; returns the frameworks.

    A published version is never edited: a file that changed without a new version is refused.
    Translations may come and get better at any time.
    """
    languages = [
        one for one in content.locales_available(root=root) if one != content.SOURCE_LOCALE
    ]
    frameworks = [
        (one, {language: _by(content.load("frameworks", language, root=root), _name)[_name(one)]
               for language in languages})
        for one in content.load("frameworks", root=root)
    ]  # fmt: skip
    loaded = [
        _load_framework(one, translated, at)
        for one, translated in sorted(frameworks, key=lambda pair: pair[0].version)
    ]
    roles = content.load("role_profiles", root=root)
    local = {language: _by(content.load("role_profiles", language, root=root), _slug)
             for language in languages}  # fmt: skip
    for reference, group in _grouped(roles).items():
        _load_roles(reference, group, local, at)
    return loaded


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
) -> Framework:
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
    return framework


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
) -> None:
    """The role profiles of one framework.

    People copy a profile's targets when they aim for it, so a profile may get better; what changed
    counts from today.
    """
    slug, version = reference
    framework = Framework.objects.get(slug=slug, version=version, organisation=None)
    mine = RoleProfile.objects.filter(framework=framework, organisation=None, source=SOURCE)
    there = {one.slug: one for one in mine}
    by_code = dict(framework.competencies.values_list("code", "pk"))
    moved = False
    for position, shipped in enumerate(roles):
        role = there.pop(shipped.slug, None) or RoleProfile(
            framework=framework, slug=shipped.slug, source=SOURCE
        )
        moved |= _write_role(role, shipped, by_code, position, at)
        moved |= _say(role, _role_texts(shipped.slug, local))
    for gone in there.values():
        if gone.retired_at is None:
            gone.retired_at, moved = at, True
            gone.save(update_fields=["retired_at"])
    if moved:
        indexing.index_framework(framework)


def _write_role(
    role: RoleProfile,
    shipped: values.RoleProfile,
    by_code: dict[str, Any],
    position: int,
    at: datetime,
) -> bool:
    """Write a role profile where its file is new or has changed."""
    mark = digest(shipped)
    if role.digest == mark and role.retired_at is None:
        return False
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
    return True


def _role_texts(slug: str, local: dict[str, dict[str, values.RoleProfile]]) -> Texts:
    return {
        language: {"title": roles[slug].title, "summary": roles[slug].summary}
        for language, roles in local.items()
        if roles[slug].locale == language
    }
