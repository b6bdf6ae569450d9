"""Kill -9, for real: a round over plans that dies ends the same, here and on a cluster."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.notifications.test_worker_kills import ROOT, ask, database, script

PLANS = 24
PREPARE = f"""
from django.core.management import call_command
call_command("migrate", verbosity=0)
from datetime import timedelta
from django.utils import timezone
from coachwork.kit import weeks
from coachwork.plans import actions
from coachwork.plans.models import PlanItem
from tests import builders as make
from tests.plans import stage
now = timezone.now()
for number in range({PLANS}):
    client = make.client(f"person{{number}}")
    stage.active(client)
    for title in ("Read the report", "Talk to Kim"):
        stage.item(client, title, effort_minutes=60 + number, kind="learning")
last_week = weeks.monday(now.date()) - timedelta(weeks=1)
PlanItem.objects.update(week_on=last_week)
"""
FORGET = """
from coachwork.plans.models import Proposal, Replan
Proposal.objects.all().delete()
Replan.objects.all().delete()
"""
DONE = "SELECT count(*) FROM plans_replanpart WHERE done"
PROPOSALS = "SELECT count(*) FROM plans_proposal WHERE state = 'open'"


def command(*more: str) -> list[str]:
    return [sys.executable, "-m", "coachwork", "replan", "--part", "1", *more]


def told(output: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
    return found


def count(question: str, where: dict[str, str]) -> int:
    return int(ask(question, where)[0])


def run(where: dict[str, str], *more: str) -> dict[str, Any]:
    done = subprocess.run(
        command(*more), env=where, capture_output=True, text=True, timeout=180, check=False
    )
    assert done.returncode == 0, done.stderr
    return told(done.stdout)


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[tuple[dict[str, str], str]]:
    """A database full of slipped plans, and the digest of a round that nobody disturbed."""
    with database(tmp_path_factory.mktemp("replan")) as where:
        subprocess.run(script(PREPARE), env=where, cwd=ROOT, check=True)
        undisturbed = run(where, "--workers", "0")
        assert undisturbed["asked"] == undisturbed["proposed"] == PLANS
        yield where, undisturbed["digest"]


@pytest.fixture
def fresh(house) -> tuple[dict[str, str], str]:
    where, digest = house
    subprocess.run(script(FORGET), env=where, cwd=ROOT, check=True)
    return where, digest


def wait_for(where: dict[str, str], parts: int) -> None:
    until = time.monotonic() + 120
    while count(DONE, where) < parts:
        assert time.monotonic() < until, "nothing is being done"
        time.sleep(0.01)


@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_round_killed_in_the_middle_goes_on_and_ends_with_the_same_digest(fresh, workers):
    where, digest = fresh
    with subprocess.Popen(
        command("--workers", workers),
        env=where,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as victim:
        try:
            wait_for(where, 2)
        finally:
            os.killpg(victim.pid, signal.SIGKILL)
    assert 2 <= count(DONE, where) < PLANS, "killed too late to prove anything"
    resumed = run(where, "--workers", workers)
    assert resumed["parts_from_before"] >= 2
    assert resumed["asked"] == PLANS - resumed["parts_from_before"]
    assert resumed["digest"] == digest
    assert count(PROPOSALS, where) == PLANS


@contextmanager
def cluster(folder: Path, where: dict[str, str]) -> Iterator[tuple[str, list[Any]]]:
    """A real scheduler and two workers, as somebody would start them."""
    lines = folder / "scheduler.json"
    tool = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    known = ["--scheduler-file", str(lines)]
    scheduler = [*tool, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *known]
    worker = [*tool, "worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", *known]
    started = [subprocess.Popen(scheduler, env=where, cwd=folder, **quiet)]
    try:
        until = time.monotonic() + 60
        while not lines.exists():
            assert time.monotonic() < until, "the scheduler does not start"
            time.sleep(0.05)
        workers = [subprocess.Popen(worker, env=where, cwd=folder, **quiet) for _ in range(2)]
        started += workers
        yield json.loads(lines.read_text())["address"], workers
    finally:
        for one in reversed(started):
            one.kill()
            one.wait()


def test_a_cluster_that_loses_a_worker_ends_with_the_same_digest(fresh, tmp_path):
    where, digest = fresh
    with (
        cluster(tmp_path, where) as (address, workers),
        subprocess.Popen(
            command("--cluster", address), env=where, cwd=ROOT, stdout=subprocess.PIPE, text=True
        ) as going,
    ):
        try:
            wait_for(where, 2)
            workers[0].kill()
            assert count(DONE, where) < PLANS, "killed too late to prove anything"
            output, _ = going.communicate(timeout=180)
        finally:
            going.kill()
    done = told(output)
    assert done["digest"] == digest
    assert done["asked"] == PLANS
    assert count(PROPOSALS, where) == PLANS


def test_where_no_cluster_answers_a_sentence_says_what_to_start(fresh, monkeypatch):
    where, _ = fresh
    asked = subprocess.run(
        [
            sys.executable,
            "-c",
            "from coachwork.kit import pools; pools.PATIENCE = 0.5\n"
            "from coachwork.cli.main import main\n"
            "main(['replan', '--cluster', 'tcp://127.0.0.1:9'])",
        ],
        env=where,
        capture_output=True,
        text=True,
        check=False,
    )
    assert asked.returncode == 1
    assert "Start `dask scheduler` and `dask worker` there." in asked.stderr
    assert "Traceback" not in asked.stderr
    assert count(DONE, where) == 0
