"""Sets of raters, and whether comparing them singles somebody out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from coachwork.engine.anonymity.values import Published, Rules, Sets


def too_close(sets: Iterable[frozenset[str]], *, least: int = 3) -> bool:
    """Whether these sets, compared in any way, tell fewer than `least` raters from the others."""
    stands_in: dict[str, int] = {}
    for place, raters in enumerate(sets):
        for rater in raters:
            stands_in[rater] = stands_in.get(rater, 0) | 1 << place
    return any(count < least for count in Counter(stands_in.values()).values())


class Ledger:
    """The sets that were used so far, in earlier releases and in the one being made."""

    def __init__(self, before: Sequence[Published], rules: Rules) -> None:
        self.rules = rules
        self.cells: list[frozenset[str]] = [one for old in before for one in old.cells]
        self.columns = _joined([old.columns for old in before])
        self.comments = _joined([old.comments for old in before])

    def takes_cell(self, raters: frozenset[str]) -> bool:
        """Use these raters as a group, if that singles nobody out."""
        return self._takes(self.cells, raters)

    def takes_column(self, item: str, raters: frozenset[str]) -> bool:
        """Use the answers of these raters to one question, if that singles nobody out."""
        return self._takes(self.columns.setdefault(item, []), raters)

    def takes_comments(self, question: str, raters: frozenset[str]) -> bool:
        """Show what these raters wrote, if that singles nobody out."""
        return self._takes(self.comments.setdefault(question, []), raters)

    def _takes(self, sets: list[frozenset[str]], raters: frozenset[str]) -> bool:
        if len(raters) < self.rules.least:
            return False
        if too_close([*sets, raters], least=self.rules.least):
            return False
        sets.append(raters)
        return True


def _joined(parts: Sequence[Mapping[str, Sets]]) -> dict[str, list[frozenset[str]]]:
    found: dict[str, list[frozenset[str]]] = {}
    for part in parts:
        for key, sets in part.items():
            found.setdefault(key, []).extend(sets)
    return found
