"""A real PgBouncer in transaction mode, in front of the database of a test."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

UNPRIVILEGED = "nobody"
CONFIGURATION = """
[databases]
{name} = host={host} port={port} user={user} dbname={name}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
max_client_conn = 100
ignore_startup_parameters = extra_float_digits
logfile = {folder}/log
pidfile = {folder}/pid
"""


def program() -> str | None:
    """Where PgBouncer is, if it is on this machine."""
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")


@contextmanager
def pgbouncer(database: dict[str, Any]) -> Iterator[int]:
    """Start it for the database of these settings; yields its port on this machine."""
    path = program()
    if path is None:
        raise RuntimeError("No PgBouncer: apt-get install --no-install-recommends pgbouncer")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="coachwork-pooler-") as name:
        folder = Path(name)
        configuration = folder / "pgbouncer.ini"
        configuration.write_text(
            CONFIGURATION.format(
                name=database["NAME"],
                host=database["HOST"] or "127.0.0.1",
                port=database["PORT"] or 5432,
                user=database["USER"] or "postgres",
                listen=listen,
                folder=folder,
            )
        )
        user = None
        if os.geteuid() == 0:
            owner = pwd.getpwnam(UNPRIVILEGED)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
            os.chown(configuration, owner.pw_uid, owner.pw_gid)
            user = UNPRIVILEGED
        process = subprocess.Popen(
            [path, "-q", str(configuration)], user=user, extra_groups=[] if user else None
        )
        try:
            _await(listen, process)
            yield listen
        finally:
            process.terminate()
            process.wait(10)


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(100):
        if process.poll() is not None:
            raise RuntimeError("PgBouncer ended at once.")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("PgBouncer did not answer.")
