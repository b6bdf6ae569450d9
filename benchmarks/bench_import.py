"""Import O*NET (text and spreadsheets) and ESCO: time and memory, from the real files.

Each runs as the command does, in a process of its own, into a new database of its own. Needs the
files beside the source (../shared/data); says so and leaves out what is not there.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import harness

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
MOST_MEGABYTES = 300.0
# name, kind, files, seconds at most
IMPORTS = (
    ("onet_text", "onet", ("onet/db_29_0_text.zip",), 10.0),
    ("onet_spreadsheets", "onet", ("onet/db_29_3_excel.zip",), 60.0),
    (
        "esco",
        "esco",
        (
            "esco/ESCO dataset - v1.1.1 - classification - en - csv.zip",
            "esco/ESCO dataset - v1.1.1 - classification -  - csv.zip",
        ),
        10.0,
    ),
)


def prepare(place: str) -> None:
    """A database with nothing in it, and somebody who may import."""
    script = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from coachwork.people.models import User\n"
        "call_command('migrate', verbosity=0)\n"
        "User.objects.create_superuser(email='bench@example.org', password=None)\n"
    )
    told = {**os.environ, "COACHWORK_DATA": place}
    subprocess.run([sys.executable, "-c", script], env=told, check=True)


def measure(name: str, kind: str, files: tuple[str, ...], seconds: float) -> None:
    there = [DATA / file for file in files if (DATA / file).exists()]
    if len(there) < len(files):
        harness.note(f"  {name}: the files are not beside the source; left out")
        return
    with tempfile.TemporaryDirectory() as place:
        prepare(place)
        what = there[0]
        if len(there) > 1:
            what = Path(place, "packages")
            what.mkdir()
            for file in there:
                shutil.copy(file, what)
        command = [sys.executable, "-m", "coachwork", "import", kind, str(what)]
        for run in ("first", "again"):
            spent = harness.spent_by(command, environment={"COACHWORK_DATA": place})
            # Processor time is what the limit is about: the clock also counts other people's work.
            harness.emit(f"import.{name}.{run}", spent.cpu_seconds, "cpu_seconds", at_most=seconds)
            harness.emit(f"import.{name}.{run}.wall", spent.seconds, "seconds", against=seconds)
            harness.emit(
                f"import.{name}.{run}.memory", spent.peak_megabytes, "MB", at_most=MOST_MEGABYTES
            )


def main() -> None:
    for one in IMPORTS[: harness.size(len(IMPORTS), 1)]:
        measure(*one)
    harness.conclude()


if __name__ == "__main__":
    main()
