"""Choose what to aim for, and which competencies belong to it."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.evidence.models import Aim, AimTarget
from coachwork.evidence.models.limits import TARGETS_MAX, clean_level, clean_text
from coachwork.frameworks.models import Competency, RoleProfile
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people import queries as records
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility

TITLE_MAX = 200


class Target(NamedTuple):
    """One competency of an aim: the level it asks for, and how much it matters (1 to 3)."""

    competency: Competency
    level: Decimal | float | str
    importance: int = 2


@transaction.atomic
def set_aim(  # noqa: PLR0913
    *,
    actor: User,
    client: Client,
    kind: str,
    title: str,
    at: datetime,
    role: RoleProfile | None = None,
    targets: Sequence[Target] | None = None,
    visibility: Visibility | None = None,
) -> Aim:
    """Open an aim and close the one before, which stays in the history.

    Without targets of its own it takes those of the role, the most important first. Asking for the
    aim that is open already changes nothing.
    """
    access.require(actor, Verb.WRITE, Thing.ASSESSMENT, client)
    if kind not in Aim.Kind.values:
        raise Invalid({"kind": _("Please choose what you look at.")})
    name = clean_text("title", title, limit=TITLE_MAX, required=True)
    chosen = _of_role(role) if targets is None and role else _checked(targets or ())
    before = Aim.objects.filter(client=client, ended_at__isnull=True).first()
    if before and (before.kind, before.title, before.role_id) == (kind, name, role and role.pk):
        return before
    aim = Aim(
        client=client,
        kind=kind,
        title=name,
        role=role,
        visibility=visibility or records.starting_class(actor=actor, client=client),
        created_by=actor,
        created_at=at,
    )
    try:
        with transaction.atomic():
            Aim.objects.filter(client=client, ended_at__isnull=True).update(ended_at=at)
            aim.save(force_insert=True)
            _write_targets(aim, chosen, actor=actor, at=at)
    except IntegrityError:
        return Aim.objects.get(client=client, ended_at__isnull=True)  # sent twice at once
    people.note(
        actor=actor, client=client, kind="aim.set", at=at, item=aim.pk, visibility=aim.visibility
    )
    return aim


@transaction.atomic
def change_targets(*, actor: User, aim: Aim, targets: Sequence[Target], at: datetime) -> Aim:
    """Put this list in the place of the aim's list."""
    access.require_row(actor, Verb.WRITE, Thing.ASSESSMENT, aim)
    _check_open(aim)
    chosen = _checked(targets)
    if not chosen:
        raise Invalid({"targets": _("Keep at least one competency, or choose another aim.")})
    there = {row.competency_id: row for row in aim.targets.all()}
    for position, target in enumerate(chosen):
        row = there.pop(target.competency.pk, None)
        if row is None:
            _write_targets(aim, [target], actor=actor, at=at, first=position)
        else:
            row.level, row.importance = Decimal(str(target.level)), target.importance
            row.position = position
            row.save(update_fields=["level", "importance", "position"])
    AimTarget.objects.filter(client=aim.client, pk__in=[row.pk for row in there.values()]).delete()
    people.note(
        actor=actor,
        client=aim.client,
        kind="aim.changed",
        at=at,
        item=aim.pk,
        visibility=aim.visibility,
    )
    return aim


@transaction.atomic
def add_target(
    *,
    actor: User,
    aim: Aim,
    competency: Competency,
    at: datetime,
    level: Decimal | float | str = 3,
    importance: int = 2,
) -> AimTarget:
    """Add one competency to the end of the list; adding it again changes nothing."""
    access.require_row(actor, Verb.WRITE, Thing.ASSESSMENT, aim)
    _check_open(aim)
    there = list(aim.targets.all())
    same = next((row for row in there if row.competency_id == competency.pk), None)
    if same is not None:
        return same
    if len(there) >= TARGETS_MAX:
        raise Refused(_too_many())
    [target] = _checked([Target(competency, level, importance)])
    last = max((row.position for row in there), default=-1)
    [row] = _write_targets(aim, [target], actor=actor, at=at, first=last + 1)
    people.note(
        actor=actor,
        client=aim.client,
        kind="aim.changed",
        at=at,
        item=aim.pk,
        visibility=aim.visibility,
    )
    return row


def _too_many() -> str:
    return ngettext(
        "An aim holds up to %(limit)d competency. Take one out first.",
        "An aim holds up to %(limit)d competencies. Take one out first.",
        TARGETS_MAX,
    ) % {"limit": TARGETS_MAX}


def _check_open(aim: Aim) -> None:
    if aim.ended_at is not None:
        raise Refused(_("This aim is part of your history now. Change the one that is open."))


def _of_role(role: RoleProfile) -> list[Target]:
    """The role's targets; of a long list, those that matter most."""
    rows = list(role.targets.select_related("competency"))
    kept = sorted(rows, key=lambda row: (-row.importance, row.position))[:TARGETS_MAX]
    kept.sort(key=lambda row: row.position)
    return [Target(row.competency, row.level, row.importance) for row in kept]


def _checked(targets: Sequence[Target]) -> list[Target]:
    if len(targets) > TARGETS_MAX:
        raise Invalid({"targets": _too_many()})
    if len({target.competency.pk for target in targets}) < len(targets):
        raise Invalid({"targets": _("Each competency stands in the list once.")})
    for target in targets:
        if target.importance not in (1, 2, 3):
            raise Invalid({"importance": _("Importance goes from 1 to 3.")})
    return [target._replace(level=clean_level(target.level, half_steps=True)) for target in targets]


def _write_targets(
    aim: Aim, targets: Sequence[Target], *, actor: User, at: datetime, first: int = 0
) -> list[AimTarget]:
    return AimTarget.objects.bulk_create(
        AimTarget(
            client=aim.client,
            aim=aim,
            competency=target.competency,
            level=Decimal(str(target.level)),
            importance=target.importance,
            position=position,
            visibility=aim.visibility,
            created_by=actor,
            created_at=at,
        )
        for position, target in enumerate(targets, start=first)
    )
