"""`coachwork import`: from a file to a framework in one command, without flooding a log."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coachwork.cli import imports
from coachwork.cli.main import main
from coachwork.frameworks.models import Competency, Framework
from coachwork.people.models import User

TABLE = """code,competency,behaviour
L,Listening,Lets others finish
L,Listening,Asks back
P,Planning,Sets dates
"""


@pytest.fixture
def operator(db: None) -> User:
    return User.objects.create_superuser("olga@example.org", "seven-quiet-lanterns")


def run(file: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["import", "csv", str(file), *more])


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "our-skills.csv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def test_a_table_becomes_a_framework_named_after_its_file(operator: User, table: Path) -> None:
    answer = run(table)
    assert answer.exit_code == 0, answer.output
    assert Framework.objects.get().name == "our-skills"
    assert set(Competency.objects.values_list("name", flat=True)) == {"Listening", "Planning"}
    assert "Read:" in answer.output


def test_a_dry_run_reports_and_writes_nothing(operator: User, table: Path) -> None:
    answer = run(table, "--dry-run", "--name", "Ours")
    assert answer.exit_code == 0, answer.output
    assert "A dry run: nothing was written." in answer.output
    assert not Framework.objects.exists()


def test_a_file_that_is_no_table_is_refused_in_words(operator: User, tmp_path: Path) -> None:
    file = tmp_path / "broken.csv"
    file.write_bytes(b"\x00\xff\xfe\x00" * 100)
    answer = run(file)
    assert answer.exit_code == 1
    assert answer.output.splitlines()[-1].startswith("Error: ")
    assert not Framework.objects.exists()


def test_a_log_gets_every_tenth_percent_once(capsys: pytest.CaptureFixture[str]) -> None:
    show = imports.bar()
    for done in range(1, 1001):
        show(done, 1000)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "  0%"
    assert lines[-1] == "  100%"
    assert len(lines) == 11
