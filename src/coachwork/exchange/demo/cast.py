"""Who is in the demo, and where they belong."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from coachwork.kit.content.reading import SHIPPED, page

# Everybody's, on purpose: the demo's records are nobody's. Shown on the front page of the demo.
PASSWORD = "coachwork-demo"
DOMAIN = "demo.example"  # a domain that can never receive mail


@dataclass(frozen=True)
class Character:
    """One person of the demo."""

    key: str
    name: str
    part: str = ""  # who they are to the story, as the list of sign-ins says it
    zone: str = "UTC"

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"

    @property
    def is_shown(self) -> bool:
        """Whether the list of sign-ins names them."""
        return bool(self.part)


def told(path: str) -> Any:
    """What one file of the demo's content says."""
    return page(SHIPPED, f"demo/{path}")


@cache
def characters() -> tuple[Character, ...]:
    """Everybody with a story of their own, in the order of the list of sign-ins."""
    return tuple(Character(**one) for one in told("cast.yaml")["people"])


def host() -> Character:
    """Who sets the installation up, before anybody else is there."""
    key = told("cast.yaml")["host"]
    return next(one for one in characters() if one.key == key)
