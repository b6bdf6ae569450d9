"""Gentle questions about a goal that is being written. They never judge, and never add up.

The words to look for are translated as lists, so that each language brings its own.
"""

import re

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

# Translators: lists of words, divided by commas, in the small letters of your language.
VAGUE = pgettext_lazy(
    "words that nobody can see or hear",
    "improve, better, be more, become, understand, know, be aware, try to, be good at",
)
SITUATIONS = pgettext_lazy(
    "words that lead into a situation",
    "in, when, during, at, after, before, while, if, with, on, whenever, each",
)
DAYS = pgettext_lazy(
    "words for days",
    "by, until, week, month, january, february, march, april, may, june, july, august, september, "
    "october, november, december, monday, tuesday, wednesday, thursday, friday, spring, summer, "
    "autumn, winter, day",
)
OTHERS = pgettext_lazy(
    "words of goals about other people",
    "my boss will, my manager will, my team will, my colleague will, my colleagues will, "
    "they will, he will, she will, people will, the others will, make my, make him, make her, "
    "make them, get my boss to, get them to",
)


def hints(text: str) -> list[str]:
    """Up to three questions that may help; none for an empty page."""
    said = " ".join(text.casefold().split())
    if not said:
        return []
    found = []
    if _has(said, OTHERS):
        found.append(
            _(
                "This seems to be about what somebody else does. "
                "What would you do yourself, so that it becomes more likely?"
            )
        )
    if _has(said, VAGUE):
        found.append(_("What would somebody see or hear you do?"))
    if not _has(said, SITUATIONS):
        found.append(_("In which situation?"))
    if not re.search(r"\d", said) and not _has(said, DAYS):
        found.append(_("By when? You can also set the day on the next page."))
    return found[:3]


def _has(said: str, words: object) -> bool:
    listed = (word.strip() for word in str(words).split(","))
    return any(_stands(word, said) for word in listed if word)


def _stands(word: str, said: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said) is not None
