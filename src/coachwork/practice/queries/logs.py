"""Practice logs, newest first, and how often a week saw practice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncWeek

from coachwork.evidence.models import Chance, Evidence, Source
from coachwork.frameworks.models import Competency
from coachwork.kit import weeks
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.practice.models import PracticeLog

PAGE = 30
LOOK_AGAIN_AFTER = 4
TAKEN = (Chance.DID, Chance.PARTLY)


@dataclass(frozen=True)
class WeekCount:
    """One week: how often the thing was done, and how many chances there were for it."""

    week_on: date
    done: int
    chances: int


@dataclass(frozen=True)
class Ready:
    """A competency with enough new practice to look at its level again."""

    competency: Competency
    chances: int
    done: int


def standing_rows(*, actor: User, client: Client) -> QuerySet[PracticeLog]:
    """The logs that count: neither taken back nor the taking back itself."""
    back = PracticeLog.objects.filter(client=OuterRef("client"), undoes=OuterRef("pk"))
    rows = PracticeLog.objects.filter(access.visible(actor, Thing.PLAN, client=client))
    return rows.filter(~Exists(back), undoes__isnull=True)


def logs(
    *,
    actor: User,
    client: Client,
    competency_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = PAGE,
) -> list[PracticeLog]:
    """Logs that stand, newest first; `after` is the last id of the page before."""
    rows = standing_rows(actor=actor, client=client).select_related("competency", "behaviour")
    if competency_id is not None:
        rows = rows.filter(competency=competency_id)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    return list(rows.order_by("-pk")[:limit])


def log(*, actor: User, log_id: UUID) -> PracticeLog:
    """One log, whether it stands or was taken back."""
    rows = PracticeLog.objects.filter(access.visible(actor, Thing.PLAN))
    return rows.select_related("client", "competency", "behaviour").get(pk=log_id)


def competencies(*, actor: User, client: Client, limit: int = 20) -> list[Competency]:
    """What was practised before, the most used first."""
    rows = standing_rows(actor=actor, client=client).values("competency")
    used = rows.annotate(times=Count("pk")).order_by("-times")[:limit]
    keys = [row["competency"] for row in used]
    known = Competency.objects.in_bulk(keys)
    return [known[key] for key in keys]


def weekly_counts(*, actor: User, client: Client, today: date, number: int = 12) -> list[WeekCount]:
    """The last weeks, oldest first, this one included; a week without practice is there too."""
    first = weeks.monday(today) - timedelta(weeks=number - 1)
    rows = standing_rows(actor=actor, client=client).filter(
        occasion_on__gte=first, occasion_on__lt=first + timedelta(weeks=number)
    )
    counts = rows.annotate(week=TruncWeek("occasion_on")).values("week")
    found = {
        row["week"]: (row["done"], row["chances"])
        for row in counts.annotate(
            done=Count("pk", filter=Q(chance__in=TAKEN)),
            chances=Count("pk", filter=~Q(chance=Chance.NONE)),
        ).order_by()
    }
    return [WeekCount(week, *found.get(week, (0, 0))) for week in weeks.weeks(first, number)]


def times_today(*, actor: User, client: Client, on: date) -> dict[UUID, int]:
    """How often each if-then or item was logged on this day."""
    rows = standing_rows(actor=actor, client=client).filter(occasion_on=on, item__isnull=False)
    return dict(rows.values_list("item").annotate(times=Count("pk")).order_by())


def practised(*, actor: User, client: Client, items: list[UUID]) -> dict[UUID, tuple[int, date]]:
    """How often each of these things was done, and when last."""
    rows = standing_rows(actor=actor, client=client).filter(item__in=items, chance__in=TAKEN)
    counts = rows.values("item").annotate(times=Count("pk"), last=Max("occasion_on")).order_by()
    return {row["item"]: (row["times"], row["last"]) for row in counts if row["item"]}


def occasions(
    *, actor: User, client: Client, competencies: Sequence[Competency], since: date
) -> dict[UUID, list[date]]:
    """The days on which each was practised since a day, oldest first; the newest thousand."""
    rows = standing_rows(actor=actor, client=client).filter(
        competency__in=competencies, chance__in=TAKEN, occasion_on__gte=since
    )
    found: dict[UUID, list[date]] = {}
    days = rows.order_by("-occasion_on").values_list("competency", "occasion_on")[:1000]
    for competency, on in reversed(list(days)):
        found.setdefault(competency, []).append(on)
    return found


def ready_to_look_again(*, actor: User, client: Client) -> list[Ready]:
    """Competencies with several chances since the client last gave their own level."""
    rated = (
        Evidence.objects.filter(
            client=OuterRef("client"),
            competency=OuterRef("competency"),
            source=Source.SELF,
            level__isnull=False,
        )
        .order_by()
        .values("competency")
        .annotate(newest=Max("created_at"))
        .values("newest")
    )
    rows = standing_rows(actor=actor, client=client).exclude(chance=Chance.NONE)
    since = rows.alias(rated=Subquery(rated)).filter(
        Q(rated__isnull=True) | Q(created_at__gt=F("rated"))
    )
    counts = since.values("competency").annotate(
        chances=Count("pk"), done=Count("pk", filter=Q(chance__in=TAKEN))
    )
    found = {
        row["competency"]: row
        for row in counts.filter(chances__gte=LOOK_AGAIN_AFTER).order_by("-chances")
    }
    known = Competency.objects.in_bulk(list(found)) if found else {}
    return [Ready(known[key], row["chances"], row["done"]) for key, row in found.items()]
