"""Whether a text holds one of the words for which somebody should look at it first.

A simple comparison on purpose: whole words, whatever their capitals, accents, drawn-out letters,
digits in the place of letters, or signs between single letters. It reads no meaning.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import Final

# Signs that stand for letters they look like.
LOOKS: Final = str.maketrans("013457@$", "oieastas")
BETWEEN: Final = r"[\W_]+"  # what may stand between two words
LETTER: Final = r"[^\W_]"


def folded(text: str) -> str:
    """The text without capitals, accents, invisible signs and look-alikes."""
    parts = unicodedata.normalize("NFKD", text)
    kept = (one for one in parts if unicodedata.category(one) not in {"Mn", "Cf"})
    return "".join(kept).casefold().translate(LOOKS)


def finds(text: str, words: Iterable[str]) -> bool:
    """Whether one of these words, or of these few words in a row, stands in the text."""
    pattern = _pattern(frozenset(words))
    return pattern is not None and pattern.search(folded(text)) is not None


@lru_cache(maxsize=16)
def _pattern(words: frozenset[str]) -> re.Pattern[str] | None:
    if not words:
        return None
    ways = [way for one in sorted(words) for way in _ways(one)]
    return re.compile(f"(?<!{LETTER})(?:{'|'.join(ways)})(?!{LETTER})")


def _ways(words: str) -> list[str]:
    """The ways in which it may be written: with letters drawn out, or set apart."""
    parts = words.split()
    ways = [BETWEEN.join(_drawn_out(one) for one in parts) + "s*"]
    if len(parts) == 1:
        ways.append(BETWEEN.join(re.escape(letter) for letter in words))
    return ways


def _drawn_out(word: str) -> str:
    return "".join(f"{re.escape(letter)}{{{len(list(run))},}}" for letter, run in groupby(word))
