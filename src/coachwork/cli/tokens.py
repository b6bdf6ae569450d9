"""`coachwork token`: keys for programs that use the API."""

from datetime import timedelta

import click

from coachwork.cli.house import House, account, open_house


@click.group(cls=House)
def token() -> None:
    """Keys with which a program uses the API in a person's name."""


@token.command()
@click.argument("email")
@click.option("--name", default="command line", show_default=True, help="What it is for.")
@click.option("--scope", "scopes", multiple=True, default=("read",), show_default=True,
              help="What it may do; repeat the option for more than one.")  # fmt: skip
@click.option("--days", default=90, show_default=True, type=click.IntRange(1, 3650),
              help="How long it counts.")  # fmt: skip
def create(email: str, name: str, scopes: tuple[str, ...], days: int) -> None:
    """Make a token for the account with this EMAIL and print it, this once.

    `read` reads what the person may see; `write:plan`, `write:evidence` and the other scopes on
    the API's page change it. Only a digest is kept: whoever loses the token makes a new one.
    """
    open_house()
    person = account(email)
    from django.utils.timezone import now

    from coachwork.people import actions as people

    at = now()
    _, secret = people.create_token(
        actor=person, name=name, scopes=scopes, at=at, expires_at=at + timedelta(days=days)
    )
    click.echo(secret)
