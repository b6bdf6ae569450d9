"""Write what an importer brought from a catalogue: what is new, what changed, what has left.

The same release again adds and corrects. A newer one also takes away: a concept that left the
catalogue stays, marked as deprecated, because people's plans may name it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from coachwork.frameworks.actions import bulk
from coachwork.frameworks.kinds.harvest import CatalogueHarvest, RatingRow
from coachwork.frameworks.kinds.report import Report
from coachwork.frameworks.models import Catalogue, Concept, ConceptRelation, Label, Rating
from coachwork.kit.errors import Refused

# A rated element counts for an occupation from "important" on.
IMPORTANT = 3


@dataclass
class Known:
    """A concept as the database has it."""

    id: int
    kind: str
    name: str
    description: str
    locale: str
    release: str
    deprecated: bool


def newer(release: str, than: str) -> bool:
    return _parts(release) > _parts(than)


def _parts(release: str) -> tuple[int, ...]:
    return tuple(int("".join(filter(str.isdigit, part)) or 0) for part in release.split("."))


def known_concepts(source: str) -> dict[str, Known]:
    rows = Concept.objects.filter(source=source).values_list(
        "uri", "pk", "kind", "name", "description", "locale", "release", "deprecated"
    )
    return {row[0]: Known(*row[1:]) for row in rows.iterator(chunk_size=10_000)}


def write(harvest: CatalogueHarvest, report: Report, at: datetime) -> bool:
    """Write all of it; returns whether anything that can be found has changed."""
    past = _past(harvest)
    known = known_concepts(harvest.source)
    if harvest.concepts:
        _write_concepts(harvest, known, report)
        known = known_concepts(harvest.source)
        _write_labels(harvest, known, report, takes_away=past.lets_take_away("concepts"))
        harvest.labels.clear()
    targets = known_concepts(harvest.target_source) if harvest.target_source else known
    if not targets or not known:
        raise Refused(
            _("There is nothing yet that this could belong to. Import the catalogue itself first.")
        )
    moved = 0
    if harvest.related and past.lets_add("relations"):
        away = past.lets_take_away("relations")
        _write_relations(harvest, known, targets, report, takes_away=away)
        harvest.relations.clear()
    if harvest.rated and past.lets_add("ratings"):
        _write_ratings(harvest, known, report, takes_away=past.lets_take_away("ratings"))
    if harvest.related or harvest.rated:
        moved = _count_popularity(harvest.source)
    _write_release(harvest, at)
    found = ("concepts", "names", "left the catalogue")
    return bool(moved) or any(report.added[one] + report.changed[one] for one in found)


@dataclass
class Past:
    """Which parts of a catalogue are here, and the newest release of each."""

    release: str
    newest: dict[str, str]

    def lets_add(self, part: str) -> bool:
        return not newer(self.newest.get(part, ""), self.release)

    def lets_take_away(self, part: str) -> bool:
        return newer(self.release, self.newest.get(part, ""))


def _past(harvest: CatalogueHarvest) -> Past:
    """What was imported before; a release older than what is here is not taken at all."""
    if harvest.target_source:
        return Past("1", {})
    newest: dict[str, str] = {}
    for one in Catalogue.objects.filter(source=harvest.source):
        for part in one.counts.get("parts", []):
            # Names belong to a language; relations and ratings are the same in all.
            if part != "concepts" or one.locale == harvest.locale:
                newest[part] = max(newest.get(part, ""), one.release, key=_parts)
    here = newest.get("concepts" if harvest.concepts else "relations", "")
    if newer(here, harvest.release):
        raise Refused(
            _("This is release %(older)s, and %(newer)s is here already. Nothing was changed.")
            % {"older": harvest.release, "newer": here}
        )
    return Past(harvest.release, newest)


def _write_concepts(harvest: CatalogueHarvest, known: dict[str, Known], report: Report) -> None:
    latest = max((one.release for one in known.values()), key=_parts, default="")
    # Another language may come in an older release: it adds names, and what has left stays so.
    behind = newer(latest, harvest.release)
    new, changed, same = [], [], []
    for row in harvest.concepts.values():
        before = known.get(row.uri)
        if before is None:
            new.append(
                (harvest.source, row.uri, row.kind, row.name, row.description, harvest.locale, 0,
                 harvest.release, behind)
            )  # fmt: skip
            continue
        speaks = harvest.locale in (before.locale, "en") and not behind
        after = (row.kind, row.name, row.description) if speaks else (
            before.kind, before.name, before.description)  # fmt: skip
        if behind:
            continue
        if after != (before.kind, before.name, before.description) or before.deprecated:
            locale = harvest.locale if speaks else before.locale
            changed.append((*after, locale, harvest.release, False, before.id))
        elif before.release != harvest.release:
            same.append((harvest.release, before.id))
    bulk.insert(
        Concept,
        ("source", "uri", "kind", "name", "description", "locale", "popularity", "release",
         "deprecated"),
        new,
    )  # fmt: skip
    bulk.update(
        Concept, ("kind", "name", "description", "locale", "release", "deprecated"), changed
    )
    bulk.update(Concept, ("release",), same)
    report.added["concepts"] += len(new)
    report.changed["concepts"] += len(changed)
    _deprecate(harvest, known, report)


def _deprecate(harvest: CatalogueHarvest, known: dict[str, Known], report: Report) -> None:
    """Mark what a newer release no longer has, in the kinds that it came with the whole list of."""
    left = [
        one.id
        for uri, one in known.items()
        if one.kind in harvest.complete
        and not one.deprecated
        and uri not in harvest.concepts
        and newer(harvest.release, one.release)
    ]
    bulk.update(Concept, ("deprecated",), [(True, key) for key in left])
    report.changed["left the catalogue"] += len(left)


def _write_labels(
    harvest: CatalogueHarvest, known: dict[str, Known], report: Report, *, takes_away: bool
) -> None:
    rows = Label.objects.filter(concept__source=harvest.source, locale=harvest.locale)
    there = {
        (concept, text): (pk, kind)
        for pk, concept, kind, text in rows.values_list(
            "pk", "concept_id", "kind", "text"
        ).iterator(chunk_size=20_000)
    }
    new, changed = [], []
    wanted: set[tuple[int, str]] = set()
    for row in harvest.labels.values():
        key = (known[row.uri].id, row.text)
        if takes_away:
            wanted.add(key)
        before = there.get(key)
        if before is None:
            new.append((key[0], harvest.locale, row.kind, row.text))
        elif before[1] != row.kind:
            changed.append((row.kind, before[0]))
    bulk.insert(Label, ("concept_id", "locale", "kind", "text"), new)
    bulk.update(Label, ("kind",), changed)
    report.added["names"] += len(new)
    report.changed["names"] += len(changed)
    if takes_away:
        # What has left keeps its names, so that it can still be found and read.
        listed = {known[uri].id for uri in harvest.concepts}
        gone = [pk for key, (pk, _k) in there.items() if key not in wanted and key[0] in listed]
        bulk.delete(Label, gone)
        report.changed["names"] += len(gone)


def _write_relations(
    harvest: CatalogueHarvest,
    known: dict[str, Known],
    targets: dict[str, Known],
    report: Report,
    *,
    takes_away: bool,
) -> None:
    there = _relations(harvest, known)
    new, wanted = [], set()
    for row in harvest.relations:
        origin, target = known.get(row.origin), targets.get(row.target)
        if origin is None or target is None:
            report.skip("dangling_relation", f"{row.origin} {row.kind} {row.target}")
            continue
        key = (origin.id, target.id, row.kind)
        if takes_away:
            wanted.add(key)
        if key not in there:
            new.append(key)
    bulk.insert(ConceptRelation, ("origin_id", "target_id", "kind"), new)
    report.added["relations"] += len(new)
    if takes_away:
        gone = [pk for key, pk in there.items() if key not in wanted]
        bulk.delete(ConceptRelation, gone)
        report.changed["relations"] += len(gone)


def _relations(
    harvest: CatalogueHarvest, known: dict[str, Known]
) -> dict[tuple[int, int, str], int]:
    """The relations that are here, of the kinds that this file has the whole list of."""
    scope = Q()
    for origin, kind in harvest.related:
        kinds = ["occupation"] if origin == "occupation" else ["skill", "knowledge"]
        # Groups are broader than both skills and occupations; their rows are in either list.
        kinds += ["group"] if kind == "broader" else []
        scope |= Q(origin__kind__in=kinds, kind=kind)
    target = harvest.target_source or harvest.source
    rows = ConceptRelation.objects.filter(
        scope, origin__source=harvest.source, target__source=target
    )
    return {
        (origin, there, kind): pk
        for pk, origin, there, kind in rows.values_list(
            "pk", "origin_id", "target_id", "kind"
        ).iterator(chunk_size=20_000)
    }


def _write_ratings(
    harvest: CatalogueHarvest, known: dict[str, Known], report: Report, *, takes_away: bool
) -> None:
    there: dict[tuple[int, int], tuple[Any, ...]] = {
        row[1:3]: (row[0], *row[3:])
        for row in Rating.objects.filter(occupation__source=harvest.source)
        .values_list(
            "pk", "occupation_id", "element_id", "importance", "level", "suppressed", "not_relevant"
        )
        .iterator(chunk_size=20_000)
    }
    new, changed = [], []
    wanted: set[tuple[int, int]] = set()
    for row in harvest.ratings.values():
        key = (known[row.occupation].id, known[row.element].id)
        wanted.add(key)
        before, after = there.get(key), _rated(row)
        if before is None:
            new.append((*key, *after))
        elif before[1:] != after:
            changed.append((*after, before[0]))
    columns = ("importance", "level", "suppressed", "not_relevant")
    bulk.insert(Rating, ("occupation_id", "element_id", *columns), map(_plain, new))
    bulk.update(Rating, columns, [_plain(row) for row in changed])
    report.added["ratings"] += len(new)
    report.changed["ratings"] += len(changed)
    if takes_away:
        elements = {known[uri].id for uri, row in harvest.concepts.items()
                    if row.kind in harvest.complete}  # fmt: skip
        gone = [row[0] for key, row in there.items() if key not in wanted and key[1] in elements]
        bulk.delete(Rating, gone)
        report.changed["ratings"] += len(gone)


def _rated(row: RatingRow) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    two = Decimal("0.01")
    return (
        Decimal(row.importance).quantize(two) if row.importance else None,
        Decimal(row.level).quantize(two) if row.level else None,
        row.suppressed,
        row.not_relevant,
    )


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Decimals as text: every database reads it, and none rounds it."""
    return tuple(str(one) if isinstance(one, Decimal) else one for one in row)


def _count_popularity(source: str) -> int:
    """In how many occupations each thing stands; returns for how many that has changed."""
    counts: Counter[int] = Counter()
    relations = ConceptRelation.objects.filter(
        origin__source=source, origin__kind="occupation", kind__in=("essential", "optional", "uses")
    )
    ratings = Rating.objects.filter(
        element__source=source, importance__gte=IMPORTANT, suppressed=False, not_relevant=False
    )
    for rows in (
        relations.values_list("target_id").annotate(Count("pk")),
        ratings.values_list("element_id").annotate(Count("pk")),
    ):
        counts.update(dict(_pairs(rows)))
    there = Concept.objects.filter(source=source).values_list("pk", "popularity")
    moved = [(counts[pk], pk) for pk, before in there if counts[pk] != before]
    bulk.update(Concept, ("popularity",), moved)
    return len(moved)


def _pairs(rows: Iterable[Any]) -> Iterable[tuple[int, int]]:
    return ((key, count) for key, count in rows)


def _write_release(harvest: CatalogueHarvest, at: datetime) -> None:
    """Remember that this release is here; importing it again changes nothing about that."""
    if harvest.target_source:
        return
    row, _made = Catalogue.objects.get_or_create(
        source=harvest.source,
        release=harvest.release,
        locale=harvest.locale,
        defaults={"attribution": harvest.attribution, "imported_at": at},
    )
    here = {
        "concepts": bool(harvest.concepts),
        "relations": bool(harvest.related),
        "ratings": harvest.rated,
    }
    parts = {part for part, there in here.items() if there} | set(row.counts.get("parts", []))
    alive = Concept.objects.filter(source=harvest.source, deprecated=False)
    kinds = dict(_pairs(alive.values_list("kind").annotate(Count("pk")).order_by()))
    counts = {"parts": sorted(parts), "concepts": kinds}
    if row.counts != counts:
        row.counts = counts
        row.save(update_fields=["counts"])
