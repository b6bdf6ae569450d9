"""Kill -9, for real: processes that die with jobs in their hands, on both engines.

Nothing is lost, and every effect is there exactly once.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django_tasks_db.models import DBTaskResult

JOBS = 60
QUICK = "beat_seconds=0.2, poll_seconds=0.05"  # a lease of 0.6 seconds instead of 6
ROOT = Path(__file__).resolve().parents[2]

PREPARE = f"""
from django.core.management import call_command
call_command("migrate", verbosity=0)
from coachwork.kit import jobs
from tests.notifications.sample_jobs import effect
effect("sum")
for n in range({JOBS}):
    jobs.enqueue("tests.notifications.sample_jobs.slow_effect", n)
"""
WORK = f"""
from coachwork.notifications.jobs import run_worker
run_worker({QUICK})
"""
TABLE = DBTaskResult._meta.db_table
DONE = f"SELECT count(*) FROM {TABLE} WHERE status = 'SUCCESSFUL'"
RUNNING = f"SELECT count(*) FROM {TABLE} WHERE status = 'RUNNING'"
WORKERS = f"SELECT worker_ids FROM {TABLE}"
EFFECTS = "SELECT count(*) FROM notifications_message WHERE key LIKE 'effect:%'"
COUNTED = "SELECT attempts FROM notifications_message WHERE key = 'sum'"


def script(body: str) -> list[str]:
    return [sys.executable, "-c", f"import django\ndjango.setup()\n{body}"]


@contextmanager
def database(tmp_path: Path) -> Iterator[dict[str, str]]:
    """An empty database beside that of the tests, and the environment that leads there."""
    told = {
        **os.environ,
        "COACHWORK_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "coachwork.web.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "COACHWORK_LOG": "CRITICAL",
    }
    told.pop("DATABASE_URL", None)
    if "sqlite" in settings.DATABASES["default"]["ENGINE"]:
        yield told
        return
    import psycopg

    url, name = os.environ["DATABASE_URL"], f"kills_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            before, mark, after = url.partition("?")
            yield {**told, "DATABASE_URL": f"{before.rpartition('/')[0]}/{name}{mark}{after}"}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def ask(question: str, told: dict[str, str]) -> list[Any]:
    """What the database says, asked beside the workers."""
    if url := told.get("DATABASE_URL"):
        import psycopg

        with psycopg.connect(url) as server:
            return [row[0] for row in server.execute(question).fetchall()]
    with closing(sqlite3.connect(f"{told['COACHWORK_DATA']}/coachwork.sqlite3")) as file:
        return [row[0] for row in file.execute(question).fetchall()]


def workers(told: dict[str, str], number: int = 2) -> list[subprocess.Popen[bytes]]:
    return [subprocess.Popen(script(WORK), env=told, cwd=ROOT) for _ in range(number)]


def started(folder: Path) -> int:
    return sum(len(file.read_text().splitlines()) for file in folder.glob("runs-*"))


def wait_for(what: str, condition: Callable[[], bool], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}"
        time.sleep(0.02)


def test_after_three_kills_nothing_is_lost_and_each_effect_is_there_once(tmp_path):
    with database(tmp_path) as told:
        subprocess.run(script(PREPARE), env=told, cwd=ROOT, check=True)
        stop_in_order(told, tmp_path)
        for _ in range(3):
            before, running = started(tmp_path), workers(told)
            wait_for("jobs to start", lambda seen=before: started(tmp_path) >= seen + 6)
            for process in running:
                process.send_signal(signal.SIGKILL)
                process.wait()
        assert started(tmp_path) < JOBS, "the kills came too late to prove anything"
        last = workers(told)
        wait_for("all jobs", lambda: ask(DONE, told) == [JOBS])
        for process in last:
            process.send_signal(signal.SIGTERM)
        assert [process.wait(timeout=10) for process in last] == [0, 0]
        assert ask(EFFECTS, told) == ask(COUNTED, told) == [JOBS]
        tries = [
            len(ids if isinstance(ids, list) else json.loads(ids)) for ids in ask(WORKERS, told)
        ]
    # The kills did hit jobs in hand: those were started again, by another worker.
    assert started(tmp_path) > JOBS
    assert 1 < max(tries) <= 3


def listed(ids: Any) -> list[str]:
    return json.loads(ids) if isinstance(ids, str) else list(ids)


def stop_in_order(told: dict[str, str], folder: Path) -> None:
    """Told to stop, a worker finishes what it has in hand, and leaves the rest to others."""
    (worker,) = workers(told, 1)
    wait_for("jobs to start", lambda: started(folder) >= 3)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0
    assert ask(RUNNING, told) == [0]
    assert ask(DONE, told) == [started(folder)] != [JOBS]
