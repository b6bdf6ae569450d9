"""Background jobs: the worker that does them, and the jobs of this room."""

from coachwork.notifications.jobs.housekeeping import tidy
from coachwork.notifications.jobs.mail import plan_first_digests, send_left_behind, send_message
from coachwork.notifications.jobs.worker import run_worker, work_off

__all__ = [
    "plan_first_digests",
    "run_worker",
    "send_left_behind",
    "send_message",
    "tidy",
    "work_off",
]
