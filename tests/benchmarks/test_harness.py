"""The harness counts right, and a missed limit is not overlooked."""

import json
import sys

import pytest

from benchmarks import harness


@pytest.fixture(autouse=True)
def in_earnest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "_missed", [])
    monkeypatch.delenv(harness.SMOKE, raising=False)


def test_a_figure_is_one_line_with_all_its_circumstances(
    capsys: pytest.CaptureFixture[str],
) -> None:
    harness.emit("home p95", 25.0, "ms", at_most=50.0)
    line = json.loads(capsys.readouterr().out)
    assert list(line) == [
        "name", "value", "unit", "against", "ratio", "command", "machine", "versions",
    ]  # fmt: skip
    assert (line["value"], line["against"], line["ratio"]) == (25.0, 50.0, 0.5)
    assert line["machine"]["cores"] >= 1
    assert line["versions"]["django"].startswith("5.2")


@pytest.mark.parametrize(
    ("value", "limits", "misses"),
    [
        (51.0, {"at_most": 50.0}, True),
        (50.0, {"at_most": 50.0}, False),
        (0.94, {"at_least": 0.95}, True),
        (0.96, {"at_least": 0.95}, False),
        (99.0, {"against": 1.0}, False),
    ],
)
def test_a_missed_limit_ends_with_status_one(
    value: float, limits: dict[str, float], misses: bool
) -> None:
    harness.emit("figure", value, "ms", **limits)
    with pytest.raises(SystemExit) as end:
        harness.conclude()
    assert end.value.code == int(misses)


def test_a_smoke_run_holds_nothing_to_its_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(harness.SMOKE, "1")
    harness.emit("figure", 99.0, "ms", at_most=1.0)
    with pytest.raises(SystemExit) as end:
        harness.conclude()
    assert end.value.code == 0
    assert harness.size(100_000, 10) == 10


def test_percentiles_are_values_that_were_measured() -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert harness.percentile(values, 0.5) == 50.0
    assert harness.percentile(values, 0.95) == 95.0
    assert harness.percentile([7.0], 0.95) == 7.0


def test_peak_memory_and_processor_time_are_those_of_the_child() -> None:
    hungry = "block = bytearray(80_000_000); sum(range(3_000_000))"
    took = harness.spent_by([sys.executable, "-c", hungry])
    # A child begins as a copy of this process, so its peak counts ours until it is itself.
    assert 80 < took.peak_megabytes < max(200, harness.peak_megabytes() + 100)
    assert 0 < took.cpu_seconds <= took.seconds * 2
