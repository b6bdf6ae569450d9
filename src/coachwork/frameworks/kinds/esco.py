"""ESCO: skills, occupations and how they relate, from its csv packages in any language.

The labels of a language and the relations come as two packages; both at once in one folder, or one
after the other. Rows that point at something which is not there are left out and told.
"""

import re
from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext as _

from coachwork.frameworks.kinds.harvest import (
    LONGEST_NAME,
    LONGEST_URI,
    CatalogueHarvest,
    ConceptRow,
    Harvest,
    RelationRow,
    Wish,
)
from coachwork.frameworks.kinds.report import Report
from coachwork.kit.tables import Files, TableFile, table_of, unreadable

SOURCE: Final = "esco"
ATTRIBUTION: Final = "This service uses the ESCO classification of the European Commission."

# The tables of a language: base of the file's name, kinds of concept in it.
CLASSIFICATIONS: Final = (
    ("skills", {"skill", "knowledge"}),
    ("occupations", {"occupation"}),
    ("skillGroups", {"group"}),
    ("ISCOGroups", {"group"}),
)
# The tables of relations: base name, columns of the two ends, kind of the origin.
RELATIONS: Final = (
    ("occupationSkillRelations", "occupationUri", "skillUri", "occupation"),
    ("skillSkillRelations", "originalSkillUri", "relatedSkillUri", "skill"),
    ("broaderRelationsSkillPillar", "conceptUri", "broaderUri", "skill"),
    ("broaderRelationsOccPillar", "conceptUri", "broaderUri", "occupation"),
)
KINDS_OF_SKILL: Final = {"skill/competence": "skill", "knowledge": "knowledge"}
RELEASED: Final = {"", "released"}


class Esco:
    """Brings back the catalogue, or the part of it that the files hold."""

    title = "ESCO"

    def read(self, files: Files, wish: Wish, report: Report) -> Harvest:
        return Harvest(_Reading(files, wish, report).harvest())


class _Reading:
    """One reading of one package, or of both together."""

    def __init__(self, files: Files, wish: Wish, report: Report) -> None:
        self.report = report
        self.classifications = [
            (file, kinds)
            for base, kinds in CLASSIFICATIONS
            if (file := table_named(files, base, wish.locale))
        ]
        self.relations = [
            (file, origin, target, kind)
            for base, origin, target, kind in RELATIONS
            if (file := table_named(files, base, wish.locale))
        ]
        if not self.classifications and not self.relations:
            raise unreadable(
                _("This is not an ESCO package in the language “%(locale)s”: there is no table of "
                  "skills, occupations or relations in %(name)s.")
                % {"locale": wish.locale, "name": files.path.name}
            )  # fmt: skip
        self.found = CatalogueHarvest(SOURCE, release_of(files), wish.locale, ATTRIBUTION)
        self.newest = ""

    def harvest(self) -> CatalogueHarvest:
        for file, kinds in self.classifications:
            self._read_concepts(file, kinds)
        if self.classifications:
            self._say_what_is_missing()
        for table, origin, target, kind in self.relations:
            self._read_relations(table, origin, target, kind)
        if not self.found.release:
            self.found.release = self.newest or "undated"
        return self.found

    def _say_what_is_missing(self) -> None:
        there = {kind for _file, kinds in self.classifications for kind in kinds}
        for kind in ("skill", "occupation"):
            if kind not in there:
                self.report.skip("missing_table", f"{kind}s")

    def _read_concepts(self, file: TableFile, kinds: set[str]) -> None:
        table = table_of(file)
        columns = [
            table.column("conceptUri"),
            table.column("preferredLabel"),
            *(
                table.column(name, needed=False)
                for name in (
                    "altLabels", "hiddenLabels", "description", "skillType", "status",
                    "modifiedDate",
                )
            ),
        ]  # fmt: skip
        typed = table.has("skillType")
        for line, cells in table.cells(*columns):
            self.report.read += 1
            uri, name, others, hidden, text, kind, status, modified = map(str.strip, cells)
            where = f"{file.name}, line {line}"
            if not any(cells):
                self.report.skip("empty_row", where)
                continue
            if not self._fits(uri, name, status, where):
                continue
            self.newest = max(self.newest, modified[:10])
            if typed and not kind:
                self.report.skip("no_kind", f"{name}")
            self._add(uri, KINDS_OF_SKILL.get(kind, "skill") if typed else min(kinds), name, text)
            self._label(uri, "other", others, where)
            self._label(uri, "hidden", hidden, where)
        # Groups of skills and of occupations lie in two tables: the kind is whole with both only.
        if kinds != {"group"} or len(self._files_of("group")) == 2:
            self.found.complete |= kinds

    def _files_of(self, kind: str) -> list[TableFile]:
        return [file for file, kinds in self.classifications if kind in kinds]

    def _fits(self, uri: str, name: str, status: str, where: str) -> bool:
        if not uri or not name:
            self.report.skip("no_name", where)
        elif len(uri) > LONGEST_URI or len(name) > LONGEST_NAME:
            self.report.skip("too_long", where)
        elif status.lower() not in RELEASED:
            self.report.skip("not_released", name)
        elif uri in self.found.concepts:
            self.report.skip("twice", where)
        else:
            return True
        return False

    def _add(self, uri: str, kind: str, name: str, text: str) -> None:
        name = " ".join(name.split())
        self.found.concepts[uri] = ConceptRow(uri, kind, name, text)
        self.found.add_label(self.report, uri, "preferred", name)

    def _label(self, uri: str, kind: str, cell: str, where: str) -> None:
        for text in labels_in(cell):
            self.found.add_label(self.report, uri, kind, text, where=where)

    def _read_relations(self, file: TableFile, origin: str, target: str, kind: str) -> None:
        table = table_of(file)
        columns = [table.column(origin), table.column(target)]
        columns.append(table.column("relationType", needed=False))
        names = ("essential", "optional") if table.has("relationType") else ("broader",)
        for line, cells in table.cells(*columns):
            self.report.read += 1
            here, there, relation = map(str.strip, cells)
            relation = relation or names[-1]
            if not here or not there:
                self.report.skip("no_name", f"{file.name}, line {line}")
            elif relation not in names:
                self.report.skip("unknown_relation", f"{file.name}, line {line}: {relation}")
            else:
                self.found.relations[RelationRow(here, there, relation)] = None
        self.found.related |= {(kind, name) for name in names}


def labels_in(cell: str) -> Iterator[str]:
    """The names in one cell: one a line in most tables, parted by " | " in the collections."""
    if not cell:
        return
    for line in cell.splitlines():
        for part in line.split(" | "):
            if part.strip():
                yield part.strip()


def table_named(files: Files, base: str, locale: str) -> TableFile | None:
    """The table of this language. Relations are the same in every language: any will do."""
    names = [f"{base}_{locale}", f"{base}_{locale.split('-')[0]}"]
    names += [f"{base}_en-us"] if locale == "en" else []
    if any(base == relation for relation, *_rest in RELATIONS):
        names.insert(0, base)
        names += sorted(
            file.stem for file in files if re.fullmatch(rf"{base}_[A-Za-z-]+", file.stem)
        )
    return next((found for name in names if (found := files.named(name))), None)


def release_of(files: Files) -> str:
    """The release from what the package is called; nothing where the name does not say."""
    for text in (files.path.name, files.path.resolve().parent.name, *(f.name for f in files)):
        found = re.search(r"(?<![A-Za-z0-9])v(\d+\.\d+(?:\.\d+)?)", text)
        if found:
            return found[1]
    return ""
