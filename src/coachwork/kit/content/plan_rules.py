"""The rules that plan templates and blueprints keep, so that each plan can really be carried."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from coachwork.kit.content.book import Book
from coachwork.kit.content.plan_values import Span, minutes_by_week
from coachwork.kit.content.shelves import Entry

KINDS = (
    "practice",
    "exercise",
    "project",
    "learning",
    "mentor",
    "feedback",
    "reflection",
    "support",
)
PRACTICE_MINUTES = 10  # a small practice takes this long in a plan unless it says otherwise
REAL = {"practice", "project"}
# What a plan from a template always has, in the words of the linter.
MIX = {
    "no practice in real work in it": REAL,
    "nobody's feedback in it": {"feedback"},
    "nothing to learn in it": {"learning"},
}
LEAST_USED = 0.35  # of the hours; a plan that asks for more time than it uses is not honest


def blueprints_know_their_moments(book: Book) -> Iterator[str]:
    known = _codes(book, "moments")
    for page, entry in book.entries("blueprints"):
        for code in entry["moments"]:
            if code not in known:
                yield f"{page.path}: {entry['code']}: there is no moment {code}"


def blueprints_are_of_all_kinds(book: Book) -> Iterator[str]:
    """A plan wants a choice of each of the eight kinds, for some goal and for any goal."""
    kinds = Counter(entry["kind"] for _page, entry in book.entries("blueprints"))
    for kind in KINDS:
        if kinds and kinds[kind] < 2:
            yield f"blueprints: fewer than two of the kind {kind}"


def templates_refer_to_what_is_there(book: Book) -> Iterator[str]:
    known = {
        "if_thens": _codes(book, "if_thens"),
        "obstacles": _codes(book, "obstacles"),
        "items": set(_sources(book)),
    }
    for page, entry in book.entries("plan_templates"):
        used = {**entry, "items": [item["use"] for item in entry["items"]]}
        for kind, codes in known.items():
            for code in used[kind]:
                if code not in codes:
                    yield f"{page.path}: {kind}: there is no {code}"


def templates_lie_within_their_weeks(book: Book) -> Iterator[str]:
    for page, entry in book.entries("plan_templates"):
        yield from (f"{page.path}: {problem}" for problem in _week_problems(book, entry))


def _week_problems(book: Book, entry: Entry) -> Iterator[str]:
    weeks = entry["weeks"]
    places: defaultdict[str, set[int]] = defaultdict(set)
    for item in entry["items"]:
        use, first, last = item["use"], item["week"], item.get("until")
        if max(first, last or first) > weeks:
            yield f"{use} lies after week {weeks}"
        if last is not None and last <= first:
            yield f"{use} ends in week {last}, not after it begins"
        if (last is not None) != (span_of(item, _sources(book)).cadence != "once"):
            yield f"{use} needs a last week if it comes back, and none if it happens once"
        if first in places[use]:
            yield f"{use} comes twice in week {first}"
        places[use].add(first)
    reviews = entry["review_weeks"]
    if reviews != sorted(reviews) or reviews[-1] > weeks:
        yield "the reviews are not in order, or lie after the last week"


def templates_can_be_carried(book: Book) -> Iterator[str]:
    """Each week fits into its hours, and all of it into the weeks without the reserve."""
    sources = _sources(book)
    for page, entry in book.entries("plan_templates"):
        spans = [span_of(item, sources) for item in entry["items"]]
        hours, free = entry["hours_per_week"], entry["weeks"] - entry["reserve_weeks"]
        load = minutes_by_week(spans, entry["weeks"])
        for week, minutes in enumerate(load, start=1):
            if minutes > hours * 60:
                yield f"{page.path}: week {week} asks for {minutes} of {hours * 60:.0f} minutes"
        if sum(load) > hours * 60 * free:
            yield f"{page.path}: leaves no room for the reserve weeks"
        if sum(load) < hours * 60 * free * LEAST_USED:
            yield f"{page.path}: asks for {hours} hours a week and uses few of them"


def templates_are_a_good_mix(book: Book) -> Iterator[str]:
    sources = _sources(book)
    for page, entry in book.entries("plan_templates"):
        kinds = {sources[item["use"]]["kind"] for item in entry["items"] if item["use"] in sources}
        for lack, wanted in MIX.items():
            if not kinds & wanted:
                yield f"{page.path}: {lack}"
        first = {item["week"] for item in entry["items"]}
        if 1 not in first:
            yield f"{page.path}: nothing to begin with in the first week"
        yield from (f"{page.path}: {problem}" for problem in _about(entry, sources))


def _about(entry: Entry, sources: Mapping[str, Entry]) -> Iterator[str]:
    """Each competency of a template is practised by at least one of its items."""
    trained = {
        code
        for item in entry["items"]
        for code in sources.get(item["use"], {}).get("competencies", ())
    }
    for code in entry["competencies"]:
        if code not in trained:
            yield f"nothing in it trains {code}"


def span_of(item: Mapping[str, Any], sources: Mapping[str, Entry]) -> Span:
    """When an item of a template is done, with what its source says where it says nothing."""
    source = sources.get(item["use"], {"minutes": PRACTICE_MINUTES, "cadence": "once"})
    return Span(
        week=item["week"],
        until=item.get("until"),
        minutes=item.get("minutes", source["minutes"]),
        cadence=item.get("cadence", source["cadence"]),
    )


def _sources(book: Book) -> dict[str, Entry]:
    """What an item of a template may use, by its code: small practices, and blueprints."""
    found: dict[str, Entry] = {
        entry["code"]: {
            "kind": "practice",
            "minutes": PRACTICE_MINUTES,
            "cadence": "once",
            "competencies": [entry["competency"]],
        }
        for _page, entry in book.entries("practices")
    }
    return found | {entry["code"]: entry for _page, entry in book.entries("blueprints")}


def _codes(book: Book, kind: str) -> set[str]:
    return {entry["code"] for _page, entry in book.entries(kind)}


RULES = (
    blueprints_know_their_moments,
    blueprints_are_of_all_kinds,
    templates_refer_to_what_is_there,
    templates_lie_within_their_weeks,
    templates_can_be_carried,
    templates_are_a_good_mix,
)
