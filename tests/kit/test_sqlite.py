"""Writers take turns on SQLite, and one that waits in vain is told so."""

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from django.db.utils import OperationalError, load_backend

from coachwork.web import environment


@pytest.fixture
def connect(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any) -> Any:
    """Call for one more connection to the same file, as the settings make it."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    made = []

    def one(timeout: float = 20) -> Any:
        found = environment.database(tmp_path)
        defaults = {
            "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False,
            "TIME_ZONE": None, "USER": "", "PASSWORD": "", "HOST": "", "PORT": "",
        }  # fmt: skip
        given = {**defaults, **found, "OPTIONS": {**found["OPTIONS"], "timeout": timeout}}
        made.append(load_backend(given["ENGINE"]).DatabaseWrapper(given, "default"))
        made[-1].inc_thread_sharing()
        return made[-1]

    with django_db_blocker.unblock():
        yield one
        for connection in made:
            connection.close()


def begin(connection: Any) -> None:
    connection.ensure_connection()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def test_a_writer_who_waits_goes_on_soon_after_the_one_before_has_ended(connect):
    first, second = connect(), connect()
    begin(first)
    freed: list[float] = []

    def end() -> None:
        time.sleep(0.3)
        freed.append(time.monotonic())
        first.rollback()

    ending = threading.Thread(target=end)
    ending.start()
    begin(second)
    ending.join()
    # SQLite alone would by then look again only every 50 or 100 ms.
    assert 0 <= time.monotonic() - freed[0] < 1
    second.rollback()


def test_a_writer_who_waits_in_vain_is_told_after_the_time_that_was_set(connect):
    first, second = connect(), connect(timeout=0.05)
    begin(first)
    with pytest.raises(OperationalError, match="locked"):
        begin(second)
    first.rollback()


def test_single_writes_keep_the_waiting_time_that_was_set(connect):
    one = connect(timeout=3)
    begin(one)
    one.rollback()
    one.set_autocommit(True)
    with one.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (3000,)


def test_other_faults_are_not_waited_out(connect, tmp_path):
    one = connect()
    one.ensure_connection()
    one.connection.close()
    with pytest.raises((OperationalError, sqlite3.ProgrammingError)):
        one._start_transaction_under_autocommit()
