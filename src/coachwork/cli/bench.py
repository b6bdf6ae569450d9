"""`coachwork bench`: the benchmarks of a checkout."""

import subprocess
import sys
from pathlib import Path

import click

CHECKOUT = Path(__file__).resolve().parents[3]


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1)
def bench(arguments: tuple[str, ...]) -> None:
    """Run benchmarks (in a checkout of the source): the same as ./bench there."""
    if not (CHECKOUT / "benchmarks" / "harness.py").exists():
        raise click.ClickException("Benchmarks live in the source; run ./bench in a checkout.")
    done = subprocess.run([sys.executable, "-m", "benchmarks.harness", *arguments], cwd=CHECKOUT)
    raise click.exceptions.Exit(done.returncode)
