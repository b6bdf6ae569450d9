"""Flags: a reason to reach out, from agreed signals alone. The client sees the very same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from coachwork.accountability.models import Dismissal
from coachwork.accountability.queries.keeping import Keeping, keeping
from coachwork.engine import rhythm
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User, Visibility
from coachwork.plans.models import Goal
from coachwork.practice import queries as practice

WITHOUT_PRACTICE = timedelta(weeks=3)


@dataclass(frozen=True)
class Flag:
    """What was seen, and what a person could do about it."""

    key: str
    reason: str
    outreach: str


def flags(*, actor: User, client: Client, today: date, seen: Keeping | None = None) -> list[Flag]:
    """The flags of one client, for the client and for a coach to whom check-ins are open.

    They come from what is open to the pair, so that nobody is flagged for what they keep private.
    """
    page = seen or keeping(actor=actor, client=client, today=today)
    if page.plan is None or page.plan.audience != Visibility.PAIR:
        return []
    rows = Dismissal.objects.filter(access.visible(actor, Thing.CHECK_INS, client=client))
    gone = set(rows.values_list("flag", flat=True))
    found = [*_lapsed(page), *_without_practice(actor, client, today)]
    return [one for one in found if one.key not in gone]


def _lapsed(page: Keeping) -> list[Flag]:
    if not rhythm.has_lapsed(page.weeks):
        return []
    last = max(one.on for one in page.weeks if one.state is rhythm.State.LAPSED)
    return [
        Flag(
            f"lapsed:{last}",
            _("Two check-ins of the last four weeks stayed open, after the rests in reserve."),
            _("A short, kind word by a person: how are you, and what would make this easier?"),
        )
    ]


def _without_practice(actor: User, client: Client, today: date) -> Sequence[Flag]:
    seen = access.visible(actor, Thing.GOALS, client=client)
    since = today - WITHOUT_PRACTICE
    goals = Goal.objects.filter(
        seen, state=Goal.State.ACTIVE, start_on__lte=since, visibility=Visibility.PAIR,
        competency__isnull=False,
    ).select_related("competency")[:3]  # fmt: skip
    about = [one.competency_id for one in goals]
    if not about:
        return []
    last = _last_practice(actor, client, about)
    return [
        Flag(
            f"practice:{goal.pk}:{last.get(goal.competency_id) or goal.start_on}",
            _("No practice was logged for “%(goal)s” in three weeks.") % {"goal": goal.title},
            _("Ask what got in the way, and look together for a step half the size."),
        )
        for goal in goals
        if (last.get(goal.competency_id) or since) <= since
    ]


def _last_practice(actor: User, client: Client, about: Sequence[Any]) -> dict[Any, date]:
    """The last day of practice that is open to the pair: both count the very same rows."""
    rows = practice.standing_rows(actor=actor, client=client).filter(
        visibility=Visibility.PAIR, competency__in=about, chance__in=practice.TAKEN
    )
    return dict(rows.values_list("competency").annotate(last=Max("occasion_on")).order_by())
