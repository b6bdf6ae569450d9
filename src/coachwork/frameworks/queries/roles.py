"""Role profiles to aim for, and the concepts that they and people's plans point to."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from coachwork.frameworks.models import (
    Catalogue,
    Concept,
    ConceptRelation,
    Framework,
    Label,
    RoleProfile,
    RoleTarget,
)
from coachwork.frameworks.queries import occupations
from coachwork.frameworks.queries.frameworks import within
from coachwork.people import access
from coachwork.people.models import User

SHOWN = 40


def roles(*, actor: User, locale: str | None = None) -> list[RoleProfile]:
    """The roles that can be aimed for now, in their order; by title in the reader's language."""
    access.require_account(actor)
    rows = RoleProfile.objects.filter(
        within(actor), framework__status=Framework.Status.PUBLISHED, retired_at__isnull=True
    ).select_related("framework", "organisation")
    return sorted(rows, key=lambda role: (role.position, role.worded("title", locale)))


def roles_of(*, actor: User, framework: Framework) -> list[RoleProfile]:
    """The role profiles of one version of a framework, whatever its state."""
    access.require_account(actor)
    return list(RoleProfile.objects.filter(within(actor), framework=framework))


def role(*, actor: User, role_id: UUID) -> RoleProfile:
    """One role with its targets, the most important first."""
    access.require_account(actor)
    targets = RoleTarget.objects.select_related("competency").order_by("position")
    return (
        RoleProfile.objects.filter(within(actor))
        .select_related("framework", "organisation")
        .prefetch_related(Prefetch("targets", queryset=targets))
        .get(pk=role_id)
    )


def ratings_behind(*, actor: User, role: RoleProfile) -> dict[str, occupations.Rated]:
    """The source's own figures behind an adopted role, by the code of the competency."""
    access.require_account(actor)
    if role.source != RoleProfile.Source.ONET or not role.uri:
        return {}
    rows = occupations.usable(occupation__source="onet", occupation__uri=role.uri)
    return {rated.element: rated for rated in occupations.Rated.of(rows)}


@dataclass
class Portrait:
    """A concept with what is known about it."""

    concept: Concept
    name: str
    others: list[str] = field(default_factory=list)
    groups: dict[str, list[Concept]] = field(default_factory=dict)
    rated: Concept | None = None  # the occupation of which a role can be made
    targets: list[occupations.Rated] = field(default_factory=list)
    neighbours: list[Concept] = field(default_factory=list)
    attributions: list[str] = field(default_factory=list)


def concept(*, actor: User, concept_id: int, locale: str | None = None) -> Portrait:
    """A skill or occupation of a catalogue: its names, what it needs, what needs it."""
    access.require_account(actor)
    found = Concept.objects.get(pk=concept_id)
    preferred, others = _names(found, locale or "en")
    portrait = Portrait(found, preferred, others, _related(found))
    portrait.attributions = attributions(actor=actor, sources={found.source, "onet"})
    if found.kind == "occupation":
        portrait.rated = occupations.rated_occupation(found)
        if portrait.rated is None:
            portrait.neighbours = occupations.neighbours(found)
        else:
            portrait.targets = list(occupations.chosen(portrait.rated))
    return portrait


def _names(found: Concept, locale: str) -> tuple[str, list[str]]:
    """The name in the reader's language where there is one, and all others in that language."""
    rows = list(
        Label.objects.filter(concept=found, locale__in={locale, found.locale})
        .exclude(kind="hidden")
        .values_list("locale", "kind", "text")
        .order_by("text")
    )
    language = locale if any(row[0] == locale for row in rows) else found.locale
    mine = [row for row in rows if row[0] == language]
    name = next((text for _l, kind, text in mine if kind == "preferred"), found.name)
    return name, [text for _l, kind, text in mine if text.lower() != name.lower()][:SHOWN]


def _related(found: Concept) -> dict[str, list[Concept]]:
    """What it needs, and what it is a part of; for a skill, the occupations that need it."""
    groups: dict[str, list[Concept]] = defaultdict(list)
    outgoing = ConceptRelation.objects.filter(origin=found, target__deprecated=False)
    rows = outgoing.select_related("target").order_by("kind", "-target__popularity", "target__name")
    for row in rows[: SHOWN * 5]:
        if len(groups[row.kind]) < SHOWN:
            groups[row.kind].append(row.target)
    if found.kind != "occupation":
        needed = ConceptRelation.objects.filter(
            target=found,
            kind__in=("essential", "optional", "uses"),
            origin__kind="occupation",
            origin__deprecated=False,
        )
        first = needed.select_related("origin").order_by("kind", "origin__name")[:SHOWN]
        groups["needed_by"] = [row.origin for row in first]
    return dict(groups)


def attributions(*, actor: User, sources: set[str]) -> list[str]:
    """What must be shown wherever something of these catalogues is: the newest release of each."""
    access.require_account(actor)
    newest: dict[str, str] = {}
    if sources & {"onet", "esco"}:
        for one in Catalogue.objects.filter(source__in=sources).order_by("imported_at"):
            newest[one.source] = one.attribution
    return [newest[source] for source in sorted(newest)]


def concept_by_code(*, actor: User, source: str, uri: str) -> Concept:
    """A concept by the code its catalogue knows it by, such as 15-1252.00."""
    access.require_account(actor)
    found = Concept.objects.filter(source=source, uri=uri).first()
    if found is None:
        raise Concept.DoesNotExist(_("There is no “%(code)s” in the catalogue.") % {"code": uri})
    return found
