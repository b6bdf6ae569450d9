"""`coachwork import`: frameworks and catalogues that others publish."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from coachwork.cli.house import House, open_house, operator


def bar() -> Callable[[int, int], None]:
    """A progress bar on standard error: in place on a terminal, every tenth in a log."""
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        percent = min(100, done * 100 // total) if total else 0
        step = 1 if sys.stderr.isatty() else 10
        if percent // step <= shown:
            return
        shown = percent // step
        if step == 1:
            filled = "#" * (percent // 4)
            click.echo(f"\r  [{filled:25}] {percent:3d}%", err=True, nl=percent == 100)
        else:
            click.echo(f"  {percent}%", err=True)

    return show


def run(kind: str, path: Path, *, locale: str, dry_run: bool, name: str = "") -> None:
    """Import one file and print what came of it."""
    open_house()
    actor = operator()
    from django.utils.timezone import now

    from coachwork.frameworks import actions as frameworks

    try:
        report = frameworks.import_file(
            actor=actor,
            kind=kind,
            path=path,
            locale=locale,
            name=name,
            dry_run=dry_run,
            progress=bar(),
            at=now(),
        )
    except Exception:
        click.echo(err=True)  # the bar stands in the line that the reason is about to use
        raise
    for line in report.lines():
        click.echo(line)
    if dry_run:
        click.echo("A dry run: nothing was written.")


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What every import takes."""
    path = click.Path(exists=True, path_type=Path)
    for decorate in (
        click.option("--dry-run", is_flag=True, help="Read and check everything, write nothing."),
        click.option("--locale", default="en", show_default=True, help="Language of the file."),
        click.argument("file", type=path),
    ):
        command = decorate(command)
    return command


@click.group("import", cls=House)
def import_group() -> None:
    """Bring in frameworks and catalogues: O*NET, ESCO, their crosswalk, or a table of your own.

    Importing the same file again changes nothing; a newer release updates what is there. Each
    import ends with a report of what was skipped, and why.
    """


@import_group.command()
@options
@click.option("--occupation", "codes", multiple=True, metavar="CODE",
              help="Make a role of this occupation, such as 15-1251.00. Repeatable.")  # fmt: skip
def onet(file: Path, locale: str, dry_run: bool, codes: tuple[str, ...]) -> None:
    """O*NET database: the text zip, the spreadsheet zip, or a folder with either unpacked.

    Every occupation can then be chosen as a role to aim for. Both layouts are read, the one
    before release 30.3 and the one from it on.
    """
    run("onet", file, locale=locale, dry_run=dry_run)
    if codes and not dry_run:
        adopt(codes)


def adopt(codes: tuple[str, ...]) -> None:
    """Make roles of occupations, and say which."""
    from django.utils.timezone import now

    from coachwork.frameworks import actions, queries

    actor = operator()
    for code in codes:
        concept = queries.concept_by_code(actor=actor, source="onet", uri=code)
        role = actions.adopt_occupation(actor=actor, concept=concept, at=now())
        click.echo(f"A role to aim for: {role.title} ({role.targets.count()} targets).")


@import_group.command()
@options
def esco(file: Path, locale: str, dry_run: bool) -> None:
    """ESCO: the folder or zip of csv files, in any of its languages (name it with --locale)."""
    run("esco", file, locale=locale, dry_run=dry_run)


@import_group.command()
@options
def crosswalk(file: Path, locale: str, dry_run: bool) -> None:
    """The official crosswalk between ESCO and O*NET occupations; import those two first."""
    run("crosswalk", file, locale=locale, dry_run=dry_run)


@import_group.command("csv")
@options
@click.option("--name", default="", help="Name of the framework; the file's name when left out.")
def table(file: Path, locale: str, dry_run: bool, name: str) -> None:
    """A framework of your own from a CSV or XLSX table.

    One row a competency or behaviour; the columns are explained on the page "Import a framework"
    and in the report of a dry run.
    """
    run("csv", file, locale=locale, dry_run=dry_run, name=name or file.stem)
