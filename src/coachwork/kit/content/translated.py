"""The rules that translations keep: true to a source, whole, and with the same gaps to fill."""

from collections.abc import Iterator, Mapping
from typing import Any

from coachwork.kit.content import anchors, rules, shelves
from coachwork.kit.content.book import Book, Page, folder_reference
from coachwork.kit.content.shelves import SHELVES, SOURCE_LOCALE, Entry
from coachwork.kit.content.values import PLACEHOLDER

# A group of a framework has no text but its name.
GROUP_TEXTS = ("name",)
Sources = dict[str, tuple[Entry, tuple[str, ...]]]


def translations_lie_in_their_folder(book: Book) -> Iterator[str]:
    for page in book.of("translation"):
        locale = page.body["locale"]
        if locale != page.path.split("/")[1]:
            yield f"{page.path}: says it is in {locale}, and lies in another folder"
        if locale == SOURCE_LOCALE:
            yield f"{page.path}: {SOURCE_LOCALE} is the source language, not a translation"


def translations_are_whole(book: Book) -> Iterator[str]:
    """An entry is translated with all its texts or not at all: half of each reads badly."""
    for page, entry, source, texts in _pairs(book):
        wanted, given = _places(source, texts), _places(entry, tuple(entry.keys() - {"code"}))
        for place in sorted(wanted - given):
            yield f"{page.path}: {entry['code']}: {place} is not translated"
        for place in sorted(given - wanted):
            yield f"{page.path}: {entry['code']}: {place} is not a text of the source"


def translations_have_a_source(book: Book) -> Iterator[str]:
    for page in book.of("translation"):
        target = page.body["translates"]
        sources = _sources(book, target)
        if not sources:
            yield f"{page.path}: there is nothing called {target} to translate"
            continue
        for entry in page.body["entries"]:
            if entry["code"] not in sources:
                yield f"{page.path}: there is no {entry['code']} in {target}"


def translations_keep_the_gaps(book: Book) -> Iterator[str]:
    for page, entry, source, _texts in _pairs(book):
        where = f"{page.path}: {entry['code']}"
        for key in ("subject", "body"):
            if isinstance(entry.get(key), str):
                wanted = set(PLACEHOLDER.findall(source[key]))
                for name in sorted(wanted ^ set(PLACEHOLDER.findall(entry[key]))):
                    yield f"{where}: {{{name}}} is in only one of the two languages"
        if isinstance(entry.get("slots"), list) and isinstance(entry.get("frame"), str):
            yield from (f"{where}: {problem}" for problem in rules.frame_problems(entry))


def translated_anchors_hold(book: Book) -> Iterator[str]:
    for page, entry, _source, _texts in _pairs(book):
        words = entry.get("anchors")
        if isinstance(words, Mapping):
            for problem in anchors.missing_levels(words):
                yield f"{page.path}: {entry['code']}: {problem}"
            for problem in anchors.lengths(words, anchors.TRANSLATED_ANCHOR_WORDS):
                yield f"{page.path}: {entry['code']}: {problem}"


def _pairs(book: Book) -> Iterator[tuple[Page, Entry, Entry, tuple[str, ...]]]:
    """Each translated entry beside its source, where there is one."""
    for page in book.of("translation"):
        sources = _sources(book, page.body["translates"])
        for entry in page.body["entries"]:
            if entry["code"] in sources:
                yield page, entry, *sources[entry["code"]]


def _sources(book: Book, target: str) -> Sources:
    """What there is to translate, by code, with the names of its texts."""
    found: Sources = {}
    for shelf in SHELVES:
        if shelf.kind == target and target != "frameworks":
            for _page, entry in book.entries(target):
                found[shelves.code_of(entry)] = entry, shelf.texts
    for page in book.pages:
        if page.kind == "frameworks" and folder_reference(page) == target:
            found.update(_framework_sources(page))
    return found


def _framework_sources(page: Page) -> Sources:
    texts = next(shelf.texts for shelf in SHELVES if shelf.schema == page.schema)
    if page.schema == "framework":
        return {page.body["slug"]: (page.body, texts)}
    group = page.body["group"]
    found: Sources = {group["code"]: (group, GROUP_TEXTS)}
    for one in page.body["competencies"]:
        found[one["code"]] = one, texts
    return found


def _places(entry: Mapping[str, Any], texts: tuple[str, ...]) -> set[str]:
    """The texts of an entry as places: name, anchors 3, behaviours C01.2."""
    found: set[str] = set()
    for key in texts:
        value = entry.get(key)
        if isinstance(value, Mapping):
            found |= {f"{key} {part}" for part in value}
        elif isinstance(value, list) and key != "slots":
            found |= {f"{key} {shelves.code_of(part)}" for part in value}
        elif value is not None:
            found.add(key)
    return found


RULES: tuple[rules.Rule, ...] = (
    translations_lie_in_their_folder,
    translations_have_a_source,
    translations_are_whole,
    translations_keep_the_gaps,
    translated_anchors_hold,
)
