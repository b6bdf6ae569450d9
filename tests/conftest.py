"""What every test shares: fast passwords, the database that was asked for, Chromium and axe."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests import template

QUIET_CHROMIUM = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
DATABASE_FILE = Path(tempfile.gettempdir(), f"coachwork-test-{os.getpid()}")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

hypothesis_settings.register_profile(
    "dev", max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
# CI looks harder, and at the same examples each time, so that a red run can be run again.
hypothesis_settings.register_profile(
    "ci", parent=hypothesis_settings.get_profile("dev"), max_examples=100, derandomize=True
)
hypothesis_settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev")
)


def pytest_configure(config: pytest.Config) -> None:
    """Test settings: they differ from production only where production is slow on purpose."""
    check_database()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # No collected, hashed file names: tests serve static files from where they lie.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.STATIC_ROOT = None
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    place_database(in_memory="not browser" in config.option.markexpr)


def place_database(*, in_memory: bool) -> None:
    """A live server answers in threads of its own, and SQLite in memory is one connection."""
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"] and not database["TEST"].get("NAME"):
        database["TEST"]["NAME"] = ":memory:" if in_memory else f"{DATABASE_FILE}.sqlite3"


def pytest_unconfigure() -> None:
    """Leave no database behind, not even after migrations that failed halfway."""
    for file in DATABASE_FILE.parent.glob(f"{DATABASE_FILE.name}*"):
        file.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def tables_at_hand(django_db_modify_db_settings: None) -> Iterator[bool]:
    """Begin from the tables that an earlier run has made, where no migration has changed since."""
    database = settings.DATABASES["default"]
    if "sqlite" not in database["ENGINE"] or not template.file().exists():
        yield False
        return
    with closing(template.copied(str(database["TEST"]["NAME"]))):
        yield True


@pytest.fixture(scope="session")
def django_db_keepdb(tables_at_hand: bool) -> bool:
    """Django must not empty what has just been put there."""
    return tables_at_hand


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Keep the tables for the next run."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            connection.ensure_connection()
            template.keep(connection.connection)


def check_database() -> None:
    """Refuse to run on another database than the one that was asked for."""
    engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
    wanted = os.environ.get("COACHWORK_TEST_DB", "")
    if wanted and not engine.startswith({"sqlite": "sqlite"}.get(wanted, "postgres")):
        raise pytest.UsageError(
            f"COACHWORK_TEST_DB={wanted}, but the settings point at {engine}. "
            "`./test --postgres` starts a PostgreSQL and sets DATABASE_URL; "
            "for SQLite, unset DATABASE_URL."
        )


def pytest_report_header() -> str:
    return f"database: {settings.DATABASES['default']['ENGINE'].rpartition('.')[2]}"


def chromium_path() -> str | None:
    """The Chromium of this machine, or the one that COACHWORK_CHROMIUM names."""
    named = os.environ.get("COACHWORK_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, quiet; without its sandbox only for root, where it cannot have one."""
    path = chromium_path()
    if path is None:
        pytest.fail("No Chromium on this machine: apt-get install --no-install-recommends chromium")
    # The browser's event loop stays open in this thread, and Django would refuse the ORM there.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": path, "args": QUIET_CHROMIUM + sandbox}


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], None]:
    """Call with a page: fails with the rule, the reason and the element of every violation."""
    from axe_playwright_python.sync_playwright import Axe

    tool = Axe()
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": AXE_RULES}}

    def check(page: Any) -> None:
        found = tool.run(page, options=options).response["violations"]
        lines = [
            f"{rule['id']} ({rule['impact']}): {rule['help']}\n    {node['html'][:300]}"
            for rule in found
            for node in rule["nodes"]
        ]
        assert not lines, f"axe on {page.url}:\n" + "\n".join(lines)

    return check


@pytest.fixture
def german(settings: Any) -> str:
    """An interface that speaks German too, as one with a compiled catalogue would."""
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    return "de"


@pytest.fixture(scope="session", autouse=True)
def _flush_passes_the_audit_log() -> None:
    """Between tests with real transactions SQLite empties tables by DELETE, which the audit log
    refuses on purpose; for that moment alone, the refusal is taken off and put back."""
    # On PostgreSQL nothing else has read the back end, and its parts need this one first.
    import django.db.backends.sqlite3.base  # noqa: F401
    from django.db.backends.sqlite3.operations import DatabaseOperations

    original = DatabaseOperations.execute_sql_flush

    def emptied(self: Any, sql_list: Any) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master "
                "WHERE type = 'trigger' AND name LIKE '%%_no_delete'"
            )
            refusals = cursor.fetchall()
            for name, _sql in refusals:
                cursor.execute(f'DROP TRIGGER "{name}"')
            try:
                original(self, sql_list)
            finally:
                for _name, sql in refusals:
                    cursor.execute(sql)

    DatabaseOperations.execute_sql_flush = emptied
