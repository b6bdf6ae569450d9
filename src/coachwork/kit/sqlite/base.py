"""Django's SQLite, with a quick turn for every writer.

SQLite has one writer at a time. Whoever waits looks again after 1, 2, 5 and at last 100 ms, so with
many short writes the database stands idle while all are asleep, and the unlucky wait for seconds.
Here a transaction that waits looks every millisecond.
"""

import sqlite3
import time
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import OperationalError

LOOK_AGAIN = 0.001  # seconds
LONGEST = 20.0


class DatabaseWrapper(base.DatabaseWrapper):
    """The connection to SQLite."""

    def _start_transaction_under_autocommit(self) -> None:
        longest = float(self.settings_dict["OPTIONS"].get("timeout", LONGEST))
        deadline = time.monotonic() + longest
        raw: Any = self.connection
        raw.execute("PRAGMA busy_timeout = 0")
        try:
            while not self._begun(last=time.monotonic() >= deadline):
                time.sleep(LOOK_AGAIN)
        finally:
            raw.execute(f"PRAGMA busy_timeout = {int(longest * 1000)}")

    def _begun(self, *, last: bool) -> bool:
        """Try to begin; another writer is no error before the last try."""
        try:
            super()._start_transaction_under_autocommit()
        except OperationalError as error:
            cause = error.__cause__
            busy = isinstance(cause, sqlite3.OperationalError) and (
                cause.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
            )
            if last or not busy:
                raise
            return False
        return True
