"""The words of all names, to put right a slip of the finger; kept until the index changes."""

from bisect import bisect_left
from functools import lru_cache
from itertools import chain
from uuid import UUID

from rapidfuzz import process
from rapidfuzz.distance import OSA

from coachwork.frameworks.models import Index, Word

SHORTEST, LONG = 3, 8
MOST = 8


class Vocabulary:
    """Words in order, and by how long they are."""

    def __init__(self, names: dict[str, int]) -> None:
        self.names = names
        self.words = sorted(names)
        self.by_length: dict[int, list[str]] = {}
        for word in self.words:
            self.by_length.setdefault(len(word), []).append(word)
        self._beginnings: dict[int, dict[str, int]] = {}

    def begins(self, word: str) -> bool:
        """Whether some word begins like this."""
        place = bisect_left(self.words, word)
        return place < len(self.words) and self.words[place].startswith(word)

    def near(self, word: str, *, unfinished: bool = False) -> list[str]:
        """Words, or with `unfinished` beginnings of words, that this may be a slip for."""
        if len(word) < SHORTEST:
            return []
        reach = 1 if len(word) < LONG else 2
        if unfinished:
            counts = self._beginnings_of(len(word))
            choices = list(counts)
        else:
            counts = self.names
            lengths = range(len(word) - reach, len(word) + reach + 1)
            choices = list(chain.from_iterable(self.by_length.get(n, ()) for n in lengths))
        found = process.extract(
            word, choices, scorer=OSA.distance, score_cutoff=reach, limit=None, processor=None
        )
        near = sorted(found, key=lambda one: (one[1], -counts[one[0]]))
        closest = near[0][1] if near else 0
        return [one[0] for one in near if one[1] <= max(closest, 1)][:MOST]

    def _beginnings_of(self, length: int) -> dict[str, int]:
        """The first letters of longer words, with in how many names they stand."""
        known = self._beginnings.get(length)
        if known is None:
            known = {}
            for word, count in self.names.items():
                if len(word) > length:
                    known[word[:length]] = known.get(word[:length], 0) + count
            self._beginnings[length] = known
        return known


def current() -> Vocabulary:
    """The vocabulary of the index as it is now."""
    edition = Index.objects.filter(id=1).values_list("edition", flat=True).first()
    return _of(edition) if edition else Vocabulary({})


@lru_cache(maxsize=2)
def _of(edition: UUID) -> Vocabulary:
    return Vocabulary(dict(Word.objects.filter(names__gt=0).values_list("word", "names")))
