"""The base of every refusal that is part of the rules, not a bug."""

from collections.abc import Mapping


class Refused(Exception):
    """The rules do not allow this now; the message is for the person who asked."""


class Invalid(Refused):
    """What was typed cannot be taken; each field has a sentence that says why."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = dict(fields)
        super().__init__(" ".join(str(problem) for problem in self.fields.values()))


class Stale(Refused):
    """Somebody changed this since it was read; nothing was overwritten."""
