"""Jobs that tests ask for by name: they leave marks, fail, and take their time."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import translation

from coachwork.kit.jobs import task
from coachwork.notifications.models import Message

MARKS: list[str] = []  # what has been done in this process
NOW = datetime(2026, 1, 5, tzinfo=UTC)


@task
def mark(*ids: object) -> None:
    MARKS.append(" ".join(map(str, ids)))


@task
def language() -> None:
    MARKS.append(translation.get_language() or "")


@task
def stumble(what: str) -> None:
    MARKS.append(what)
    raise ValueError(f"Amira wrote: {what}")


@task
def leave() -> None:
    raise SystemExit


@task
def slow_effect(number: int) -> None:
    """An effect that may be asked for twice and is there once; every run leaves a trace beside it.

    It counts up in the transaction that marks it as done, so a second run would be seen.
    """
    with open(Path(os.environ["COACHWORK_DATA"], f"runs-{number}"), "a", encoding="utf-8") as file:
        file.write("run\n")
    time.sleep(0.05)
    with transaction.atomic():
        if effect(f"effect:{number}"):
            Message.objects.filter(key="sum").update(attempts=F("attempts") + 1)


def effect(key: str) -> bool:
    """Leave a row behind; False where it is there already."""
    facts = {"address": "a@example.org", "state": Message.State.SENT}
    times = {"due_at": NOW, "created_at": NOW}
    return Message.objects.get_or_create(key=key, defaults={**facts, **times})[1]


def not_a_job(number: int) -> UUID | None:
    return None
