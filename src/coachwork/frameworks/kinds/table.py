"""A framework of one's own from a CSV or XLSX table: one row a competency or behaviour.

The columns are explained in docs/importing.md. A problem names its row and column, and all
problems are told at once.
"""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coachwork.frameworks.kinds.harvest import (
    BehaviourDraft,
    CompetencyDraft,
    FrameworkDraft,
    Harvest,
    RoleDraft,
    TargetDraft,
    Wish,
)
from coachwork.frameworks.kinds.report import Report
from coachwork.kit import levels
from coachwork.kit.errors import Invalid
from coachwork.kit.tables import Files, Table, table_of

COLUMNS: Final = {
    "code": ("code", "competency code", "id"),
    "name": ("competency", "name", "competency name"),
    "group": ("group", "category", "cluster"),
    "description": ("description", "definition"),
    "observable": ("observable", "observable by others"),
    "behaviour": ("behaviour", "behavior"),
    "behaviour_code": ("behaviour code", "behavior code"),
    "eligible_360": ("360",),
}
LIMITS: Final = {
    "code": 40, "name": 200, "group": 160, "description": 4000, "behaviour": 300,
    "behaviour_code": 44,
}  # fmt: skip
LONGEST_ANCHOR: Final = 1000
MOST_COMPETENCIES: Final = 500
MOST_PROBLEMS: Final = 20
YES: Final = {"yes", "y", "true", "1", "x", "ja", "oui", "sí", "si"}
NO: Final = {"no", "n", "false", "0", "nein", "non"}
ROLE_COLUMN: Final = re.compile(r"role\s*:\s*(.+)", re.IGNORECASE)
TARGET: Final = re.compile(r"([1-5](?:[.,][05])?)\s*(?:[(/]\s*([123])\s*\)?)?")
# What a spreadsheet would take as something to work out, and run.
FORMULA: Final = re.compile(r"[=@]|[+\-]\s*(?:\w+\(|[\d.]+\s*[+\-*/^]\s*[\d.(])|.*\|.*!")
CODE: Final = re.compile(r"[^\s/\\?#]+")


class FrameworkTable:
    """Brings back one framework, with the role profiles that stand in its columns."""

    title = gettext_lazy("a table of your own")

    def read(self, files: Files, wish: Wish, report: Report) -> Harvest:
        table = table_of(files.only())
        return Harvest(framework=_Reading(table, wish, report, files.path.stem).framework())


class _Reading:
    """One reading of one table, collecting what is wrong with it."""

    def __init__(self, table: Table, wish: Wish, report: Report, stem: str) -> None:
        self.table, self.report = table, report
        self.columns = {
            field: table.column(*names, needed=field in ("code", "name"))
            for field, names in COLUMNS.items()
        }
        self.anchors = {
            level: table.column(f"level {level}", f"l{level}", f"anchor {level}", needed=False)
            for level in levels.WORDS
        }
        self.roles = {
            place: RoleDraft(found[1].strip()[:200])
            for place, name in enumerate(table.header)
            if (found := ROLE_COLUMN.fullmatch(name))
        }
        name = (wish.name or stem).strip()[:160]
        self.draft = FrameworkDraft(
            slug=slugify(name)[:64] or "framework", name=name, locale=wish.locale
        )
        self.by_code: dict[str, CompetencyDraft] = {}
        self.problems: list[str] = []

    def framework(self) -> FrameworkDraft:
        places = [*self.columns.values(), *self.anchors.values(), *self.roles]
        for line, cells in self.table.cells(*places):
            self.report.read += 1
            if not any(cell.strip() for cell in cells):
                self.report.skip("empty_row", f"{self.table.name}, row {line}")
                continue
            self._take(line, [" ".join(cell.split()) for cell in cells])
            if len(self.problems) >= MOST_PROBLEMS:
                break
        self._check_whole()
        if self.problems:
            shown = self.problems[:MOST_PROBLEMS]
            raise Invalid({"file": " ".join(shown)})
        self.draft.competencies = list(self.by_code.values())
        self.draft.roles = [role for role in self.roles.values() if role.targets]
        return self.draft

    def _take(self, line: int, cells: list[str]) -> None:
        names = [*self.columns, *(f"level {level}" for level in self.anchors)]
        names += [f"role: {role.title}" for role in self.roles.values()]
        row = dict(zip(names, cells, strict=True))
        if not self._sound(line, row):
            return
        competency = self._competency(line, row)
        if competency is None:
            return
        self._behaviour(line, row, competency)
        for level in self.anchors:
            if text := row[f"level {level}"]:
                competency.anchors.setdefault(level, text)
        for place, role in self.roles.items():
            del place
            self._target(line, row[f"role: {role.title}"], competency, role)

    def _sound(self, line: int, row: dict[str, str]) -> bool:
        """Whether each cell is text of a fitting length, and nothing a spreadsheet would run."""
        before = len(self.problems)
        for column, text in row.items():
            limit = LIMITS.get(column, LONGEST_ANCHOR)
            if len(text) > limit:
                self._problem(
                    line, column, _("longer than %(limit)d characters") % {"limit": limit}
                )
            elif FORMULA.match(text) or "\x00" in text:
                self._problem(line, column, _("looks like a formula, not like text"))
        return len(self.problems) == before

    def _competency(self, line: int, row: dict[str, str]) -> CompetencyDraft | None:
        code = row["code"]
        if not code:
            self._problem(line, "code", _("is empty"))
            return None
        if not CODE.fullmatch(code):
            self._problem(line, "code", _("may not have blanks or any of / \\ ? #"))
            return None
        known = self.by_code.get(code)
        if known is not None:
            if row["name"] and row["name"] != known.name:
                self._problem(
                    line, "competency",
                    _("“%(code)s” is named “%(name)s” further up")
                    % {"code": code, "name": known.name},
                )  # fmt: skip
            return known
        if not row["name"]:
            self._problem(line, "competency", _("is empty"))
            return None
        made = CompetencyDraft(
            code=code,
            name=row["name"],
            group=row["group"],
            description=row["description"],
            observable_by_others=self._yes(line, row, "observable"),
        )
        self.by_code[code] = made
        return made

    def _behaviour(self, line: int, row: dict[str, str], competency: CompetencyDraft) -> None:
        if not row["behaviour"]:
            return
        code = row["behaviour_code"] or f"{competency.code}.{len(competency.behaviours) + 1}"
        if any(code == behaviour.code for behaviour in competency.behaviours):
            self._problem(line, "behaviour code", _("“%(code)s” comes twice") % {"code": code})
            return
        competency.behaviours.append(
            BehaviourDraft(code, row["behaviour"], self._yes(line, row, "eligible_360"))
        )

    def _yes(self, line: int, row: dict[str, str], column: str) -> bool:
        word = row[column].lower()
        if word and word not in YES | NO:
            self._problem(line, COLUMNS[column][0], _("is neither yes nor no"))
        return word not in NO

    def _target(self, line: int, cell: str, competency: CompetencyDraft, role: RoleDraft) -> None:
        if not cell:
            return
        found = TARGET.fullmatch(cell)
        if found is None:
            self._problem(
                line, f"role: {role.title}",
                _("“%(cell)s” is not a level from 1 to 5 in half steps, such as 3 or 3.5 (2)")
                % {"cell": cell[:40]},
            )  # fmt: skip
            return
        try:
            level = Decimal(found[1].replace(",", "."))
        except InvalidOperation:  # pragma: no cover - the pattern is narrower
            return
        if level > levels.HIGHEST or any(one.code == competency.code for one in role.targets):
            self._problem(line, f"role: {role.title}", _("is above 5, or stands twice"))
            return
        role.targets.append(TargetDraft(competency.code, level, int(found[2] or 2)))

    def _problem(self, line: int, column: str, what: str) -> None:
        self.problems.append(
            _("Row %(row)d, column “%(column)s”: %(what)s.")
            % {"row": line, "column": column, "what": what}
        )

    def _check_whole(self) -> None:
        if not self.by_code and not self.problems:
            self.problems.append(_("There is no competency in this table."))
        if len(self.by_code) > MOST_COMPETENCIES:
            self.problems.append(
                _("There are more than %(most)d competencies in it.") % {"most": MOST_COMPETENCIES}
            )
        for problem in _incomplete(self.by_code):
            self.problems.append(problem)


def _incomplete(by_code: dict[str, CompetencyDraft]) -> Iterator[str]:
    """Anchors come for all five levels or for none."""
    for code, competency in by_code.items():
        missing = [str(level) for level in levels.WORDS if level not in competency.anchors]
        if missing and len(missing) < len(levels.WORDS):
            yield _("“%(code)s” has anchors, but none for level %(levels)s.") % {
                "code": code,
                "levels": ", ".join(missing),
            }
