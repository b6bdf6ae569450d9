"""What exercises hold, as frozen values: cases, challenges, sheets to observe by."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Something to read in a case."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """Somebody whom a case touches."""

    who: str
    wants: str
    worries: str


@dataclass(frozen=True, slots=True)
class Reasoning:
    """One way to see a case that can be defended, and where it is weak."""

    title: str
    text: str
    weak_spot: str


@dataclass(frozen=True, slots=True)
class RubricRow:
    """A behaviour, and what to look for in an answer."""

    behaviour: str
    look_for: str


@dataclass(frozen=True, slots=True)
class CaseStudy:
    """A case in two stages: commit to a view, read what changes things, revise."""

    code: str
    title: str
    competencies: tuple[str, ...]
    behaviours: tuple[str, ...]
    minutes: int
    summary: str
    situation: str
    exhibits: tuple[Exhibit, ...]
    question: str
    new_facts: tuple[Exhibit, ...]
    revise: str
    stakeholders: tuple[Stakeholder, ...]
    reasonings: tuple[Reasoning, ...]
    rubric: tuple[RubricRow, ...]
    transfer: str
    framework: str
    locale: str
    content_note: str = ""


@dataclass(frozen=True, slots=True)
class ChallengeIdea:
    """Something to dare in real work; a high risk is rehearsed before."""

    code: str
    title: str
    risk: str
    competency: str
    behaviour: str
    where: str
    do: str
    feedback_giver: str
    stop_rule: str
    debrief: tuple[str, ...]
    locale: str
    rehearsal: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    """A behaviour to tick when it is seen."""

    behaviour: str
    text: str


@dataclass(frozen=True, slots=True)
class ObserverSheet:
    """What to watch for in one kind of talk."""

    code: str
    title: str
    setting: str
    competencies: tuple[str, ...]
    ticks: tuple[Tick, ...]
    write: tuple[str, ...]
    locale: str


@dataclass(frozen=True, slots=True)
class TeamExercise:
    """Something for a workshop, step by step."""

    code: str
    title: str
    competencies: tuple[str, ...]
    minutes: int
    people: str
    aim: str
    need: str
    steps: tuple[str, ...]
    stop_rule: str
    debrief: tuple[str, ...]
    locale: str
