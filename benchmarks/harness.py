"""Run the benchmarks.

Usage: ./bench [NAME ...]   run these, or all of them
       ./bench --list       what there is
       ./bench --smoke      every one on very little: does it still run?

Each is a module benchmarks/bench_NAME.py and runs in a process of its own. Figures go to
standard output, one JSON object a line: name, value, unit, against (what it is held to), ratio
(value over that), command, machine, versions. All else goes to standard error. A figure that
misses its limit makes the command end with status 1.
"""

import argparse
import ast
import functools
import json
import math
import os
import platform
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
SMOKE = "COACHWORK_BENCH_SMOKE"
COMMAND = "COACHWORK_BENCH_COMMAND"
VERSIONS_SHOWN = (
    "Django",
    "gunicorn",
    "django-ninja",
    "psycopg",
    "numpy",
    "catsim",
    "girth",
    "raschpy",
)

_missed: list[str] = []


# ---- for a benchmark ----------------------------------------------------------------------


def is_smoke() -> bool:
    """Whether this run only asks if the benchmark still works."""
    return os.environ.get(SMOKE) == "1"


def size(full: int, smoke: int) -> int:
    """How much to do: in earnest, or in a smoke run."""
    return smoke if is_smoke() else full


def note(text: str) -> None:
    """Progress, for a person: never mixed with the figures."""
    print(text, file=sys.stderr, flush=True)


def emit(
    name: str,
    value: float,
    unit: str,
    *,
    at_most: float | None = None,
    at_least: float | None = None,
    against: float | None = None,
) -> None:
    """Print one figure; `at_most` and `at_least` are limits, `against` only a comparison."""
    reference = next((r for r in (at_most, at_least, against) if r is not None), None)
    ratio = round(value / reference, 4) if reference else None
    line = {
        "name": name,
        "value": round(value, 4),
        "unit": unit,
        "against": reference,
        "ratio": ratio,
        "command": os.environ.get(COMMAND, " ".join(sys.orig_argv)),
        "machine": machine(),
        "versions": versions(),
    }
    print(json.dumps(line), flush=True)
    too_much = at_most is not None and value > at_most
    too_little = at_least is not None and value < at_least
    if (too_much or too_little) and not is_smoke():
        _missed.append(f"{name}: {value:g} {unit}, limit {reference:g}")


@dataclass(frozen=True)
class Spent:
    """What a piece of work took."""

    seconds: float
    cpu_seconds: float
    peak_megabytes: float = 0.0


def spent(work: Callable[[], object], *, times: int = 1) -> Spent:
    """Time and processor time of this process, a run; processor time is the steadier one."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(times):
        work()
    return Spent((time.perf_counter() - wall) / times, (time.process_time() - cpu) / times)


def spent_by(command: Sequence[str], *, environment: dict[str, str] | None = None) -> Spent:
    """Time, processor time and peak memory of a command in a process of its own."""
    wall = time.perf_counter()
    child = subprocess.Popen(command, env={**os.environ, **(environment or {})}, stdout=sys.stderr)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    return Spent(
        time.perf_counter() - wall, usage.ru_utime + usage.ru_stime, _megabytes(usage.ru_maxrss)
    )


def peak_megabytes() -> float:
    """The most memory that this process has had."""
    return _megabytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def _megabytes(maximum: int) -> float:
    # Linux counts kilobytes, macOS bytes.
    return maximum / (1024 if sys.platform == "linux" else 1024 * 1024)


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


@contextmanager
def step(text: str) -> Iterator[None]:
    """A part that takes a while: say what it is, and how long it took."""
    start = time.perf_counter()
    note(f"  {text} ...")
    yield
    note(f"  {text}: {time.perf_counter() - start:.1f} s")


def conclude() -> None:
    """End a benchmark: with status 1 and the list where a limit was missed."""
    for line in _missed:
        note(f"LIMIT MISSED  {line}")
    sys.exit(1 if _missed else 0)


# ---- what the figures were taken on -------------------------------------------------------


@functools.cache
def machine() -> dict[str, object]:
    """The machine, and how busy it was when the benchmark began."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": platform.platform(),
        "load": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    if Path("/proc/cpuinfo").exists():
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


@functools.cache
def versions() -> dict[str, str]:
    """The versions of what the figures depend on, with the commit of the source."""
    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for name in VERSIONS_SHOWN:
        try:
            found[name.lower()] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found | _commit()


def _commit() -> dict[str, str]:
    """The commit of a checkout; nothing where there is no git or no repository."""
    try:
        told = subprocess.run(
            ["git", "describe", "--always", "--dirty"],
            cwd=HERE,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return {}
    return {"coachwork": told.stdout.strip()}


# ---- the command --------------------------------------------------------------------------


def benchmarks() -> dict[str, str]:
    """Name and first line of every benchmark."""
    return {
        path.stem.removeprefix("bench_"): (
            ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
        ).partition("\n")[0]
        for path in sorted(HERE.glob("bench_*.py"))
    }


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(usage=argparse.SUPPRESS, add_help=False)
    parser.add_argument("names", nargs="*")
    for option in ("--list", "--smoke", "--help"):
        parser.add_argument(option, action="store_true")
    options = parser.parse_args(arguments)
    known = benchmarks()
    if options.help or options.list:
        print(__doc__ if options.help else "\n".join(f"{n:16} {t}" for n, t in known.items()))
        return 0
    if unknown := [name for name in options.names if name not in known]:
        note(f"No benchmark named {', '.join(unknown)}; ./bench --list shows them.")
        return 2
    failed = [name for name in options.names or known if not run(name, smoke=options.smoke)]
    note(f"Failed: {', '.join(failed)}" if failed else "All benchmarks ran and kept their limits.")
    return int(bool(failed))


def run(name: str, *, smoke: bool) -> bool:
    """One benchmark in its own process, so that none leaves memory or connections to the next."""
    note(f"== {name}{' (smoke)' if smoke else ''}")
    told = {
        **os.environ,
        SMOKE: "1" if smoke else "0",
        COMMAND: f"./bench {name}{' --smoke' if smoke else ''}",
        "DJANGO_SETTINGS_MODULE": "coachwork.web.settings",
        # Threads that wait for each other count as processor time and do no work.
        "OPENBLAS_NUM_THREADS": "1",
    }
    command = [sys.executable, "-m", f"benchmarks.bench_{name}"]
    return subprocess.run(command, cwd=HERE.parent, env=told).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
