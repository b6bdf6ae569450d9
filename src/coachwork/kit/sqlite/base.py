"""Django's SQLite, with a quick turn for every writer.

SQLite has one writer at a time. Whoever waits looks again after 1, 2, 5 and at last 100 ms, so with
many short writes the database stands idle while all are asleep, and the unlucky wait for seconds.
Here the threads of a process queue for their turn, and the one in front looks every millisecond.
"""

import sqlite3
import time
from collections import defaultdict
from threading import Semaphore
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

LOOK_AGAIN = 0.001  # seconds
LONGEST = 20.0

# One turn for each database of this process.
_turns: defaultdict[str, Semaphore] = defaultdict(Semaphore)


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection to SQLite."""

    _turn: Semaphore | None = None

    def _start_transaction_under_autocommit(self) -> None:
        longest = float(self.settings_dict["OPTIONS"].get("timeout", LONGEST))
        deadline = time.monotonic() + longest
        self._take_turn(longest)
        raw: Any = self.connection
        try:
            raw.execute("PRAGMA busy_timeout = 0")
            while not self._begun(last=time.monotonic() >= deadline):
                time.sleep(LOOK_AGAIN)
            raw.execute(f"PRAGMA busy_timeout = {int(longest * 1000)}")
        except BaseException:
            self._end_turn()
            raise

    def _begun(self, *, last: bool) -> bool:
        """Try to begin; another writer is no error before the last try."""
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except OperationalError as error:
            cause = error.__cause__
            busy = isinstance(cause, sqlite3.OperationalError) and (
                cause.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            )
            if last or not busy:
                raise
            return False
        return True

    def _take_turn(self, longest: float) -> None:
        """Wait for the other threads; who waits too long goes on, and SQLite itself refuses."""
        turn = _turns[str(self.settings_dict["NAME"])]
        if turn.acquire(timeout=longest):
            self._turn = turn

    def _end_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.release()

    def commit(self) -> None:
        super().commit()
        self._end_turn()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._end_turn()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._end_turn()
