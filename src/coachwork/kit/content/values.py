"""What content files hold, as frozen values that name the locale their text is really in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SPACED = re.compile(r"( ?)\{([^{}]*)\}")
SLOT = re.compile(r"\[([^\[\]]*)\]")


@dataclass(frozen=True, slots=True)
class Behaviour:
    """Something a person does that another could see or hear."""

    code: str
    text: str
    eligible_360: bool


@dataclass(frozen=True, slots=True)
class Competency:
    """One competency with its behaviours, and its anchors in words for levels 1 to 5."""

    code: str
    name: str
    description: str
    group_code: str
    group_name: str
    observable_by_others: bool
    behaviours: tuple[Behaviour, ...]
    anchors: Mapping[int, str]
    locale: str


@dataclass(frozen=True, slots=True)
class Group:
    """A handful of competencies that belong together."""

    code: str
    name: str
    competencies: tuple[Competency, ...]
    locale: str


@dataclass(frozen=True, slots=True)
class Framework:
    """A set of competencies, in groups, in one version."""

    slug: str
    version: int
    name: str
    description: str
    licence: str
    attribution: str
    groups: tuple[Group, ...]
    locale: str

    @property
    def competencies(self) -> tuple[Competency, ...]:
        return tuple(one for group in self.groups for one in group.competencies)


@dataclass(frozen=True, slots=True)
class Target:
    """The level of one competency that a role asks for, and how much it matters (3 is most)."""

    competency: str
    level: int
    importance: int


@dataclass(frozen=True, slots=True)
class RoleProfile:
    """A role a person may aim for, with its targets in order of importance."""

    slug: str
    title: str
    summary: str
    framework: str
    version: int
    targets: tuple[Target, ...]
    locale: str


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the one scale, in words."""

    number: int
    word: str
    behaviour: str
    rubric: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The five levels, and what to say when there was no fair chance to see the behaviour."""

    levels: tuple[Level, ...]
    not_seen_word: str
    not_seen_behaviour: str
    not_seen_rubric: str
    locale: str


@dataclass(frozen=True, slots=True)
class TypicalMoment:
    """A moment most working weeks have, so that a week can be planned without a calendar."""

    code: str
    kind: str
    name: str
    hint: str
    competencies: tuple[str, ...]
    locale: str


@dataclass(frozen=True, slots=True)
class ReadyIfThen:
    """An if-then pair to take as it is or to change; both halves go after "If" and "then"."""

    code: str
    moment: str
    cue_type: str
    if_text: str
    then_text: str
    competencies: tuple[str, ...]
    locale: str


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that often gets in the way, and a kind question to get past it."""

    code: str
    kind: str
    name: str
    prompt: str
    locale: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap in a sentence frame, with the question that helps to fill it."""

    name: str
    question: str
    example: str


@dataclass(frozen=True, slots=True)
class GoalFrame:
    """A sentence with gaps, [like this], that makes a clear goal when they are filled."""

    code: str
    goal_type: str
    name: str
    hint: str
    frame: str
    slots: tuple[Slot, ...]
    locale: str

    @property
    def example(self) -> str:
        return filled_frame(self.frame, {slot.name: slot.example for slot in self.slots})


@dataclass(frozen=True, slots=True)
class LadderExample:
    """Five written outcomes of one goal, from where it starts (-2) to far beyond (+2)."""

    code: str
    competency: str
    goal: str
    rungs: Mapping[int, str]
    locale: str


@dataclass(frozen=True, slots=True)
class SmallPractice:
    """A practice in real life whose first step takes five minutes at most."""

    code: str
    competency: str
    behaviour: str
    title: str
    first_step: str
    minutes: int
    done_when: str
    locale: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What raters are asked: some competencies, of each the behaviours that others can see."""

    code: str
    name: str
    hint: str
    stem: str
    leads: bool  # only for people who lead others
    instead_of: tuple[str, ...]  # what is left out of the other parts then
    competencies: tuple[str, ...]
    locale: str


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What raters may answer in their own words; {name} is the person they answer about."""

    code: str
    prompt: str
    locale: str


@dataclass(frozen=True, slots=True)
class HeldWords:
    """Slurs, or threats: a comment that holds one waits until somebody has looked at it."""

    code: str
    words: tuple[str, ...]
    locale: str


@dataclass(frozen=True, slots=True)
class Vignette:
    """A short scene to judge before the first question, with the level that fits and why."""

    code: str
    pair: str
    competency: str
    scene: str
    level: int
    because: str
    locale: str


@dataclass(frozen=True, slots=True)
class KnowledgeQuestion:
    """A question with four answers of which one is right, and why; how hard it is was judged."""

    code: str
    competency: str
    topic: str
    difficulty: str  # easy, middling or hard
    question: str
    a: str
    b: str
    c: str
    d: str
    answer: str  # a, b, c or d
    because: str
    locale: str

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The answers to choose from: letter and words."""
        return (("a", self.a), ("b", self.b), ("c", self.c), ("d", self.d))


@dataclass(frozen=True, slots=True)
class Button:
    """A link of a message: what it says, and the field that holds its address."""

    label: str
    field: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message with its fields filled in."""

    subject: str
    body: str
    buttons: tuple[tuple[str, str], ...]
    locale: str


@dataclass(frozen=True, slots=True)
class Message:
    """The copy of one mail; `examples` names every field it uses, with a sample value."""

    code: str
    purpose: str
    subject: str
    body: str
    buttons: tuple[Button, ...]
    examples: Mapping[str, str]
    locale: str

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(self.examples)

    def letter(self, values: Mapping[str, str]) -> Letter:
        """The mail for these values; raises KeyError with the name of a field left out."""
        buttons = tuple((button.label, values[button.field]) for button in self.buttons)
        # A subject is one line: a name with a line break in it must not become a mail header.
        subject = " ".join(filled(self.subject, values).split())
        return Letter(subject, filled(self.body, values), buttons, self.locale)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with each {field} replaced; values are put in as they are, never read again.

    An empty value takes the space before it along: "Hello {name}," greets a person whose name
    nobody knows with "Hello,".
    """

    def value(found: re.Match[str]) -> str:
        words = str(values[found[2]])
        return f"{found[1]}{words}" if words else ""

    return _SPACED.sub(value, text)


def filled_frame(frame: str, values: Mapping[str, str]) -> str:
    """The sentence with each [gap] that has a value replaced, and the others left standing."""
    return SLOT.sub(lambda found: values.get(found[1]) or found[0], frame)
