"""`coachwork check` finds what is wrong with an installation, and says when nothing is."""

from typing import Any

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


@pytest.mark.django_db
def test_a_gap_in_the_security_log_is_noticed() -> None:
    from django.db import connection

    from coachwork.people import actions as people
    from tests import builders as make

    amira, ben = make.client(), make.client("ben")
    for _ in range(3):
        people.audit(actor=amira.user, verb="sign_in", stream=amira.pk, at=make.NOW)
    assert check.trail_problems() == []
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER people_auditentry_no_delete" + _on_table(connection))
        cursor.execute("DELETE FROM people_auditentry WHERE number = 2")
    assert check.trail_problems() == [f"The log of {amira.pk} has a gap."]
    assert str(ben.pk) not in str(check.trail_problems())


def _on_table(connection: Any) -> str:
    return " ON people_auditentry" if connection.vendor == "postgresql" else ""
