"""The rules that tracks, tools and exercises keep."""

from collections.abc import Iterator

from coachwork.kit.content import copywriting
from coachwork.kit.content.book import Book, Page
from coachwork.kit.content.shelves import Entry, code_of
from coachwork.kit.content.track_values import ENDINGS, IF_THEN

LONGEST_IDEA = 200  # words of a stage's idea
READING = 5  # minutes of a stage for its idea, its model pair, the question and the asking


def tracks_fit_into_their_weeks(book: Book) -> Iterator[str]:
    """A stage a week, and the minutes of a stage hold what it asks for."""
    for page, entry in book.entries("tracks"):
        if entry["weeks"] != len(entry["stages"]):
            yield f"{page.path}: {entry['weeks']} weeks and {len(entry['stages'])} stages"
        for stage in entry["stages"]:
            for problem in _stage_problems(entry, stage):
                yield f"{page.path}: {stage['name']}: {problem}"


def _stage_problems(track: Entry, stage: Entry) -> Iterator[str]:
    words = copywriting.words(stage["idea"])
    if words > LONGEST_IDEA:
        yield f"an idea of {words} words, not {LONGEST_IDEA} at most"
    if stage.get("rest"):
        return
    asked = READING + stage["try"]["minutes"] + sum(one["minutes"] for one in stage["do"])
    if asked > stage["minutes"]:
        yield f"asks for {asked} minutes and says {stage['minutes']}"
    if stage["behaviour"] not in track["behaviours"]:
        yield f"{stage['behaviour']} is not a behaviour of this track"


def practise_refers_to_what_is_there(book: Book) -> Iterator[str]:
    for page, entry, wanted, known in _references(book):
        for code in wanted:
            if code not in known:
                yield f"{page.path}: {entry['code']}: there is no {code}"


def _references(book: Book) -> Iterator[tuple[Page, Entry, list[str], set[str]]]:
    tracks = {entry["code"] for _page, entry in book.entries("tracks")}
    tools = {entry["code"] for _page, entry in book.entries("tools")}
    for page, entry in book.entries("problem_cards"):
        yield page, entry, [*entry["tracks"], entry["tool"]], tracks | tools
    for page, entry in book.entries("purpose_packs"):
        yield page, entry, entry["tracks"], tracks
    for kind, key in (("cases", "rubric"), ("observer_sheets", "ticks")):
        for page, entry in book.entries(kind):
            known = book.frameworks.get(page.body["framework"], set())
            yield page, entry, [row["behaviour"] for row in entry[key]], known


def tools_lead_to_an_end(book: Book) -> Iterator[str]:
    """From the first question each is reached, and from each there is a way to an if-then."""
    for page, entry in book.entries("tools"):
        for problem in tool_problems(entry):
            yield f"{page.path}: {entry['code']}: {problem}"


def tool_problems(entry: Entry) -> Iterator[str]:
    ways = _ways(entry["questions"])
    for code, targets in ways.items():
        for target in sorted(targets - ways.keys() - set(ENDINGS)):
            yield f"{code} leads to {target}, which is not there"
    first = next(iter(ways))
    for code in sorted(ways.keys() - _reached(ways, first)):
        yield f"nothing leads to {code}"
    for code in ways:
        if IF_THEN not in _reached(ways, code):
            yield f"from {code} there is no way to an if-then"


def _ways(questions: list[Entry]) -> dict[str, set[str]]:
    following = [one["code"] for one in questions[1:]] + [IF_THEN]
    return {
        one["code"]: {way["next"] for way in one.get("options", ())} or {one.get("next", below)}
        for one, below in zip(questions, following, strict=True)
    }


def _reached(ways: dict[str, set[str]], start: str) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        new = ways.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def questions_look_for_what_works_first(book: Book) -> Iterator[str]:
    seen = False
    for page, entry in book.entries("coaching_questions"):
        seen = seen or entry["kind"] == "obstacle"
        if seen and entry["kind"] == "solution":
            yield f"{page.path}: {code_of(entry)}: stands after a question about obstacles"


RULES = (
    tracks_fit_into_their_weeks,
    practise_refers_to_what_is_there,
    tools_lead_to_an_end,
    questions_look_for_what_works_first,
)
