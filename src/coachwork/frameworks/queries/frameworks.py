"""Frameworks with their versions, competencies with all their words, and what carries over."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from coachwork.frameworks.models import Competency, Framework, ImportRun
from coachwork.people import access
from coachwork.people.models import Organisation, User

READ, WRITE = access.Verb.READ, access.Verb.WRITE
FRAMEWORKS = access.OrganisationThing.FRAMEWORKS


def visible(actor: User) -> Q:
    """Frameworks this person may read: published ones of everybody's and of their organisations,
    and the drafts that they may write."""
    everybodys = Q(organisation__isnull=True)
    opened = ~Q(status=Framework.Status.DRAFT)
    seen = opened & (everybodys | access.organisations(actor, READ, FRAMEWORKS))
    drafts = access.organisations(actor, WRITE, FRAMEWORKS)
    return seen | drafts | everybodys if access.operates(actor) else seen | drafts


def within(actor: User) -> Q:
    """Competencies and role profiles of the frameworks that this person may read."""
    return Q(framework__in=Framework.objects.filter(visible(actor)).values("pk"))


def frameworks(*, actor: User) -> list[Framework]:
    """Every framework that the person may read, the newest version of each first."""
    access.require_account(actor)
    rows = Framework.objects.filter(visible(actor)).select_related("organisation")
    return list(rows.order_by("organisation__name", "name", "-version"))


def framework(*, actor: User, framework_id: UUID) -> Framework:
    """One version of a framework."""
    access.require_account(actor)
    return Framework.objects.select_related("organisation").get(visible(actor), pk=framework_id)


def writable(*, actor: User, framework_id: UUID) -> Framework:
    """A framework that the person may write."""
    found = framework(actor=actor, framework_id=framework_id)
    if found.organisation is None:
        access.require_operator(actor)
    else:
        access.require_organisation(actor, WRITE, FRAMEWORKS, found.organisation)
    return found


def may_write(*, actor: User, framework: Framework) -> bool:
    """Whether to offer what only authors can do."""
    if framework.organisation is None:
        return access.operates(actor) and framework.source not in {"content", "onet"}
    return access.can_organisation(actor, WRITE, FRAMEWORKS, framework.organisation)


def may_check(*, actor: User, framework: Framework) -> bool:
    """Whether to offer what answers say about it: to whoever is responsible for its words."""
    if framework.organisation is None:
        return access.operates(actor)
    return access.can_organisation(actor, WRITE, FRAMEWORKS, framework.organisation)


def authoring(*, actor: User) -> list[Organisation]:
    """The organisations whose frameworks the person may write."""
    access.require_account(actor)
    writers = [
        role for role, verbs in access.ORGANISATION_TABLE[FRAMEWORKS].items() if WRITE in verbs
    ]
    mine = access.memberships(actor).filter(role__in=writers).values("organisation")
    return list(Organisation.objects.filter(pk__in=mine).order_by("name"))


def competencies(*, actor: User, framework: Framework) -> list[Competency]:
    """The competencies of a framework in their order."""
    access.require_account(actor)
    return list(Competency.objects.filter(within(actor), framework=framework).order_by("position"))


def competency(*, actor: User, competency_id: UUID, behaviours: bool = True) -> Competency:
    """One competency with its anchors and, unless nobody looks at them, its behaviours."""
    access.require_account(actor)
    parts = ("behaviours", "anchors") if behaviours else ("anchors",)
    return (
        Competency.objects.filter(within(actor))
        .select_related("framework", "framework__organisation")
        .prefetch_related(*parts)
        .get(pk=competency_id)
    )


def named(*, actor: User, competency_id: UUID) -> Competency:
    """One competency without its behaviours and anchors, for those who only refer to it."""
    access.require_account(actor)
    found = Competency.objects.select_related("framework").get(pk=competency_id)
    if not _for_everybody(found.framework):
        return Competency.objects.filter(within(actor)).get(pk=competency_id)
    return found


def _for_everybody(framework: Framework) -> bool:
    """What `visible` says of most frameworks, without asking the database for memberships."""
    return framework.organisation_id is None and framework.status != Framework.Status.DRAFT


@dataclass(frozen=True)
class Carried:
    """What becomes of each competency from one version to another."""

    same: Mapping[UUID, UUID]  # from the old one to the new one
    new: frozenset[UUID]  # only in the new version
    gone: frozenset[UUID]  # only in the old version


def carried(*, actor: User, old: Framework, new: Framework) -> Carried:
    """Map the competencies of one version to those of another by their codes."""
    access.require_account(actor)
    rows = Competency.objects.filter(within(actor), framework__in=(old, new))
    before: dict[str, UUID] = {}
    after: dict[str, UUID] = {}
    for framework_id, code, pk in rows.values_list("framework_id", "code", "pk"):
        (before if framework_id == old.pk else after)[code] = pk
    return Carried(
        {before[code]: after[code] for code in before.keys() & after.keys()},
        frozenset(after[code] for code in after.keys() - before.keys()),
        frozenset(before[code] for code in before.keys() - after.keys()),
    )


def version_before(*, actor: User, framework: Framework) -> Framework | None:
    """The version that this one followed."""
    access.require_account(actor)
    return (
        Framework.objects.filter(
            visible(actor),
            slug=framework.slug,
            organisation=framework.organisation_id,
            version__lt=framework.version,
        )
        .order_by("-version")
        .first()
    )


def version_after(*, actor: User, framework: Framework) -> Framework | None:
    """The newest published version, where it is not this one."""
    access.require_account(actor)
    return (
        Framework.objects.filter(
            visible(actor),
            slug=framework.slug,
            organisation=framework.organisation_id,
            version__gt=framework.version,
            status=Framework.Status.PUBLISHED,
        )
        .order_by("-version")
        .first()
    )


def import_runs(*, actor: User, limit: int = 20) -> list[ImportRun]:
    """The imports that the person may watch, the newest first."""
    return list(ImportRun.objects.filter(_watched(actor)).order_by("-id")[:limit])


def import_run(*, actor: User, run_id: UUID) -> ImportRun:
    """One import."""
    return ImportRun.objects.select_related("organisation").get(_watched(actor), pk=run_id)


def _watched(actor: User) -> Q:
    watched = access.organisations(actor, WRITE, FRAMEWORKS)
    if access.operates(actor):
        watched |= Q(organisation__isnull=True)
    return watched
