"""The supervisor keeps its processes running, gives up in words, and ends them in order."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from coachwork.cli import serve

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    "open(sys.argv[1], 'w').close(); time.sleep(60)",
]


def eventually(condition: Callable[[], bool], seconds: float = 10) -> bool:
    """Whether it came true in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


class Watched:
    """A supervisor that watches in a thread of its own, as it does in the main one."""

    def __init__(self, *children: serve.Child) -> None:
        self.supervisor = serve.Supervisor(list(children))
        self.reason: str | None = None
        self.thread = threading.Thread(target=self._watch)
        self.supervisor.start()
        self.thread.start()

    def _watch(self) -> None:
        self.reason = self.supervisor.watch()

    def end(self) -> None:
        self.supervisor.stopping.set()
        self.thread.join(10)
        self.supervisor.stop()


def pid(child: serve.Child) -> int:
    return child.process.pid if child.process is not None else 0


def test_a_child_that_is_killed_is_started_again(capfd: pytest.CaptureFixture[str]) -> None:
    child = serve.Child("worker", SLEEPER)
    watched = Watched(child)
    first = pid(child)
    os.kill(first, signal.SIGKILL)
    try:
        assert eventually(lambda: child.is_running() and pid(child) != first)
        assert "The worker ended (status -9); starting it again." in capfd.readouterr().err
    finally:
        watched.end()
    assert watched.reason is None


def test_a_child_that_keeps_dying_ends_the_whole_with_a_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(serve, "DEATHS_A_MINUTE", 2)
    healthy, broken = serve.Child("web server", SLEEPER), serve.Child("worker", ["false"])
    watched = Watched(healthy, broken)
    try:
        assert eventually(lambda: watched.reason is not None)
    finally:
        watched.end()
    assert watched.reason == "The worker ended 2 times within a minute."
    assert not healthy.is_running()


def test_restarts_wait_longer_each_time_and_old_deaths_are_forgotten() -> None:
    child = serve.Child("worker", SLEEPER)
    waits = []
    for at in (100.0, 101.0, 102.0, 400.0):
        child.died(at)
        waits.append(child.due_at - at)
    assert waits == [0.5, 1.0, 2.0, 0.5]


def test_a_child_that_does_not_listen_is_ended_by_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "STOP_SECONDS", 0.3)
    ready = tmp_path / "ready"
    child = serve.Child("worker", [*STUBBORN, str(ready)])
    child.start()
    assert eventually(ready.exists)
    serve.Supervisor([child]).stop()
    assert child.process is not None
    assert child.process.returncode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
def test_children_do_not_outlive_a_supervisor_that_was_killed() -> None:
    program = (
        "import sys, time; from coachwork.cli import serve;"
        f"child = serve.Child('worker', {SLEEPER!r}); child.start();"
        "print(child.process.pid, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    assert eventually(lambda: not is_alive(child))


def is_alive(number: int) -> bool:
    """Whether the process runs; one that ended and waits to be collected does not."""
    try:
        status = Path(f"/proc/{number}/stat").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def test_a_busy_port_is_refused_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(click.ClickException) as refused:
            serve.refuse_busy_port("127.0.0.1", port)
    assert f"--port {port + 1}" in refused.value.message
    serve.refuse_busy_port("127.0.0.1", port)


def test_an_address_that_is_not_ours_is_refused() -> None:
    with pytest.raises(click.ClickException, match="no address"):
        serve.refuse_busy_port("no.such.host.invalid", 8000)


def test_the_settings_learn_the_address_but_do_not_override_the_operator(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("COACHWORK_HOSTS", "COACHWORK_ORIGIN", "COACHWORK_DEMO"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COACHWORK_ORIGIN", "https://coach.example.org")
    serve.tell_settings("192.0.2.7", 8001, demo=False)
    assert "192.0.2.7" in os.environ["COACHWORK_HOSTS"].split(",")
    assert os.environ["COACHWORK_ORIGIN"] == "https://coach.example.org"
    assert "COACHWORK_DEMO" not in os.environ
    serve.tell_settings("127.0.0.1", 8001, demo=True)
    assert os.environ["COACHWORK_DEMO"] == "1"
