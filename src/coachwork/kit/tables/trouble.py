"""The one way to say that a file cannot be taken."""

from coachwork.kit.errors import Invalid


def unreadable(sentence: str) -> Invalid:
    """The refusal of a file, in a sentence for whoever brought it."""
    return Invalid({"file": sentence})
