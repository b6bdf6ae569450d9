"""`coachwork replan`: look at plans again, on this machine or on a cluster."""

import json
import time

import click

from coachwork.cli.house import open_house


@click.command()
@click.option(
    "--all",
    "everybody",
    is_flag=True,
    help="Every plan, also where nothing slipped.",
)
@click.option("--workers", type=click.IntRange(0, 256), help="Processes; 0 works in this one.")
@click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler, such as tcp://10.0.0.5:8786.")
@click.option(
    "--part", type=click.IntRange(1, 1000), default=50, show_default=True, help="Plans in a part."
)
def replan(everybody: bool, workers: int | None, cluster: str | None, part: int) -> None:
    """Look at plans again and put proposals on the table; no plan is changed.

    A round that was stopped, even by kill -9, goes on where it was when the command is given again,
    and ends with the same digest of all answers. Proposals wait until the client answers them.
    """
    open_house()
    from django.utils import timezone

    from coachwork.engine import weekplans
    from coachwork.kit import pools
    from coachwork.plans import actions

    pool: pools.Pool
    began = time.perf_counter()
    try:
        if cluster:
            pool = pools.Cluster(cluster, weekplans.version)
        else:
            pool = pools.Alone() if workers == 0 else pools.Processes(workers)
        done = actions.replan_all(pool=pool, at=timezone.now(), everybody=everybody, part_size=part)
    except pools.NoPool as missing:
        raise click.ClickException(str(missing)) from missing
    seconds = time.perf_counter() - began
    told = {
        "plans": done.plans,
        "proposed": done.proposed,
        "parts": done.parts,
        "parts_from_before": done.resumed,
        "digest": done.replan.digest,
        "engine": done.replan.engine,
        "workers": pool.workers,
        "seconds": round(seconds, 2),
        "asked": done.asked,
        "asked_a_second": round(done.asked / seconds, 2),
        "overhead": round(max(0.0, 1 - pool.busy / (seconds * pool.workers)), 3),
    }
    click.echo(json.dumps(told))
