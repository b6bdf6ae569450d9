"""Two at once: set-up, one's own record and the security log, on real connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from coachwork.kit.errors import Refused
from coachwork.people import actions
from coachwork.people.models import AuditEntry, Client, User
from coachwork.people.models.trail import unbroken
from tests import builders as make

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite in memory is one connection; there the write lock of the file stands in",
    ),
]


def at_once(act: Callable[[int], Any], number: int = 4) -> list[Any]:
    """Do it in so many threads at the same moment; a refusal is an answer too."""
    start = Barrier(number)

    def one(n: int) -> Any:
        try:
            start.wait()
            return act(n)
        except Refused as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(one, range(number)))


def test_only_one_of_several_set_ups_makes_an_account() -> None:
    found = at_once(
        lambda n: actions.set_up(
            email=f"o{n}@example.org", name="O", password="a quiet lamp", at=make.NOW
        )
    )
    assert User.objects.count() == 1
    assert sum(isinstance(one, Refused) for one in found) == 3


def test_one_human_opens_one_record() -> None:
    user = make.user("amira")
    at_once(
        lambda n: actions.open_record(
            actor=User.objects.get(pk=user.pk), name=f"Amira {n}", at=make.NOW
        )
    )
    assert Client.objects.count() == 1


def test_entries_of_one_chain_stand_one_after_the_other() -> None:
    amira = make.client()
    at_once(lambda n: actions.audit(actor=None, verb=f"v{n}", stream=amira.pk, at=make.NOW))
    entries = list(AuditEntry.objects.filter(stream=amira.pk).order_by("number"))
    assert len(entries) == 5 and unbroken(entries)
