"""What a purpose pack opens: tracks and exercises for its competencies, as the client has them."""

from dataclasses import dataclass

from django.utils.translation import get_language

from coachwork.evidence import queries as evidence
from coachwork.evidence.models import Aim
from coachwork.kit import content
from coachwork.kit.content.exercise_values import ChallengeIdea
from coachwork.kit.content.plan_values import Blueprint, PlanTemplate
from coachwork.kit.content.track_values import Track
from coachwork.kit.content.values import SmallPractice
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.tracks.models import shelf

MOST = 12


@dataclass(frozen=True)
class Filtered:
    """All that there is for the competencies that the client looks at."""

    aim: Aim
    codes: tuple[str, ...]
    tracks: list[Track]
    templates: list[PlanTemplate]
    practices: list[SmallPractice]
    challenges: list[ChallengeIdea]
    projects: list[Blueprint]


def filtered(*, actor: User, client: Client) -> Filtered | None:
    """What fits the aim, as it is now: a change of its list changes all of it."""
    access.require(actor, Verb.READ, Thing.ASSESSMENT, client)
    aim = evidence.aim(actor=actor, client=client)
    if aim is None:
        return None
    codes = tuple(row.competency.code for row in aim.targets.all())
    wanted = set(codes)
    locale = get_language() or content.SOURCE_LOCALE
    blueprints = content.load("blueprints", locale)
    return Filtered(
        aim,
        codes,
        [one for one in shelf.tracks() if one.competency in wanted],
        [one for one in content.load("plan_templates", locale) if wanted & {*one.competencies}],
        [one for one in content.load("practices", locale) if one.competency in wanted][:MOST],
        [one for one in content.load("challenges", locale) if one.competency in wanted][:MOST],
        [one for one in blueprints if one.kind == "project" and wanted & {*one.competencies}],
    )
