"""The content that ships: read it by kind and language with `load`, check it with `problems`.

Everything lies in `coachwork/content/` as YAML that people write; docs/content.md says how.
"""

from coachwork.kit.content.library import coverage, load, locales_available, message
from coachwork.kit.content.linter import problems
from coachwork.kit.content.reading import SHIPPED, Unreadable
from coachwork.kit.content.shelves import KINDS, SOURCE_LOCALE, Kind

__all__ = [
    "KINDS",
    "SHIPPED",
    "SOURCE_LOCALE",
    "Kind",
    "Unreadable",
    "coverage",
    "load",
    "locales_available",
    "message",
    "problems",
]
