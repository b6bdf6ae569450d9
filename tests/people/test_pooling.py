"""The row lock holds when many people share few connections, transaction by transaction."""

import threading
from contextlib import closing
from random import Random
from typing import Any

import pytest
from django.db import connection, connections

from coachwork.kit import rowlock
from coachwork.people.models import Event
from tests import builders as make
from tests import pooling

THREADS, ROUNDS = 8, 60

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has no row lock; this is PostgreSQL's"
    ),
    pytest.mark.skipif(
        connection.vendor == "postgresql" and pooling.program() is None,
        reason="PgBouncer is not here, and ./test could not install it through apt (no right to, "
        "or no network). As root: apt-get install --no-install-recommends pgbouncer",
    ),
]


@pytest.fixture
def pooled(settings: Any) -> None:
    """Every thread's connection goes through PgBouncer with two server connections."""
    connection.close()
    original = dict(connection.settings_dict)
    with pooling.pgbouncer(original) as port:
        changed = {"HOST": "127.0.0.1", "PORT": str(port), "OPTIONS": {}}
        connections.settings["default"].update(changed)
        yield
        connection.close()
        connections.settings["default"].update(
            {name: original[name] for name in ("HOST", "PORT", "OPTIONS")}
        )


def test_no_request_ever_sees_a_row_of_somebody_else_through_transaction_pooling(
    pooled: Any,
) -> None:
    owners = [make.client(f"person{n}") for n in range(5)]
    keys = [owner.pk for owner in owners]
    seen: list[str] = []

    def visit(number: int) -> None:
        chance = Random(number)
        try:
            for _ in range(ROUNDS):
                mine = chance.choice(keys)
                with rowlock.locked_to([mine]):
                    others = set(Event.objects.values_list("client_id", flat=True)) - {mine}
                    found = Event.objects.count()
                if others or not found:
                    seen.append(f"{mine} saw {found} rows, others: {others}")
                with closing(connection.cursor()) as cursor:
                    cursor.execute(
                        "SELECT current_user, current_setting(%s, true)", [rowlock.SETTING]
                    )
                    role, clients = cursor.fetchone()
                if role == rowlock.ROLE or clients:
                    seen.append(f"left behind: {role} {clients}")
        except Exception as error:
            seen.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=visit, args=(n,)) for n in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == []


def test_without_the_lock_the_same_question_sees_everybody(pooled: Any) -> None:
    # The counter-proof: the test above would find a leak if there were one.
    for n in range(3):
        make.client(f"person{n}")
    assert Event.objects.values("client_id").distinct().count() == 3
