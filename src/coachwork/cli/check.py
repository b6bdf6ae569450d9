"""`coachwork check`: is this installation fit to be used?"""

from collections.abc import Callable

import click

from coachwork.cli.house import open_house

# What only makes sense once the address is an https one; on one's own machine it need not be.
HTTPS_ONLY = {"security.W004", "security.W008", "security.W012", "security.W016"}


def settings_problems() -> list[str]:
    """What Django's own checks say, those for a deployment included."""
    from django.conf import settings
    from django.core import checks

    silent = set() if settings.SECURE else HTTPS_ONLY
    found = checks.run_checks(include_deployment_checks=not settings.DEBUG)
    return [
        f"{note.msg} ({note.id})"
        for note in found
        if note.level >= checks.WARNING and not note.is_silenced() and note.id not in silent
    ]


def database_problems() -> list[str]:
    """Migrations that this database has not seen."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        return []
    return [f"{len(plan)} migrations are not applied yet; `coachwork migrate` applies them."]


def model_problems() -> list[str]:
    """Changes to the models that no migration carries yet: a slip of a developer."""
    import io

    from django.core.management import call_command

    told = io.StringIO()
    try:
        call_command("makemigrations", check_changes=True, dry_run=True, stdout=told, stderr=told)
    except SystemExit:
        return ["The models have changed without a migration:", *told.getvalue().splitlines()]
    return []


def content_problems() -> list[str]:
    """Content files that do not keep to their schema or to the house's tone."""
    from coachwork.kit import content

    return [str(problem) for problem in content.problems()]


def help_warnings() -> list[str]:
    """What works as it is, and would be better said for this place."""
    import os

    if "COACHWORK_CRISIS_LINES" in os.environ:
        return []
    return [
        "COACHWORK_CRISIS_LINES is not set: the page of help names a neutral list of helplines. "
        "Name those of your country."
    ]


def trail_problems() -> list[str]:
    """Chains of the security log in which an entry is missing or was changed."""
    from itertools import groupby

    from coachwork.people.models import AuditEntry
    from coachwork.people.models.trail import unbroken

    entries = AuditEntry.objects.order_by("stream", "number").iterator(chunk_size=2000)
    chains = groupby(entries, key=lambda entry: entry.stream)
    return [f"The log of {stream} has a gap." for stream, chain in chains if not unbroken(chain)]


CHECKS: dict[str, Callable[[], list[str]]] = {
    "settings": settings_problems,
    "database": database_problems,
    "models": model_problems,
    "content": content_problems,
}


@click.command()
@click.option("--log", is_flag=True,
              help="Follow every chain of the security log, too; it reads all of it.")  # fmt: skip
def check(log: bool) -> None:
    """Look over the settings, the database and the content.

    Prints one line for each that is in order and every problem that it finds, and ends with
    status 1 where there is one. It changes nothing.
    """
    open_house()
    count = 0
    for name, problems_of in {**CHECKS, **({"log": trail_problems} if log else {})}.items():
        problems = problems_of()
        count += bool(problems)
        click.echo(f"{name:10} {'in order' if not problems else 'needs a look:'}")
        for problem in problems:
            click.echo(f"    {problem}")
    for warning in help_warnings():
        click.echo(f"{'help':10} to be set up: {warning}")
    if count:
        raise click.exceptions.Exit(1)
