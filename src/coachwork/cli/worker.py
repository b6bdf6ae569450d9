"""`coachwork worker`: background jobs, beside the web server or on a machine of their own."""

import click

from coachwork.cli.house import open_house


@click.command()
def worker() -> None:
    """Do background jobs until told to stop: mails, reminders, digests, imports, exports.

    `coachwork serve` runs one already. Run more of them, on any machine that reaches the same
    database, when there is more to do. A worker may be killed at any moment: what it was doing
    is done again by another.
    """
    open_house()
    from coachwork.notifications import jobs

    jobs.run_worker()
