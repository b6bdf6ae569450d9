"""Every mail of the content is sent by some code, and every code names a mail that exists.

Read from the source: a call of `queue` names its kind in place, in a constant, or gets it from the
functions that call it, which are followed within their room.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from coachwork.kit import content

SOURCE = Path(__file__).parents[2] / "src" / "coachwork"
# The letters of the security mails come from `Letter`, which is followed itself.
HANDED_ON = {"letter.kind"}
Function = ast.FunctionDef | None


@dataclass(frozen=True)
class Sender:
    """What takes the kind of a mail, by name or by place."""

    room: str  # empty: of every room
    name: str
    argument: str
    place: int | None


@dataclass(frozen=True)
class Source:
    """One module: its room and its tree."""

    path: Path
    tree: ast.Module

    @property
    def room(self) -> str:
        return self.path.relative_to(SOURCE).parts[0]

    def constant(self, name: str) -> ast.expr | None:
        """What a name of the module stands for, also in a tuple of names."""
        for node in self.tree.body:
            for target, value in pairs(node) if isinstance(node, ast.Assign) else ():
                if isinstance(target, ast.Name) and target.id == name:
                    return value
        return None


def pairs(node: ast.Assign) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Each name of an assignment with its value; of a tuple, one by one."""
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            yield from zip(target.elts, node.value.elts, strict=True)
        else:
            yield target, node.value


@cache
def sources() -> tuple[Source, ...]:
    return tuple(
        Source(path, ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(SOURCE.rglob("*.py"))
    )


def constant_anywhere(source: Source, name: str) -> ast.expr | None:
    """A constant of this module, or of the module of this house it is imported from."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and any(one.name == name for one in node.names):
            home = str(node.module).replace(".", "/")
            for other in sources():
                if str(other.path.with_suffix("")).endswith(home):
                    return other.constant(name)
    return source.constant(name)


def named(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def given(call: ast.Call, sender: Sender) -> ast.expr | None:
    """What this call hands over as the kind."""
    for keyword in call.keywords:
        if keyword.arg == sender.argument:
            return keyword.value
    if sender.place is not None and sender.place < len(call.args):
        return call.args[sender.place]
    return None


class Reading:
    """Follows every call that sends a mail to the kinds that it may send."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()  # exact, or a pattern of a kind with a gap
        self.unread: set[str] = set()
        self.waiting = [Sender("", "queue", "kind", None), Sender("web", "Letter", "kind", 0)]
        self.known: set[Sender] = set()
        while self.waiting:
            sender = self.waiting.pop()
            if sender not in self.known:
                self.known.add(sender)
                self.follow(sender)

    def follow(self, sender: Sender) -> None:
        for source in sources():
            if sender.room not in {"", source.room}:
                continue
            for function, call in calls(source.tree):
                kind = given(call, sender) if named(call) == sender.name else None
                if kind is not None:
                    self.read(kind, source, function)

    def read(self, kind: ast.expr, source: Source, function: Function) -> None:
        if isinstance(kind, ast.Constant):
            self.kinds.add(re.escape(str(kind.value)))
        elif isinstance(kind, ast.IfExp):
            self.read(kind.body, source, function)
            self.read(kind.orelse, source, function)
        elif isinstance(kind, ast.JoinedStr):
            parts = (
                re.escape(str(one.value)) if isinstance(one, ast.Constant) else "[a-z-]+"
                for one in kind.values
            )
            self.kinds.add("".join(parts))
        elif isinstance(kind, ast.Name):
            self.read_name(kind, source, function)
        elif ast.unparse(kind) not in HANDED_ON:
            self.unread.add(f"{source.path.name}: {ast.unparse(kind)}")

    def read_name(self, kind: ast.Name, source: Source, function: Function) -> None:
        if function is not None:
            arguments = [one.arg for one in function.args.args]
            if kind.id in {*arguments, *(one.arg for one in function.args.kwonlyargs)}:
                place = arguments.index(kind.id) if kind.id in arguments else None
                self.waiting.append(Sender(source.room, function.name, kind.id, place))
                return
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == kind.id:
                    self.read(node.value, source, None)
                    return
        found = constant_anywhere(source, kind.id)
        if found is None:
            self.unread.add(f"{source.path.name}: {kind.id}")
        else:
            self.read(found, source, None)


def calls(tree: ast.Module) -> Iterator[tuple[Function, ast.Call]]:
    """Every call with the innermost function around it."""

    def walk(node: ast.AST, function: Function) -> Iterator[tuple[Function, ast.Call]]:
        for child in ast.iter_child_nodes(node):
            inner = child if isinstance(child, ast.FunctionDef) else function
            if isinstance(child, ast.Call):
                yield inner, child
            yield from walk(child, inner)

    yield from walk(tree, None)


@pytest.fixture(scope="module")
def reading() -> Reading:
    return Reading()


def test_every_call_that_sends_a_mail_can_be_read(reading: Reading) -> None:
    assert reading.unread == set()
    assert len(reading.kinds) > 20  # else the reader has lost the thread


def test_every_code_names_a_mail_that_exists(reading: Reading) -> None:
    codes = [one.code for one in content.load("messages")]
    missing = {
        kind for kind in reading.kinds if not any(re.fullmatch(kind, code) for code in codes)
    }
    assert not missing


def test_every_mail_of_the_content_is_sent_by_some_code(reading: Reading) -> None:
    unsent = [
        one.code
        for one in content.load("messages")
        if not any(re.fullmatch(kind, one.code) for kind in reading.kinds)
    ]
    assert not unsent
