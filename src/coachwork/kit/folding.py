"""Words as a search sees them: without case, accents or punctuation, in every script."""

import re
import unicodedata

LONGEST_TEXT = 400
LONGEST_WORD = 60

# Signs after a word belong to it, so that C, C++ and C# are three things.
_WORD = re.compile(r"[^\W_]+[+#]*")
_ONE_LETTER = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "\u0131": "i", "æ": "ae", "œ": "oe"}
)


def folded(text: str) -> str:
    """The text in lower case and without accents, vowel points and other marks."""
    decomposed = unicodedata.normalize("NFKD", text[:LONGEST_TEXT]).casefold()
    bare = "".join(sign for sign in decomposed if not unicodedata.category(sign).startswith("M"))
    return unicodedata.normalize("NFC", bare).translate(_ONE_LETTER)


def words(text: str) -> list[str]:
    """The folded words of a text, in their order."""
    plain = text[:LONGEST_TEXT].lower() if text.isascii() else folded(text)
    return [word[:LONGEST_WORD] for word in _WORD.findall(plain)]
