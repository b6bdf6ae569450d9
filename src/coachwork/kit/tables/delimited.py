"""Rows of csv and tab-separated text: UTF-8 or UTF-16, with or without a byte order mark."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from coachwork.kit.tables.places import TableFile
from coachwork.kit.tables.trouble import unreadable

LONGEST_CELL = 300_000
DELIMITERS = ",;\t"
PEEK = 8192


def rows(file: TableFile, *, delimiter: str = "") -> Iterator[tuple[int, list[str]]]:
    """Each row with the number of its line."""
    csv.field_size_limit(LONGEST_CELL)
    with file.open() as raw:
        beginning = raw.read(PEEK)
    encoding = _encoding(beginning, file.name)
    with file.open() as raw:
        text = _text(raw, encoding)
        # O*NET's tables are not quoted at all: a lone quotation mark is part of the text.
        separator = delimiter or _delimiter(beginning.decode(encoding, "replace"))
        if separator == "\t" and file.suffix == ".txt":
            reader = csv.reader(text, delimiter=separator, quoting=csv.QUOTE_NONE)
        else:
            reader = csv.reader(text, delimiter=separator)
        try:
            for row in reader:
                yield reader.line_num, row
        except UnicodeError as problem:
            raise unreadable(
                _("%(file)s is not UTF-8 text after line %(line)d. Save it as “CSV UTF-8”.")
                % {"file": file.name, "line": reader.line_num}
            ) from problem
        except csv.Error as problem:
            raise unreadable(
                _("%(file)s cannot be read at line %(line)d: a quotation mark may be missing.")
                % {"file": file.name, "line": reader.line_num + 1}
            ) from problem


def _text(raw: IO[bytes], encoding: str) -> io.TextIOWrapper:
    # A stream out of a zip has all that a text wrapper asks of it, but not its type.
    return io.TextIOWrapper(raw, encoding=encoding, errors="strict", newline="")


def _encoding(beginning: bytes, name: str) -> str:
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    strange = sum(byte < 9 or 13 < byte < 32 for byte in beginning)
    if strange:
        raise unreadable(
            _("%(file)s is not a table of text, whatever its name says. "
              "Save it again as CSV or XLSX.") % {"file": name}
        )  # fmt: skip
    return "utf-8-sig"


def _delimiter(beginning: str) -> str:
    """The one that parts most cells of the first line with anything in it."""
    first = next((line for line in beginning.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)
