"""Scenes to play, and the plays of one person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coachwork.engine import scenes
from coachwork.engine.scenes import Place, Scene
from coachwork.kit import content
from coachwork.kit.content.scene_values import RolePlay
from coachwork.kit.errors import Refused
from coachwork.notifications import queries as notifications
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.practice.models import Attempt

PAGE = 30
FRAMEWORK = "career-core-40"


class NoScene(access.NotVisible):
    """There is no scene of this name."""


@dataclass(frozen=True)
class Played:
    """An attempt with the scene it plays and where it stands."""

    row: Attempt
    role_play: RolePlay
    place: Place


@dataclass(frozen=True)
class Repeat:
    """A scene to play again, and the day from which on."""

    row: Attempt
    on: date


def role_plays(*, actor: User) -> tuple[RolePlay, ...]:
    """Every scene that ships, easy ones first."""
    access.require_account(actor)
    found = content.load("role_plays", get_language() or "en")
    return tuple(sorted(found, key=lambda one: (one.level, one.title)))


def role_play(*, actor: User, code: str) -> RolePlay:
    """One scene."""
    found = next((one for one in role_plays(actor=actor) if one.code == code), None)
    if found is None:
        raise NoScene(f"There is no scene {code}.")
    return found


def scene_of(*, actor: User, attempt: Attempt) -> Scene:
    """The graph that an attempt plays, as long as it is still the one it began with."""
    found = role_play(actor=actor, code=attempt.exercise)
    if found.version != attempt.version:
        raise Refused(_("This scene was revised since you began it. Please begin it anew."))
    return graph(found.code, found.version)


@cache
def graph(code: str, _version: int) -> Scene:
    """The graph of a scene that ships, built once; its words are those of the source."""
    found = next(one for one in content.load("role_plays") if one.code == code)
    return Scene(found.opening, {one["id"]: _node(one) for one in found.nodes})


def _node(entry: Mapping[str, Any]) -> scenes.Node:
    ending = entry.get("ending")
    return scenes.Node(
        id=entry["id"],
        speaker=entry["speaker"],
        line=entry["line"],
        cue=entry.get("cue", ""),
        moods=tuple(_mood(one) for one in entry.get("moods", ())),
        choices=tuple(
            scenes.Choice(**{**one, "shows": tuple(one.get("shows", ()))})
            for one in entry.get("choices", ())
        ),
        ending=scenes.Ending(**ending) if ending else None,
    )


def _mood(entry: Mapping[str, Any]) -> scenes.Mood:
    """Other words of a line, from a condition such as `trust: ">=2"`."""
    ((part, said),) = entry["when"].items()
    bound = int(said[2:])
    low, high = (bound, None) if said.startswith(">=") else (None, bound)
    return scenes.Mood(part, entry["line"], entry.get("cue", ""), at_most=high, at_least=low)


def attempt(*, actor: User, attempt_id: UUID) -> Attempt:
    """One attempt."""
    rows = Attempt.objects.filter(access.visible(actor, Thing.ATTEMPTS))
    return rows.select_related("client").get(pk=attempt_id)


def played(*, actor: User, attempt_id: UUID) -> Played:
    """One attempt with where it stands."""
    row = attempt(actor=actor, attempt_id=attempt_id)
    scene = scene_of(actor=actor, attempt=row)
    return Played(row, role_play(actor=actor, code=row.exercise), scenes.play(scene, row.record))


def attempts(*, actor: User, client: Client, code: str = "") -> list[Attempt]:
    """Attempts that were played or are under way, newest first."""
    rows = Attempt.objects.filter(access.visible(actor, Thing.ATTEMPTS, client=client))
    if code:
        rows = rows.filter(exercise=code)
    rows = rows.exclude(state=Attempt.State.LEFT).select_related("client")
    return list(rows.order_by("-pk")[:PAGE])


def repeats(*, actor: User, client: Client, rows: list[Attempt]) -> list[Repeat]:
    """Which scenes are to be played again: the newest play of each says when.

    A pause moves the day; nothing is ever late.
    """
    access.require(actor, access.Verb.READ, Thing.ATTEMPTS, client)
    choices = notifications.preference(actor=actor)
    newest: dict[str, Attempt] = {}
    for row in rows:
        newest.setdefault(row.exercise, row)
    found = []
    for row in newest.values():
        if row.repeat_on is not None:
            free = choices.paused_until or row.repeat_on
            found.append(Repeat(row, max(row.repeat_on, free)))
    return sorted(found, key=lambda one: one.on)
