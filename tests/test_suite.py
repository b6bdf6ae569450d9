"""The test command counts what pytest did, and refuses to leave things out by itself."""

from pathlib import Path

import pytest

from tests import suite

REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"/>
<testcase name="c"><failure/></testcase><testcase name="d"><error/></testcase>
<testcase name="e"><skipped/></testcase>
</testsuite></testsuites>"""


def test_a_report_is_counted(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT, encoding="utf-8")
    assert suite.counted(report) == (2, 2, 1)
    assert suite.counted(tmp_path / "none.xml") == (0, 0, 0)


def test_the_last_line_sums_all_runs_and_the_status_follows_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    good, bad = suite.Outcome("good", 5, 0, 1, 2.0), suite.Outcome("bad", 3, 1, 0, 2.0)
    assert suite.conclude([good], set()) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 0 failed, 1 skipped"
    assert suite.conclude([good, bad], {"browser"}) == 1
    out = capsys.readouterr().out
    assert out.splitlines()[-1] == "8 passed, 1 failed, 1 skipped"
    assert "left out by name: browser" in out


def test_only_what_has_a_name_can_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert suite.main(["--without", "lint"]) == 2
    assert "browser or postgres" in capsys.readouterr().out


def test_a_machine_without_a_browser_fails_with_the_line_that_installs_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(suite, "has_chromium", lambda: False)
    monkeypatch.setattr(suite, "install_chromium", lambda: False)
    monkeypatch.setattr(suite, "whole", lambda _: pytest.fail("it ran all the same"))
    assert suite.main(["--without=postgres"]) == 1
    out = capsys.readouterr().out
    assert "apt-get install --no-install-recommends chromium" in out
    assert out.splitlines()[-1] == "0 passed, 1 failed"


def test_a_machine_without_pgbouncer_installs_it_or_says_what_is_skipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(suite.pooling, "program", lambda: None)
    monkeypatch.setattr(suite, "install", lambda package, what: bool(asked.append(package)))
    assert suite.install_pgbouncer() is False
    assert asked == ["pgbouncer"] and "is skipped" in capsys.readouterr().out
    monkeypatch.setattr(suite.pooling, "program", lambda: "/usr/sbin/pgbouncer")
    assert suite.install_pgbouncer() and asked == ["pgbouncer"]


def test_arguments_go_to_pytest_on_sqlite_only(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[list[str], str]] = []

    def run(name: str, arguments: list[str], database: str = "") -> suite.Outcome:
        seen.append((arguments, database))
        return suite.Outcome(name, 1, 0, 0, 0.0)

    monkeypatch.setattr(suite, "run_tests", run)
    assert suite.main(["tests/people", "-k", "sharing"]) == 0
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    assert suite.main(["--postgres", "tests/people"]) == 0
    assert seen == [
        (["tests/people", "-k", "sharing"], ""),
        (["tests/people"], "postgresql://somewhere/else"),
    ]


def test_runs_on_sqlite_do_not_see_another_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    assert "DATABASE_URL" not in suite.environment("")
    told = suite.environment("postgresql://here")
    assert (told["DATABASE_URL"], told["COACHWORK_TEST_DB"]) == ("postgresql://here", "postgres")
