"""The progress of an import is shown without flooding a log."""

import pytest

from coachwork.cli import imports


def test_a_log_gets_every_tenth_percent_once(capsys: pytest.CaptureFixture[str]) -> None:
    show = imports.bar()
    for done in range(1, 1001):
        show(done, 1000)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "  0% of 1,000"
    assert lines[-1] == "  100% of 1,000"
    assert len(lines) == 11
