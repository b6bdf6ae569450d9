"""The rules that shipped content keeps, each with a sentence for whoever breaks it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from coachwork.kit.content import anchors, copywriting, shelves
from coachwork.kit.content.book import Book, Page, folder_reference, strings
from coachwork.kit.content.shelves import Entry
from coachwork.kit.content.values import PLACEHOLDER, SLOT

KNOWLEDGE_LEAST = 10  # questions about a competency
ASKED_OF_EACH = 3  # behaviours of a competency in a questionnaire for others
# Words in a field: fewest and most.
LENGTHS: dict[tuple[str, str], tuple[int, int]] = {
    ("frameworks", "description"): (3, 30),
    ("role_profiles", "title"): (1, 6),
    ("role_profiles", "summary"): (8, 40),
    ("moments", "hint"): (5, 25),
    ("if_thens", "if"): (3, 18),
    ("if_thens", "then"): (4, 25),
    ("obstacles", "name"): (2, 12),
    ("obstacles", "prompt"): (4, 25),
    ("goal_frames", "hint"): (4, 25),
    ("gas_examples", "goal"): (3, 16),
    ("practices", "title"): (1, 6),
    ("practices", "first_step"): (8, 35),
    ("practices", "done_when"): (3, 20),
    ("messages", "subject"): (2, 12),
    ("messages", "body"): (10, 90),
    ("questionnaires", "name"): (2, 10),
    ("questionnaires", "hint"): (5, 25),
    ("questionnaires", "stem"): (8, 25),
    ("open_questions", "prompt"): (4, 25),
    ("prompts", "hint"): (4, 25),
    ("prompts", "prompts"): (2, 16),
    ("lenses", "prompt"): (5, 25),
    ("vignettes", "scene"): (12, 35),
    ("vignettes", "because"): (10, 35),
    ("knowledge", "question"): (5, 35),
    ("knowledge", "because"): (10, 35),
    ("blueprints", "title"): (2, 10),
    ("blueprints", "first_step"): (8, 35),
    ("blueprints", "done_when"): (3, 20),
    ("blueprints", "evidence"): (2, 20),
    ("plan_templates", "title"): (1, 8),
    ("plan_templates", "summary"): (12, 45),
    ("plan_templates", "goal"): (12, 45),
}


def frameworks_lie_in_their_folder(book: Book) -> Iterator[str]:
    named = set()
    for page in book.of("framework"):
        named.add(folder_reference(page))
        if shelves.reference(page.body) != folder_reference(page):
            yield f"{page.path}: says {shelves.reference(page.body)}, and lies in another folder"
    for page in book.of("competencies"):
        if folder_reference(page) not in named:
            yield f"{page.path}: no framework.yaml beside it"


def codes_come_once(book: Book) -> Iterator[str]:
    """No code twice: practice, evidence and translations find things by it."""
    places: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for scope, code, path in _coded(book):
        places[scope, code].append(path)
    for (_scope, code), paths in places.items():
        if len(paths) > 1:
            yield f"{paths[-1]}: {code} comes {len(paths)} times, first in {paths[0]}"


def _coded(book: Book) -> Iterator[tuple[str, str, str]]:
    for page in book.of("competencies"):
        yield folder_reference(page), page.body["group"]["code"], page.path
    for page, one in book.competencies():
        for code in (one["code"], *(behaviour["code"] for behaviour in one["behaviours"])):
            yield folder_reference(page), code, page.path
    for kind in shelves.KINDS:
        for page, entry in book.entries(kind):
            yield kind, shelves.code_of(entry), page.path
    for page in book.of("translation"):
        scope = f"{page.body['locale']} {page.body['translates']}"
        for entry in page.body["entries"]:
            yield scope, entry["code"], page.path


def codes_fit_together(book: Book) -> Iterator[str]:
    """A part's code begins with the code of its competency, so that a code alone says where."""
    for page, one in book.competencies():
        for behaviour in one["behaviours"]:
            if not behaviour["code"].startswith(f"{one['code']}."):
                yield f"{page.path}: {behaviour['code']} stands under {one['code']}"
    for page, entry in book.entries("practices"):
        for code in (entry["code"], entry["behaviour"]):
            if not code.startswith(f"{entry['competency']}."):
                yield f"{page.path}: {code} stands under {entry['competency']}"


def codes_are_known(book: Book) -> Iterator[str]:
    moments = {entry["code"] for _page, entry in book.entries("moments")}
    for kind in shelves.KINDS:
        for page, entry in book.entries(kind):
            yield from _unknown(book, page, entry)
            if kind == "if_thens" and entry["moment"] not in moments:
                yield f"{page.path}: {entry['code']}: there is no moment {entry['moment']}"


def _unknown(book: Book, page: Page, entry: Entry) -> Iterator[str]:
    reference = page.body.get("framework")
    if page.kind == "role_profiles":
        reference = f"{reference}/v{page.body['version']}"
    if reference is None:
        return
    if reference not in book.frameworks:
        yield f"{page.path}: there is no framework {reference}"
        return
    used = [*entry.get("competencies", ()), entry.get("competency"), entry.get("behaviour")]
    used += [target["competency"] for target in entry.get("targets", ())]
    used += entry.get("behaviours", ())
    for code in used:
        if code is not None and code not in book.frameworks[reference]:
            yield f"{page.path}: {shelves.code_of(entry)}: there is no {code} in {reference}"


def behaviours_can_be_seen(book: Book) -> Iterator[str]:
    for page, one in book.competencies():
        for behaviour in one["behaviours"]:
            for problem in anchors.behaviour_problems(behaviour["text"]):
                yield f"{page.path}: {behaviour['code']}: {problem}"
        eligible = sum(behaviour["eligible_360"] for behaviour in one["behaviours"])
        if one["observable_by_others"] and eligible < 3:
            yield f"{page.path}: {one['code']}: fewer than three behaviours to ask others"
        if not one["observable_by_others"] and eligible:
            yield f"{page.path}: {one['code']}: others cannot see it, and are asked about it"


def anchors_hold(book: Book) -> Iterator[str]:
    for page, one in book.competencies():
        for problem in anchors.anchor_problems(one["anchors"]):
            yield f"{page.path}: {one['code']}: {problem}"


def profiles_are_in_order(book: Book) -> Iterator[str]:
    for page in book.of("role_profile"):
        targets = page.body["targets"]
        codes = [target["competency"] for target in targets]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            yield f"{page.path}: {code} comes twice"
        weights = [target["importance"] for target in targets]
        if weights != sorted(weights, reverse=True):
            yield f"{page.path}: importance rises down the list; put the most important first"


def messages_say_what_they_use(book: Book) -> Iterator[str]:
    for page, entry in book.entries("messages"):
        for problem in message_problems(entry):
            yield f"{page.path}: {entry['code']}: {problem}"


def message_problems(entry: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the fields, buttons and tone of one message."""
    text = f"{entry['subject']}\n{entry['body']}"
    buttons = {button["field"] for button in entry["buttons"]}
    used = set(PLACEHOLDER.findall(text)) | buttons
    declared = {field["name"] for field in entry["fields"]}
    yield from (f"{{{name}}} is used but not declared" for name in sorted(used - declared))
    yield from (f"{{{name}}} is declared but not used" for name in sorted(declared - used))
    bare = PLACEHOLDER.sub("", text)
    if "{" in bare or "}" in bare:
        yield "has a brace that is not part of a {field}"
    if "!" in entry["subject"]:
        yield "the subject shouts (!)"
    if entry["purpose"] == "nudge" and "pause_url" not in buttons:
        yield "a nudge needs a button to pause, with the field pause_url"


def frames_have_their_slots(book: Book) -> Iterator[str]:
    for page, entry in book.entries("goal_frames"):
        for problem in frame_problems(entry):
            yield f"{page.path}: {entry['code']}: {problem}"


def frame_problems(entry: Mapping[str, Any]) -> Iterator[str]:
    used = SLOT.findall(entry["frame"])
    declared = [slot["name"] for slot in entry["slots"]]
    yield from (f"[{name}] is used but not declared" for name in used if name not in declared)
    yield from (f"[{name}] is declared but not used" for name in declared if name not in used)


def rungs_differ(book: Book) -> Iterator[str]:
    for page, entry in book.entries("gas_examples"):
        texts = [" ".join(text.lower().split()) for text in entry["rungs"].values()]
        if len(set(texts)) < len(texts):
            yield f"{page.path}: {entry['code']}: two rungs say the same"


def each_competency_has_practices(book: Book) -> Iterator[str]:
    count = Counter(entry["competency"] for _page, entry in book.entries("practices"))
    for page, one in book.competencies():
        if count[one["code"]] < 2:
            yield f"{page.path}: {one['code']}: fewer than two practices to suggest"


def texts_have_their_length(book: Book) -> Iterator[str]:
    for page, entry in _worded(book):
        for key, text in entry.items():
            low, high = LENGTHS.get((page.kind, key), (0, 1000))
            if isinstance(text, str) and not low <= copywriting.words(text) <= high:
                count = copywriting.words(text)
                where = f"{page.path}: {shelves.code_of(entry)}: {key}"
                yield f"{where} has {count} words, not {low} to {high}"


def _worded(book: Book) -> Iterator[tuple[Page, Entry]]:
    yield from book.competencies()
    for kind in shelves.KINDS:
        yield from book.entries(kind)


def copy_is_kind(book: Book) -> Iterator[str]:
    """No guilt, fear, pressure or promise, and no sentence that needs two breaths."""
    for page in book.pages:
        for place, text in strings(page.body):
            for name in copywriting.banned(text, page.body["locale"]):
                yield f'{page.path}: {place}: says "{name}", which Coachwork never does'
            longest = copywriting.longest_sentence(text)
            if longest > copywriting.LONGEST_SENTENCE:
                yield f"{page.path}: {place}: a sentence of {longest} words"


def raters_are_asked_what_they_can_see(book: Book) -> Iterator[str]:
    """Three behaviours of each competency that others can see, and 24 to 36 questions in all."""
    seen = {
        (folder_reference(page), one["code"]): [b["eligible_360"] for b in one["behaviours"]]
        for page, one in book.competencies()
    }
    for page in book.of("questionnaires"):
        codes = [code for entry in page.body["entries"] for code in entry["competencies"]]
        for code in codes:
            if not all(seen.get((page.body["framework"], code), [False])[:ASKED_OF_EACH]):
                yield f"{page.path}: {code}: its first behaviours are not for others to judge"
        parts = page.body["entries"]
        core = [code for one in parts if not one["leads"] for code in one["competencies"]]
        left_out = {code for one in parts for code in one["instead_of"]}
        if not left_out <= set(core):
            yield f"{page.path}: {', '.join(sorted(left_out - set(core)))}: is not in the core"
        led = [code for code in codes if code not in left_out]
        for name, some in (("the core", core), ("the form for people who lead", led)):
            if not 24 <= len(some) * ASKED_OF_EACH <= 36:
                yield f"{page.path}: {name} asks {len(some) * ASKED_OF_EACH} questions, not 24-36"


def vignettes_come_in_pairs(book: Book) -> Iterator[str]:
    pairs: defaultdict[str, list[Entry]] = defaultdict(list)
    for _page, entry in book.entries("vignettes"):
        pairs[entry["pair"]].append(entry)
    for name, both in pairs.items():
        if len(both) != 2 or both[0]["level"] == both[1]["level"]:
            yield f"vignettes.yaml: {name}: a pair is two scenes of two levels"
        elif both[0]["competency"] != both[1]["competency"]:
            yield f"vignettes.yaml: {name}: the two scenes are about one competency"


def _longest(entry: Entry) -> str:
    return max("abcd", key=lambda letter: len(entry[letter]))


def knowledge_can_be_checked(book: Book) -> Iterator[str]:
    """Enough questions of each difficulty, and no way to be right without knowing."""
    of: defaultdict[str, list[Entry]] = defaultdict(list)
    for page, entry in book.entries("knowledge"):
        of[entry["competency"]].append(entry)
        options = [entry[letter] for letter in "abcd"]
        if len({text.casefold() for text in options}) < len(options):
            yield f"{page.path}: {entry['code']}: two answers that say the same"
    for code, asked in of.items():
        if len(asked) < KNOWLEDGE_LEAST:
            yield f"knowledge: {code} has {len(asked)} questions, not {KNOWLEDGE_LEAST}"
        hard = Counter(entry["difficulty"] for entry in asked)
        if min(hard[name] for name in ("easy", "middling", "hard")) < 2:
            yield f"knowledge: {code}: fewer than two questions of a difficulty"
        right = Counter(entry["answer"] for entry in asked)
        if max(right.values()) > len(asked) * 0.4:
            yield f"knowledge: {code}: one letter is right too often"
        longest = sum(_longest(entry) == entry["answer"] for entry in asked)
        if longest > len(asked) * 0.5:
            yield f"knowledge: {code}: the longest answer is right too often"


def held_words_come_once(book: Book) -> Iterator[str]:
    """A longer row of words is of no use where a shorter one within it is held anyway."""
    words = [f" {one} " for _page, entry in book.entries("held_words") for one in entry["words"]]
    for place, one in enumerate(words):
        if any(other in one for number, other in enumerate(words) if number != place):
            yield f"held_words.yaml: {one.strip()}: is held already"


Rule = Callable[[Book], Iterator[str]]
RULES: tuple[Rule, ...] = (
    frameworks_lie_in_their_folder,
    codes_come_once,
    codes_fit_together,
    codes_are_known,
    behaviours_can_be_seen,
    anchors_hold,
    profiles_are_in_order,
    messages_say_what_they_use,
    frames_have_their_slots,
    rungs_differ,
    each_competency_has_practices,
    raters_are_asked_what_they_can_see,
    vignettes_come_in_pairs,
    knowledge_can_be_checked,
    held_words_come_once,
    texts_have_their_length,
    copy_is_kind,
)
