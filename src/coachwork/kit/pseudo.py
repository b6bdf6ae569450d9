"""A language that nobody speaks: accented, 40% longer and written from right to left.

A page in it shows at a glance what was not marked for translation, what does not fit, and what
stands on the wrong side.
"""

import re

ACCENTED = str.maketrans(
    "aceginorsuyzACEGINORSUYZ",
    "áçéğíñóřšúýžÁÇÉĞÍÑÓŘŠÚÝŽ",
)
# Placeholders, tags and entities are machinery, not words.
MACHINERY = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;)")
LONGER = 0.4
OPEN, CLOSE = "⟦", "⟧"


def pseudo(text: str) -> str:
    """The text as the pseudo-language says it; placeholders stay as they are."""
    if not text.strip():
        return text
    words = "".join(
        part if MACHINERY.fullmatch(part) else part.translate(ACCENTED)
        for part in MACHINERY.split(text)
    )
    padding = "·" * max(1, round(len(MACHINERY.sub("", text)) * LONGER))
    return f"{OPEN}{words} {padding}{CLOSE}"
