"""`coachwork user`: accounts, for whoever runs the server."""

import click

from coachwork.cli.house import House, open_house


@click.group(cls=House)
def user() -> None:
    """Accounts of people."""


@user.command()
@click.argument("email")
@click.option("--name", default="", help="Their name, as others see it.")
@click.option("--operator", is_flag=True,
              help="May also run the installation: imports and published frameworks.")  # fmt: skip
@click.password_option(help="Asked for when left out.")
def create(email: str, name: str, operator: bool, password: str) -> None:
    """Make an account for EMAIL, ready to sign in, with a record of their own.

    The password is asked for twice and not shown. An account made here counts as verified.
    """
    open_house()
    from django.contrib.auth.password_validation import validate_password
    from django.core.validators import validate_email
    from django.utils.timezone import now

    from coachwork.people import actions as people

    validate_email(email)
    validate_password(password)
    made = people.create_account(
        email=email, name=name, password=password, operator=operator, at=now()
    )
    click.echo(f"{made.email} can sign in.")
