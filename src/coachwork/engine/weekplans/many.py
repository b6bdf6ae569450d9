"""Many questions at once, for a night's work: each answered alone, none stopped by another."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from typing import Any, Final

from coachwork.engine.scheduling import CircularError, PlanningError
from coachwork.engine.weekplans.reading import propose
from coachwork.engine.weekplans.values import Question, Schedule

VERSION: Final = "1"  # goes up whenever the same question may get another answer

LOOP: Final = "loop"  # things wait for each other; which, is in `about`
QUESTION: Final = "question"  # it makes no sense as it was put
FAULT: Final = "fault"  # ours; the kind of error is in `about`


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question: a schedule, or the trouble with it."""

    schedule: Schedule | None = None
    trouble: str = ""
    about: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """The outcome in numbers, texts and lists, the same wherever it was worked out."""
        return asdict(self)


def propose_all(questions: Sequence[Question]) -> tuple[Outcome, ...]:
    """An outcome for each question, in their order. Raises nothing of its own."""
    return tuple(_outcome(one) for one in questions)


def _outcome(question: Question) -> Outcome:
    try:
        return Outcome(propose(question))
    except CircularError as loop:
        return Outcome(trouble=LOOP, about=loop.loop)
    except PlanningError:
        return Outcome(trouble=QUESTION)
    except Exception as fault:
        # One strange plan must not keep everybody else's from being looked at.
        return Outcome(trouble=FAULT, about=(type(fault).__name__,))


def version() -> str:
    """What answers depend on besides the question: workers of one round must agree on it."""
    used = ", ".join(f"{name} {metadata.version(name)}" for name in ("numpy", "scipy"))
    return f"{VERSION} ({used})"
