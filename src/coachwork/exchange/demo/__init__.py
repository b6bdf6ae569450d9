"""The demo: nine months of a practice, a career centre and two companies, lived fast.

Nothing here writes a row of its own making: every step of a story (content/demo) is one of the
product's actions, called by the person it belongs to, at a simulated time. The same stories at
the same moment make the same rows, whatever the machine.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation

from coachwork.exchange.demo import acts, cast, script
from coachwork.exchange.demo.cast import PASSWORD
from coachwork.exchange.demo.stage import Stage
from coachwork.kit.errors import Refused
from coachwork.people.models import User

__all__ = ["PASSWORD", "SignIn", "is_loaded", "load", "sign_ins"]


@dataclass(frozen=True)
class SignIn:
    """Somebody of the demo as whom a newcomer can look around."""

    name: str
    part: str
    email: str
    password: str

    def __str__(self) -> str:
        return f"{self.email:<28} {self.password:<16} {self.name}: {self.part}"


def sign_ins() -> list[SignIn]:
    """Who can sign in, the most telling record first."""
    return [
        SignIn(one.name, one.part, one.email, PASSWORD) for one in cast.characters() if one.is_shown
    ]


def is_loaded() -> bool:
    """Whether the demo lives in this database."""
    return User.objects.filter(email=cast.host().email).exists()


def load(*, at: datetime, echo: Callable[[str], object], beside_others: bool = False) -> None:
    """Live the stories up to this moment, once; all of it or nothing.

    A database with other people in it is refused unless told, for there is no way to take the
    demo out again.
    """
    if is_loaded():
        return
    if User.objects.exists() and not beside_others:
        raise Refused(
            "There are people in this database already. The demo wants one of its own: set "
            "COACHWORK_DATA or DATABASE_URL to another place."
        )
    with transaction.atomic(), translation.override(script.LOCALE):
        stage = Stage(opens_at=script.opening(at), echo=echo)
        for step in script.steps(until=at):
            acts.play(stage, step)
    echo(f"{stage.played} steps, {len(stage.users)} people.")
