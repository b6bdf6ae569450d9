"""Which letters the fonts at hand can print, and what stands in for those they cannot."""

import struct
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Final

STAND_IN: Final = "\u25af"  # a white box, where a letter has no shape
# Signs that only join or colour others: without the letter beside them they say nothing.
JOINER: Final = "\u200d"
JOINERS: Final = {JOINER, "\u200c", "\ufe0e", "\ufe0f", "\u2060", "\ufeff"}
KEPT: Final = {"\n", "\t"}
CMAP_SEGMENTS, CMAP_GROUPS = 4, 12


class Letters:
    """Texts made printable; `lost` says whether anything was replaced."""

    def __init__(self, known: frozenset[int]) -> None:
        self.known = known
        self.lost = False

    def printable(self, value: Any) -> Any:
        """The same value with every text in it such that each of its letters has a shape."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            return {str(key): self.printable(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.printable(item) for item in value]
        return value

    def _text(self, text: str) -> str:
        found: list[str] = []
        before = ""
        for letter in unicodedata.normalize("NFC", str(text)):
            kind = unicodedata.category(letter)
            boxed = found[-1:] == [STAND_IN]
            if letter in KEPT or (ord(letter) in self.known and not (boxed and letter in JOINERS)):
                found.append(letter)
            elif letter in JOINERS or kind in {"Cc", "Cs", "Cf", "Mn"}:
                pass
            elif boxed and (kind == "Sk" or before == JOINER):
                pass  # the colour of an emoji, or the next part of one: one box is enough
            else:
                self.lost = True
                found.append(STAND_IN)
            before = letter
        return "".join(found)


@cache
def known_letters(folders: tuple[Path, ...]) -> frozenset[int]:
    """Every letter for which a font in these folders has a shape."""
    found: set[int] = set()
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix.lower() in {".ttf", ".otf"}:
                with suppress(struct.error):  # not a font after all: it adds nothing
                    found |= letters_of(path.read_bytes())
    return frozenset(found)


def letters_of(font: bytes) -> set[int]:
    """The letters of one font, out of its table of characters (OpenType `cmap`)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    places = {
        font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0]
        for at in range(12, 12 + 16 * tables, 16)
    }
    start = places.get(b"cmap")
    if start is None:
        return set()
    number = struct.unpack_from(">H", font, start + 2)[0]
    found: set[int] = set()
    for at in range(start + 4, start + 4 + 8 * number, 8):
        part = start + struct.unpack_from(">I", font, at + 4)[0]
        form = struct.unpack_from(">H", font, part)[0]
        if form == CMAP_SEGMENTS:
            found |= _segments(font, part)
        elif form == CMAP_GROUPS:
            found |= _groups(font, part)
    return found


def _segments(font: bytes, at: int) -> set[int]:
    """Format 4: ends, starts and shifts of segments; a shape of zero is none."""
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    words = f">{count}H"
    ends = struct.unpack_from(words, font, at + 14)
    starts = struct.unpack_from(words, font, at + 16 + 2 * count)
    shifts = struct.unpack_from(words, font, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    offsets = struct.unpack_from(words, font, offsets_at)
    found: set[int] = set()
    for number, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, last + 1):
            shape = code
            if offsets[number]:
                place = offsets_at + 2 * number + offsets[number] + 2 * (code - first)
                shape = struct.unpack_from(">H", font, place)[0]
                if shape == 0:
                    continue
            if (shape + shifts[number]) & 0xFFFF and code != 0xFFFF:
                found.add(code)
    return found


def _groups(font: bytes, at: int) -> set[int]:
    """Format 12: runs of letters that have a run of shapes."""
    count = struct.unpack_from(">I", font, at + 12)[0]
    found: set[int] = set()
    for number in range(count):
        first, last, shape = struct.unpack_from(">III", font, at + 16 + 12 * number)
        found.update(code for code in range(first, last + 1) if shape + code - first)
    return found
