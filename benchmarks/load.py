"""A small load generator: fixed rate (open loop) or as fast as it goes (closed loop).

At a fixed rate a request's time counts from when it was due, so a slow answer cannot hide the ones
queued behind it. It shares the machine with the server; at a few hundred requests a second it needs
a few per cent of one core.
"""

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.harness import percentile

TICKS = os.sysconf("SC_CLK_TCK")
Request = bytes


@dataclass
class Outcome:
    """What came of one run."""

    latencies: list[float] = field(default_factory=list)  # seconds
    statuses: dict[int, int] = field(default_factory=dict)
    failures: int = 0  # broken connections
    seconds: float = 0.0
    server_cpu: float = 0.0  # seconds, all processes of the server

    @property
    def answered(self) -> int:
        return sum(self.statuses.values())

    @property
    def errors(self) -> int:
        return self.failures + sum(n for code, n in self.statuses.items() if code >= 400)

    def milliseconds(self, share: float) -> float:
        return 1000 * percentile(self.latencies, share)

    @property
    def cpu_milliseconds(self) -> float:
        return 1000 * self.server_cpu / max(self.answered, 1)


def request(
    path: str,
    *,
    host: str,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes = b"",
) -> Request:
    """One HTTP/1.1 request, ready to send on a kept connection."""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", "Accept: */*"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body or method != "GET":
        lines.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + body


def at_rate(
    requests: Callable[[int], Request],
    *,
    port: int,
    rate: float,
    seconds: float,
    connections: int = 32,
    server: int | None = None,
) -> Outcome:
    """Send request number n when it is due, whether or not the ones before are answered."""
    total = int(rate * seconds)

    async def run(outcome: Outcome) -> None:
        due: asyncio.Queue[tuple[int, float] | None] = asyncio.Queue()
        workers = [
            asyncio.create_task(_connection(due, requests, port, outcome))
            for _ in range(connections)
        ]
        start = time.perf_counter()
        for number in range(total):
            moment = start + number / rate
            await asyncio.sleep(max(0.0, moment - time.perf_counter()))
            due.put_nowait((number, moment))
        for _ in workers:
            due.put_nowait(None)
        await asyncio.gather(*workers)

    return _measured(run, server)


def flat_out(
    requests: Callable[[int], Request],
    *,
    port: int,
    seconds: float,
    connections: int = 8,
    server: int | None = None,
) -> Outcome:
    """Every connection sends its next request as soon as it has its answer."""

    async def run(outcome: Outcome) -> None:
        end = time.perf_counter() + seconds
        counter = iter(range(10**9))

        async def one() -> None:
            lane = _Lane(port)
            while time.perf_counter() < end:
                await _ask(lane, requests(next(counter)), time.perf_counter(), outcome)
            lane.close()

        await asyncio.gather(*(one() for _ in range(connections)))

    return _measured(run, server)


def _measured(run: Callable[[Outcome], object], server: int | None) -> Outcome:
    outcome = Outcome()
    before = cpu_seconds(server) if server else 0.0
    start = time.perf_counter()
    asyncio.run(run(outcome))  # type: ignore[arg-type]
    outcome.seconds = time.perf_counter() - start
    outcome.server_cpu = (cpu_seconds(server) - before) if server else 0.0
    return outcome


class _Lane:
    """One kept connection, opened again where the server closed it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self.streams is None or self.streams[1].is_closing() or self.streams[0].at_eof():
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        return self.streams

    def close(self) -> None:
        if self.streams is not None:
            self.streams[1].close()
        self.streams = None


async def _connection(
    due: "asyncio.Queue[tuple[int, float] | None]",
    requests: Callable[[int], Request],
    port: int,
    outcome: Outcome,
) -> None:
    lane = _Lane(port)
    while (turn := await due.get()) is not None:
        number, moment = turn
        await _ask(lane, requests(number), moment, outcome)
    lane.close()


async def _ask(lane: _Lane, sent: Request, moment: float, outcome: Outcome) -> None:
    try:
        status = await _exchange(lane, sent)
    except (OSError, asyncio.IncompleteReadError, ValueError):
        lane.close()
        outcome.failures += 1
        return
    outcome.latencies.append(time.perf_counter() - moment)
    outcome.statuses[status] = outcome.statuses.get(status, 0) + 1


async def _exchange(lane: _Lane, sent: Request) -> int:
    reader, writer = await lane.open()
    writer.write(sent)
    await writer.drain()
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    headers = {
        name.lower(): value.strip()
        for name, _, value in (line.partition(":") for line in lines[1:] if line)
    }
    if headers.get("transfer-encoding") == "chunked":
        while (length := int(await reader.readline(), 16)) > 0:
            await reader.readexactly(length + 2)
        await reader.readline()
    else:
        await reader.readexactly(int(headers.get("content-length", "0")))
    if headers.get("connection", "").lower() == "close":
        lane.close()
    return int(lines[0].split()[1])


def cpu_seconds(root: int) -> float:
    """Processor seconds that a process and all below it have used so far."""
    total = 0.0
    for process in family(root):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += (int(fields[11]) + int(fields[12])) / TICKS
    return total


def family(root: int) -> Sequence[int]:
    """A process and every process below it."""
    found = [root]
    for process in found:
        try:
            children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        except OSError:
            continue
        found.extend(int(child) for child in children)
    return found
