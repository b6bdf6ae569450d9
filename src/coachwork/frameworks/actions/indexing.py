"""Keep the search index in step with what can be found; always within the change itself."""

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from coachwork.frameworks.actions import bulk
from coachwork.frameworks.models import (
    Competency,
    Concept,
    Entry,
    Framework,
    Index,
    RoleProfile,
    Word,
)
from coachwork.kit import folding
from coachwork.kit.ids import new_id

# The place in the results goes before the running number in the key of an entry.
NUMBER_BITS = 40
LONGEST = 800
SEARCHED = ("skill", "knowledge", "ability", "activity", "style", "tool", "occupation")

# What comes first among names that fit alike: what is ours, what is short, what many jobs need.
START = 1000
BY_KIND = {"role": -400, "competency": -400, "ability": 30, "activity": 30, "style": 30, "tool": 40}
OTHER_NAME = {"preferred": 0, "other": 25, "hidden": 45}
A_WORD, LONGEST_COUNTED, LETTERS = 14, 20, 6
POPULAR = 8
DEPRECATED = 800


class Name(NamedTuple):
    """One name that leads to something."""

    kind: str
    text: str
    locale: str
    naming: str = "preferred"
    popularity: int = 0
    deprecated: bool = False
    concept: int | None = None
    competency: UUID | None = None
    role: UUID | None = None
    organisation: UUID | None = None


def place(name: Name, words: list[str]) -> int:
    """Where a name comes among all that fit; 0 is first."""
    length = A_WORD * min(len(words), LONGEST_COUNTED) + min(len(name.text) // LETTERS, 30)
    popular = round(POPULAR * math.log2(1 + name.popularity))
    weight = BY_KIND.get(name.kind, 0) + OTHER_NAME[name.naming] + length - popular
    return max(0, START + weight + (DEPRECATED if name.deprecated else 0))


@transaction.atomic
def replace(origin: str, names: Iterable[Name]) -> None:
    """Put these names in the place of all that came from there."""
    index = _locked()
    change: Counter[str] = Counter()
    there = Entry.objects.filter(origin=origin)
    for words in there.values_list("words", flat=True).iterator(chunk_size=20_000):
        change.subtract(set(words.split(" ")[1:]))
    _full_text("delete", origin)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM frameworks_entry WHERE origin = %s", [origin])
    before = index.last_number
    numbers = itertools.count(before + 1)

    def rows() -> Iterator[tuple[object, ...]]:
        for name, words in _distinct(names):
            change.update(set(words))
            index.last_number = next(numbers)
            yield _row(origin, name, words, index.last_number)

    bulk.insert(Entry, COLUMNS, rows())
    _full_text("insert", origin)
    _count_words(change)
    index.edition = new_id()
    index.save()
    if index.last_number - before > bulk.MANY and connection.vendor == "postgresql":
        _settle()


def _full_text(change: str, origin: str) -> None:
    """On SQLite: tell the full-text table, in one statement and with rising keys, for speed."""
    if connection.vendor == "postgresql":
        return
    head, first = {
        "delete": ("(frameworks_found, rowid, words)", "'delete', "),
        "insert": ("(rowid, words)", ""),
    }[change]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO frameworks_found {head} SELECT {first}id, words "
            "FROM frameworks_entry WHERE origin = %s ORDER BY id",
            [origin],
        )


COLUMNS = (
    "id", "origin", "kind", "concept_id", "competency_id", "role_id", "organisation_id", "locale",
    "preferred", "text", "words",
)  # fmt: skip


def _row(origin: str, name: Name, words: list[str], number: int) -> tuple[object, ...]:
    return (
        (place(name, words) << NUMBER_BITS) | number,
        origin,
        name.kind,
        name.concept,
        bulk.stored(name.competency),
        bulk.stored(name.role),
        bulk.stored(name.organisation),
        name.locale,
        name.naming == "preferred",
        name.text,
        " ".join((f"#{name.kind}", *words)),
    )


def _distinct(names: Iterable[Name]) -> Iterator[tuple[Name, list[str]]]:
    """The names that have words in them, each once for what it leads to."""
    seen: set[tuple[object, str]] = set()
    for name in names:
        words = folding.words(name.text)
        while sum(map(len, words)) + len(words) > LONGEST:
            words.pop()
        key = (name.concept or name.competency or name.role, " ".join(words))
        if words and key not in seen:
            seen.add(key)
            yield name, words


def _locked() -> Index:
    """The state of the index; one change at a time."""
    _index, first = Index.objects.get_or_create(id=1, defaults={"edition": new_id()})
    if first and connection.vendor != "postgresql":
        # Whatever was there before the beginning, such as in a database that was emptied.
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO frameworks_found (frameworks_found) VALUES ('rebuild')")
    return Index.objects.select_for_update().get(id=1)


def _count_words(change: Counter[str]) -> None:
    moved = [word for word, count in change.items() if count]
    here = dict(Word.objects.values_list("word", "names"))
    new = [(word, change[word]) for word in moved if word not in here]
    bulk.insert(Word, ("word", "names"), new)
    bulk.update(
        Word, ("names",), [(here[word] + change[word], word) for word in moved if word in here]
    )
    Word.objects.filter(names__lte=0).delete()


def _settle() -> None:
    """On PostgreSQL: bring what was added in one go into the index itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('frameworks_found')")


def index_catalogue(source: str) -> None:
    """Every name of what a catalogue has, in every language it came in."""
    replace(f"catalogue:{source}", _catalogue_names(source))


def _catalogue_names(source: str) -> Iterator[Name]:
    rows = (
        Concept.objects.filter(source=source, kind__in=SEARCHED)
        # The preferred name first, so that it wins over the same words as another name.
        .order_by("-labels__kind")
        .values_list(
            "pk", "kind", "popularity", "deprecated",
            "labels__kind", "labels__text", "labels__locale",
        )
    )  # fmt: skip
    for pk, kind, popularity, deprecated, naming, text, locale in rows.iterator(chunk_size=20_000):
        if text:
            yield Name(kind, text, locale, naming, popularity, deprecated, concept=pk)


def index_framework(framework: Framework) -> None:
    """The competencies and role profiles of a framework; none of them unless it is published."""
    published = framework.status == Framework.Status.PUBLISHED
    replace(f"framework:{framework.pk}", _framework_names(framework) if published else ())


def _framework_names(framework: Framework) -> Iterator[Name]:
    owner = framework.organisation_id
    # What a catalogue names already would only come twice.
    if framework.source != "onet":
        for competency in Competency.objects.filter(framework=framework):
            for locale, text in _spoken(competency, "name", framework.locale):
                yield Name("competency", text, locale, competency=competency.pk, organisation=owner)
    for role in RoleProfile.objects.filter(framework=framework, retired_at__isnull=True):
        for locale, text in _spoken(role, "title", framework.locale):
            yield Name("role", text, locale, role=role.pk, organisation=role.organisation_id)


def _spoken(row: Competency | RoleProfile, field: str, locale: str) -> Iterator[tuple[str, str]]:
    yield locale, getattr(row, field)
    for language, words in row.translations.items():
        if words.get(field):
            yield language, words[field]
