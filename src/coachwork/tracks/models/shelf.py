"""The shipped tracks and tools, in the reader's language."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.utils.translation import get_language

from coachwork.frameworks.models import Competency, Framework
from coachwork.kit import content
from coachwork.kit.content.track_values import (
    ConversationPlanner,
    ProblemCard,
    PurposePack,
    Tool,
    Track,
)

HOME = "career-core-40"  # the framework that these are written for


def _locale() -> str:
    return get_language() or content.SOURCE_LOCALE


def tracks() -> tuple[Track, ...]:
    return content.load("tracks", _locale())


def track(code: str) -> Track | None:
    return next((one for one in tracks() if one.code == code), None)


def tools() -> tuple[Tool, ...]:
    return content.load("tools", _locale())


def tool(code: str) -> Tool | None:
    return next((one for one in tools() if one.code == code), None)


def planners() -> tuple[ConversationPlanner, ...]:
    return content.load("conversation_planners", _locale())


def planner(code: str) -> ConversationPlanner | None:
    return next((one for one in planners() if one.code == code), None)


def problems() -> tuple[ProblemCard, ...]:
    return content.load("problem_cards", _locale())


def packs() -> tuple[PurposePack, ...]:
    return content.load("purpose_packs", _locale())


def pack(code: str) -> PurposePack | None:
    return next((one for one in packs() if one.code == code), None)


def feelings() -> list[tuple[str, list[str]]]:
    """Words for feelings, by group."""
    found: dict[str, list[str]] = {}
    for one in content.load("feeling_words", _locale()):
        found.setdefault(one.group_name, []).append(one.word)
    return list(found.items())


def body_cues() -> list[str]:
    return [one.text for one in content.load("body_cues", _locale())]


def competencies(codes: Iterable[str]) -> dict[str, Competency]:
    """What content calls by these codes, where this installation has it."""
    rows = Competency.objects.filter(
        code__in=list(codes),
        framework__slug=HOME,
        framework__organisation=None,
        framework__status=Framework.Status.PUBLISHED,
    ).order_by("framework__published_at")
    return {row.code: row for row in rows}


def kept(found: Track) -> tuple[str, dict[str, Any]]:
    """A track as it is kept with whoever begins it, and its fingerprint."""
    words = json.dumps(asdict(found), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(words.encode()).hexdigest(), json.loads(words)
