"""Occupations of the catalogues: what O*NET asks of them, and which are close to each other."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from coachwork.frameworks.kinds import onet_scales
from coachwork.frameworks.models import Concept, Framework, Rating

FEWEST, MOST = 8, 12
ENOUGH = Decimal(3)  # "important" on the source's scale
# A match of the crosswalk, the closest first.
MATCHES = ("exact_match", "close_match", "narrow_match", "broad_match")
COMPETENCY_KINDS = ("skill", "knowledge")


class Rated(NamedTuple):
    """One element of an occupation: on the scales of the source, and on ours."""

    element: str
    name: str
    importance: Decimal
    level: Decimal

    @classmethod
    def of(cls, rows: QuerySet[Rating]) -> "list[Rated]":
        fields = rows.values_list("element__uri", "element__name", "importance", "level")
        return [
            cls(uri, name, importance, level)
            for uri, name, importance, level in fields
            if importance is not None and level is not None
        ]

    @property
    def target_level(self) -> Decimal:
        return onet_scales.target_level(self.level)

    @property
    def target_importance(self) -> int:
        return onet_scales.target_importance(self.importance)


def newest_framework() -> Framework | None:
    """The framework of O*NET's skills and knowledge that roles are made in now."""
    return (
        Framework.objects.filter(
            source="onet", organisation=None, status=Framework.Status.PUBLISHED
        )
        .order_by("-version")
        .first()
    )


def usable(**where: object) -> QuerySet[Rating]:
    """The ratings that may become targets: none that the source advises against or finds not
    relevant."""
    return Rating.objects.filter(
        element__kind__in=COMPETENCY_KINDS,
        suppressed=False,
        not_relevant=False,
        importance__isnull=False,
        level__isnull=False,
        **where,
    )


def with_ratings(occupations: QuerySet[Concept]) -> QuerySet[Concept]:
    return occupations.filter(Exists(usable(occupation=OuterRef("pk"))))


def rated_occupation(concept: Concept) -> Concept | None:
    """The occupation itself where O*NET rates it, else the closest one that the crosswalk names."""
    if concept.kind != "occupation":
        return None
    if concept.source == "onet":
        return concept if usable(occupation=concept).exists() else None
    closest = Case(*(When(outgoing__kind=kind, then=n) for n, kind in enumerate(MATCHES)))
    matched = Concept.objects.filter(
        source="onet", outgoing__target=concept, outgoing__kind__in=MATCHES
    )
    return with_ratings(matched).order_by(closest, "pk").first()


def neighbours(concept: Concept, most: int = 3) -> list[Concept]:
    """Occupations close to this one of which a role can be made, in the order of the source."""
    near = Concept.objects.filter(incoming__origin=concept, incoming__kind="related")
    return list(with_ratings(near).order_by("incoming__pk")[:most])


def chosen(occupation: Concept) -> Sequence[Rated]:
    """The eight to twelve that matter most, the most important first."""
    rated = sorted(
        Rated.of(usable(occupation=occupation)),
        key=lambda one: (-one.importance, -one.level, one.element),
    )
    important = [one for one in rated if one.importance >= ENOUGH]
    return rated[: max(FEWEST, min(len(important), MOST))]
