"""The JSON door of frameworks: roles, competencies, and search."""

from typing import Annotated, Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import Query, Router

from coachwork.frameworks import queries
from coachwork.frameworks.models import Behaviour, Competency, RoleProfile
from coachwork.kit.api import Level, Out, Page
from coachwork.kit.errors import Invalid
from coachwork.people.access import Request
from coachwork.people.api import opens
from coachwork.people.models import Scope

router = Router(tags=["Frameworks"], auth=opens(Scope.READ))


class RoleTargetOut(Out):
    """What a role asks of one competency; importance 3 matters most."""

    competency: UUID
    code: str
    name: str
    level: Level
    importance: int


class RoleOut(Out):
    """A role to aim for."""

    id: UUID
    title: str
    source: str
    attribution: str


class WholeRoleOut(RoleOut):
    """A role with what it asks."""

    targets: list[RoleTargetOut]


class BehaviourOut(Out):
    """One thing that could be filmed."""

    id: UUID
    code: str
    text: str


class CompetencyOut(Out):
    """A competency with its behaviours, and what each level looks like."""

    id: UUID
    code: str
    name: str
    description: str
    framework: UUID
    behaviours: list[BehaviourOut]
    anchors: dict[int, str]


class HitOut(Out):
    """One thing found, by the name that is shown or by another one."""

    kind: str
    id: str
    name: str
    matched: str
    summary: str
    source: str


@router.get("/roles", response=Page[RoleOut], summary="Roles")
def roles(request: Request) -> Page[RoleOut]:
    """All roles that may be aimed for."""
    found = queries.roles(actor=request.user)
    return Page[RoleOut](items=[RoleOut(**_role(one)) for one in found])


@router.get("/roles/{uuid:role_id}", response=WholeRoleOut, summary="One role")
def role(request: Request, role_id: UUID) -> Out:
    """A role with the levels that it asks for."""
    found = queries.role(actor=request.user, role_id=role_id)
    return WholeRoleOut(
        **_role(found),
        targets=[
            RoleTargetOut(
                competency=one.competency_id,
                code=one.competency.code,
                name=one.competency.worded("name"),
                level=one.level,
                importance=one.importance,
            )
            for one in found.targets.all()
        ],
    )


@router.get("/competencies/{uuid:competency_id}", response=CompetencyOut, summary="One competency")
def competency(request: Request, competency_id: UUID) -> Out:
    """A competency in full words."""
    found = queries.competency(actor=request.user, competency_id=competency_id)
    return CompetencyOut(
        id=found.pk,
        code=found.code,
        name=found.worded("name"),
        description=found.worded("description"),
        framework=found.framework_id,
        behaviours=[
            BehaviourOut(id=one.pk, code=one.code, text=one.worded("text"))
            for one in found.behaviours.all()
        ],
        anchors={one.level: one.worded("text") for one in found.anchors.all()},
    )


@router.get("/search", response=Page[HitOut], summary="Search")
def search(
    request: Request,
    text: Annotated[str, Query(min_length=1, max_length=200)],
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> Page[HitOut]:
    """Competencies, skills and occupations by any of their names; typos are forgiven."""
    found = queries.search(
        actor=request.user, text=text, limit=limit, locale=translation.get_language()
    )
    return Page[HitOut](items=[_hit(one) for one in found])


def competency_of(request: Request, given: UUID, field: str = "competency") -> Competency:
    """The competency that a body names; one that is not there is a mistake in that field."""
    try:
        return queries.named(actor=request.user, competency_id=given)
    except ObjectDoesNotExist:
        raise Invalid({field: _("There is no such competency.")}) from None


def behaviour_of(request: Request, competency: Competency, given: UUID | None) -> Behaviour | None:
    """The behaviour of this competency that a body names, if it names one."""
    if given is None:
        return None
    found = next((one for one in competency.behaviours.all() if one.pk == given), None)
    if found is None:
        raise Invalid({"behaviour": _("This behaviour belongs to another competency.")})
    return found


def role_of(request: Request, given: UUID | None) -> RoleProfile | None:
    """The role that a body names, if it names one."""
    if given is None:
        return None
    try:
        return queries.role(actor=request.user, role_id=given)
    except ObjectDoesNotExist:
        raise Invalid({"role": _("There is no such role.")}) from None


def _role(one: RoleProfile) -> dict[str, Any]:
    return {
        "id": one.pk,
        "title": one.worded("title"),
        "source": one.source,
        "attribution": one.attribution,
    }


def _hit(one: queries.Hit) -> HitOut:
    return HitOut(
        kind=one.kind,
        id=str(one.key),
        name=one.name,
        matched=one.matched,
        summary=one.summary,
        source=one.source,
    )
