"""How behaviours and anchors must be written, so that two people read the same thing in them."""

import re
from collections.abc import Iterator, Mapping

from coachwork.kit.content import copywriting

ANCHOR_WORDS = (6, 22)
BEHAVIOUR_WORDS = (2, 16)
# Other languages need more or fewer words for the same thing.
TRANSLATED_ANCHOR_WORDS = (4, 28)
LEVELS = ("1", "2", "3", "4", "5")

_TRAITS = re.compile(
    r"\b(?:confident|charismatic|passionate|proactive|assertive|motivated|dynamic|energetic|"
    r"humble|intelligent|smart|talented|gifted|likeable|outgoing|extrovert|introvert|"
    r"enthusiastic|positive|authentic|mature|emotional|weak|lazy|arrogant|natural leader|"
    r"good attitude|personality|character)\b",
    re.IGNORECASE,
)
_ABSOLUTES = re.compile(
    r"(?<!nearly )\balways\b|\b(?:never|every time|all the time|everyone|everybody|everything|"
    r"nobody|no one|perfect|perfectly|completely|totally|entirely|impossible|flawless(?:ly)?)\b",
    re.IGNORECASE,
)
_CULTURE_BOUND = re.compile(
    r"\b(?:eye contact|in the eye|hand ?shake|postur\w*|smil\w*|body language|gestur\w*|"
    r"loud\w*|soft(?:ly)? spoken|voice|accent|dress\w*|appearance|small talk|"
    r"good manners|drinks)\b",
    re.IGNORECASE,
)
_SCALE_WORDS = (
    "rarely",
    "seldom",
    "sometimes",
    "often",
    "usually",
    "mostly",
    "regularly",
    "nearly",
    "always",
)
_OTHERS = re.compile(
    r"\b(?:others?|other people(?:'s)?|people(?:'s)?|teams?|groups?|colleagues?|members|leaders|"
    r"room|stakeholders)\b",
    re.IGNORECASE,
)


def wording(text: str) -> Iterator[str]:
    """What any behaviour or anchor must keep clear of."""
    for name, pattern in (
        ("describes a trait, not something you could film", _TRAITS),
        ("is an absolute beyond the words of the scale", _ABSOLUTES),
        ("depends on one culture's manners", _CULTURE_BOUND),
    ):
        found = pattern.search(text)
        if found:
            yield f'"{found[0]}" {name}'


def starts_with_a_verb(text: str) -> bool:
    """Whether it goes on after "This person ...": "asks", "holds", after a scale word at most."""
    first = [word for word in text.lower().split() if word not in _SCALE_WORDS][:1]
    return bool(first) and first[0].rstrip(",").endswith("s") and first[0] not in ("is", "was")


def behaviour_problems(text: str) -> Iterator[str]:
    """What is wrong with an English behaviour."""
    yield from wording(text)
    low, high = BEHAVIOUR_WORDS
    if not low <= copywriting.words(text) <= high:
        yield f"has {copywriting.words(text)} words, not {low} to {high}"
    if not starts_with_a_verb(text):
        yield 'does not start with what the person does, as in "Asks ..."'


def anchor_problems(anchors: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with five English anchors."""
    yield from missing_levels(anchors)
    yield from lengths(anchors, ANCHOR_WORDS)
    for level, text in anchors.items():
        yield from (f"level {level}: {problem}" for problem in wording(text))
        if not starts_with_a_verb(text):
            yield f'level {level}: does not start with what the person does, as in "Asks ..."'
    if "5" in anchors and not _OTHERS.search(anchors["5"]):
        yield "level 5: does not say what others do better because of this person"


def missing_levels(anchors: Mapping[str, str]) -> Iterator[str]:
    missing = [level for level in LEVELS if not anchors.get(level, "").strip()]
    if missing:
        yield f"no anchor for level {', '.join(missing)}"
    texts = [text.strip().lower() for text in anchors.values()]
    if len(set(texts)) < len(texts):
        yield "two levels have the same anchor"


def lengths(anchors: Mapping[str, str], limits: tuple[int, int]) -> Iterator[str]:
    low, high = limits
    for level, text in anchors.items():
        count = copywriting.words(text)
        if not low <= count <= high:
            yield f"level {level}: {count} words, not {low} to {high}"
