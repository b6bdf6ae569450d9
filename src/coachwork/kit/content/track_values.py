"""What the content of behaviour tracks and their tools holds, as frozen values."""

from dataclasses import dataclass

IF_THEN, NOT_NOW = "if_then", "not_now"  # how a tool may end
ENDINGS = (IF_THEN, NOT_NOW)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a model conversation."""

    who: str
    says: str


@dataclass(frozen=True, slots=True)
class ModelPair:
    """The same moment twice, and what to notice in it."""

    good: tuple[Line, ...]
    poor: tuple[Line, ...]
    notice: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The exercise of a stage; it may name a role-play that fits."""

    text: str
    minutes: int
    role_play: str | None = None


@dataclass(frozen=True, slots=True)
class SmallThing:
    """Something of five minutes at most, and the moment for it."""

    title: str
    when: str
    minutes: int


@dataclass(frozen=True, slots=True)
class TrackStage:
    """One week of a track; in a rest stage there is nothing but its idea."""

    name: str
    idea: str
    rest: bool = False
    minutes: int = 0
    behaviour: str | None = None
    see: ModelPair | None = None
    trial: Trial | None = None
    do: tuple[SmallThing, ...] = ()
    reflect: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Consolidation:
    """How a track ends: what stays, what reminds of it, who will notice."""

    stays: str
    cue: str
    who_notices: str


@dataclass(frozen=True, slots=True)
class Track:
    """Six to ten weeks for one behaviour at work."""

    code: str
    title: str
    competency: str
    behaviours: tuple[str, ...]
    weeks: int
    summary: str
    contraindication_note: str
    ally: str
    manager_ask: str
    stages: tuple[TrackStage, ...]
    consolidate: Consolidation
    framework: str
    locale: str


@dataclass(frozen=True, slots=True)
class Way:
    """One answer to choose, and where it leads."""

    text: str
    next: str


@dataclass(frozen=True, slots=True)
class ToolQuestion:
    """A question of a tool: words of one's own, a number from 0 to 10, or a choice."""

    code: str
    kind: str
    text: str
    help: str = ""
    next: str | None = None
    stage: str | None = None
    options: tuple[Way, ...] = ()


@dataclass(frozen=True, slots=True)
class Tool:
    """A conversation with oneself that ends with an if-then, or with an explicit "not now"."""

    code: str
    title: str
    minutes: int
    summary: str
    when: str
    background: str
    questions: tuple[ToolQuestion, ...]
    locale: str

    def question(self, code: str) -> ToolQuestion | None:
        return next((one for one in self.questions if one.code == code), None)


@dataclass(frozen=True, slots=True)
class CoachingQuestion:
    """A question to ask, of a theme; those that look for what works come first."""

    code: str
    kind: str
    theme: str
    text: str
    locale: str


@dataclass(frozen=True, slots=True)
class ConversationPlanner:
    """How to prepare one kind of talk."""

    code: str
    title: str
    with_whom: str
    aim: str
    first_sentences: tuple[str, ...]
    questions: tuple[str, ...]
    listen_for: str
    if_it_goes_wrong: str
    close: str
    after_note: str
    locale: str


@dataclass(frozen=True, slots=True)
class FeelingWord:
    """A word for a feeling, in its group."""

    code: str
    group: str
    group_name: str
    word: str
    hint: str
    locale: str


@dataclass(frozen=True, slots=True)
class BodyCue:
    """Something one may notice in the body; it says nothing for certain."""

    code: str
    text: str
    hint: str
    locale: str


@dataclass(frozen=True, slots=True)
class ProblemCard:
    """An everyday problem in plain words, and what could help with it."""

    code: str
    words: str
    often: str
    question: str
    first_step: str
    tracks: tuple[str, ...]
    behaviours: tuple[str, ...]
    tool: str
    locale: str


@dataclass(frozen=True, slots=True)
class PurposePack:
    """A larger purpose: the competencies it is made of, and the tracks for it."""

    code: str
    title: str
    summary: str
    text: str
    competencies: tuple[str, ...]
    tracks: tuple[str, ...]
    locale: str
