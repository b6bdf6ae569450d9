"""Role-plays as frozen values; their graph is made and checked by the room that plays them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """One line of a model conversation."""

    who: str
    says: str


@dataclass(frozen=True, slots=True)
class Model:
    """A conversation as it could go."""

    title: str
    lines: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class RubricRow:
    """One behaviour one can look at after a play."""

    behaviour: str
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """A move that works, and how it may sound."""

    code: str
    text: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RolePlay:
    """A scene with what belongs around it. What the other side knows (`secret`) stays theirs."""

    code: str
    version: int
    title: str
    level: int
    minutes: int
    setting: str
    public: str
    you: str
    secret: str
    other: str
    opening: str
    nodes: tuple[Mapping[str, Any], ...]  # the graph, as the file has it
    rubric: tuple[RubricRow, ...]
    key_moves: tuple[Move, ...]
    good: Model
    other_good: Model
    poor: Model
    transfer: str
    locale: str
    content_note: str = ""
    culture_note: str = ""


def _model(entry: Mapping[str, Any]) -> Model:
    return Model(entry["title"], tuple(Said(**one) for one in entry["lines"]))


PLAIN = (
    "code", "version", "title", "level", "minutes", "setting", "opening", "transfer", "locale",
)  # fmt: skip
NOTES = ("content_note", "culture_note")


def role_play(entry: Mapping[str, Any]) -> RolePlay:
    """A role-play from its file."""
    models, briefing = entry["models"], entry["briefing"]
    return RolePlay(
        **{name: entry[name] for name in PLAIN},
        **{name: entry.get(name, "") for name in NOTES},
        public=briefing["public"],
        you=briefing["you"],
        secret=briefing["other"],
        other=next(one["name"] for one in entry["cast"] if one["role"] == "other"),
        nodes=tuple(entry["nodes"]),
        rubric=tuple(RubricRow(**one) for one in entry["rubric"]),
        key_moves=tuple(
            Move(one["code"], one["text"], tuple(one.get("examples", ())))
            for one in entry["key_moves"]
        ),
        good=_model(models["good"]),
        other_good=_model(models["other_good"]),
        poor=_model(models["poor"]),
    )
