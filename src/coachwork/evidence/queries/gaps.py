"""The gaps to the open aim: in order, each with the reason for its place and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef

from coachwork.engine import gaps
from coachwork.evidence.models import Aim, AimTarget, GapDecision
from coachwork.evidence.queries.aims import aim as open_aim
from coachwork.evidence.queries.levels import LevelView, level_views
from coachwork.evidence.queries.sides import LISTS, Sides
from coachwork.frameworks.models import Competency
from coachwork.kit import weeks
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User


@dataclass(frozen=True)
class GapRow:
    """One competency of the aim; `decision` is what the client chose, if they chose yet."""

    competency: Competency
    target: AimTarget
    view: LevelView
    gap: gaps.Gap
    decision: GapDecision | None = None

    @property
    def choice(self) -> str:
        """What stands: the client's decision, else what is suggested, else nothing."""
        return self.decision.decision if self.decision else self.gap.suggestion

    @property
    def in_focus(self) -> bool:
        return self.choice == GapDecision.Decision.FOCUS


@dataclass(frozen=True)
class GapTable:
    """All gaps of an aim in order, and the four lists."""

    aim: Aim | None
    rows: tuple[GapRow, ...] = ()
    agreed_strengths: tuple[Competency, ...] = ()
    hidden_strengths: tuple[Competency, ...] = ()
    possible_blind_spots: tuple[Competency, ...] = ()
    agreed_needs: tuple[Competency, ...] = ()

    @property
    def focus(self) -> tuple[GapRow, ...]:
        return tuple(row for row in self.rows if row.in_focus)


def role_gaps(*, actor: User, client: Client, at: datetime) -> GapTable:
    """The gaps between where the client stands and what the open aim asks for."""
    aim = open_aim(actor=actor, client=client)
    if aim is None:
        return GapTable(aim=None)
    targets = {str(row.competency_id): row for row in aim.targets.all()}
    competencies = [row.competency for row in targets.values()]
    views = {
        str(view.competency.pk): view
        for view in level_views(actor=actor, client=client, at=at, competencies=competencies)
    }
    decided = decisions(actor=actor, aim=aim)
    standings = [
        _standing(row, views[key], decided.get(row.competency_id)) for key, row in targets.items()
    ]
    rows = tuple(
        GapRow(
            competency=targets[gap.standing.competency].competency,
            target=targets[gap.standing.competency],
            view=views[gap.standing.competency],
            gap=gap,
            decision=decided.get(targets[gap.standing.competency].competency_id),
        )
        for gap in gaps.ordered(standings)
    )
    return GapTable(aim=aim, rows=rows, **_lists(rows))


def focus(*, actor: User, client: Client) -> list[Competency]:
    """The competencies the client chose to focus on, in the order of the aim."""
    aim = open_aim(actor=actor, client=client)
    if aim is None:
        return []
    decided = decisions(actor=actor, aim=aim)
    return [
        row.competency
        for row in aim.targets.all()
        if row.competency_id in decided
        and decided[row.competency_id].decision == GapDecision.Decision.FOCUS
    ]


def decisions(*, actor: User, aim: Aim) -> dict[UUID, GapDecision]:
    """The newest decision about each competency that is still part of the aim."""
    mine = access.visible(actor, Thing.ASSESSMENT, client=aim.client)
    newer = GapDecision.objects.filter(
        mine, aim=OuterRef("aim"), competency=OuterRef("competency"), pk__gt=OuterRef("pk")
    )
    rows = GapDecision.objects.filter(mine, ~Exists(newer), aim=aim)
    wanted = {row.competency_id for row in aim.targets.all()}
    return {row.competency_id: row for row in rows if row.competency_id in wanted}


def energies(
    *, actor: User, client: Client, competencies: Sequence[Competency]
) -> dict[UUID, list[tuple[date, int]]]:
    """How much energy the client had for each, each time they said so, oldest first."""
    rows = GapDecision.objects.filter(access.visible(actor, Thing.ASSESSMENT, client=client))
    rows = rows.filter(competency__in=competencies, energy__isnull=False).order_by("pk")
    found: dict[UUID, list[tuple[date, int]]] = {}
    for competency, energy, at in rows.values_list("competency", "energy", "created_at"):
        found.setdefault(competency, []).append((weeks.day(at, actor.timezone), energy or 0))
    return found


def _standing(target: AimTarget, view: LevelView, decision: GapDecision | None) -> gaps.Standing:
    """Where the client stands: at the agreed level, else by their own view alone."""
    own = view.estimate.own
    level, basis = (own.mean, gaps.OWN_VIEW) if own else (None, gaps.NOTHING)
    if view.agreed is not None:
        level, basis = float(view.agreed.level), gaps.AGREED
    return gaps.Standing(
        competency=str(target.competency_id),
        target=float(target.level),
        importance=target.importance,
        level=level,
        basis=basis,
        sources=len(view.estimate.by_source),
        energy=decision.energy if decision else None,
        position=target.position,
    )


def _lists(rows: Sequence[GapRow]) -> dict[str, tuple[Competency, ...]]:
    asked = {row.competency.pk: float(row.target.level) for row in rows}
    found = Sides.of([row.view for row in rows], targets=asked)
    return {name: getattr(found, name) for name in LISTS}
