"""`coachwork migrate` leaves a database that is ready to be used, however often it runs."""

import pytest
from click.testing import CliRunner

from coachwork.cli.main import main
from coachwork.frameworks.models import Framework


@pytest.mark.django_db
def test_the_frameworks_that_ship_are_there_once_however_often_it_runs() -> None:
    first = CliRunner().invoke(main, ["migrate"])
    assert first.exit_code == 0, first.output
    frameworks = Framework.objects.count()
    assert frameworks >= 1
    again = CliRunner().invoke(main, ["migrate"])
    assert again.exit_code == 0, again.output
    assert "up to date" in again.output
    assert Framework.objects.count() == frameworks
