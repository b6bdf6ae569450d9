"""A real Coachwork for a journey: its own folder, its own port, the server that everybody runs."""

import http.client
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 240  # a demo on a busy machine with slow disks
NOT_OURS = ("DATABASE_URL", "COACHWORK_DEMO", "COACHWORK_PSEUDO", "COACHWORK_TEST_DB", "EMAIL_HOST")
PASSWORD = "coachwork-demo"


@dataclass
class House:
    """A server that is running, and where it keeps things."""

    url: str
    folder: Path

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """What the database says, read beside the server."""
        there = sqlite3.connect(f"file:{self.folder / 'coachwork.sqlite3'}?mode=ro", uri=True)
        try:
            return there.execute(sql, values).fetchall()
        finally:
            there.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    path = os.pathsep.join(filter(None, ["src", os.environ.get("PYTHONPATH")]))
    return {**kept, "COACHWORK_DATA": str(folder), "PYTHONPATH": path, **more}


@contextmanager
def running(folder: Path, *options: str, **environment: str) -> Iterator[House]:
    """`coachwork serve` in this folder, from its first answer until the end of the block."""
    port = free_port()
    command = [sys.executable, "-m", "coachwork", "serve", "--port", str(port), "--workers", "1"]
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "server.log"
    with log.open("ab") as output:
        server = subprocess.Popen(
            [*command, "--no-worker", *options],
            env=_environment(folder, **environment),
            stdout=output,
            stderr=output,
        )
    try:
        _await(server, port, log)
        yield House(f"http://127.0.0.1:{port}", folder)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _await(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/help/")
            if connection.getresponse().status < 500:
                return
        except OSError:
            time.sleep(0.2)
        finally:
            connection.close()
    raise AssertionError(f"The server did not start:\n{log.read_text(errors='replace')[-4000:]}")


def copied(folder: Path, to: Path) -> Path:
    """The same house in another folder: its database and its key."""
    to.mkdir(parents=True)
    there = sqlite3.connect(folder / "coachwork.sqlite3")
    try:
        there.execute("VACUUM INTO ?", (str(to / "coachwork.sqlite3"),))
    finally:
        there.close()
    shutil.copy(folder / "secret_key", to / "secret_key")
    return to
