"""Opening the house for a command: the settings, and errors that a person can act on."""

import os
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from coachwork.people.models import User

SETTINGS = "coachwork.web.settings"


def open_house() -> None:
    """Load the settings and the rooms; every command that touches the record calls it first."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        django.setup()
    except ImproperlyConfigured as problem:
        raise click.ClickException(f"The settings do not hold together: {problem}") from problem


def explained(problem: Exception) -> str | None:
    """The sentence for a mistake that is the caller's to mend; None for a fault of ours."""
    from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
    from django.core.management.base import CommandError
    from django.db import OperationalError, ProgrammingError

    from coachwork.kit.errors import Refused

    if isinstance(problem, ValidationError):
        return " ".join(problem.messages)
    if isinstance(problem, PermissionDenied):
        return str(problem) or "This account may not do that."
    if isinstance(problem, ObjectDoesNotExist):
        return str(problem) or "There is no such thing here."
    if isinstance(problem, OperationalError | ProgrammingError):
        return (
            f"The database did not answer as expected: {str(problem).strip()}\n"
            "Is it there (DATABASE_URL, COACHWORK_DATA), and did `coachwork migrate` run?"
        )
    if isinstance(problem, Refused | CommandError | OSError | UnicodeError):
        return str(problem)
    return None


class House(click.Group):
    """A group of commands whose users see sentences, not tracebacks, for their own mistakes."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.exceptions.Exit, click.ClickException, click.Abort, BrokenPipeError):
            raise
        except Exception as problem:
            sentence = explained(problem)
            if sentence is None or os.environ.get("COACHWORK_TRACEBACK"):
                raise
            raise click.ClickException(sentence) from problem


def account(email: str) -> "User":
    """The account with this address."""
    from coachwork.people.models import User

    found = User.objects.select_related("client").filter(email__iexact=email).first()
    if found is None:
        raise click.ClickException(f"Nobody here signs in as {email}.")
    return found


def operator() -> "User":
    """The account in whose name the owner of this machine acts."""
    from coachwork.people.models import User

    found = User.objects.filter(is_superuser=True, is_active=True).order_by("date_joined").first()
    if found is None:
        raise click.ClickException(
            "This needs an account that runs the installation. Make one first:\n"
            "  coachwork user create --operator you@example.org"
        )
    return found
