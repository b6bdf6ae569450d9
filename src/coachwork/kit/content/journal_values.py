"""What the content of the journal holds, as frozen values."""

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
