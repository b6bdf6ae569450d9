"""Start Coachwork as a newcomer would, look at it, stop it, and start it again.

Usage: python3 .ci/smoke.py [--seconds-first N] [--seconds-again N] COMMAND...

The command is given `--port N` and must serve pages there. Needs only the standard library.
"""

import argparse
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time

ASSET = re.compile(r'(?:href|src)="(/static/[^"#?]+)')


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fetch(port: int, path: str) -> tuple[int, str, bytes]:
    """Status, address to go on to, and body of one request."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers={"Host": f"127.0.0.1:{port}"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", ""), answer.read()
    finally:
        connection.close()


def page(port: int, path: str) -> tuple[int, bytes]:
    """A page, after the redirects that lead to it."""
    status, location, body = 0, path, b""
    for _ in range(5):
        status, target, body = fetch(port, location)
        if status not in {301, 302, 303, 307, 308}:
            return status, body
        location = re.sub(r"^https?://[^/]+", "", target)
    return status, body


def await_page(process: "subprocess.Popen[bytes]", port: int, limit: float) -> float:
    """Seconds until the first page came; fails when the limit or the process ends first."""
    start = time.monotonic()
    while time.monotonic() - start < limit:
        if process.poll() is not None:
            raise SystemExit(f"It ended with status {process.returncode} before it answered.")
        try:
            fetch(port, "/")
        except OSError:
            time.sleep(0.2)
            continue
        return time.monotonic() - start
    process.send_signal(signal.SIGINT)
    raise SystemExit(f"No answer within {limit:.0f} s.")


def look(port: int) -> None:
    """The first page and everything it shows must come."""
    status, body = page(port, "/")
    assert status == 200, f"/ answers {status}"
    text = body.decode()
    assert "<h1" in text and "Coachwork" in text, "the first page is not ours"
    assets = sorted(set(ASSET.findall(text)))
    assert assets, "the first page has no style"
    for asset in assets:
        status, _, body = fetch(port, asset)
        assert status == 200 and body, f"{asset} answers {status}"
    status, _ = page(port, "/no-such-page")
    assert status == 404, f"a missing page answers {status}"
    print(f"  the first page and its {len(assets)} files came")


def stop(process: "subprocess.Popen[bytes]", port: int) -> None:
    """Ctrl-C ends all of it, politely and soon."""
    start = time.monotonic()
    os.kill(process.pid, signal.SIGINT)
    code = process.wait(20)
    assert code == 0, f"Ctrl-C ended it with status {code}"
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)), "something still listens after the end"
    print(f"  stopped in {time.monotonic() - start:.1f} s")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds-first", type=float, default=600)
    parser.add_argument("--seconds-again", type=float, default=30)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    for times, limit in ((1, options.seconds_first), (2, options.seconds_again)):
        port = free_port()
        process = subprocess.Popen([*options.command, "--port", str(port)])
        try:
            print(f"  start {times}: {await_page(process, port, limit):.1f} s", flush=True)
            look(port)
            stop(process, port)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(30)


if __name__ == "__main__":
    sys.exit(main())
