"""`coachwork export` hands out the whole record, to nobody but the owner of the machine."""

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from coachwork.cli.main import main
from tests import builders as make


def export(email: str, file: Path, *more: str) -> Result:
    return CliRunner().invoke(main, ["export", email, str(file), *more])


@pytest.mark.django_db
def test_the_archive_opens_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    client = make.client()
    assert client.user is not None
    file = tmp_path / "record.zip"
    answer = export(client.user.email, file)
    assert answer.exit_code == 0, answer.output
    assert file.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert {Path(name).suffix for name in archive.namelist()} >= {".json", ".csv", ".html"}


@pytest.mark.django_db
def test_a_file_that_exists_is_kept_unless_told_otherwise(tmp_path: Path) -> None:
    client = make.client()
    assert client.user is not None
    file = tmp_path / "record.zip"
    file.write_text("mine", encoding="utf-8")
    assert export(client.user.email, file).exit_code == 1
    assert file.read_text(encoding="utf-8") == "mine"
    assert export(client.user.email, file, "--overwrite").exit_code == 0
    assert zipfile.is_zipfile(file)


@pytest.mark.django_db
def test_an_account_without_a_record_is_told_so(tmp_path: Path) -> None:
    coach = make.user("carl")
    answer = export(coach.email, tmp_path / "record.zip")
    assert answer.exit_code == 1
    assert "no record" in answer.output
    assert not (tmp_path / "record.zip").exists()
