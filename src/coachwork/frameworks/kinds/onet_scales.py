"""From O*NET's scales to ours, openly: levels 0 to 7 become 1 to 5, importance becomes 1 to 3.

A level is `1 + level x 4 / 7`, rounded to half steps. The scale of the source ends at what only the
most expert in the world do, and ours at a role model within reach, so a target never goes above
4.5: nobody is asked to be a role model in everything because of a table.
"""

from decimal import Decimal

from coachwork.kit import levels

HIGHEST_SOURCE_LEVEL = Decimal(7)
HIGHEST_TARGET = Decimal("4.5")
MOST_IMPORTANT = Decimal(4)  # "very important" and above
IMPORTANT = Decimal(3)  # "important"


def unrounded(level: Decimal) -> Decimal:
    """A level of the source on our scale, before it is rounded."""
    return 1 + level * 4 / HIGHEST_SOURCE_LEVEL


def target_level(level: Decimal) -> Decimal:
    """The target that a level of the source comes to, in half steps."""
    return min(levels.half_steps(unrounded(level)), HIGHEST_TARGET)


def target_importance(importance: Decimal) -> int:
    """How much a target matters, 1 to 3."""
    if importance >= MOST_IMPORTANT:
        return 3
    return 2 if importance >= IMPORTANT else 1


def anchors(examples: dict[Decimal, str]) -> dict[int, str]:
    """Five anchors: the plain meaning of each level, with the source's example nearest to it."""
    nearest: dict[int, str] = {}
    for level, text in sorted(examples.items()):
        place = int(unrounded(level).to_integral_value())
        if text and place not in nearest:
            nearest[place] = text.strip().rstrip(".")
    return {
        level: f"{meaning}. Such as: {_lowered(nearest[level])}."
        if level in nearest
        else str(meaning)
        for level, meaning in ((level, str(text)) for level, text in levels.MEANINGS.items())
    }


def _lowered(text: str) -> str:
    """The example as it goes on in a sentence; abbreviations keep their capitals."""
    return text if text[:2].isupper() else text[:1].lower() + text[1:]
