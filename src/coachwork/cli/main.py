"""The `coachwork` command: one group a file, each thin, each calling the rooms."""

import click

from coachwork.cli.bench import bench
from coachwork.cli.calibrate import calibrate
from coachwork.cli.check import check
from coachwork.cli.demo import demo
from coachwork.cli.exports import export
from coachwork.cli.house import House
from coachwork.cli.imports import import_group
from coachwork.cli.migrate import migrate
from coachwork.cli.replan import replan
from coachwork.cli.serve import serve
from coachwork.cli.tokens import token
from coachwork.cli.users import user
from coachwork.cli.worker import worker

EPILOG = """
Where things are kept: COACHWORK_DATA names the folder of the embedded database, DATABASE_URL a
PostgreSQL to use instead. COACHWORK_TRACEBACK=1 shows the whole of an error.
"""


@click.group(cls=House, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="coachwork", message="Coachwork %(version)s")
def main() -> None:
    """Coachwork, a coaching platform that you host yourself.

    `coachwork serve --demo` starts it with something to look at, at http://127.0.0.1:8000.
    `coachwork serve` starts it empty, and the first page sets up the first account.
    """


for command in (
    serve, worker, demo, check, migrate, import_group, export, user, token, bench, calibrate,
    replan,
):  # fmt: skip
    main.add_command(command)

if __name__ == "__main__":
    main()
