"""What the content of the journal and of check-ins holds, as frozen values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PromptSet:
    """Eight questions that a page of the journal asks."""

    code: str
    name: str
    hint: str
    prompts: tuple[str, ...]
    locale: str


@dataclass(frozen=True, slots=True)
class Lens:
    """Another way to look at the same thing."""

    code: str
    name: str
    prompt: str
    locale: str


@dataclass(frozen=True, slots=True)
class CheckInTemplate:
    """The questions of a check-in; an empty one is not asked."""

    code: str
    name: str
    hint: str
    did: str
    learned: str
    stuck: str
    ahead: str
    locale: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """One way of being stuck, with first steps and the page that helps."""

    code: str
    name: str
    text: str
    steps: tuple[str, ...]
    place: str
    label: str
    locale: str
