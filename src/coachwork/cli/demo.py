"""`coachwork demo`: something to look at."""

import click

from coachwork.cli.house import open_house


def loaded_once() -> list[str]:
    """Load the demo where it is not there yet; returns who can sign in."""
    from django.utils.timezone import now

    from coachwork.exchange import demo as life

    if not life.is_loaded():
        click.echo("Loading the demo (once) ...", err=True)
        life.load(at=now(), echo=lambda line: click.echo(f"  {line}", err=True))
    return [str(line) for line in life.sign_ins()]


@click.command()
def demo() -> None:
    """Load the demo into this database, once, and print who can sign in.

    A practice with a coach and eight clients at different stages over nine months, and a company
    of 60 people, made by living through the product with a simulated clock. Meant for a database
    of its own: there is no way to take it out again.
    """
    from coachwork.cli.migrate import bring_up_to_date

    open_house()
    bring_up_to_date()
    for line in loaded_once():
        click.echo(line)
