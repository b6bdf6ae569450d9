"""`coachwork check` finds what is wrong with an installation, and says when nothing is."""

import pytest
from click.testing import CliRunner
from django.core import checks
from pytest_django import Settings

from coachwork.cli import check


@pytest.mark.django_db
def test_a_database_behind_the_code_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.migrations.executor import MigrationExecutor

    assert check.database_problems() == []
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [("a step", False)])
    assert "coachwork migrate" in check.database_problems()[0]


def test_https_warnings_count_only_where_the_address_is_https(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    insecure = checks.Warning("No secure cookie.", id="security.W012")
    other = checks.Warning("A weak key.", id="security.W009")
    monkeypatch.setattr(checks, "run_checks", lambda **_: [insecure, other])
    settings.SECURE = False
    assert check.settings_problems() == ["A weak key. (security.W009)"]
    settings.SECURE = True
    assert len(check.settings_problems()) == 2


@pytest.mark.parametrize(("problems", "status"), [([], 0), (["A page says too much."], 1)])
def test_the_status_says_whether_anything_needs_a_look(
    problems: list[str], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "CHECKS", {"content": lambda: problems, "settings": list})
    answer = CliRunner().invoke(check.check)
    assert answer.exit_code == status
    assert "settings   in order" in answer.output
    assert all(problem in answer.output for problem in problems)
