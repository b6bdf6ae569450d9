"""Translations laid over the source text; what has none stays as it is and says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from coachwork.kit.content import reading, shelves
from coachwork.kit.content.reading import Folder
from coachwork.kit.content.shelves import SOURCE_LOCALE, Entry, Kind


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which entries of a kind are there in a language, and which fall back to the source."""

    translated: tuple[str, ...]
    missing: tuple[str, ...]


def chain(locale: str) -> tuple[str, ...]:
    """The languages to look in, the nearest first: de-AT, then de; the source is not listed."""
    parts = locale.replace("_", "-").lower().split("-")
    return tuple(
        "-".join(parts[:length])
        for length in range(len(parts), 0, -1)
        if "-".join(parts[:length]) != SOURCE_LOCALE
    )


def available(root: Folder) -> tuple[str, ...]:
    """The languages that some content is in, the source language first."""
    found = {path.split("/")[1] for path in reading.paths(root) if shelves.is_translation(path)}
    return (SOURCE_LOCALE, *sorted(found))


def translation_pages(root: Folder, locale: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for path in reading.paths(root):
        if shelves.is_translation(path) and path.split("/")[1] == locale:
            yield path, reading.page(root, path)


def localised(kind: Kind, locale: str, root: Folder) -> list[Entry]:
    """The entries of a kind, each in the nearest language it has been translated to."""
    found = shelves.entries(kind, root)
    for language in reversed(chain(locale)):
        if kind == "frameworks":
            found = [
                _framework(entry, texts_for(root, language, shelves.reference(entry)), language)
                for entry in found
            ]
            continue
        texts = texts_for(root, language, kind)
        found = [_translated(entry, texts.get(shelves.code_of(entry)), language) for entry in found]
    return found


def _framework(entry: Entry, texts: Mapping[str, Entry], language: str) -> Entry:
    """A framework with each group and competency in this language where it is translated."""
    groups = [
        {
            **_translated(group, texts.get(group["code"]), language),
            "competencies": [
                _translated(one, texts.get(one["code"]), language) for one in group["competencies"]
            ],
        }
        for group in entry["groups"]
    ]
    return {**_translated(entry, texts.get(entry["slug"]), language), "groups": groups}


def texts_for(root: Folder, language: str, target: str) -> dict[str, Entry]:
    """All translated entries of one target (a kind, or a framework version), by code."""
    return {
        shelves.code_of(entry): entry
        for _path, page in translation_pages(root, language)
        if page["translates"] == target
        for entry in page["entries"]
    }


def _translated(entry: Entry, texts: Entry | None, language: str) -> Entry:
    if texts is None:
        return entry
    words = {key: value for key, value in texts.items() if key != "code"}
    return {**_merged(entry, words), "locale": language}


def _merged(source: Any, texts: Any) -> Any:
    """Texts put in the place of the source's own; parts of a list are found by their code."""
    if isinstance(source, list) and isinstance(texts, Mapping):
        return [_merged(part, texts.get(shelves.code_of(part), part)) for part in source]
    if isinstance(source, Mapping) and isinstance(texts, str):
        return {**source, "text" if "text" in source else "label": texts}
    if isinstance(source, Mapping) and isinstance(texts, Mapping):
        return {
            **source,
            **{key: _merged(source.get(key), value) for key, value in texts.items()},
        }
    return texts


def coverage(locale: str, root: Folder) -> dict[Kind, Coverage]:
    """For each kind, what a reader of this language gets in it, and what in the source's."""
    return {kind: _covered(kind, locale, root) for kind in shelves.KINDS}


def _covered(kind: Kind, locale: str, root: Folder) -> Coverage:
    found = localised(kind, locale, root)
    if kind == "frameworks":
        found = [
            one for whole in found for group in whole["groups"] for one in group["competencies"]
        ]
    wanted = {SOURCE_LOCALE} if not chain(locale) else set(chain(locale))
    codes = {shelves.code_of(entry): entry["locale"] in wanted for entry in found}
    return Coverage(
        tuple(code for code, there in codes.items() if there),
        tuple(code for code, there in codes.items() if not there),
    )
