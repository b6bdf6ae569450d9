"""Play a scene: choose, go back, rewind; then look at oneself, and think it through."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.engine import scenes
from coachwork.evidence import actions as evidence
from coachwork.evidence.models import Source
from coachwork.frameworks.models import Behaviour
from coachwork.kit.content.scene_values import RolePlay
from coachwork.kit.errors import Invalid, Refused, Stale
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility
from coachwork.practice import queries
from coachwork.practice.models import Attempt

State = Attempt.State
GAPS = (2, 7, 21)  # days to the next time, by how often the scene was played
PROMPTS = ("intended", "happened", "why", "keep", "change")
LONGEST = 4_000
LEVELS = {"", "1", "2", "3", "4", "5"}  # empty: not attempted
ATTEMPT = "attempt:%s:%s"


@transaction.atomic
def start(
    *, actor: User, client: Client, role_play: RolePlay, at: datetime, focus: str = ""
) -> Attempt:
    """Begin a scene. Any number of times: nothing is counted against anybody."""
    access.require(actor, Verb.WRITE, Thing.ATTEMPTS, client)
    if focus and focus not in {row.behaviour for row in role_play.rubric}:
        raise Invalid({"focus": _("Please choose one of these, or none.")})
    return Attempt.objects.create(
        client=client,
        visibility=Visibility.PRIVATE,
        created_by=actor,
        created_at=at,
        exercise=role_play.code,
        version=role_play.version,
        title=role_play.title,
        focus=focus,
    )


@transaction.atomic
def choose(*, actor: User, attempt: Attempt, step: int, choice: int, at: datetime) -> Attempt:
    """Say or do one of the things on offer. `step` is how far the page had come that asks.

    A page that is behind, in a second tab or after a lost answer, changes nothing.
    """
    found = _running(actor, attempt)
    if step != len(found.record):
        raise Stale(_("The scene has gone on meanwhile. This is where it stands."))
    scene = queries.scene_of(actor=actor, attempt=found)
    try:
        place = scenes.play(scene, [*found.record, choice])
    except scenes.NotAPlay:
        raise Invalid({"choice": _("Please choose one of the answers on the page.")}) from None
    found.record = [*found.record, choice]
    if place.is_over:
        found.state, found.submitted_at = State.SUBMITTED, at
    found.save(update_fields=["record", "state", "submitted_at"])
    return found


@transaction.atomic
def go_back(*, actor: User, attempt: Attempt) -> Attempt:
    """Take the last choice back."""
    found = _open(actor, attempt)
    if found.state not in {State.STARTED, State.SUBMITTED} or not found.record:
        raise Refused(_("There is nothing to take back."))
    return _replayed(found, found.record[:-1])


@transaction.atomic
def rewind(*, actor: User, attempt: Attempt) -> Attempt:
    """After an ending that went badly: go back to where it turned."""
    found = _open(actor, attempt)
    if found.state != State.SUBMITTED:
        raise Refused(_("This scene is not over, or has been looked at already."))
    scene = queries.scene_of(actor=actor, attempt=found)
    return _replayed(found, scenes.rewound(scene, found.record))


@transaction.atomic
def rate(*, actor: User, attempt: Attempt, levels: Mapping[str, str]) -> Attempt:
    """Look at oneself, before anything else is shown: each behaviour, or “not attempted”."""
    found = _open(actor, attempt)
    if found.state != State.SUBMITTED:
        raise Refused(_("Play it to an end first. It is looked at once."))
    rows = queries.role_play(actor=actor, code=found.exercise).rubric
    said = {row.behaviour: str(levels.get(row.behaviour, "")) for row in rows}
    if not set(said.values()) <= LEVELS:
        raise Invalid({"rubric": _("Please choose a level, or leave it open.")})
    found.rubric, found.state = said, State.RATED
    found.save(update_fields=["rubric", "state"])
    return found


@transaction.atomic
def debrief(
    *, actor: User, attempt: Attempt, words: Mapping[str, str], today: date, at: datetime
) -> Attempt:
    """Think it through, and carry one thing into real life; what was rated becomes evidence."""
    found = _open(actor, attempt)
    if found.state == State.DEBRIEFED:
        return found
    if found.state != State.RATED:
        raise Refused(_("Look at yourself first."))
    said = {name: str(words.get(name, "")).strip() for name in (*PROMPTS, "if_then")}
    _check(said)
    for name, text in said.items():
        setattr(found, name, text)
    found.state = State.DEBRIEFED
    times = Attempt.objects.filter(
        client=found.client, exercise=found.exercise, state=State.DEBRIEFED
    ).count()
    found.repeat_on = today + timedelta(days=GAPS[times]) if times < len(GAPS) else None
    found.save()
    _write_evidence(actor, found, today, at)
    return found


def _check(said: Mapping[str, str]) -> None:
    problems: dict[str, str] = {}
    for name, text in said.items():
        most = 300 if name == "if_then" else LONGEST
        if len(text) > most or "\x00" in text:
            problems[name] = _("Please keep it to %(most)d characters.") % {"most": most}
    if not any(said[name] for name in PROMPTS):
        problems["happened"] = _("One sentence is enough: what happened?")
    if problems:
        raise Invalid(problems)


def _write_evidence(actor: User, attempt: Attempt, today: date, at: datetime) -> None:
    """One row a rated behaviour, in the newest framework that has its code."""
    rated = {code: level for code, level in attempt.rubric.items() if level}
    rows = Behaviour.objects.filter(
        code__in=rated,
        competency__framework__slug=queries.FRAMEWORK,
        competency__framework__status="published",
    ).select_related("competency__framework")
    newest = {row.code: row for row in rows.order_by("competency__framework__version")}
    for code, level in rated.items():
        if code in newest:
            evidence.record(
                actor=actor,
                client=attempt.client,
                competency=newest[code].competency,
                behaviour=newest[code],
                source=Source.EXERCISE,
                occasion_on=today,
                level=int(level),
                text=attempt.title,
                provenance=ATTEMPT % (attempt.pk, code),
                at=at,
            )


@transaction.atomic
def leave(*, actor: User, attempt: Attempt) -> Attempt:
    """Leave a scene. That costs nothing."""
    found = _open(actor, attempt)
    if found.state in {State.STARTED, State.SUBMITTED}:
        found.state = State.LEFT
        found.save(update_fields=["state"])
    return found


def _replayed(found: Attempt, record: list[int]) -> Attempt:
    found.record, found.state, found.submitted_at = record, State.STARTED, None
    found.save(update_fields=["record", "state", "submitted_at"])
    return found


def _open(actor: User, attempt: Attempt) -> Attempt:
    access.require_row(actor, Verb.WRITE, Thing.ATTEMPTS, attempt)
    rows = Attempt.objects.select_for_update(of=("self",)).select_related("client")
    return rows.get(client=attempt.client_id, pk=attempt.pk)


def _running(actor: User, attempt: Attempt) -> Attempt:
    found = _open(actor, attempt)
    if found.state != State.STARTED:
        raise Stale(_("This scene is over."))
    return found
