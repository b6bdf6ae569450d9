"""Where each kind of content lies, which of its fields are text to translate, and its entries."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Literal

from coachwork.kit.content import reading
from coachwork.kit.content.reading import Folder, Unreadable

Kind = Literal[
    "frameworks",
    "role_profiles",
    "scale",
    "moments",
    "if_thens",
    "obstacles",
    "goal_frames",
    "gas_examples",
    "practices",
    "messages",
    "questionnaires",
    "open_questions",
    "vignettes",
    "held_words",
    "blueprints",
    "plan_templates",
    "knowledge",
    "prompts",
    "lenses",
    "tracks",
    "tools",
    "coaching_questions",
    "conversation_planners",
    "feeling_words",
    "body_cues",
    "problem_cards",
    "purpose_packs",
    "cases",
    "challenges",
    "observer_sheets",
    "team_exercises",
    "role_plays",
    "check_ins",
    "stuck",
]
Entry = dict[str, Any]
SOURCE_LOCALE = "en"


@dataclass(frozen=True, slots=True)
class Shelf:
    """One kind: the files it is in, the schema they follow, the fields that are text."""

    kind: Kind
    pattern: str
    schema: str
    texts: tuple[str, ...]


SHELVES = (
    Shelf("frameworks", "frameworks/*/v*/framework.yaml", "framework", ("name", "description")),
    Shelf(
        "frameworks",
        "frameworks/*/v*/*.yaml",
        "competencies",
        ("name", "description", "behaviours", "anchors"),
    ),
    Shelf("role_profiles", "role_profiles/*.yaml", "role_profile", ("title", "summary")),
    Shelf("scale", "scale.yaml", "scale", ("word", "behaviour", "rubric")),
    Shelf("moments", "moments/*.yaml", "moments", ("name", "hint")),
    Shelf("if_thens", "if_thens/*.yaml", "if_thens", ("if", "then")),
    Shelf("obstacles", "obstacles.yaml", "obstacles", ("name", "prompt")),
    Shelf("goal_frames", "goal_frames.yaml", "goal_frames", ("name", "hint", "frame", "slots")),
    Shelf("gas_examples", "gas_examples.yaml", "gas_examples", ("goal", "rungs")),
    Shelf("practices", "practices/*.yaml", "practices", ("title", "first_step", "done_when")),
    Shelf("messages", "messages/*.yaml", "messages", ("subject", "body", "buttons")),
    Shelf("questionnaires", "questionnaires/*.yaml", "questionnaires", ("name", "hint", "stem")),
    Shelf("open_questions", "open_questions.yaml", "open_questions", ("prompt",)),
    Shelf("vignettes", "vignettes.yaml", "vignettes", ("scene", "because")),
    Shelf("held_words", "held_words.yaml", "held_words", ()),
    Shelf(
        "blueprints",
        "blueprints/*.yaml",
        "blueprints",
        ("title", "first_step", "done_when", "evidence"),
    ),
    Shelf("plan_templates", "plan_templates/*.yaml", "plan_template", ("title", "summary", "goal")),
    Shelf(
        "knowledge", "knowledge/*.yaml", "knowledge", ("question", "a", "b", "c", "d", "because")
    ),
    Shelf("prompts", "prompts.yaml", "prompts", ("name", "hint", "prompts")),
    Shelf("lenses", "lenses.yaml", "lenses", ("name", "prompt")),
    Shelf("tracks", "tracks/*.yaml", "track", ("title", "summary")),
    Shelf("tools", "tools/*.yaml", "tools", ("title", "summary", "when", "background")),
    Shelf("coaching_questions", "coaching_questions.yaml", "coaching_questions", ("theme", "text")),
    Shelf(
        "conversation_planners",
        "conversation_planners.yaml",
        "conversation_planners",
        ("title", "with_whom", "aim", "listen_for", "if_it_goes_wrong", "close", "after_note"),
    ),
    Shelf("feeling_words", "feeling_words.yaml", "feeling_words", ("group_name", "word", "hint")),
    Shelf("body_cues", "body_cues.yaml", "body_cues", ("text", "hint")),
    Shelf(
        "problem_cards",
        "problem_cards.yaml",
        "problem_cards",
        ("words", "often", "question", "first_step"),
    ),
    Shelf("purpose_packs", "purpose_packs.yaml", "purpose_packs", ("title", "summary", "text")),
    Shelf("role_plays", "role_plays/*.yaml", "role_play", ("title", "setting")),
    Shelf("cases", "cases/*.yaml", "case", ("title", "summary", "situation")),
    Shelf("challenges", "challenges.yaml", "challenges", ("title", "where", "do")),
    Shelf("observer_sheets", "observer_sheets.yaml", "observer_sheets", ("title", "setting")),
    Shelf("team_exercises", "team_exercises.yaml", "team_exercises", ("title", "aim", "need")),
    Shelf(
        "check_ins",
        "check_ins.yaml",
        "check_ins",
        ("name", "hint", "did", "learned", "stuck", "ahead"),
    ),
    Shelf("stuck", "stuck.yaml", "stuck", ("name", "text", "steps", "label")),
)
TRANSLATIONS = "locales/*/*.yaml"
# The stories of the demo are content too, in one language and without codes: pattern and schema.
STORIES = {
    "demo/cast.yaml": "demo_story",
    "demo/stories/*.yaml": "demo_story",
    "demo/company.yaml": "demo_company",
}
KINDS: tuple[Kind, ...] = tuple(dict.fromkeys(shelf.kind for shelf in SHELVES))


def shelf_of(path: str) -> Shelf | None:
    """The shelf a file belongs on; None when no kind would ever read it."""
    deep = path.count("/")
    for shelf in SHELVES:
        if deep == shelf.pattern.count("/") and fnmatchcase(path, shelf.pattern):
            return shelf
    return None


def story_schema(path: str) -> str | None:
    """The schema of a file of the demo; None for every other file."""
    deep = path.count("/")
    for pattern, schema in STORIES.items():
        if deep == pattern.count("/") and fnmatchcase(path, pattern):
            return schema
    return None


def is_translation(path: str) -> bool:
    return path.count("/") >= 2 and fnmatchcase(path, TRANSLATIONS)


def pages(kind: Kind, root: Folder) -> Iterator[tuple[str, Any]]:
    """Each file of one kind, in the source language, in the order of its path."""
    for path in reading.paths(root):
        shelf = shelf_of(path)
        if shelf is not None and shelf.kind == kind:
            yield path, reading.page(root, path)


def entries(kind: Kind, root: Folder) -> list[Entry]:
    """Every entry of one kind in the source language: one file may hold one or many."""
    if kind == "frameworks":
        return _frameworks(root)
    found: list[Entry] = []
    for path, page in pages(kind, root):
        try:
            items = _with_locale(page.get("entries", [page]), page["locale"])
            found += [item for item in items if code_of(item)]
        except (KeyError, TypeError, AttributeError, Unreadable) as error:
            raise Unreadable(f"{path}: not the shape of {kind}: {error}") from error
    return found


def _with_locale(items: list[Entry], locale: str) -> list[Entry]:
    return [{**item, "locale": locale} for item in items]


def _frameworks(root: Folder) -> list[Entry]:
    """Frameworks put together: the title page, and the groups from the files beside it."""
    frameworks: dict[str, Entry] = {}
    groups: dict[str, list[Entry]] = {}
    for path, page in pages("frameworks", root):
        folder = path.rpartition("/")[0]
        try:
            if path.endswith("/framework.yaml"):
                frameworks[folder] = dict(page)
                continue
            group = {**page["group"], "locale": page["locale"]}
            group["competencies"] = _with_locale(page["competencies"], page["locale"])
            groups.setdefault(folder, []).append(group)
        except (KeyError, TypeError) as error:
            raise Unreadable(f"{path}: not the shape of a framework: {error}") from error
    return [
        {**framework, "groups": groups.get(folder, [])} for folder, framework in frameworks.items()
    ]


def code_of(entry: Mapping[str, Any]) -> str:
    """The name by which a translation finds an entry, or a part of it."""
    for key in ("code", "slug", "field", "name"):
        if key in entry:
            return str(entry[key])
    raise Unreadable(f"an entry without a code: {dict(entry)!r:.80}")


def reference(framework: Mapping[str, Any]) -> str:
    """How content names a framework: its slug and version, as in career-core-40/v1."""
    return f"{framework['slug']}/v{framework['version']}"
