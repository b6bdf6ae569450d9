"""Content by kind and language, as frozen values, read once and kept."""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, overload

from coachwork.kit.content import exercise_values as e
from coachwork.kit.content import journal_values as j
from coachwork.kit.content import locales, practise_builders, scene_values
from coachwork.kit.content import plan_values as p
from coachwork.kit.content import track_values as t
from coachwork.kit.content import values as v
from coachwork.kit.content.reading import SHIPPED, Folder, Unreadable
from coachwork.kit.content.shelves import KINDS, SOURCE_LOCALE, Entry, Kind, code_of


def _levels(words: Mapping[str, str]) -> Mapping[int, str]:
    return MappingProxyType({int(level): text for level, text in words.items()})


def _competency(entry: Entry, group: Entry) -> v.Competency:
    return v.Competency(
        code=entry["code"],
        name=entry["name"],
        description=entry["description"],
        group_code=group["code"],
        group_name=group["name"],
        observable_by_others=entry["observable_by_others"],
        behaviours=tuple(v.Behaviour(**behaviour) for behaviour in entry["behaviours"]),
        anchors=_levels(entry["anchors"]),
        locale=entry["locale"],
    )


def _group(entry: Entry) -> v.Group:
    return v.Group(
        code=entry["code"],
        name=entry["name"],
        competencies=tuple(_competency(one, entry) for one in entry["competencies"]),
        locale=entry["locale"],
    )


def _framework(entry: Entry) -> v.Framework:
    return v.Framework(**{**entry, "groups": tuple(_group(one) for one in entry["groups"])})


def _role_profile(entry: Entry) -> v.RoleProfile:
    return v.RoleProfile(
        **{**entry, "targets": tuple(v.Target(**target) for target in entry["targets"])}
    )


def _moment(entry: Entry) -> v.TypicalMoment:
    return v.TypicalMoment(**{**entry, "competencies": tuple(entry["competencies"])})


def _if_then(entry: Entry) -> v.ReadyIfThen:
    rest = {key: value for key, value in entry.items() if key not in ("if", "then")}
    rest["competencies"] = tuple(entry["competencies"])
    return v.ReadyIfThen(if_text=entry["if"], then_text=entry["then"], **rest)


def _goal_frame(entry: Entry) -> v.GoalFrame:
    return v.GoalFrame(**{**entry, "slots": tuple(v.Slot(**slot) for slot in entry["slots"])})


def _ladder(entry: Entry) -> v.LadderExample:
    return v.LadderExample(**{**entry, "rungs": _levels(entry["rungs"])})


def _message(entry: Entry) -> v.Message:
    rest = {key: value for key, value in entry.items() if key != "fields"}
    rest["buttons"] = tuple(v.Button(**button) for button in entry["buttons"])
    examples = {field["name"]: field["example"] for field in entry["fields"]}
    return v.Message(**{**rest, "body": entry["body"].strip()}, examples=MappingProxyType(examples))


def _questionnaire(entry: Entry) -> v.Questionnaire:
    lists = {name: tuple(entry[name]) for name in ("instead_of", "competencies")}
    return v.Questionnaire(**{**entry, **lists})


def _blueprint(entry: Entry) -> p.Blueprint:
    lists = {key: tuple(entry[key]) for key in ("competencies", "moments")}
    return p.Blueprint(**{**entry, **lists})


def _plan_template(entry: Entry) -> p.PlanTemplate:
    lists = {
        key: tuple(entry[key]) for key in ("competencies", "review_weeks", "if_thens", "obstacles")
    }
    items = tuple(p.Placed(**item) for item in entry["items"])
    return p.PlanTemplate(**{**entry, **lists, "items": items})


def _scale(entries: list[Entry]) -> v.Scale:
    unseen = next(entry for entry in entries if entry["code"] == "not_seen")
    levels = tuple(
        v.Level(int(entry["code"]), entry["word"], entry["behaviour"], entry["rubric"])
        for entry in entries
        if entry is not unseen
    )
    return v.Scale(levels, unseen["word"], unseen["behaviour"], unseen["rubric"], unseen["locale"])


BUILDERS: dict[Kind, Callable[[Entry], Any]] = {
    "frameworks": _framework,
    "role_profiles": _role_profile,
    "moments": _moment,
    "if_thens": _if_then,
    "obstacles": lambda entry: v.Obstacle(**entry),
    "goal_frames": _goal_frame,
    "gas_examples": _ladder,
    "practices": lambda entry: v.SmallPractice(**entry),
    "messages": _message,
    "questionnaires": _questionnaire,
    "open_questions": lambda entry: v.OpenQuestion(**entry),
    "vignettes": lambda entry: v.Vignette(**entry),
    "held_words": lambda entry: v.HeldWords(**{**entry, "words": tuple(entry["words"])}),
    "blueprints": _blueprint,
    "plan_templates": _plan_template,
    "knowledge": lambda entry: v.KnowledgeQuestion(**entry),
    "prompts": lambda entry: j.PromptSet(**{**entry, "prompts": tuple(entry["prompts"])}),
    "lenses": lambda entry: j.Lens(**entry),
    **practise_builders.BUILDERS,
    "role_plays": scene_values.role_play,
    "check_ins": lambda entry: j.CheckInTemplate(**entry),
    "stuck": lambda entry: j.Stuck(**{**entry, "steps": tuple(entry["steps"])}),
}


# fmt: off
@overload
def load(kind: Literal["frameworks"], locale: str = ..., *, root: Folder = ...) -> tuple[v.Framework, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["role_profiles"], locale: str = ..., *, root: Folder = ...) -> tuple[v.RoleProfile, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["scale"], locale: str = ..., *, root: Folder = ...) -> v.Scale: ...
@overload
def load(kind: Literal["moments"], locale: str = ..., *, root: Folder = ...) -> tuple[v.TypicalMoment, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["if_thens"], locale: str = ..., *, root: Folder = ...) -> tuple[v.ReadyIfThen, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["obstacles"], locale: str = ..., *, root: Folder = ...) -> tuple[v.Obstacle, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["goal_frames"], locale: str = ..., *, root: Folder = ...) -> tuple[v.GoalFrame, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["gas_examples"], locale: str = ..., *, root: Folder = ...) -> tuple[v.LadderExample, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["practices"], locale: str = ..., *, root: Folder = ...) -> tuple[v.SmallPractice, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["messages"], locale: str = ..., *, root: Folder = ...) -> tuple[v.Message, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["questionnaires"], locale: str = ..., *, root: Folder = ...) -> tuple[v.Questionnaire, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["open_questions"], locale: str = ..., *, root: Folder = ...) -> tuple[v.OpenQuestion, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["vignettes"], locale: str = ..., *, root: Folder = ...) -> tuple[v.Vignette, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["held_words"], locale: str = ..., *, root: Folder = ...) -> tuple[v.HeldWords, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["blueprints"], locale: str = ..., *, root: Folder = ...) -> tuple[p.Blueprint, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["plan_templates"], locale: str = ..., *, root: Folder = ...) -> tuple[p.PlanTemplate, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["knowledge"], locale: str = ..., *, root: Folder = ...) -> tuple[v.KnowledgeQuestion, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["prompts"], locale: str = ..., *, root: Folder = ...) -> tuple[j.PromptSet, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["lenses"], locale: str = ..., *, root: Folder = ...) -> tuple[j.Lens, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["tracks"], locale: str = ..., *, root: Folder = ...) -> tuple[t.Track, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["tools"], locale: str = ..., *, root: Folder = ...) -> tuple[t.Tool, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["coaching_questions"], locale: str = ..., *, root: Folder = ...) -> tuple[t.CoachingQuestion, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["conversation_planners"], locale: str = ..., *, root: Folder = ...) -> tuple[t.ConversationPlanner, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["feeling_words"], locale: str = ..., *, root: Folder = ...) -> tuple[t.FeelingWord, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["body_cues"], locale: str = ..., *, root: Folder = ...) -> tuple[t.BodyCue, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["problem_cards"], locale: str = ..., *, root: Folder = ...) -> tuple[t.ProblemCard, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["purpose_packs"], locale: str = ..., *, root: Folder = ...) -> tuple[t.PurposePack, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["role_plays"], locale: str = ..., *, root: Folder = ...) -> tuple[scene_values.RolePlay, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["cases"], locale: str = ..., *, root: Folder = ...) -> tuple[e.CaseStudy, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["challenges"], locale: str = ..., *, root: Folder = ...) -> tuple[e.ChallengeIdea, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["observer_sheets"], locale: str = ..., *, root: Folder = ...) -> tuple[e.ObserverSheet, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["team_exercises"], locale: str = ..., *, root: Folder = ...) -> tuple[e.TeamExercise, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["check_ins"], locale: str = ..., *, root: Folder = ...) -> tuple[j.CheckInTemplate, ...]: ...  # noqa: E501
@overload
def load(kind: Literal["stuck"], locale: str = ..., *, root: Folder = ...) -> tuple[j.Stuck, ...]: ...  # noqa: E501
# fmt: on
def load(kind: Kind, locale: str = SOURCE_LOCALE, *, root: Folder = SHIPPED) -> Any:
    """Every entry of a kind, in this language where it is translated, else in the source's."""
    if kind not in KINDS:
        raise Unreadable(f"there is no kind of content called {kind!r}")
    # Only languages that exist are told apart, so that made-up ones cannot fill the memory.
    there = set(locales.available(root))
    nearest = next((one for one in locales.chain(locale) if one in there), SOURCE_LOCALE)
    return _loaded(kind, nearest, root)


@cache
def _loaded(kind: Kind, locale: str, root: Folder) -> Any:
    found = locales.localised(kind, locale, root)
    try:
        if kind == "scale":
            return _scale(found)
        return tuple(_built(kind, entry) for entry in found)
    except (KeyError, TypeError, ValueError, StopIteration) as error:
        raise Unreadable(f"{kind}: cannot be used as it is: {error!r}") from error


def _built(kind: Kind, entry: Entry) -> Any:
    try:
        return BUILDERS[kind](entry)
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"{kind}, {code_of(entry)}: missing or unknown field: {error}") from error


def coverage(locale: str, *, root: Folder = SHIPPED) -> Mapping[Kind, locales.Coverage]:
    """For each kind, which entries are there in this language and which fall back."""
    return locales.coverage(locale, root)


def locales_available(*, root: Folder = SHIPPED) -> tuple[str, ...]:
    """The languages that at least some content is in, the source language first."""
    return locales.available(root)


def message(code: str, locale: str = SOURCE_LOCALE) -> v.Message:
    """The copy of one mail by its code."""
    found = _messages(locale).get(code)
    if found is None:
        raise Unreadable(f"there is no message called {code!r}")
    return found


def _messages(locale: str) -> dict[str, v.Message]:
    return {one.code: one for one in load("messages", locale)}
