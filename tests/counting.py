"""How many questions a page asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext

# Not questions: the transaction, and on PostgreSQL the settings of the row lock.
HOUSEKEEPING = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "SELECT set_config")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The questions that were asked inside, known at its end."""
    asked: list[str] = []
    reset_queries()  # the log has room for so many
    with CaptureQueriesContext(connection) as context:
        yield asked
    asked += [
        query["sql"]
        for query in context.captured_queries
        if not query["sql"].startswith(HOUSEKEEPING)
    ]


@contextmanager
def at_most(limit: int, about: str = "") -> Iterator[None]:
    """Fail where more is asked inside than this."""
    with counted() as asked:
        yield
    assert len(asked) <= limit, f"{len(asked)} questions{about and ' of ' + about}:\n" + "\n".join(
        sql[:2000] for sql in asked
    )
