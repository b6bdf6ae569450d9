"""Work in numbered pieces, done here, by processes or by a cluster: the same answers from each.

A pool takes plain values and a function of a module, and hands back (number, answer) in the order
in which answers come. Only a few pieces are under way at a time, so that pieces may be made while
others are worked on. A worker that dies costs time, no answer.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent import futures
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, Final, Protocol, TypeVar

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")

AHEAD: Final = 2  # pieces for each worker: one in hand, one waiting
LOSSES: Final = 3  # workers that may die before the work itself is taken for the cause
PATIENCE: Final = 30.0  # seconds for a cluster to answer


class NoPool(Exception):
    """The workers that were asked for are not there, or are not alike; says what to do."""


class Pool(Protocol):
    """Somewhere to work."""

    workers: int
    busy: float  # seconds of work by all workers so far

    def answers(
        self, work: Callable[[Piece], Answer], pieces: Iterable[tuple[int, Piece]]
    ) -> Iterator[tuple[int, Answer]]:
        """Every piece's answer under its number, once each; an error of the work comes through."""
        ...  # pragma: no cover


class Alone:
    """In this process, one piece after the other."""

    workers = 1
    busy = 0.0

    def answers(
        self, work: Callable[[Piece], Answer], pieces: Iterable[tuple[int, Piece]]
    ) -> Iterator[tuple[int, Answer]]:
        for number, piece in pieces:
            seconds, answer = _timed(work, piece)
            self.busy += seconds
            yield number, answer


class Processes:
    """On the cores of this machine."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or len(os.sched_getaffinity(0))
        self.busy = 0.0

    def answers(
        self, work: Callable[[Piece], Answer], pieces: Iterable[tuple[int, Piece]]
    ) -> Iterator[tuple[int, Answer]]:
        rest = iter(pieces)
        lost: dict[int, Piece] = {}
        for _ in range(LOSSES):
            with futures.ProcessPoolExecutor(
                self.workers, get_context("spawn"), initializer=_begin
            ) as crew:
                try:
                    for number, seconds, answer in _flow(
                        crew.submit, _first, self.workers, work, rest, lost
                    ):
                        self.busy += seconds
                        yield number, answer
                except BrokenProcessPool:
                    continue
                return
        raise NoPool("Three times a process that was working died. Is there enough memory?")


class Cluster:
    """On the machines of a Dask cluster, by the address of its scheduler."""

    def __init__(self, address: str, alike: Callable[[], str]) -> None:
        try:
            import distributed
        except ImportError as missing:
            raise NoPool(
                "A cluster needs one package more: install coachwork[cluster]."
            ) from missing
        try:
            self.client = distributed.Client(address, timeout=PATIENCE)
            self.client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError) as silent:
            raise NoPool(
                f"No worker answers at {address}. Start `dask scheduler` and `dask worker` there."
            ) from silent
        self._refuse_others(alike)
        self.workers = sum(self.client.nthreads().values())
        self.busy = 0.0
        self._first = distributed.wait

    def _refuse_others(self, alike: Callable[[], str]) -> None:
        ours = alike()
        others = {where for where, theirs in self.client.run(alike).items() if theirs != ours}
        if others:
            self.client.close()
            raise NoPool(
                f"{len(others)} of the workers run another version than this one ({ours}). "
                "Install the same everywhere: answers must not depend on who gives them."
            )

    def answers(
        self, work: Callable[[Piece], Answer], pieces: Iterable[tuple[int, Piece]]
    ) -> Iterator[tuple[int, Answer]]:
        def submit(*asked: Any) -> Any:
            return self.client.submit(*asked, pure=False, retries=LOSSES)

        def first(asked: Iterable[Any]) -> Iterable[Any]:
            done: Iterable[Any] = self._first(list(asked), return_when="FIRST_COMPLETED").done
            return done

        try:
            for number, seconds, answer in _flow(
                submit, first, self.workers, work, iter(pieces), {}
            ):
                self.busy += seconds
                yield number, answer
        finally:
            self.client.close()


def _flow(
    submit: Callable[..., Any],
    first: Callable[[Iterable[Any]], Iterable[Any]],
    workers: int,
    work: Callable[[Piece], Answer],
    rest: Iterator[tuple[int, Piece]],
    lost: dict[int, Piece],
) -> Iterator[tuple[int, float, Answer]]:
    """Keep a few pieces under way; `lost` are those that were handed out and not answered."""
    asked: dict[Any, int] = {submit(_timed, work, piece): n for n, piece in lost.items()}
    while True:
        while len(asked) < workers * AHEAD and (piece := next(rest, None)) is not None:
            number, values = piece
            lost[number] = values
            asked[submit(_timed, work, values)] = number
        if not asked:
            return
        for done in first(asked):
            number = asked[done]
            seconds, answer = done.result()
            del asked[done], lost[number]
            yield number, seconds, answer


def _timed(work: Callable[[Piece], Answer], piece: Piece) -> tuple[float, Answer]:
    began = time.perf_counter()
    answer = work(piece)
    return time.perf_counter() - began, answer


def _first(asked: Iterable[Any]) -> Iterable[Any]:
    return futures.wait(asked, return_when=futures.FIRST_COMPLETED).done


def _begin() -> None:
    """One thread a process; what a solver prints goes where errors go, not among the answers."""
    os.environ["OMP_NUM_THREADS"] = "1"
    os.dup2(2, 1)
