"""`python -m coachwork` is the `coachwork` command."""

from coachwork.cli.main import main

main(prog_name="coachwork")
