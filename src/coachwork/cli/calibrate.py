"""`coachwork calibrate`: learn from released feedback rounds how hard each behaviour is."""

import click

from coachwork.cli.house import open_house


@click.command(cls=click.Command)
@click.option("--organisation", default="", help="Only the frameworks of this organisation (name).")
def calibrate(organisation: str) -> None:
    """Calibrate the frameworks with enough new feedback, as the worker does every Sunday.

    Nothing happens where fewer than 30 people have a released round, or fewer than 10 a new one.
    """
    open_house()
    from django.utils.timezone import now

    from coachwork.assessment import actions
    from coachwork.people.models import Organisation

    owner = None
    if organisation:
        owner = Organisation.objects.filter(name=organisation).first()
        if owner is None:
            raise click.ClickException(f"There is no organisation named {organisation}.")
    made = actions.calibrate_due(at=now(), organisation=owner)
    for one in made:
        click.echo(f"{one}: from about {one.clients} people and {one.raters} raters.")
    if not made:
        click.echo("Nothing new: it takes 30 people with a released round, and 10 new ones after.")
