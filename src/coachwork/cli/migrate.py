"""`coachwork migrate`: bring the database to this version."""

import click

from coachwork.cli.house import open_house


def bring_up_to_date() -> int:
    """Apply what is missing, quietly, and say how many steps that took."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if steps:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    return steps


def bring_in_content() -> None:
    """Put the frameworks and roles that ship with this version into the database, once each."""
    from django.utils.timezone import now

    from coachwork.frameworks import actions as frameworks

    frameworks.load_content(at=now())


@click.command()
def migrate() -> None:
    """Bring the database, and the frameworks that ship, to this version of Coachwork.

    Safe to run at any time: what is done already is left alone. `serve` does it by itself; run it
    by hand where several servers share one database, once, before they start.
    """
    open_house()
    steps = bring_up_to_date()
    bring_in_content()
    click.echo(f"{steps} steps done." if steps else "Nothing to do: the database is up to date.")
