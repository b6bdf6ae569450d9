"""Level views: for each competency what every source says, the agreed level, and the practice."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q

from coachwork.engine import estimates
from coachwork.engine.estimates import LevelEstimate, Observation
from coachwork.evidence.models import AgreedLevel, AimTarget, Chance, Source
from coachwork.evidence.models.limits import day_of
from coachwork.evidence.queries.aims import aim as open_aim
from coachwork.evidence.queries.calibrations import measures
from coachwork.evidence.queries.ledger import counting_rows
from coachwork.frameworks.models import Competency
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User

FIELDS = (
    "pk",
    "competency_id",
    "behaviour_id",
    "source",
    "level",
    "occasion_on",
    "created_at",
    "n_raters",
    "created_by_id",
    "provenance",
)
PEOPLE = {Source.COACH, Source.MENTOR}  # each of these is a rater of their own


@dataclass(frozen=True)
class Practice:
    """What came of the chances to practise; no chance is not counted against anybody."""

    did: int = 0
    partly: int = 0
    missed: int = 0
    last_on: date | None = None  # the last time it was done, at least partly

    @property
    def chances(self) -> int:
        return self.did + self.partly + self.missed


@dataclass(frozen=True)
class LevelView:
    """One competency of one client, seen from every side."""

    competency: Competency
    estimate: LevelEstimate
    agreed: AgreedLevel | None = None
    practice: Practice = Practice()
    target: AimTarget | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing at all is known yet."""
        return not (self.estimate.by_source or self.agreed or self.practice.chances or self.older)

    @property
    def older(self) -> tuple[tuple[str, date], ...]:
        """Sources that gave a level only long ago, with the day of the last one."""
        counting = {said.source for said in self.estimate.by_source}
        newest: dict[str, date] = {}
        for left in self.estimate.left_out:
            seen = left.observation
            if left.reason == "too_old" and seen.source not in counting:
                newest[seen.source] = max(seen.on, newest.get(seen.source, seen.on))
        return tuple(sorted(newest.items()))

    def basis(self) -> dict[str, Any]:
        """What was on the table, as it is kept with an agreed level."""
        proposed = self.estimate.proposed
        return {
            "rules": [str(estimates.SOURCE_VIEW), str(proposed.rule)],
            "inputs": [seen.ref for said in self.estimate.by_source for seen in said.used],
            "sources": {
                said.source: {"mean": said.mean, "n": said.n, "low": said.low, "high": said.high}
                for said in self.estimate.by_source
            },
            "proposed": {"state": proposed.state, "low": proposed.low, "high": proposed.high},
            "calibration": proposed.calibration,
        }


def level_views(
    *,
    actor: User,
    client: Client,
    at: datetime,
    competencies: Sequence[Competency] | None = None,
    agreed: Mapping[UUID, AgreedLevel] | None = None,
) -> list[LevelView]:
    """The views of these competencies in their order.

    Without a list: those of the open aim, what matters most first, then all others that have
    evidence or an agreed level, in the order of their framework. `agreed` hands in the agreed
    levels where they are known already.
    """
    targets = _targets(actor, client) if competencies is None else {}
    wanted = None if competencies is None else [competency.pk for competency in competencies]
    seen = _observations(actor, client, wanted)
    if agreed is None:
        agreed = agreed_levels(actor=actor, client=client, wanted=wanted)
    practice = _practice(actor, client, wanted)
    if competencies is None:
        known = {*seen, *agreed, *practice} - set(targets)
        competencies = [target.competency for target in targets.values()] + list(
            Competency.objects.filter(pk__in=known) if known else ()
        )
    day = day_of(at)
    scales = measures([one for one in competencies if one.pk in seen])
    return [
        LevelView(
            competency=competency,
            estimate=estimates.level_view(
                seen.get(competency.pk, ()), at=day, measure=scales.get(competency.pk)
            ),
            agreed=agreed.get(competency.pk),
            practice=practice.get(competency.pk, Practice()),
            target=targets.get(competency.pk),
        )
        for competency in competencies
    ]


def agreed_levels(
    *, actor: User, client: Client, wanted: Iterable[UUID] | None = None
) -> dict[UUID, AgreedLevel]:
    """The newest agreed level of each competency that the actor may see."""
    rows = AgreedLevel.objects.filter(access.visible(actor, Thing.ASSESSMENT, client=client))
    if wanted is not None:
        rows = rows.filter(competency__in=wanted)
    newer = AgreedLevel.objects.filter(
        access.visible(actor, Thing.ASSESSMENT, client=client),
        competency=OuterRef("competency"),
        pk__gt=OuterRef("pk"),
    )
    return {row.competency_id: row for row in rows.filter(~Exists(newer))}


def observations(
    *, actor: User, client: Client, competencies: Sequence[Competency]
) -> dict[UUID, list[Observation]]:
    """All that counts about these competencies, in the order in which it was said."""
    return _observations(actor, client, [one.pk for one in competencies])


def observation(row: dict[str, Any]) -> Observation:
    """A row of the ledger as the engine takes it.

    What people say of themselves counts from the day they said it; what others saw, from the day
    they saw it. What the client rated of their own work is the client's own word.
    """
    own = row["source"] == Source.SELF
    return Observation(
        source=row["source"],
        level=None if row["level"] is None else float(row["level"]),
        on=day_of(row["created_at"]) if own else row["occasion_on"],
        n_raters=max(1, row["n_raters"]),
        rater=str(row["created_by_id"]) if row["source"] in PEOPLE else "",
        behaviour=str(row["behaviour_id"] or ""),
        own_word=row["provenance"].startswith("own:"),
        ref=str(row["pk"]),
    )


def _targets(actor: User, client: Client) -> dict[UUID, AimTarget]:
    aim = open_aim(actor=actor, client=client)
    rows = sorted(aim.targets.all(), key=lambda row: (-row.importance, row.position)) if aim else ()
    return {row.competency_id: row for row in rows}


def _observations(
    actor: User, client: Client, wanted: Sequence[UUID] | None
) -> dict[UUID, list[Observation]]:
    rows = counting_rows(actor=actor, client=client).filter(level__isnull=False)
    if wanted is not None:
        rows = rows.filter(competency__in=wanted)
    found: dict[UUID, list[Observation]] = defaultdict(list)
    for row in rows.order_by("pk").values(*FIELDS):
        found[row["competency_id"]].append(observation(row))
    return dict(found)


def _practice(actor: User, client: Client, wanted: Sequence[UUID] | None) -> dict[UUID, Practice]:
    rows = counting_rows(actor=actor, client=client).filter(
        chance__in=(Chance.DID, Chance.PARTLY, Chance.NOT)
    )
    if wanted is not None:
        rows = rows.filter(competency__in=wanted)
    done = Q(chance__in=(Chance.DID, Chance.PARTLY))
    counts = rows.values("competency").annotate(
        did=Count("pk", filter=Q(chance=Chance.DID)),
        partly=Count("pk", filter=Q(chance=Chance.PARTLY)),
        missed=Count("pk", filter=Q(chance=Chance.NOT)),
        last_on=Max("occasion_on", filter=done),
    )
    return {
        row["competency"]: Practice(row["did"], row["partly"], row["missed"], row["last_on"])
        for row in counts.order_by()
    }
