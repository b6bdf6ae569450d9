"""`coachwork export`: a person's whole record, for them to take away."""

from pathlib import Path

import click

from coachwork.cli.house import account, open_house


@click.command()
@click.argument("email")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Replace the file if it exists.")
def export(email: str, file: Path, overwrite: bool) -> None:
    """Write the whole record of the person with this EMAIL to FILE, a zip.

    It holds the record as JSON with its schema, as CSV tables, and as a page that opens offline
    in any browser: the same export that the person can ask for in the product. Only the owner of
    this computer can read the file.
    """
    open_house()
    from django.utils.timezone import now

    from coachwork.exchange import actions as exchange

    if file.exists() and not overwrite:
        raise click.ClickException(f"{file} exists; name another or add --overwrite.")
    person = account(email)
    if not hasattr(person, "client"):
        raise click.ClickException(f"{email} has an account here, but no record of their own.")
    content = exchange.export_record(actor=person, client=person.client, at=now())
    file.touch(mode=0o600)
    file.write_bytes(content)
    click.echo(f"{file}: {len(content):,} bytes.")
