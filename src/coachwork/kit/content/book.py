"""All content files together, for the rules that look across them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from coachwork.kit.content import shelves
from coachwork.kit.content.shelves import Entry


@dataclass(frozen=True, slots=True)
class Page:
    """One content file: where it lies, its kind, its schema, and what it says."""

    path: str
    kind: str
    schema: str
    body: Any


@dataclass(frozen=True)
class Book:
    """All content files together, for the rules that look across them."""

    pages: tuple[Page, ...]

    def of(self, schema: str) -> Iterator[Page]:
        return (page for page in self.pages if page.schema == schema)

    def entries(self, kind: str) -> Iterator[tuple[Page, Entry]]:
        """Each entry of a kind, with its page; a page without a list is one entry itself."""
        for page in self.pages:
            if page.kind == kind and page.schema not in ("framework", "competencies"):
                for entry in page.body.get("entries", [page.body]):
                    yield page, entry

    def competencies(self) -> Iterator[tuple[Page, Entry]]:
        return (
            (page, one) for page in self.of("competencies") for one in page.body["competencies"]
        )

    @cached_property
    def frameworks(self) -> dict[str, set[str]]:
        """The codes of competencies and behaviours of each framework version."""
        known: dict[str, set[str]] = {
            shelves.reference(page.body): set() for page in self.of("framework")
        }
        for page, one in self.competencies():
            codes = known.setdefault(folder_reference(page), set())
            codes.add(one["code"])
            codes.update(behaviour["code"] for behaviour in one["behaviours"])
        return known


def folder_reference(page: Page) -> str:
    """career-core-40/v1 out of frameworks/career-core-40/v1/1-communication.yaml."""
    return "/".join(page.path.split("/")[1:3])


def strings(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a value, with the place it stands at."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, list):
        for item in value:
            yield from strings(item, place)
    elif isinstance(value, Mapping):
        code = next((value[key] for key in ("code", "slug") if key in value), "")
        for key, item in value.items():
            yield from strings(item, " > ".join(filter(None, (place, code, key))))
