"""The O*NET database: occupations with their titles, and what each asks for.

Reads the text and the spreadsheet edition, and both layouts: before release 30.3 and from it on.
Columns are found by their names. A table that is not there is said, and the rest is taken.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _

from coachwork.frameworks.kinds import onet_scales
from coachwork.frameworks.kinds.harvest import (
    LONGEST_NAME,
    LONGEST_URI,
    CatalogueHarvest,
    CompetencyDraft,
    ConceptRow,
    FrameworkDraft,
    Harvest,
    RatingRow,
    RelationRow,
    Wish,
)
from coachwork.frameworks.kinds.report import Report
from coachwork.kit.tables import Files, TableFile, table_of, unreadable

SOURCE: Final = "onet"
ATTRIBUTION: Final = (
    "This page includes information from the O*NET {release} Database by the U.S. Department of "
    "Labor, Employment and Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. "
    "O*NET® is a trademark of USDOL/ETA. Coachwork has modified all or some of this information. "
    "USDOL/ETA has not approved, endorsed, or tested these modifications."
)

# Each rated table: its names over the years, and the kind of thing that it rates.
RATED: Final = (
    (("Skills",), "skill"),
    (("Essential Skills",), "skill"),
    (("Transferable Skills",), "skill"),
    (("Knowledge",), "knowledge"),
    (("Abilities",), "ability"),
    (("Work Activities",), "activity"),
    (("Work Styles",), "style"),
)
TITLES: Final = (
    (("Alternate Titles", "Job Titles"), ("Alternate Title", "Job Title", "Title")),
    (("Sample of Reported Titles",), ("Reported Job Title", "Job Title")),
)
TOOLS: Final = (("Technology Skills", "Software Skills"), ("Workplace Example", "Example"))
RELATED: Final = ("Related Occupations",)
CODE: Final = ("O*NET-SOC Code", "ONET-SOC Code", "O*NET SOC Code")
HIGHEST: Final = {"IM": Decimal(5), "LV": Decimal(7)}
LOWEST: Final = {"IM": Decimal(1), "LV": Decimal(0)}
COMPETENCY_KINDS: Final = ("skill", "knowledge")
EMPTY: Final = {"", "n/a", "N/A"}


class Onet:
    """Brings back the catalogue, and a framework of the rated skills and knowledge."""

    title = "O*NET"

    def read(self, files: Files, wish: Wish, report: Report) -> Harvest:
        return _Reading(files, wish, report).harvest()


class _Reading:
    """One reading of one release."""

    def __init__(self, files: Files, wish: Wish, report: Report) -> None:
        self.files, self.report = files, report
        release = release_of(files)
        self.found = CatalogueHarvest(
            SOURCE, release, wish.locale, ATTRIBUTION.format(release=release)
        )
        self.anchors: dict[str, dict[Decimal, str]] = {}
        # Asked for before anything is read, so that progress knows the whole way.
        self.occupations = files.named("Occupation Data")
        self.model = files.named("Content Model Reference")
        self.anchor_table = files.named("Level Scale Anchors")
        self.rated = [(files.named(*names), names, kind) for names, kind in RATED]
        self.titles = [(files.named(*names), names, columns) for names, columns in TITLES]
        self.tools = files.named(*TOOLS[0])
        self.related = files.named(*RELATED)

    def harvest(self) -> Harvest:
        if self.occupations is None:
            raise unreadable(
                _("This is not the O*NET database: %(name)s has no table “Occupation Data”.")
                % {"name": self.files.path.name}
            )
        self._say_what_is_missing()
        self._read_occupations(self.occupations)
        self._read_what_is_there()
        return Harvest(self.found, self._framework())

    def _read_what_is_there(self) -> None:
        for file, _names, columns in self.titles:
            if file:
                self._read_titles(file, columns)
        descriptions = self._read_descriptions()
        for file, _names, kind in self.rated:
            if file:
                self._read_ratings(file, kind, descriptions)
        if self.tools:
            self._read_tools(self.tools)
        if self.related:
            self._read_related(self.related)
        if self.anchor_table:
            self._read_anchors(self.anchor_table)

    def _say_what_is_missing(self) -> None:
        new_layout = any(self.files.named(*names) for names, _k in RATED[1:3])
        expected = [
            (file, names[0])
            for file, names, _kind in self.rated
            if (names[0] == "Skills") != new_layout or "Skills" not in names[0]
        ]
        expected += [(file, names[0]) for file, names, _columns in self.titles]
        expected += [
            (self.model, "Content Model Reference"),
            (self.anchor_table, "Level Scale Anchors"),
            (self.tools, TOOLS[0][0]),
            (self.related, RELATED[0]),
        ]
        for file, name in expected:
            if file is None:
                self.report.skip("missing_table", name)

    def _rows(
        self, file: TableFile, *columns: tuple[str, ...], more: tuple[str, ...] = ()
    ) -> Iterator[tuple[int, list[str]]]:
        """The cells of the needed columns, and of those that only some releases have."""
        table = table_of(file, delimiter="\t" if file.suffix == ".txt" else "")
        places = [table.column(*names) for names in columns]
        places += [table.column(name, needed=False) for name in more]
        for line, cells in table.cells(*places):
            self.report.read += 1
            if any(cells):
                yield line, [cell.strip() for cell in cells]

    def _read_occupations(self, file: TableFile) -> None:
        for line, (code, name, text) in self._rows(file, CODE, ("Title",), ("Description",)):
            if self._fits(code, name, f"{file.name}, line {line}"):
                self._add(code, "occupation", name, text)
        self.found.complete.add("occupation")

    def _fits(self, uri: str, name: str, where: str) -> bool:
        if uri in EMPTY or name in EMPTY:
            self.report.skip("no_name", where)
        elif len(uri) > LONGEST_URI or len(name) > LONGEST_NAME:
            self.report.skip("too_long", where)
        else:
            return True
        return False

    def _add(self, uri: str, kind: str, name: str, text: str = "") -> None:
        if uri not in self.found.concepts:
            self.found.concepts[uri] = ConceptRow(uri, kind, name, text)
            self.found.add_label(self.report, uri, "preferred", name)

    def _read_titles(self, file: TableFile, columns: tuple[str, ...]) -> None:
        for line, (code, *names) in self._rows(file, CODE, columns, more=("Short Title",)):
            if code not in self.found.concepts:
                self.report.skip("dangling_title", f"{file.name}, line {line}")
                continue
            for name in names:
                if name not in EMPTY:
                    self.found.add_label(self.report, code, "other", name)

    def _read_descriptions(self) -> dict[str, str]:
        if self.model is None:
            return {}
        rows = self._rows(self.model, ("Element ID",), ("Description",))
        return {element: text for _line, (element, text) in rows}

    def _read_ratings(self, file: TableFile, kind: str, descriptions: dict[str, str]) -> None:
        self.found.rated = True
        self.found.complete.add(kind)
        columns = (CODE, ("Element ID",), ("Element Name",), ("Scale ID",), ("Data Value",))
        flags = ("Recommend Suppress", "Not Relevant")
        for line, cells in self._rows(file, *columns, more=flags):
            code, element, name, scale, value, suppress, irrelevant = cells
            if code not in self.found.concepts or not element:
                self.report.skip("dangling_rating", f"{file.name}, line {line}")
                continue
            if scale not in HIGHEST:
                self.report.skip("unknown_scale", f"{file.name}: {scale}")
                continue
            if not _within(value, scale):
                self.report.skip("not_a_number", f"{file.name}, line {line}: {value}")
                continue
            self._add(element, kind, name, descriptions.get(element, ""))
            self._rate(code, element, scale, value, suppress == "Y", irrelevant == "Y")

    def _rate(
        self, code: str, element: str, scale: str, value: str, suppress: bool, irrelevant: bool
    ) -> None:
        before = self.found.ratings.get((code, element))
        importance = value if scale == "IM" else before.importance if before else ""
        level = value if scale == "LV" else before.level if before else ""
        self.found.ratings[code, element] = RatingRow(
            code,
            element,
            importance,
            level,
            suppress or bool(before and before.suppressed),
            irrelevant or bool(before and before.not_relevant),
        )

    def _read_tools(self, file: TableFile) -> None:
        for line, (code, name) in self._rows(file, CODE, TOOLS[1]):
            uri = f"technology:{name.lower()}"
            if code not in self.found.concepts:
                self.report.skip("dangling_relation", f"{file.name}, line {line}")
            elif self._fits(uri, name, f"{file.name}, line {line}"):
                self._add(uri, "tool", name)
                self.found.relations[RelationRow(code, uri, "uses")] = None
        self.found.complete.add("tool")
        self.found.related.add(("occupation", "uses"))

    def _read_related(self, file: TableFile) -> None:
        others = ("Related O*NET-SOC Code", "Related ONET-SOC Code")
        for line, (code, other) in self._rows(file, CODE, others):
            if code in self.found.concepts and other in self.found.concepts:
                self.found.relations[RelationRow(code, other, "related")] = None
            else:
                self.report.skip("dangling_relation", f"{file.name}, line {line}")
        self.found.related.add(("occupation", "related"))

    def _read_anchors(self, file: TableFile) -> None:
        columns = (("Element ID",), ("Scale ID",), ("Anchor Value",), ("Anchor Description",))
        for _line, (element, scale, value, text) in self._rows(file, *columns):
            if scale == "LV" and _within(value, scale):
                self.anchors.setdefault(element, {})[Decimal(value)] = text

    def _framework(self) -> FrameworkDraft | None:
        """What is rated, as competencies: only where this release came with ratings."""
        elements = sorted(
            (concept for concept in self.found.concepts.values()
             if concept.kind in COMPETENCY_KINDS),
            key=lambda concept: (COMPETENCY_KINDS.index(concept.kind), concept.uri),
        )  # fmt: skip
        if not elements:
            self.report.note(
                _("There are no ratings of skills in it, so no roles can be made of it.")
            )
            return None
        return FrameworkDraft(
            slug=SOURCE,
            name="O*NET",
            description="Skills and knowledge that the O*NET database rates for each occupation.",
            source=SOURCE,
            release=self.found.release,
            version=version_number(self.found.release),
            licence="CC BY 4.0",
            attribution=self.found.attribution,
            competencies=[self._competency(concept) for concept in elements],
        )

    def _competency(self, concept: ConceptRow) -> CompetencyDraft:
        return CompetencyDraft(
            code=concept.uri,
            name=concept.name,
            group="Skills" if concept.kind == "skill" else "Knowledge",
            description=concept.description,
            uri=concept.uri,
            anchors=onet_scales.anchors(self.anchors.get(concept.uri, {})),
        )


def _within(value: str, scale: str) -> bool:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return False
    return number.is_finite() and LOWEST[scale] <= number <= HIGHEST[scale]


def release_of(files: Files) -> str:
    """The release: from the Read Me, else from what the file or folder is called."""
    for text in (files.text("Read Me", "ReadMe"), files.path.name, files.path.parent.name):
        found = re.search(r"\b(?:db_?)?(\d{1,2})[._](\d{1,2})(?!\d)", text.replace("db_", "db "))
        if found:
            return f"{int(found[1])}.{int(found[2])}"
    raise unreadable(
        _("Nothing says which release this is. Give the file or folder its name back, "
          "such as db_29_3_text.")
    )  # fmt: skip


def version_number(release: str) -> int:
    """29.3 as 2903, so that versions sort like releases."""
    major, _dot, minor = release.partition(".")
    return int(major) * 100 + int(minor or 0)
