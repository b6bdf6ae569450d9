"""Pages, lists and writes under load: 1,000, 10,000 and 100,000 people with a year of data.

The gate is processor time per request, which a busy machine does not change much; times are printed
beside it. SQLite, the production server with its two workers, load from this machine.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks import load
from benchmarks.harness import conclude, emit, is_smoke, note, size, step

SIZES = [50] if is_smoke() else [1_000, 10_000, 100_000]
PEOPLE = size(500, 10)  # whose sessions and tokens take part
SECONDS = size(8, 1)
GROWTH = 1.3  # of processor time a request, from the smallest to the largest
# name, address, fixed rate a second, limit of the 95th percentile in milliseconds
PAGES: tuple[tuple[str, str, int, float | None], ...] = (
    ("home", "/", 60, 50.0),
    ("profile", "evidence:profile", 30, None),
    ("gaps", "evidence:gaps", 30, None),
)


def main() -> None:
    cpu: dict[str, list[float]] = {}
    for people in SIZES:
        folder = Path(tempfile.mkdtemp(prefix="coachwork-bench-"))
        try:
            keys = json.loads(_prepared(folder, people))
            with _server(folder) as (port, process):
                _warm(port, keys)
                for name, value in _measure(port, process, keys, people).items():
                    cpu.setdefault(name, []).append(value)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    for name, values in cpu.items():
        if len(values) > 1:
            emit(f"load.growth.{name}", values[-1] / values[0], "times", at_most=GROWTH)
    conclude()


def _measure(port: int, process: int, keys: dict[str, Any], people: int) -> dict[str, float]:
    largest = people == SIZES[-1]
    cpu: dict[str, float] = {}

    def run(name: str, requests: Any, rate: int, limit: float | None) -> None:
        steady = load.at_rate(requests, port=port, rate=rate, seconds=SECONDS, server=process)
        full = load.flat_out(requests, port=port, seconds=SECONDS, server=process)
        prefix = f"load.{people}.{name}"
        emit(f"{prefix}.p50_at_{rate}", steady.milliseconds(0.5), "ms")
        held = {"at_most": limit} if largest and limit else {}
        emit(f"{prefix}.p95_at_{rate}", steady.milliseconds(0.95), "ms", **held)
        emit(f"{prefix}.throughput", full.answered / full.seconds, "requests/s")
        emit(f"{prefix}.p95_flat_out", full.milliseconds(0.95), "ms")
        emit(f"{prefix}.errors", float(steady.errors + full.errors), "requests", at_most=0.0)
        emit(f"{prefix}.cpu", steady.cpu_milliseconds, "CPU-ms/request")
        cpu[name] = steady.cpu_milliseconds

    host = f"127.0.0.1:{port}"
    for name, _path, rate, limit in PAGES:
        run(name, _pages(host, keys["paths"][name], keys["sessions"]), rate, limit)
    run("coach_list", _pages(host, keys["paths"]["coach_list"], [keys["coach"]]), 30, None)
    run("json_list", _lists(host, keys["tokens"]), 120, 50.0)
    run("write", _writes(host, keys["tokens"], keys["competency"]), 100, 50.0)
    return cpu


def _pages(host: str, path: str, sessions: list[str]) -> Any:
    made = [
        load.request(path, host=host, headers={"Cookie": f"sessionid={one}"}) for one in sessions
    ]
    return lambda number: made[number % len(made)]


def _lists(host: str, tokens: list[str]) -> Any:
    made = [
        load.request(
            "/api/v1/evidence?limit=50", host=host, headers={"Authorization": f"Bearer {one}"}
        )
        for one in tokens
    ]
    return lambda number: made[number % len(made)]


def _writes(host: str, tokens: list[str], competency: str) -> Any:
    """A practice log: permission, the log, its evidence, an event."""

    def one(number: int) -> load.Request:
        body = {
            "competency": competency,
            "chance": "did",
            "occasion_on": time.strftime("%Y-%m-%d"),
            "line": "One open question before my answer.",
        }
        headers = {
            "Authorization": f"Bearer {tokens[number % len(tokens)]}",
            "Content-Type": "application/json",
            "Idempotency-Key": secrets.token_hex(12),
        }
        return load.request(
            "/api/v1/practice-logs",
            host=host,
            method="POST",
            headers=headers,
            body=json.dumps(body).encode(),
        )

    return one


def _warm(port: int, keys: dict[str, Any]) -> None:
    host = f"127.0.0.1:{port}"
    for path in keys["paths"].values():
        load.flat_out(_pages(host, path, keys["sessions"]), port=port, seconds=1, connections=4)


@contextmanager
def _server(folder: Path) -> Iterator[tuple[int, int]]:
    """The production server on a free port; gives the port and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "coachwork.cli.main", "serve", "--no-worker"]
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        env={**os.environ, "COACHWORK_DATA": str(folder), "COACHWORK_LOG": "ERROR"},
        stdout=subprocess.DEVNULL,
        stderr=sys.stderr,
        start_new_session=True,
    )
    try:
        _await(port, process)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError("The server ended before it answered.")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The server did not answer within a minute.")


def _prepared(folder: Path, people: int) -> str:
    """Make the database in a process of its own, so that its memory goes with it."""
    with step(f"write {people:,} people"):
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.bench_load", "prepare", str(people)],
            env={**os.environ, "COACHWORK_DATA": str(folder)},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
    return done.stdout.strip().splitlines()[-1]


def prepare(people: int) -> None:
    """In the child: migrate, load the content, write the people, and print keys to sign in with."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coachwork.web.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.urls import reverse
    from django.utils.timezone import now

    from benchmarks.population import populate
    from coachwork.frameworks import actions as frameworks

    call_command("migrate", verbosity=0)
    frameworks.load_content(at=now())
    database = sqlite3.connect(settings.DATABASES["default"]["NAME"])
    for pragma in ("journal_mode=WAL", "synchronous=OFF", "cache_size=-1000000"):
        database.execute(f"PRAGMA {pragma}")
    rows = populate(database, people)
    with database:
        database.execute("ANALYZE")
    database.close()
    note(f"    {rows:,} rows")
    paths = {"coach_list": reverse("people:helping")}
    for name, path, _rate, _limit in PAGES:
        paths[name] = path if path.startswith("/") else reverse(path)
    print(json.dumps({"paths": paths, **_keys(people)}))


def _keys(people: int) -> dict[str, Any]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils.timezone import now

    from coachwork.evidence.models import AimTarget
    from coachwork.people import actions
    from coachwork.people.models import Relationship, User

    def session(user: User) -> str:
        store = SessionStore()
        store[SESSION_KEY] = str(user.pk)
        store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY] = user.get_session_auth_hash()
        store.create()
        return str(store.session_key)

    stride = max(1, people // PEOPLE)
    names = [f"person{number}@example.org" for number in range(0, people, stride)][:PEOPLE]
    users = list(User.objects.filter(email__in=names))
    coach = User.objects.get(pk=Relationship.objects.values_list("user", flat=True)[0])
    scopes = ["read", "write:evidence", "write:practice"]
    tokens = [
        actions.create_token(actor=user, name="bench", scopes=scopes, at=now())[1] for user in users
    ]
    return {
        "sessions": [session(user) for user in users],
        "coach": session(coach),
        "tokens": tokens,
        "competency": str(AimTarget.objects.values_list("competency", flat=True)[0]),
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["prepare"]:
        prepare(int(sys.argv[2]))
    else:
        main()
