"""What is wrong with the content, as sentences for the person who writes it."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from coachwork.kit.content import plan_rules, practise_rules, reading, rules, shelves, translated
from coachwork.kit.content.book import Book, Page
from coachwork.kit.content.reading import SHIPPED, Folder, Unreadable

RULES = (*rules.RULES, *plan_rules.RULES, *practise_rules.RULES, *translated.RULES)


def problems(root: Folder = SHIPPED) -> list[str]:
    """Every problem of the content under the root; an empty list when all is well.

    Shapes come first: while a file cannot be read or misses a field, what depends on it would only
    repeat the same trouble in other words.
    """
    pages, found = _read(root)
    for page in pages:
        found += _against_schema(page)
    if not found:
        book = Book(tuple(pages))
        found = [problem for rule in RULES for problem in rule(book)]
    return list(dict.fromkeys(found))


def _read(root: Folder) -> tuple[list[Page], list[str]]:
    pages: list[Page] = []
    found: list[str] = []
    for path in reading.walk(root):
        if path.startswith("schemas/") and path.endswith(".schema.json"):
            continue
        schema, kind = _schema_of(path)
        if schema is None:
            found.append(f"{path}: no kind of content reads this file; see docs/content.md")
            continue
        try:
            pages.append(Page(path, kind, schema, reading.page(root, path)))
        except Unreadable as error:
            found.append(str(error))
    return pages, found


def _schema_of(path: str) -> tuple[str | None, str]:
    if shelves.is_translation(path):
        return "translation", "translation"
    story = shelves.story_schema(path)
    if story:
        return story, "story"
    shelf = shelves.shelf_of(path)
    return (shelf.schema, shelf.kind) if shelf else (None, "")


@cache
def validator(schema: str) -> Draft202012Validator:
    """The validator of one shipped schema."""
    text = SHIPPED.joinpath("schemas", f"{schema}.schema.json").read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def _against_schema(page: Page) -> Iterator[str]:
    errors = validator(page.schema).iter_errors(page.body)
    for error in sorted(errors, key=lambda one: [str(step) for step in one.absolute_path]):
        yield f"{page.path}: {_place(page.body, error)}{_reason(error)}"


def _place(body: Any, error: ValidationError) -> str:
    """Where in the file, by codes rather than by positions."""
    steps: list[str] = []
    here = body
    for step in error.absolute_path:
        here = here[step]
        named = isinstance(step, int) and isinstance(here, Mapping)
        steps.append(_name(here, step) if named else str(step))
    return f"{' > '.join(steps)}: " if steps else ""


def _name(entry: Mapping[str, Any], position: int | str) -> str:
    for key in ("code", "slug", "competency", "name"):
        if isinstance(entry.get(key), str):
            return str(entry[key])
    return f"entry {int(position) + 1}"


def _reason(error: ValidationError) -> str:
    if error.validator == "required":
        return f"missing: {error.message.split(' is a required')[0]}"
    if error.validator == "maximum":
        return f"{error.instance} is more than {error.validator_value}"
    if error.validator == "minimum":
        return f"{error.instance} is less than {error.validator_value}"
    return error.message if len(error.message) < 200 else f"{error.message[:200]} ..."
