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
    process: int

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        """What the database says, read beside the server."""
        there = sqlite3.connect(f"file:{self.folder / 'coachwork.sqlite3'}?mode=ro", uri=True)
        try:
            return there.execute(sql, values).fetchall()
        finally:
            there.close()

    def calls_out(self) -> list[str]:
        """Connections of the server to anything but this machine, as Linux lists them."""
        found = []
        for pid in (self.process, *_children(self.process)):
            sockets = {
                os.readlink(one) for one in Path(f"/proc/{pid}/fd").iterdir() if one.is_symlink()
            }
            for table in ("tcp", "tcp6"):
                lines = Path(f"/proc/{pid}/net/{table}").read_text(encoding="ascii").splitlines()
                for line in lines[1:]:
                    fields = line.split()
                    away = fields[2].rpartition(":")[0] not in AT_HOME
                    if away and f"socket:[{fields[9]}]" in sockets:
                        found.append(fields[2])
        return found


# This machine, and nobody, as /proc/net writes them.
AT_HOME = (
    "0100007F",
    "00000000",
    "0" * 32,
    "0" * 24 + "01000000",
    "0000000000000000FFFF00000100007F",
)


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return [number for child in map(int, found) for number in (child, *_children(child))]


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
        yield House(f"http://127.0.0.1:{port}", folder, server.pid)
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
