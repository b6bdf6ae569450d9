"""Search as you type over ESCO 1.1.1's 99,190 names of skills: how fast, how often found.

Needs the real packages beside the source (../shared/data/esco); says so and ends where they are
not there. On SQLite the figure is processor time; PostgreSQL works in a process of its own, so
there it is the time until the answer is here.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import harness

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "esco"
RELEASE = "v1.1.1"
ENGINE = "COACHWORK_BENCH_ENGINE"
QUERIES = harness.size(300, 20)
# What each way of asking is held to: share found among the first ten.
WAYS = {
    "first_letters": 0.90,
    "full_label": 0.95,
    "full_label_one_slip": 0.85,
    "other_label": 0.95,
    "other_label_one_slip": 0.85,
    "reordered": 0.95,
    "first_eight_letters": None,
}
SLOWEST_MS = 15.0


def slip(text: str, chance: random.Random) -> str:
    """One letter left out, doubled, changed or swapped, in a word of four letters or more."""
    places = [
        place
        for place in range(1, len(text) - 1)
        if text[place - 1 : place + 2].isalpha() and len(_word_at(text, place)) >= 4
    ]
    if not places:
        return text
    place = chance.choice(places)
    letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
    return chance.choice(
        [
            text[:place] + text[place + 1 :],
            text[:place] + text[place] + text[place:],
            text[:place] + letter + text[place + 1 :],
            text[: place - 1] + text[place] + text[place - 1] + text[place + 1 :],
        ]
    )


def _word_at(text: str, place: int) -> str:
    return text[: place + 1].rpartition(" ")[2] + text[place + 1 :].partition(" ")[0]


def asked(way: str, label: str, chance: random.Random) -> str:
    words = label.split()
    if way == "first_letters":
        return " ".join(word[:4] for word in words)
    if way == "reordered":
        return " ".join(chance.sample(words, len(words)))
    if way == "first_eight_letters":
        return label[:8]
    return slip(label, chance) if way.endswith("one_slip") else label


def prepare() -> None:
    """A database of its own with the one release in it."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils.timezone import now

    from coachwork.frameworks import actions
    from coachwork.people.models import User

    call_command("migrate", verbosity=0)
    folder = Path(os.environ["COACHWORK_DATA"], "esco")
    folder.mkdir()
    for package in DATA.glob(f"*{RELEASE}*.zip"):
        (folder / package.name).write_bytes(package.read_bytes())
    operator = User.objects.create_superuser(email="bench@example.org", password=None)
    with harness.step("importing ESCO"):
        actions.import_file(actor=operator, kind="esco", path=folder, at=now())


def measure(engine: str) -> None:
    prepare()
    from django.db import connection

    from coachwork.frameworks import queries
    from coachwork.frameworks.models import Entry, Label
    from coachwork.people.models import User

    actor = User.objects.get()
    skills = ("skill", "knowledge")
    harness.emit(f"search.{engine}.names", Entry.objects.filter(kind__in=skills).count(), "names")
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    labels = {
        preferred: list(
            Label.objects.filter(concept__kind__in=skills, kind=preferred)
            .order_by("pk")
            .values_list("concept_id", "text")
        )
        for preferred in ("preferred", "other")
    }
    queries.search(actor=actor, text="xqzw begin")  # the vocabulary is read once a process
    every: list[float] = []
    for way, least in WAYS.items():
        chance = random.Random(f"{way} 2026")
        sample = chance.sample(labels["other" if way.startswith("other") else "preferred"], QUERIES)
        found, times = 0, []
        for concept, label in sample:
            text = asked(way, label, chance)
            start = clock()
            hits = queries.search(actor=actor, text=text, kinds=skills)
            times.append((clock() - start) * 1000)
            # Two things may have the very same name: then either is right.
            found += any(hit.key == concept or hit.matched == label for hit in hits)
        every += times
        harness.emit(
            f"search.{engine}.{way}.hit_at_10", found / len(sample), "share", at_least=least
        )
        harness.emit(f"search.{engine}.{way}.median", harness.percentile(times, 0.5), "ms")
        harness.emit(
            f"search.{engine}.{way}.p95", harness.percentile(times, 0.95), "ms", at_most=SLOWEST_MS
        )
    harness.emit(f"search.{engine}.p95", harness.percentile(every, 0.95), "ms", at_most=SLOWEST_MS)


def main() -> None:
    if engine := os.environ.get(ENGINE):
        measure(engine)
        harness.conclude()
        return
    if not list(DATA.glob(f"*{RELEASE}*.zip")):
        harness.note("The ESCO packages are not beside the source; nothing was measured.")
        return
    failed = [engine for engine in (sys.argv[1:] or ("sqlite", "postgres")) if not run(engine)]
    sys.exit(1 if failed else 0)


def run(engine: str) -> bool:
    """One database in a process of its own."""
    from contextlib import nullcontext

    from tests import services

    server = services.postgres() if engine == "postgres" else nullcontext("")
    with tempfile.TemporaryDirectory() as place, server as address:
        told = {**os.environ, ENGINE: engine, "COACHWORK_DATA": place}
        told.pop("DATABASE_URL", None)
        if address:
            told["DATABASE_URL"] = address
        command = [sys.executable, "-m", "benchmarks.bench_search"]
        return subprocess.run(command, env=told).returncode == 0


if __name__ == "__main__":
    main()
