"""`coachwork serve`: the web server and the worker for background jobs, kept running together."""

import ctypes
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import click

from coachwork.cli.house import open_house

POLL_SECONDS = 0.2
START_SECONDS = 60
STOP_SECONDS = 10
# A child that dies this often within a minute will not get better by another start.
DEATHS_A_MINUTE = 5
PR_SET_PDEATHSIG = 1
LOCAL = {"127.0.0.1", "localhost", "::1"}


@dataclass
class Child:
    """A process that must be there as long as the server is."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    due_at: float = 0.0

    def start(self) -> None:
        # Its own session: Ctrl-C reaches only the supervisor, which then stops it in order.
        self.process = subprocess.Popen(
            self.command, start_new_session=True, preexec_fn=_ends_with_parent
        )

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def died(self, at: float) -> None:
        """Note the death, and when to try again: at once, then more and more patiently."""
        self.process = None
        self.deaths = [death for death in self.deaths if at - death < 60] + [at]
        self.due_at = at + 2 ** (len(self.deaths) - 1) * 0.5


def _ends_with_parent() -> None:
    """Ask Linux to end this child when the supervisor dies without a word (kill -9)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Keeps children running until it is told to stop, or until that is plainly hopeless."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.stopping = threading.Event()

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stopping.set())

    def start(self) -> None:
        for child in self.children:
            child.start()

    def watch(self) -> str | None:
        """Restart what dies; returns the reason to give up, or None when asked to stop."""
        while not self.stopping.wait(POLL_SECONDS):
            for child in self.children:
                if reason := self._tend(child):
                    return reason
        return None

    def _tend(self, child: Child) -> str | None:
        now = time.monotonic()
        if child.is_running():
            return None
        if child.process is not None:
            code = child.process.returncode
            child.died(now)
            if len(child.deaths) >= DEATHS_A_MINUTE:
                return f"The {child.name} ended {len(child.deaths)} times within a minute."
            click.echo(f"The {child.name} ended (status {code}); starting it again.", err=True)
        if now >= child.due_at:
            child.start()
        return None

    def stop(self) -> None:
        """End the children in order, and those that do not listen by force."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def refuse_busy_port(host: str, port: int) -> None:
    """Say plainly that another program listens there, before anything is prepared."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as problem:
        raise click.ClickException(f"There is no address {host} on this machine.") from problem
    except PermissionError as problem:
        raise click.ClickException(
            f"Port {port} is kept for the system's administrator; choose one above 1023."
        ) from problem
    except OSError as problem:
        raise click.ClickException(
            f"Port {port} on {host} cannot be used: {problem.strerror}. "
            f"Is Coachwork running already? Another port: --port {port + 1}"
        ) from problem


def answers(host: str, port: int) -> bool:
    """Whether the web server answers a request, with whatever status."""
    connection = http.client.HTTPConnection(host, port, timeout=30)
    try:
        connection.request("GET", "/", headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def web_command(host: str, port: int, *, workers: int, threads: int) -> list[str]:
    """The production web server: processes for the cores, threads for the waiting."""
    where = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    shared_memory = ["--worker-tmp-dir", "/dev/shm"] if os.access("/dev/shm", os.W_OK) else []
    return [
        sys.executable, "-m", "gunicorn", "coachwork.web.wsgi:application", "--bind", where,
        "--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads),
        "--log-level", "warning", "--no-control-socket", "--graceful-timeout", "8", *shared_memory,
    ]  # fmt: skip


def tell_settings(host: str, port: int, *, demo: bool) -> None:
    """What the settings cannot know: the address asked for here, unless the environment says."""
    names = ["127.0.0.1", "localhost", "[::1]"]
    if host not in LOCAL:
        names += [socket.gethostname(), host]
    os.environ.setdefault("COACHWORK_HOSTS", ",".join(names))
    os.environ.setdefault("COACHWORK_ORIGIN", f"http://{_shown(host)}:{port}")
    if demo:
        os.environ["COACHWORK_DEMO"] = "1"


def _shown(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "[::1]", "::1": "[::1]"}.get(host, host)


def collect_static() -> None:
    """Bring the static files together under hashed names, where something has changed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    if settings.WHITENOISE_USE_FINDERS:
        return
    stamps = [
        f"{name} {os.stat(storage.path(name)).st_mtime_ns}"
        for finder in get_finders()
        for name, storage in finder.list([])
    ]
    stamp, told = Path(settings.STATIC_ROOT) / ".collected", "\n".join(sorted(stamps))
    if stamp.exists() and stamp.read_text(encoding="utf-8") == told:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(told, encoding="utf-8")


def prepare(*, demo: bool) -> list[str]:
    """Database, demo and static files; returns what to tell the person who started it."""
    from coachwork.cli import demo as demo_command
    from coachwork.cli.migrate import bring_in_content, bring_up_to_date

    open_house()
    click.echo("Preparing the database ...", err=True)
    bring_up_to_date()
    collect_static()
    # The demo first: in its story the frameworks have been there from the beginning.
    notes = demo_command.loaded_once() if demo else []
    bring_in_content()
    return notes


def await_answer(supervisor: Supervisor, host: str, port: int) -> None:
    """Wait for the first answer; a server that dies before it has one is not started again."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    deadline = time.monotonic() + START_SECONDS
    while not supervisor.stopping.is_set():
        if not supervisor.children[0].is_running():
            raise click.ClickException("The web server did not start; the reason stands above.")
        if answers(local, port):
            return
        if time.monotonic() > deadline:
            raise click.ClickException(f"No answer from the web server in {START_SECONDS} s.")
        time.sleep(POLL_SECONDS)


@click.command()
@click.option("--host", envvar="HOST", default="127.0.0.1", show_default=True,
              help="The address to listen on. Also: HOST in the environment.")  # fmt: skip
@click.option("--port", envvar="PORT", default=8000, show_default=True,
              type=click.IntRange(1, 65535),
              help="The port to listen on. Also: PORT in the environment.")  # fmt: skip
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64),
              help="Web processes; one for each core is a good start.")  # fmt: skip
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64),
              help="Threads of each web process.")  # fmt: skip
@click.option("--no-worker", is_flag=True,
              help="Web only: run `coachwork worker` for the jobs somewhere else.")  # fmt: skip
@click.option("--demo/--empty", default=False,
              help="With the demo, loaded at the first start, or empty (the default).")  # fmt: skip
def serve(host: str, port: int, workers: int, threads: int, no_worker: bool, demo: bool) -> None:
    """Start Coachwork: the web server, and beside it the worker for background jobs.

    Brings the database up to date first, so nothing else is needed. Ctrl-C stops both in order;
    a process that dies is started again, and where that does not help the whole ends and says so.

    Behind a proxy or on a public address, set the host names that it answers to (see the
    README's page on hosting) and let the proxy speak HTTPS.
    """
    refuse_busy_port(host, port)
    tell_settings(host, port, demo=demo)
    notes = prepare(demo=demo)
    children = [Child("web server", web_command(host, port, workers=workers, threads=threads))]
    if not no_worker:
        children.append(Child("worker", [sys.executable, "-m", "coachwork", "worker"]))
    supervisor = Supervisor(children)
    supervisor.listen()
    supervisor.start()
    try:
        await_answer(supervisor, host, port)
        if not supervisor.stopping.is_set():
            announce(host, port, notes)
        reason = supervisor.watch()
    finally:
        supervisor.stop()
    if reason:
        raise click.ClickException(f"{reason} Coachwork has stopped; the reason stands above.")
    click.echo("\nCoachwork has stopped. Everything is saved.", err=True)


def announce(host: str, port: int, notes: list[str]) -> None:
    """The address, who can sign in, and what to know when others can reach it."""
    click.echo(f"\nCoachwork is ready: http://{_shown(host)}:{port}\n")
    if notes:
        click.echo("Sign in as one of these (address, password, who it is):\n")
    for note in notes:
        click.echo(f"  {note}")
    if host not in LOCAL:
        click.echo(
            f"It answers to: {os.environ['COACHWORK_HOSTS']} (COACHWORK_HOSTS changes that)."
        )
        if notes:
            click.echo("Others can reach it, and the demo's passwords are no secret.")
    click.echo("\nCtrl-C stops it." if notes else "Ctrl-C stops it.")
