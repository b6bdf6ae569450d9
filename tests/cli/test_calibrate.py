"""`coachwork calibrate`: says what came of it, and what it takes."""

import pytest
from click.testing import CliRunner

from coachwork.cli.main import main

pytestmark = pytest.mark.django_db


def test_without_enough_it_says_what_it_takes():
    answer = CliRunner().invoke(main, ["calibrate"])
    assert answer.exit_code == 0, answer.output
    assert "It takes 30 people" in answer.output.replace("it takes", "It takes")


def test_an_organisation_that_is_not_there_is_named():
    answer = CliRunner().invoke(main, ["calibrate", "--organisation", "Nowhere"])
    assert answer.exit_code == 1
    assert "There is no organisation named Nowhere" in answer.output
