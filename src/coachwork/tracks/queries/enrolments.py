"""Tracks of one person, and the strip of chances for each behaviour."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.evidence import queries as evidence
from coachwork.evidence.models import Chance
from coachwork.kit.content.track_values import ProblemCard, Track
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.tracks.models import BehaviourTarget, Enrolment, StageNote, TrackLog, shelf

FULL_FROM = 5  # chances; below that a rate says nothing
SHOWN = 30  # marks in a strip
TARGETS, ENROLMENTS, NOTES = 6, 20, 20


@dataclass(frozen=True)
class Counted:
    """How often there was a chance, and how often it was taken. "No chance" counts nowhere."""

    did: int = 0
    partly: int = 0
    chances: int = 0
    none: int = 0

    @property
    def sentence(self) -> str:
        """The rate over chances in words; below five chances there is none."""
        if self.chances < FULL_FROM:
            return ""
        taken = self.did + self.partly
        said = _("Done in %(taken)d of %(chances)d chances.") % {
            "taken": taken, "chances": self.chances,
        }  # fmt: skip
        if not self.partly:
            return said
        part = ngettext("%(number)d of them partly.", "%(number)d of them partly.", self.partly) % {
            "number": self.partly
        }
        return f"{said} {part}"


@dataclass(frozen=True)
class Strip:
    """A behaviour with its newest chances, oldest first, and how they count."""

    target: BehaviourTarget
    logs: list[TrackLog] = field(default_factory=list)
    counted: Counted = Counted()


@dataclass(frozen=True)
class Offered:
    """A track to choose, and why it may fit."""

    track: Track
    why: str
    card: ProblemCard | None = None


def enrolments(*, actor: User, client: Client) -> list[Enrolment]:
    """The tracks of one person, newest first; what is under way before what is over."""
    access.require(actor, access.Verb.READ, Thing.PLAN, client)
    seen = access.visible(actor, Thing.PLAN, client=client)
    rows = Enrolment.objects.filter(seen).select_related("version", "client")
    over = Q(state__in=[Enrolment.State.DONE, Enrolment.State.STOPPED])
    kept = list(rows.exclude(over).order_by("-id")[:ENROLMENTS])
    return [*kept, *rows.filter(over).order_by("-id")[:ENROLMENTS]]


def enrolment(*, actor: User, enrolment_id: UUID) -> Enrolment:
    """One track of somebody."""
    seen = access.visible(actor, Thing.PLAN)
    rows = Enrolment.objects.filter(seen).select_related(
        "version", "client", "competency", "created_by"
    )
    return rows.get(pk=enrolment_id)


def notes(*, actor: User, enrolment: Enrolment) -> list[StageNote]:
    """Words of the coach for stages of this track that the client has not set aside."""
    seen = access.visible(actor, Thing.PLAN, client=enrolment.client)
    rows = StageNote.objects.filter(seen, enrolment=enrolment, set_aside_at__isnull=True)
    return list(rows.select_related("created_by").order_by("-id")[:NOTES])


def note(*, actor: User, note_id: UUID) -> StageNote:
    """One stage in a coach's words."""
    seen = access.visible(actor, Thing.PLAN)
    return StageNote.objects.filter(seen).select_related("client").get(pk=note_id)


def target(*, actor: User, target_id: UUID) -> BehaviourTarget:
    """One behaviour to practise."""
    seen = access.visible(actor, Thing.PLAN)
    rows = BehaviourTarget.objects.filter(seen)
    return rows.select_related(
        "client", "enrolment__version", "enrolment__client", "competency", "behaviour__competency"
    ).get(pk=target_id)


def log(*, actor: User, log_id: UUID) -> TrackLog:
    """One chance."""
    seen = access.visible(actor, Thing.PLAN)
    return TrackLog.objects.filter(seen).select_related("client", "target").get(pk=log_id)


def strips(
    *, actor: User, client: Client, enrolment: Enrolment | None = None,
    targets: Sequence[BehaviourTarget] | None = None,
) -> list[Strip]:  # fmt: skip
    """Each behaviour under way with its chances, as far as the reader may see them."""
    access.require(actor, access.Verb.READ, Thing.PLAN, client)
    seen = access.visible(actor, Thing.PLAN, client=client)
    if targets is None:
        rows = BehaviourTarget.objects.filter(seen, ended_at__isnull=True)
        rows = rows.filter(enrolment=enrolment) if enrolment else rows
        active = (Enrolment.State.STARTED, Enrolment.State.CONSOLIDATING)
        rows = rows if enrolment else rows.filter(enrolment__state__in=active)
        targets = list(rows.select_related("behaviour", "client").order_by("id")[:TARGETS])
    logs = TrackLog.objects.filter(
        seen, target__in=[one.pk for one in targets], undoes__isnull=True, undone_by__isnull=True
    )
    counts = _counts(logs)
    newest = logs.annotate(
        place=Window(RowNumber(), partition_by="target", order_by=["-occasion_on", "-id"])
    ).filter(place__lte=SHOWN)
    by_target: dict[UUID, list[TrackLog]] = {}
    for one in sorted(newest, key=lambda row: (row.occasion_on, row.pk)):
        by_target.setdefault(one.target_id, []).append(one)
    return [Strip(one, by_target.get(one.pk, []), counts.get(one.pk, Counted())) for one in targets]


def _counts(logs: QuerySet[TrackLog]) -> dict[UUID, Counted]:
    rows = logs.values("target").annotate(
        did=Count("pk", filter=Q(chance=Chance.DID)),
        partly=Count("pk", filter=Q(chance=Chance.PARTLY)),
        chances=Count("pk", filter=~Q(chance=Chance.NONE)),
        none=Count("pk", filter=Q(chance=Chance.NONE)),
    )
    return {
        row["target"]: Counted(row["did"], row["partly"], row["chances"], row["none"])
        for row in rows.order_by()
    }


def offers(*, actor: User, client: Client, problem: str = "") -> list[Offered]:
    """The shipped tracks; those for this problem first, then those for what one works on."""
    access.require(actor, access.Verb.READ, Thing.PLAN, client)
    card = next((one for one in shelf.problems() if one.code == problem), None)
    aim = evidence.aim(actor=actor, client=client)
    focus = {one.code for one in evidence.focus(actor=actor, client=client)} if aim else set()
    aimed = {row.competency.code for row in aim.targets.all()} if aim else set()
    reasons = (
        (card.tracks if card else (), _("People choose it for what you picked.")),
        (focus, _("It trains what you chose to work on.")),
        (aimed, _("What you look at asks for it.")),
    )
    found = []
    for one in shelf.tracks():
        keys = (one.code, one.competency, one.competency)
        place = next((n for n, (codes, _w) in enumerate(reasons) if keys[n] in codes), len(reasons))
        why = str(reasons[place][1]) if place < len(reasons) else ""
        found.append((place, Offered(one, why, card if place == 0 else None)))
    return [one for _place, one in sorted(found, key=lambda pair: pair[0])]
