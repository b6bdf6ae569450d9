"""Find competencies, roles, skills and occupations by any of their names, as you type."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from coachwork.frameworks.models import Competency, Concept, Label, RoleProfile
from coachwork.frameworks.queries import vocabulary
from coachwork.kit import folding
from coachwork.people import access
from coachwork.people.models import User

KINDS: tuple[str, ...] = (
    "competency",
    "role",
    "occupation",
    "skill",
    "knowledge",
    "ability",
    "activity",
    "style",
    "tool",
)
MOST_WORDS = 12
MOST_HITS = 50
# Several names lead to one thing, so more names than hits are looked at.
NAMES_A_HIT, MORE = 6, 6

SQLITE = """
SELECT e.id, e.kind, e.concept_id, e.competency_id, e.role_id, e.preferred, e.text, e.words
FROM frameworks_found f CROSS JOIN frameworks_entry e ON e.id = f.rowid
WHERE frameworks_found MATCH %s AND {mine} ORDER BY f.rowid LIMIT %s
"""
# Kinds are a column here: as words in the index they would be in half of all names.
POSTGRES = """
WITH e AS MATERIALIZED (
  SELECT id, kind, organisation_id FROM frameworks_entry
  WHERE array_to_tsvector(string_to_array(words, ' ')) @@ %s::tsquery
), best AS (
  SELECT id FROM e WHERE {mine} ORDER BY id LIMIT %s
)
SELECT e.id, e.kind, e.concept_id, e.competency_id, e.role_id, e.preferred, e.text, e.words
FROM best JOIN frameworks_entry e USING (id) ORDER BY e.id
"""


@dataclass
class Hit:
    """One thing that was found."""

    kind: str
    key: int | UUID
    name: str
    matched: str  # the name by which it was found
    summary: str = ""
    source: str = ""
    locale: str = "en"
    deprecated: bool = False
    catalogue: str = ""
    row: Competency | RoleProfile | Concept | None = field(default=None, repr=False)

    @property
    def also_known_as(self) -> str:
        """The other name that led here, where it was not the name that is shown."""
        return self.matched if folding.words(self.matched) != folding.words(self.name) else ""


Alternatives = list[list[str]]  # for each word, the beginnings of words that would do


def search(
    *,
    actor: User,
    text: str,
    kinds: Sequence[str] | None = None,
    limit: int = 10,
    locale: str | None = None,
) -> list[Hit]:
    """The best hits; words in any order, the last one unfinished, slips of the finger forgiven."""
    words = asked(text)
    limit = max(1, min(limit, MOST_HITS))
    mine = list(access.memberships(actor).values_list("organisation_id", flat=True).distinct())
    wanted = [kind for kind in kinds if kind in KINDS] if kinds is not None else []
    if not words or (kinds is not None and not wanted):
        return []
    rows = _exactly_or_nearly(words, wanted, mine, limit)
    return _shown(_distinct(rows, words)[:limit], locale or "en")


def asked(text: str) -> list[str]:
    """The words to look for; a single letter at the end is only the beginning of one."""
    words = folding.words(text)[:MOST_WORDS]
    if len(words) > 1 and len(words[-1]) == 1:
        words = words[:-1]
    return list(dict.fromkeys(words))


def _exactly_or_nearly(
    words: list[str], kinds: list[str], mine: list[UUID], limit: int
) -> list[tuple[Any, ...]]:
    rows = _found([[word] for word in words], kinds, mine, limit)
    if rows:
        return rows
    known = vocabulary.current()
    unknown = [not known.begins(word) for word in words]
    # A slip may also make another word that exists: then each word may be one.
    doubted = unknown if any(unknown) else [True] * len(words)
    choices = [
        [
            *([] if lost else [word]),
            *(_corrected(known, word, last=place == len(words) - 1) if doubt else []),
        ]
        for place, (word, lost, doubt) in enumerate(zip(words, unknown, doubted, strict=True))
    ]
    kept = [one for one in choices if one]
    rows = _found(kept, kinds, mine, limit) if kept else []
    # One word too many: whatever has all the others.
    for left_out in range(len(kept) if len(kept) > 1 and not rows else 0):
        rows += _found(kept[:left_out] + kept[left_out + 1 :], kinds, mine, limit)
    return sorted(set(rows))


def _corrected(known: vocabulary.Vocabulary, word: str, *, last: bool) -> list[str]:
    return known.near(word) or (known.near(word, unfinished=True) if last else [])


def _found(
    choices: Alternatives, kinds: list[str], mine: list[UUID], limit: int
) -> list[tuple[Any, ...]]:
    """The names that fit, best first: enough of them for `limit` different things."""
    names = limit * NAMES_A_HIT
    rows = _names(choices, kinds, mine, names)
    if len(rows) == names and len({row[2:5] for row in rows}) < limit:
        rows = _names(choices, kinds, mine, names * MORE)
    return rows


def _names(
    choices: Alternatives, kinds: list[str], mine: list[UUID], most: int
) -> list[tuple[Any, ...]]:
    postgres = connection.vendor == "postgresql"
    conditions = [_among("e.organisation_id", mine, "e.organisation_id IS NULL")]
    keys: list[str | UUID] = [key if postgres else key.hex for key in mine]
    if postgres and kinds:
        conditions.append(_among("e.kind", kinds))
        keys += kinds
    asked = _postgres_match(choices) if postgres else _sqlite_match(choices, kinds)
    query = (POSTGRES if postgres else SQLITE).format(mine=" AND ".join(conditions))
    with connection.cursor() as cursor:
        cursor.execute(query, [asked, *keys, most])
        return [tuple(row) for row in cursor.fetchall()]


def _among(column: str, values: Sequence[object], otherwise: str = "") -> str:
    places = ", ".join(["%s"] * len(values))
    parts = [otherwise] * bool(otherwise) + [f"{column} IN ({places})"] * bool(values)
    return f"({' OR '.join(parts)})"


def _sqlite_match(choices: Alternatives, kinds: list[str]) -> str:
    """The question in the language of FTS5. Words hold letters, digits, + and # only."""
    groups = [[f'"{word}"*' if len(word) > 1 else f'"{word}"' for word in one] for one in choices]
    groups += [[f'"#{kind}"' for kind in kinds]] if kinds else []
    return " AND ".join(f"({' OR '.join(group)})" for group in groups)


def _postgres_match(choices: Alternatives) -> str:
    groups = [[f"'{word}':*" if len(word) > 1 else f"'{word}'" for word in one] for one in choices]
    return " & ".join(f"({' | '.join(group)})" for group in groups)


def _distinct(rows: Iterable[tuple[Any, ...]], words: list[str]) -> list[tuple[Any, ...]]:
    """Each thing once, by its best name; a name that is just what was typed comes first."""
    whole = " ".join(words)

    def order(row: tuple[Any, ...]) -> tuple[bool, bool, int]:
        name = row[7].partition(" ")[2]
        return name != whole, not name.startswith(whole), row[0]

    best: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for row in sorted(rows, key=order):
        best.setdefault(row[2:5], row)
    return list(best.values())


def _shown(rows: list[tuple[Any, ...]], locale: str) -> list[Hit]:
    """The hits with the words to show, asked for in one go for each table."""
    concepts = Concept.objects.in_bulk([row[2] for row in rows if row[2] is not None])
    competencies = Competency.objects.select_related("framework").in_bulk(
        [_uuid(row[3]) for row in rows if row[3] is not None]
    )
    roles = RoleProfile.objects.select_related("framework").in_bulk(
        [_uuid(row[4]) for row in rows if row[4] is not None]
    )
    names = _local_names(concepts, locale)
    hits: list[Hit] = []
    for _place, kind, concept, competency, role, _preferred, text, _words in rows:
        if concept in concepts:
            hits.append(_concept_hit(concepts[concept], names.get(concept), text))
        elif competency is not None and _uuid(competency) in competencies:
            one = competencies[_uuid(competency)]
            hits.append(
                Hit(kind, one.pk, one.worded("name", locale), text,
                    one.worded("description", locale), one.framework.name,
                    one.spoken(locale), row=one)
            )  # fmt: skip
        elif role is not None and _uuid(role) in roles:
            aim = roles[_uuid(role)]
            from_onet = aim.source == RoleProfile.Source.ONET
            hits.append(
                Hit(kind, aim.pk, aim.worded("title", locale), text,
                    aim.worded("summary", locale), aim.get_source_display(),
                    aim.spoken(locale), catalogue="onet" if from_onet else "", row=aim)
            )  # fmt: skip
    return hits


def _concept_hit(concept: Concept, local: str | None, text: str) -> Hit:
    return Hit(
        concept.kind,
        concept.pk,
        local or concept.name,
        text,
        concept.description,
        {"onet": "O*NET", "esco": "ESCO"}.get(concept.source, concept.source),
        concept.locale,
        concept.deprecated,
        concept.source,
        concept,
    )


def _local_names(concepts: dict[int, Concept], locale: str) -> dict[int, str]:
    """Names in the reader's language, where the concept came in another."""
    others = [key for key, concept in concepts.items() if concept.locale != locale]
    if not others:
        return {}
    rows = Label.objects.filter(concept__in=others, locale=locale, kind="preferred")
    return dict(rows.values_list("concept_id", "text"))


def _uuid(key: UUID | str) -> UUID:
    return key if isinstance(key, UUID) else UUID(key)
