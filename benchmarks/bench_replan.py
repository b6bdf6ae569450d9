"""A round over many plans: here, on processes, on a local Dask cluster; the same answers from each.

Every pool works out the same year-long plans (60 suggestions, 52 weeks) in parts of 10. Told are
plans a second, and the share of the workers' time that was not spent on planning.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import harness
from benchmarks.scheduling_cases import case
from coachwork.engine import weekplans
from coachwork.engine.scheduling import planning
from coachwork.engine.scheduling.values import Problem
from coachwork.kit import pools

PLANS = harness.size(100, 8)
SIZE = (harness.size(60, 12), harness.size(52, 12))
PART = harness.size(10, 2)
WORKERS = 2


def plan_all(problems: tuple[Problem, ...]) -> list[list[object]]:
    """The plans in plain lists."""
    return [[[one.key, *one.hours] for one in planning.plan(p).laid] for p in problems]


@contextmanager
def cluster() -> Iterator[str]:
    """A scheduler and two workers with one thread each, as `dask scheduler` and `dask worker`."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "scheduler.json"
        tool = [sys.executable, "-m", "dask"]
        known = ["--no-dashboard", "--scheduler-file", str(lines)]
        started = [_start([*tool, "scheduler", "--host", "127.0.0.1", "--port", "0", *known])]
        while not lines.exists():
            time.sleep(0.05)
        worker = [*tool, "worker", "--nthreads", "1", "--no-nanny", *known]
        started += [_start(worker) for _ in range(WORKERS)]
        try:
            yield json.loads(lines.read_text())["address"]
        finally:
            for one in reversed(started):
                one.kill()
                one.wait()


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, stdout=quiet, stderr=quiet)


def go(name: str, pool: pools.Pool, problems: list[Problem]) -> str:
    """Work everything out; the digest of the answers in order."""
    cuts = enumerate(range(0, len(problems), PART))
    pieces = [(number, tuple(problems[at : at + PART])) for number, at in cuts]
    began = time.perf_counter()
    with harness.step(name):
        answers = dict(pool.answers(plan_all, pieces))
    seconds = time.perf_counter() - began
    harness.emit(f"replan.{name}.plans_a_second", len(problems) / seconds, "plans/s")
    overhead = max(0.0, 1 - pool.busy / (seconds * pool.workers))
    harness.emit(f"replan.{name}.overhead", overhead, "share")
    text = json.dumps([answers[number] for number, _ in pieces])
    return hashlib.sha256(text.encode()).hexdigest()


def main() -> None:
    problems = [case(*SIZE, seed) for seed in range(PLANS)]
    digests = {go("alone", pools.Alone(), problems)}
    digests.add(go("processes", pools.Processes(WORKERS), problems))
    with cluster() as address:
        digests.add(go("cluster", pools.Cluster(address, weekplans.version), problems))
    harness.emit("replan.different_answers", len(digests) - 1, "digests", at_most=0)
    harness.conclude()


if __name__ == "__main__":
    main()
