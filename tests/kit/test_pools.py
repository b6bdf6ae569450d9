"""The same answers from every pool, whatever happens to who works."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from coachwork.kit import pools


def squared(number: int) -> int:
    if number < 0:
        raise ValueError("below 0")
    return number * number


def once_fatal(asked: tuple[int, str]) -> int:
    """Dies the first time it is asked about 3, by a mark left in a file."""
    number, mark = asked
    if number == 3 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def always_fatal(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_every_pool_answers_every_piece_once_under_its_number():
    pieces = [(number, number - 2) for number in range(2, 25)]
    expected = {number: (number - 2) ** 2 for number in range(2, 25)}
    for pool in (pools.Alone(), pools.Processes(2)):
        found = list(pool.answers(squared, pieces))
        assert dict(found) == expected
        assert len(found) == len(expected)


def test_pieces_are_made_while_others_are_worked_on():
    made = 0

    def pieces() -> Iterator[tuple[int, int]]:
        nonlocal made
        for number in range(50):
            made += 1
            yield number, number

    answers = pools.Processes(2).answers(squared, pieces())
    next(answers)
    assert made <= 2 * pools.AHEAD + 1
    assert len(list(answers)) == 49


def test_a_process_that_dies_costs_no_answer(tmp_path):
    mark = str(tmp_path / "died")
    found = dict(pools.Processes(2).answers(once_fatal, [(n, (n, mark)) for n in range(12)]))
    assert found == {n: n for n in range(12)}
    assert Path(mark).exists()


def test_work_that_always_kills_is_given_up():
    with pytest.raises(pools.NoPool, match="Three times"):
        list(pools.Processes(2).answers(always_fatal, [(0, 0), (1, 1)]))


@pytest.mark.parametrize("pool", [pools.Alone(), pools.Processes(2)], ids=["alone", "processes"])
def test_an_error_of_the_work_comes_through(pool):
    with pytest.raises(ValueError, match="below 0"):
        list(pool.answers(squared, [(0, 1), (1, -1)]))
