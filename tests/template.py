"""The migrated, empty SQLite database, kept between runs: making it takes longer than most tests.

A copy is named after everything that shapes it, so a changed migration makes a new one.
"""

import hashlib
import os
import sqlite3
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import django

SRC = Path(__file__).resolve().parent.parent / "src" / "coachwork"
SHAPES = ("*/migrations/*.py", "kit/**/*.py")


@cache
def file() -> Path:
    """Where the copy for this state of the source lies, or would."""
    digest = hashlib.sha256(django.__version__.encode())
    for pattern in SHAPES:
        for path in sorted(SRC.glob(pattern)):
            digest.update(path.relative_to(SRC).as_posix().encode() + path.read_bytes())
    owner = f"coachwork-test-tables-{os.getuid()}"
    return Path(tempfile.gettempdir(), owner, f"{digest.hexdigest()[:24]}.sqlite3")


def copied(name: str) -> sqlite3.Connection:
    """Put the copy into the test database of this name; one in memory lasts as long as the answer
    is open."""
    if name == ":memory:":
        name = "file:memorydb_default?mode=memory&cache=shared"  # what Django makes of it
    made = sqlite3.connect(name, uri=name.startswith("file:"))
    with closing(sqlite3.connect(file())) as kept:
        kept.backup(made)
    return made


def keep(made: sqlite3.Connection) -> None:
    """Copy what the migrations made, unless that has been done."""
    if file().exists():
        return
    file().parent.mkdir(mode=0o700, exist_ok=True)
    part = file().with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(part)) as copy:
        made.backup(copy)
    part.replace(file())
