"""What the surroundings say: data folder, secret key and database, from environment variables."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.translation import get_language_info, to_language

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA mmap_size=134217728;"
    "PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;PRAGMA foreign_keys=ON;"
)


def flag(name: str, default: bool = False) -> bool:
    """A yes or no from the environment."""
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def data_folder() -> Path:
    """Where the database, the key and uploads live; made when missing."""
    folder = Path(os.environ.get("COACHWORK_DATA", "var")).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The key of this instance."""
    return _kept("COACHWORK_SECRET_KEY", folder / "secret_key", secrets.token_urlsafe(50))


def journal_key(folder: Path) -> str:
    """What wraps the keys of the journals. It lies outside the database, and so outside its
    backups: whoever has only one of the two can read nothing."""
    return _kept("COACHWORK_JOURNAL_KEY", folder / "journal_key", secrets.token_urlsafe(32))


def _kept(variable: str, path: Path, new: str) -> str:
    """A secret from the environment, else made once and kept in a private file."""
    if given := os.environ.get(variable):
        return given
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(new)
    except FileExistsError:
        pass
    return path.read_text().strip()


def languages(catalogues: Path, source: str) -> list[tuple[str, str]]:
    """The languages of the interface, each by its own name: the source, and what is compiled."""
    found = {path.parts[-3] for path in catalogues.glob("*/LC_MESSAGES/django.mo")} - {source}
    codes = [source, *sorted(to_language(name) for name in found)]
    return [(code, get_language_info(code)["name_local"].capitalize()) for code in codes]


def helplines(text: str) -> list[dict[str, str]]:
    """Lines of help in a crisis, written as "name|number or address;name|..."."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, _bar, where = (word.strip() for word in part.partition("|"))
        if where.startswith(("https://", "http://")):
            found.append({"name": name, "url": where})
        elif where:
            dial = "".join(sign for sign in where if sign.isdigit() or sign == "+")
            found.append({"name": name, "phone": where, "dial": dial})
    return found


def database(folder: Path) -> dict[str, Any]:
    """PostgreSQL where DATABASE_URL says so, else one SQLite file set for many writers."""
    url = os.environ.get("DATABASE_URL", "")
    if url.startswith(("postgres://", "postgresql://")):
        return _postgres(url)
    name = url.removeprefix("sqlite:///") if url else str(folder / "coachwork.sqlite3")
    return {
        "ENGINE": "coachwork.kit.sqlite",
        "NAME": name,
        "CONN_MAX_AGE": 600,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": SQLITE_PRAGMAS,
        },
        "TEST": {"NAME": os.environ.get("COACHWORK_TEST_NAME")},
    }


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    host = options.pop("host", parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "coachwork",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 600,
        # Transaction pooling in front of PostgreSQL cannot keep a cursor between statements.
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": options,
    }
