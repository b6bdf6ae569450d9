"""Rules about the code itself: small files, mirrored tests, guarded doors, and off the clock."""

import ast
import importlib
import inspect
import textwrap
from functools import cache
from pathlib import Path

import pytest

SRC = Path("src/coachwork")
FILES = sorted(file for file in SRC.rglob("*.py") if "migrations" not in file.parts)
MAX_FILE, MAX_FUNCTION, MAX_VIEW = 350, 70, 40  # with signatures and docstrings
# The clock belongs to the doors: pages, API, jobs, commands.
DOORS = {"views", "api", "jobs", "cli", "web", "mcp"}
# Rooms and their writes and reads, whether a file or a package.
ROOMS = sorted(
    folder.name
    for folder in SRC.iterdir()
    if folder.is_dir() and folder.name not in {"engine", "kit", "web", "cli", "mcp", "content"}
)
# Public actions and queries that do not ask the table, and why that is right.
ASKS_NOBODY: dict[str, str] = {
    "accountability.actions.ask_and_welcome": "the worker's own calendar",
    "accountability.queries.rhythm_of": "whoever has the plan in hand may know its weeks",
    "reflection.actions.remind_of_returns": "the worker's own calendar",
    "reflection.queries.told": "puts words at hand into a text",
    "plans.actions.replan_all": "the worker's own round; asks as each client, and changes no plan",
    "plans.actions.work_out_schedule": "the job's own step; asking for a schedule has been asked",
    "people.actions.note": "writes the event of an action that has asked",
    "people.actions.audit": "writes the entry of an action that has asked",
    "assessment.actions.check_open": "the signed link says who asks",
    "assessment.actions.close_due": "the worker's own calendar",
    "assessment.actions.may_release": "whoever has the round in hand may know when it opens",
    "assessment.actions.hold_ends": "whoever has the round in hand may know when it opens",
    "assessment.actions.forget_raters": "the worker's own calendar",
    "assessment.actions.offer_pulses": "the worker's own calendar",
    "assessment.queries.asked": "whoever has the round in hand may see its questions",
    "assessment.queries.first_open": "whoever has the reply in hand came by its link",
    "assessment.queries.picks_of": "whoever has the round in hand may see its questions",
    "assessment.queries.rater_screen": "whoever has the reply in hand came by its link",
    "assessment.actions.calibrate_due": "the worker's own calendar",
    "assessment.actions.calibrate_framework": "the worker's own calendar; reads what is released",
    "evidence.actions.keep_calibration": "the worker's own calendar; keeps nothing about a person",
    "evidence.actions.latest": "which version counts is no secret; it holds nobody",
    "evidence.queries.neighbours": "published frameworks are there for everybody",
    "exchange.queries.account_models": "names tables, not rows",
    "exchange.queries.client_models": "names tables, not rows",
    "frameworks.actions.finish_import": "the job's own step; bringing a file in has been asked",
    "frameworks.actions.take_import": "the job's own step; bringing a file in has been asked",
    "frameworks.actions.load_content": "the installation brings the same content to everybody",
    "people.actions.open_record": "opens the actor's own record, and nobody else's",
    "people.actions.change_settings": "the actor's own account",
    "people.actions.choose_theme": "the actor's own account",
    "people.actions.create_account": "made by hand, by whoever runs the server",
    "people.actions.set_up": "the first account; refused as soon as there is any",
    "people.queries.key": "the secret of the key says who asks",
    "people.queries.tokens": "the actor's own keys",
    "people.queries.trail": "asks where it names the streams that it reads",
    "people.queries.whole": "asks where it names the streams that it reads",
    "notifications.actions.choose": "the actor's own preferences",
    "notifications.actions.due_digests": "the worker's own calendar",
    "notifications.actions.forget_messages": "housekeeping of the worker",
    "notifications.actions.move_on": "the worker's own calendar",
    "notifications.actions.not_sent": "what became of a message that the worker took",
    "notifications.actions.note_answer": "a link of a message was used; says nothing to anybody",
    "notifications.actions.pause": "the actor's own preferences",
    "notifications.actions.plan_first_digests": "the worker's own calendar",
    "notifications.actions.queue": "writes the message of an action that has asked",
    "notifications.actions.resume": "the actor's own preferences",
    "notifications.actions.sent": "what became of a message that the worker took",
    "notifications.actions.take": "the worker takes a message to send it",
    "notifications.actions.unsubscribe": "the actor's own preferences",
    "notifications.queries.held_back": "the actor's own messages",
    "notifications.queries.is_paused": "the actor's own preferences",
    "notifications.queries.outbox": "every mail, in the demo only; nobody is real there",
    "notifications.queries.outbox_message": "every mail, in the demo only; nobody is real there",
    "notifications.queries.preference": "the actor's own preferences",
    "notifications.queries.reader": "the signed link says who asks",
    "notifications.queries.recent": "the actor's own messages",
    "notifications.queries.rhythm": "the actor's own messages",
    "notifications.queries.zone": "reads the zone of a user at hand",
}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)]


def length(node: ast.FunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def furniture(path: Path) -> str:
    """Which piece of furniture a file belongs to: `actions` for actions.py and actions/goals.py."""
    inside = path.relative_to(SRC).parts[1:]
    return inside[0].removesuffix(".py") if inside else ""


@pytest.mark.parametrize("path", FILES, ids=str)
def test_files_and_functions_are_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MAX_FILE
    limit = MAX_VIEW if furniture(path) == "views" else MAX_FUNCTION
    assert [node.name for node in functions(path) if length(node) > limit] == []


@pytest.mark.parametrize("path", FILES, ids=str)
def test_only_doors_read_the_clock(path):
    parts = {part.removesuffix(".py") for part in path.relative_to(SRC).parts}
    if parts & DOORS:
        return
    calls = [node.func for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    read = [
        ast.unparse(call)
        for call in calls
        if ast.unparse(call).split(".")[-1] in {"now", "utcnow", "today", "localdate", "localtime"}
        and ast.unparse(call).split(".")[0] in {"datetime", "date", "timezone", "now", "localdate"}
    ]
    assert read == []


@pytest.mark.parametrize("path", FILES, ids=str)
def test_no_signals_and_no_prints(path):
    text = path.read_text(encoding="utf-8")
    assert "django.dispatch" not in text
    assert "django.db.models.signals" not in text


def public(kind: str) -> list[tuple[str, object]]:
    """Every public function of every room's actions or queries."""
    found = []
    for room in ROOMS:
        try:
            module = importlib.import_module(f"coachwork.{room}.{kind}")
        except ModuleNotFoundError:
            continue
        for name, function in inspect.getmembers(module, inspect.isfunction):
            ours = function.__module__.startswith(module.__name__)
            if ours and not name.startswith("_"):
                found.append((f"{room}.{kind}.{name}", inspect.unwrap(function)))
    return found


def asked() -> list[tuple[str, object]]:
    return public("actions") + public("queries")


def test_every_action_and_query_says_who_asks_and_takes_its_arguments_by_name():
    wrong = []
    for name, function in asked():
        parameters = inspect.signature(function).parameters
        by_name = all(
            one.kind in {one.KEYWORD_ONLY, one.VAR_KEYWORD} for one in parameters.values()
        )
        if name not in ASKS_NOBODY and not (by_name and "actor" in parameters):
            wrong.append(name)
    assert wrong == []


def test_every_action_and_query_asks_the_permission_table():
    wrong = [
        name
        for name, function in asked()
        if name not in ASKS_NOBODY and not _asks_the_table(function)
    ]
    assert wrong == []


def test_the_exceptions_are_still_needed():
    known = {name for name, _function in asked()}
    assert set(ASKS_NOBODY) <= known


def _asks_the_table(function: object) -> bool:
    """It calls `access.…` itself, or hands its actor on to something that does."""
    body = ast.parse(textwrap.dedent(inspect.getsource(function)))  # type: ignore[arg-type]
    for node in ast.walk(body):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "access":
            return True
        if isinstance(node, ast.Call) and any(word.arg == "actor" for word in node.keywords):
            return True
        if isinstance(node, ast.Call) and any(ast.unparse(one) == "actor" for one in node.args):
            helper = getattr(inspect.getmodule(function), ast.unparse(node.func), None)
            if inspect.isfunction(helper) and _asks_the_table(helper):
                return True
    return False


@pytest.mark.parametrize(
    "path",
    [file for file in FILES if furniture(file) in {"actions", "queries", "views", "api"}],
    ids=str,
)
def test_every_piece_of_a_room_has_its_tests(path):
    room, kind = path.relative_to(SRC).parts[0], furniture(path)
    tests = list(Path("tests", room).glob(f"test_{kind}*.py")) + list(
        Path("tests", room, kind).glob("test_*.py")
    )
    doors = list(Path("tests", "web").glob("test_api*.py")) if kind == "api" else []
    assert tests or doors, f"tests/{room}/test_{kind}.py is missing"


@pytest.mark.django_db
def test_no_migration_is_missing():
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_page_has_inline_script_or_style():
    found = []
    for template in SRC.rglob("templates/**/*.html"):
        text = template.read_text(encoding="utf-8")
        if "record_file" in template.name or "mail" in template.parts[-2]:
            continue  # files that people keep and mails have no server to ask for a style sheet
        for forbidden in (
            " style=",
            " onclick=",
            " onchange=",
            " onsubmit=",
            "<style",
            "javascript:",
        ):
            if forbidden in text:
                found.append(f"{template}: {forbidden}")
        if "<script>" in text:
            found.append(f"{template}: <script>")
    assert found == []
