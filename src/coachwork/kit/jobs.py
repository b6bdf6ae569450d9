"""Background jobs: how one is declared, and how it is asked for by name.

A job is enqueued in the transaction that causes it, so either both happen or neither. Asking by
name lets a room use a job that lies above it. What a job is told is ids and dates, never text:
arguments are stored and logged apart from the record.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from django_tasks import task
    from django_tasks.base import Task
else:
    try:  # Django 6 has brought the task API into its own house
        from django.tasks import Task, task
    except ImportError:
        from django_tasks import task
        from django_tasks.base import Task

__all__ = ["Task", "enqueue", "named", "task"]

Id = UUID | int | date


def named(name: str) -> Task[Any, Any]:
    """The job of this name, such as `coachwork.notifications.jobs.send_message`."""
    found = import_string(name)
    if not isinstance(found, Task):
        raise TypeError(f"{name} is not a job.")
    return found


def enqueue(name: str, *ids: Id, due_at: datetime | None = None) -> None:
    """Ask for a job, to be done after this transaction, or not before a given time."""
    for one in ids:
        if not isinstance(one, UUID | int | date):
            raise TypeError(f"A job is told ids and dates only, not {type(one).__name__}.")
    job = named(name)
    if due_at is not None:
        job = job.using(run_after=due_at)
    job.enqueue(*(one if isinstance(one, int) else str(one) for one in ids))
