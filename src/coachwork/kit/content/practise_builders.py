"""Entries of tracks and exercises made into frozen values."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from coachwork.kit.content import exercise_values as e
from coachwork.kit.content import track_values as t
from coachwork.kit.content.shelves import Entry, Kind

T = TypeVar("T")


def _lists(entry: Entry, *keys: str) -> Entry:
    return {**entry, **{key: tuple(entry[key]) for key in keys}}


def _made(kind: Callable[..., T], parts: Iterable[Entry]) -> tuple[T, ...]:
    return tuple(kind(**part) for part in parts)


def _stage(part: Entry) -> t.TrackStage:
    rest = {key: value for key, value in part.items() if key not in ("see", "try", "do")}
    if part.get("rest"):
        return t.TrackStage(**rest)
    see = part["see"]
    pair = t.ModelPair(_made(t.Line, see["good"]), _made(t.Line, see["poor"]), see["notice"])
    return t.TrackStage(
        **rest, see=pair, trial=t.Trial(**part["try"]), do=_made(t.SmallThing, part["do"])
    )


def _track(entry: Entry) -> t.Track:
    return t.Track(
        **{
            **_lists(entry, "behaviours"),
            "stages": tuple(_stage(part) for part in entry["stages"]),
            "consolidate": t.Consolidation(**entry["consolidate"]),
        }
    )


def _question(part: Entry) -> t.ToolQuestion:
    return t.ToolQuestion(**{**part, "options": _made(t.Way, part.get("options", ()))})


def _tool(entry: Entry) -> t.Tool:
    return t.Tool(**{**entry, "questions": tuple(_question(part) for part in entry["questions"])})


def _planner(entry: Entry) -> t.ConversationPlanner:
    return t.ConversationPlanner(**_lists(entry, "first_sentences", "questions"))


def _case(entry: Entry) -> e.CaseStudy:
    return e.CaseStudy(
        **{
            **_lists(entry, "competencies", "behaviours"),
            "exhibits": _made(e.Exhibit, entry["exhibits"]),
            "new_facts": _made(e.Exhibit, entry["new_facts"]),
            "stakeholders": _made(e.Stakeholder, entry["stakeholders"]),
            "reasonings": _made(e.Reasoning, entry["reasonings"]),
            "rubric": _made(e.RubricRow, entry["rubric"]),
        }
    )


def _sheet(entry: Entry) -> e.ObserverSheet:
    listed = _lists(entry, "competencies", "write")
    return e.ObserverSheet(**{**listed, "ticks": _made(e.Tick, entry["ticks"])})


BUILDERS: dict[Kind, Callable[[Entry], Any]] = {
    "tracks": _track,
    "tools": _tool,
    "coaching_questions": lambda entry: t.CoachingQuestion(**entry),
    "conversation_planners": _planner,
    "feeling_words": lambda entry: t.FeelingWord(**entry),
    "body_cues": lambda entry: t.BodyCue(**entry),
    "problem_cards": lambda entry: t.ProblemCard(**_lists(entry, "tracks", "behaviours")),
    "purpose_packs": lambda entry: t.PurposePack(**_lists(entry, "competencies", "tracks")),
    "cases": _case,
    "challenges": lambda entry: e.ChallengeIdea(**_lists(entry, "debrief")),
    "observer_sheets": _sheet,
    "team_exercises": lambda entry: e.TeamExercise(
        **_lists(entry, "competencies", "steps", "debrief")
    ),
}
