"""A table as rows, whatever it was saved as: columns are found by their names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from coachwork.kit.tables import delimited, spreadsheet
from coachwork.kit.tables.places import TableFile
from coachwork.kit.tables.trouble import unreadable

MOST_COLUMNS = 400
Row = Sequence[str]


@dataclass
class Table:
    """The rows of one file. A short row is as if its last cells were empty."""

    name: str
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]  # with the number of the line

    def has(self, *names: str) -> bool:
        return any(_plain(name) in self._places() for name in names)

    def column(self, *names: str, needed: bool = True) -> int:
        """Where the column with any of these names is; -1 where it is missing and may be."""
        places = self._places()
        for name in names:
            if _plain(name) in places:
                return places[_plain(name)]
        if needed:
            raise unreadable(
                _("%(file)s has no column “%(column)s”. Its columns: %(there)s.")
                % {
                    "file": self.name,
                    "column": names[0],
                    "there": ", ".join(name for name in self.header if name)[:300] or "-",
                }
            )
        return -1

    def cells(self, *columns: int) -> Iterator[tuple[int, list[str]]]:
        """The number of each row, and its cells in these columns; empty for column -1."""
        width = max(columns) + 1
        for line, row in self.rows:
            if len(row) < width:
                row = row + [""] * (width - len(row))
            yield line, [row[column] if column >= 0 else "" for column in columns]

    def _places(self) -> dict[str, int]:
        return {_plain(name): place for place, name in reversed(list(enumerate(self.header)))}


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).lower()


def table_of(file: TableFile, *, header_has: str = "", delimiter: str = "") -> Table:
    """The table in the file; `header_has` names a column of its header, if that is further down."""
    rows: Iterator[tuple[int, list[str]]]
    if file.suffix == ".xlsx":
        rows = spreadsheet.rows(file)
    else:
        rows = delimited.rows(file, delimiter=delimiter)
    for number, (line, row) in enumerate(rows):
        if len(row) > MOST_COLUMNS:
            raise unreadable(_("%(file)s has more columns than any table.") % {"file": file.name})
        header = [cell.strip() for cell in row]
        if not any(header):
            continue
        if not header_has or _plain(header_has) in map(_plain, header):
            return Table(file.name, header, chain(rows))
        if number > 60:
            break
        del line
    raise unreadable(
        _("%(file)s has no row with the names of the columns.") % {"file": file.name}
        if not header_has
        else _("%(file)s has no column “%(column)s”.") % {"file": file.name, "column": header_has}
    )
