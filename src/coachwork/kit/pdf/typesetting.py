"""Typst, kept on a short lead: our fonts, our templates, and what people wrote as data only."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst
from django.conf import settings

from coachwork.kit.pdf.letters import Letters, known_letters

PACKAGE = Path(str(files("coachwork")))
OUR_FONTS = PACKAGE / "kit" / "pdf" / "fonts"
STANDARD: Final = "ua-1"
PAGES: Final = re.compile(rb"/Type/Pages/Count (\d+)")


def typeset(template: str, values: Mapping[str, Any], *, language: str, at: datetime) -> bytes:
    """Tagged and accessible, or an error: typst checks the standard while it writes."""
    folders = font_folders()
    letters = Letters(known_letters(folders))
    data = letters.printable(values)
    data |= {"lost": letters.lost, "language": language.split("-")[0].lower()}
    made = typst.compile(
        str(PACKAGE / template),
        root=str(PACKAGE),
        font_paths=_fonts(folders),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        format="pdf",
        pdf_standards=STANDARD,
        timestamp=int(at.astimezone(UTC).timestamp()),
    )
    return bytes(made)


def pages(file: bytes) -> int:
    """How many pages a file of ours has, as its tree of pages says."""
    return max((int(count) for count in PAGES.findall(file)), default=0)


def font_folders() -> tuple[Path, ...]:
    """Our fonts, and those that an installation adds for scripts that ours lack."""
    more = tuple(Path(one) for one in getattr(settings, "PDF_FONTS", ()) if Path(one).is_dir())
    return (OUR_FONTS, *more)


@cache
def _fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(folder) for folder in folders],
    )
