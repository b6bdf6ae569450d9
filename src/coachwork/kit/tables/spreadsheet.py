"""Rows of the first sheet of an xlsx file, read as a stream and with limits.

Formulas give the value that was last worked out. Styles, dates and macros are not looked at.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from typing import IO, Literal
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from coachwork.kit.tables import places
from coachwork.kit.tables.places import Sound, TableFile
from coachwork.kit.tables.trouble import unreadable

MOST_ROWS = 1_048_576
MOST_COLUMNS = 400
MOST_SHARED = 60_000_000  # characters
LONGEST_CELL = 300_000

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
LINKS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_LETTERS = re.compile(r"[A-Z]+")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def rows(file: TableFile) -> Iterator[tuple[int, list[str]]]:
    """Each row of the first sheet with its number."""
    with file.open() as raw:
        try:
            archive = zipfile.ZipFile(raw)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as problem:
            raise unreadable(
                _("%(file)s is not a spreadsheet that can be read. Save it again as XLSX.")
                % {"file": file.name}
            ) from problem
        with archive:
            places.check_members(archive.infolist(), file.name)
            try:
                shared = _shared(archive, file.name)
                yield from _rows(archive, _first_sheet(archive, file.name), shared, file.name)
            except (ElementTree.ParseError, KeyError, IndexError, ValueError) as problem:
                raise unreadable(
                    _("%(file)s is damaged inside. Open it, and save it again as XLSX.")
                    % {"file": file.name}
                ) from problem


class _Guarded:
    """A stream of XML without a document type: entities that grow cannot be declared."""

    def __init__(self, stream: IO[bytes] | Sound, name: str) -> None:
        self.stream, self.name, self.tail = stream, name, b""

    def read(self, size: int = -1) -> bytes:
        chunk = self.stream.read(size)
        if b"<!DOCTYPE" in self.tail + chunk or (not self.tail and _other_encoding(chunk)):
            raise unreadable(
                _("%(file)s holds something that does not belong in a spreadsheet.")
                % {"file": self.name}
            )
        self.tail = chunk[-10:] or self.tail
        return chunk


def _other_encoding(beginning: bytes) -> bool:
    """Whether the text could hide from the guard: spreadsheets are written in UTF-8."""
    head = beginning[:200].removeprefix(b"\xef\xbb\xbf")
    named = re.search(rb"encoding=[\"']([^\"']*)", head)
    return not head.startswith(b"<") or bool(
        named and named[1].lower() not in (b"utf-8", b"us-ascii")
    )


def _parsed(
    archive: zipfile.ZipFile,
    member: str,
    name: str,
    events: Sequence[Literal["start", "end"]] = ("end",),
) -> Iterator[tuple[str, ElementTree.Element]]:
    with Sound(archive.open(member), name) as stream:
        yield from ElementTree.iterparse(_Guarded(stream, name), events=events)


def _first_sheet(archive: zipfile.ZipFile, name: str) -> str:
    """The place of the sheet that stands first in the workbook."""
    link = next(
        (
            next((element.get(key) for key in LINKS if element.get(key)), None)
            for _event, element in _parsed(archive, "xl/workbook.xml", name)
            if _local(element) == "sheet"
        ),
        None,
    )
    for _event, element in _parsed(archive, "xl/_rels/workbook.xml.rels", name):
        if element.get("Id") == link and element.get("Target"):
            target = str(element.get("Target"))
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError("no sheet")


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _shared(archive: zipfile.ZipFile, name: str) -> list[str]:
    """The texts that cells point at."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    found: list[str] = []
    size = 0
    for _event, element in _parsed(archive, "xl/sharedStrings.xml", name):
        if _local(element) == "si":
            found.append(_written(element))
            size += len(found[-1])
            element.clear()
            if size > MOST_SHARED:
                raise unreadable(_("%(file)s is larger than can be taken.") % {"file": name})
    return found


def _written(element: ElementTree.Element) -> str:
    """The text of a shared or inline string, without the reading aids of East Asian scripts."""
    parts: list[str] = []
    for child in element:
        if _local(child) == "t":
            parts.append(child.text or "")
        elif _local(child) == "r":
            parts += [part.text or "" for part in child if _local(part) == "t"]
    text = "".join(parts)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _rows(
    archive: zipfile.ZipFile, sheet: str, shared: list[str], name: str
) -> Iterator[tuple[int, list[str]]]:
    number = 0
    places_of: dict[str, int] = {}
    holder: ElementTree.Element | None = None
    for event, element in _parsed(archive, sheet, name, ("start", "end")):
        tag = element.tag
        if event == "start":
            if holder is None and _local(element) == "sheetData":
                holder = element
            continue
        if tag not in (MAIN + "row", STRICT + "row"):
            continue
        number = int(element.get("r") or number + 1)
        if not 0 < number <= MOST_ROWS:
            raise unreadable(_("%(file)s has more rows than a table.") % {"file": name})
        yield number, _cells(element, shared, places_of, name)
        if holder is not None:
            holder.clear()


def _cells(
    row: ElementTree.Element, shared: list[str], places_of: dict[str, int], name: str
) -> list[str]:
    cells: list[str] = []
    for cell in row:
        reference = cell.get("r")
        place = len(cells)
        if reference:
            letters = reference.rstrip("0123456789")
            known = places_of.get(letters)
            place = known if known is not None else _place(letters, places_of, name)
        if place > len(cells):
            cells.extend([""] * (place - len(cells)))
        text = _cell_text(cell, shared)
        if place < len(cells):
            cells[place] = text
        else:
            cells.append(text)
    return cells


def _place(letters: str, places_of: dict[str, int], name: str) -> int:
    """Column A is 0, AA is 26; remembered, because the same few come in every row."""
    if not _LETTERS.fullmatch(letters):
        raise ValueError(letters)
    place = 0
    for letter in letters[:4]:
        place = place * 26 + ord(letter) - 64
    if place > MOST_COLUMNS:
        raise unreadable(_("%(file)s has more columns than any table.") % {"file": name})
    places_of[letters] = place - 1
    return place - 1


def _cell_text(cell: ElementTree.Element, shared: list[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return "".join(_written(child) for child in cell if _local(child) == "is")[:LONGEST_CELL]
    value = next((child.text for child in cell if _local(child) == "v"), None)
    if value is None:
        return ""
    if kind == "s":
        return shared[int(value)]
    if kind == "b":
        return "yes" if value == "1" else "no"
    return value[:LONGEST_CELL]
