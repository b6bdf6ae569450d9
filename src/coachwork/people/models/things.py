"""The kinds of things about a person: the rows of the permission table."""

from enum import StrEnum, auto


class Thing(StrEnum):
    """What a row is about; every model of rows about a person names its own kind."""

    RECORD = auto()
    RELATIONSHIPS = auto()
    SHARES = auto()
    EVENTS = auto()
    ASSESSMENT = auto()
    ROUND = auto()
    REPLIES = auto()
    HELD = auto()
    REPORT = auto()
    GOALS = auto()
    PLAN = auto()
    ATTEMPTS = auto()
    FEEDBACK = auto()
    PROJECTS = auto()
    LEARNING = auto()
    CONTACTS = auto()
    MOODS = auto()
    CHECK_INS = auto()
    JOURNAL = auto()
    ENTRIES = auto()
    SESSION = auto()
    COACH_NOTES = auto()
    AGREEMENT = auto()
    ENGAGEMENT = auto()
