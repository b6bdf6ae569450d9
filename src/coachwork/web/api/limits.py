"""How often one key, person or address may ask in a minute, counted in each process by itself."""

from threading import Lock

WINDOW_SECONDS = 60
MOST_CALLERS = 20_000


class Budget:
    """So many requests a minute for each caller."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.window = 0
        self.counts: dict[str, int] = {}

    def take(self, caller: str, most: int, at: float) -> int:
        """Take one; returns the seconds to wait where there is none left, else 0."""
        window = int(at // WINDOW_SECONDS)
        with self.lock:
            if window != self.window or len(self.counts) > MOST_CALLERS:
                self.window, self.counts = window, {}
            taken = self.counts.get(caller, 0) + 1
            self.counts[caller] = taken
        return 0 if taken <= most else WINDOW_SECONDS - int(at % WINDOW_SECONDS)
