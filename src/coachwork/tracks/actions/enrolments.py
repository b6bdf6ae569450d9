"""Begin a track, go on, pause, return, make it stay, stop. A coach offers and never enrols."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people import queries as records
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility
from coachwork.tracks.models import Enrolment, StageNote, TrackVersion, shelf

MOST_ACTIVE = 2
LONGEST = 2_000
State = Enrolment.State
ACTIVE = (State.STARTED, State.CONSOLIDATING)


class TwoActive(Refused):
    """Two tracks are under way already: one of them can pause."""

    def __init__(self, active: Sequence[Enrolment]) -> None:
        self.active = list(active)
        super().__init__(
            _("Two tracks are under way, which is plenty. Pause one of them to begin this one.")
        )


@transaction.atomic
def offer_track(
    *, actor: User, client: Client, code: str, at: datetime, note: str = ""
) -> Enrolment:
    """Put a track on the client's table. Nothing begins until the client begins it."""
    access.require(actor, Verb.PROPOSE, Thing.PLAN, client)
    _check_text("note", note, 500)
    _serialise(client)
    same = _open(client).filter(code=code).first()
    if same is not None:
        raise Refused(_("This track is on their table already."))
    found = _enrolment(actor, client, code, State.OFFERED, Visibility.PAIR, at)
    found.offer_note = note.strip()
    found.save(force_insert=True)
    _noted(actor, found, "track.offered", at)
    return found


@transaction.atomic
def start_track(
    *, actor: User, client: Client, at: datetime, code: str = "", offered: Enrolment | None = None
) -> Enrolment:
    """Begin a track, in the edition of today; the third at once is asked to wait."""
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    if offered is not None:
        access.require_row(actor, Verb.WRITE, Thing.PLAN, offered)
        code = offered.code
    _serialise(client)
    same = _open(client).filter(code=code).first()
    if same is not None and same.state != State.OFFERED:
        return same if same.state in ACTIVE else _back(actor, same, at)
    _check_room(client)
    found = same or _enrolment(
        actor, client, code, State.STARTED,
        records.starting_class(actor=actor, client=client), at,
    )  # fmt: skip
    if same is not None:
        _take_edition(found, code, at)
    found.state, found.started_at = State.STARTED, at
    found.save()
    _noted(actor, found, "track.started", at)
    return found


def _serialise(client: Client) -> None:
    """One begin at a time for one person, so that two taps never make three tracks."""
    Client.objects.select_for_update().get(pk=client.pk)


def _open(client: Client) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(client=client).exclude(state__in=[State.DONE, State.STOPPED])


def _check_room(client: Client) -> None:
    active = list(
        Enrolment.objects.filter(client=client, state__in=ACTIVE).select_related("version")
    )
    if len(active) >= MOST_ACTIVE:
        raise TwoActive(active)


def _enrolment(
    actor: User, client: Client, code: str, state: str, visibility: Visibility, at: datetime
) -> Enrolment:
    found = Enrolment(
        client=client, visibility=visibility, created_by=actor, created_at=at, state=state
    )
    _take_edition(found, code, at)
    return found


def _take_edition(found: Enrolment, code: str, at: datetime) -> None:
    track = shelf.track(code)
    if track is None:
        raise Invalid({"code": _("There is no such track.")})
    digest, words = shelf.kept(track)
    version, _made = TrackVersion.objects.get_or_create(
        digest=digest, defaults={"code": code, "content": words, "created_at": at}
    )
    found.version, found.code, found.title = version, code, track.title[:80]
    found.competency = shelf.competencies([track.competency]).get(track.competency)


def _own(actor: User, found: Enrolment, *states: str) -> None:
    access.require_row(actor, Verb.WRITE, Thing.PLAN, found)
    if states and found.state not in states:
        raise Refused(_("This track is not at that point. Open it again to see where it is."))


@transaction.atomic
def write_baseline(
    *, actor: User, enrolment: Enrolment, lines: Sequence[str], at: datetime
) -> Enrolment:
    """Keep the last time it happened, in up to five lines, to be read again at the end."""
    _own(actor, enrolment)
    kept = [line.strip() for line in lines if line.strip()]
    if not kept:
        raise Invalid({"line_0": _("One line is enough. Or leave it for later.")})
    for line in kept:
        _check_text("line_0", line, 300)
    enrolment.baseline = "\n".join(kept[:5])
    enrolment.save(update_fields=["baseline"])
    return enrolment


@transaction.atomic
def move_on(*, actor: User, enrolment: Enrolment, stage: int, at: datetime) -> Enrolment:
    """Go on from this stage; after the last one it is about making it stay. Twice is once."""
    _own(actor, enrolment, State.STARTED, State.CONSOLIDATING)
    if enrolment.state == State.CONSOLIDATING or stage != enrolment.stage:
        return enrolment
    if stage >= len(enrolment.stages):
        enrolment.state = State.CONSOLIDATING
        _noted(actor, enrolment, "track.consolidating", at)
    else:
        enrolment.stage = stage + 1
    enrolment.save(update_fields=["state", "stage"])
    return enrolment


@transaction.atomic
def consolidate(
    *, actor: User, enrolment: Enrolment, words: Mapping[str, str], at: datetime
) -> Enrolment:
    """Keep what stays, the new cue, and who will notice."""
    _own(actor, enrolment, State.CONSOLIDATING)
    for name in ("stays", "cue", "who_notices"):
        _check_text(name, words.get(name, ""), 300)
        setattr(enrolment, name, words.get(name, "").strip())
    enrolment.save(update_fields=["stays", "cue", "who_notices"])
    return enrolment


@transaction.atomic
def finish(*, actor: User, enrolment: Enrolment, at: datetime) -> Enrolment:
    """The track is done."""
    _own(actor, enrolment, State.CONSOLIDATING)
    return _ended(actor, enrolment, State.DONE, "track.done", at)


@transaction.atomic
def stop(*, actor: User, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Stop, or leave an offer. Both are fine, and nothing is asked."""
    _own(actor, enrolment, State.OFFERED, *ACTIVE, State.PAUSED)
    return _ended(actor, enrolment, State.STOPPED, "track.stopped", at)


def _ended(actor: User, found: Enrolment, state: str, kind: str, at: datetime) -> Enrolment:
    found.state, found.ended_at = state, at
    found.save(update_fields=["state", "ended_at"])
    _noted(actor, found, kind, at)
    return found


@transaction.atomic
def pause(*, actor: User, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Pause: the stage stays where it is, and nothing is counted meanwhile."""
    _own(actor, enrolment, *ACTIVE, State.PAUSED)
    if enrolment.state != State.PAUSED:
        enrolment.paused_from, enrolment.paused_at = enrolment.state, at
        enrolment.state = State.PAUSED
        enrolment.save(update_fields=["paused_from", "paused_at", "state"])
        _noted(actor, enrolment, "track.paused", at)
    return enrolment


@transaction.atomic
def resume(*, actor: User, enrolment: Enrolment, at: datetime) -> Enrolment:
    """Come back to the very same stage."""
    _own(actor, enrolment, State.PAUSED, *ACTIVE)
    if enrolment.state == State.PAUSED:
        _serialise(enrolment.client)
        return _back(actor, enrolment, at)
    return enrolment


def _back(actor: User, found: Enrolment, at: datetime) -> Enrolment:
    _check_room(found.client)
    found.state = found.paused_from or State.STARTED
    found.paused_at = None
    found.save(update_fields=["state", "paused_at"])
    _noted(actor, found, "track.resumed", at)
    return found


@transaction.atomic
def adapt_stage(
    *, actor: User, enrolment: Enrolment, stage: int, text: str, at: datetime
) -> StageNote:
    """A coach's words for one stage, for this person. They stand beside the original."""
    access.require_row(actor, Verb.PROPOSE, Thing.PLAN, enrolment)
    if not 1 <= stage <= max(len(enrolment.stages), 1):
        raise Invalid({"stage": _("There is no such week in this track.")})
    if not text.strip():
        raise Invalid({"text": _("Please write what could read differently.")})
    _check_text("text", text, LONGEST)
    return StageNote.objects.create(
        client=enrolment.client, visibility=Visibility.PAIR, created_by=actor, created_at=at,
        enrolment=enrolment, stage=stage, text=text.strip(),
    )  # fmt: skip


@transaction.atomic
def set_aside(*, actor: User, note: StageNote, at: datetime) -> StageNote:
    """The client goes by the original; the coach's words stay readable no more."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, note)
    note.set_aside_at = note.set_aside_at or at
    note.save(update_fields=["set_aside_at"])
    return note


def _check_text(name: str, text: str, most: int) -> None:
    if len(text) > most:
        raise Invalid({name: _("This is longer than %(most)d characters.") % {"most": most}})
    if "\x00" in text:
        raise Invalid({name: _("There is a character in it that is not text.")})


def _noted(actor: User, found: Enrolment, kind: str, at: datetime) -> None:
    people.note(
        actor=actor, client=found.client, kind=kind, item=found.pk, at=at,
        visibility=found.visibility,
    )  # fmt: skip
