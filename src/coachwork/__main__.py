"""`python -m coachwork` is the `coachwork` command."""

from coachwork.cli.main import main

if __name__ == "__main__":  # processes that help with work read this file too
    main(prog_name="coachwork")
