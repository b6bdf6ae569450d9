"""Looking at one's own progress: anchors and evidence first, then a level, then the look back."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from coachwork.evidence import queries as evidence
from coachwork.evidence.models import Evidence, Source
from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit import levels
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.reflection.models import SelfCheck

SHOWN = 2  # pieces of evidence beside each behaviour


@dataclass(frozen=True)
class Checkable:
    """A competency in focus, and when it was last looked at."""

    competency: Competency
    last: SelfCheck | None


@dataclass(frozen=True)
class Look:
    """What lies on the table before the question is asked."""

    competency: Competency
    anchors: list[dict[str, Any]]
    behaviours: list[tuple[Behaviour | None, list[Evidence]]]
    first: Decimal | None


def checkable(*, actor: User, client: Client) -> list[Checkable]:
    """The competencies the client works on; without a focus, those of the aim."""
    found = evidence.focus(actor=actor, client=client)
    if not found:
        aim = evidence.aim(actor=actor, client=client)
        found = [row.competency for row in aim.targets.all()] if aim else []
    latest: dict[UUID, SelfCheck] = {}
    for row in checks(actor=actor, client=client):
        latest.setdefault(row.competency_id, row)
    return [Checkable(one, latest.get(one.pk)) for one in found]


def checks(*, actor: User, client: Client, limit: int = 100) -> list[SelfCheck]:
    """Self-checks, newest first."""
    rows = SelfCheck.objects.filter(access.visible(actor, Thing.ASSESSMENT, client=client))
    return list(rows.select_related("competency", "client").order_by("-pk")[:limit])


def look(*, actor: User, client: Client, competency: Competency) -> Look:
    """Anchors, and the last evidence beside each behaviour, words of the whole skill last."""
    rows = evidence.counting_rows(actor=actor, client=client).filter(competency=competency)
    standing = list(rows.order_by("-pk")[:200])
    behaviours: list[Behaviour | None] = [*competency.behaviours.order_by("position"), None]
    beside = [
        (one, [row for row in standing if row.behaviour_id == (one.pk if one else None)][:SHOWN])
        for one in behaviours
    ]
    anchors: list[dict[str, Any]] = [
        {"level": one.level, "word": levels.WORDS[one.level], "text": one.worded("text")}
        for one in competency.anchors.order_by("level")
    ]
    first = first_own_level(actor=actor, client=client, competency=competency)
    return Look(competency, anchors, beside, first)


def first_own_level(*, actor: User, client: Client, competency: Competency) -> Decimal | None:
    """Where the client first said they stood: the mean of that first day, in half steps."""
    rows = Evidence.objects.filter(
        access.visible(actor, Thing.ASSESSMENT, client=client),
        competency=competency,
        source=Source.SELF,
        level__isnull=False,
    ).order_by("pk")
    said = list(rows.values_list("created_at", "level")[:40])
    if not said:
        return None
    day = said[0][0].date()
    first = [level for at, level in said if at.date() == day and level is not None]
    return levels.half_steps(sum(first) / len(first))


def standard_moved(*, actor: User, check: SelfCheck) -> list[str]:
    """What today's level, the first one and the look back say together; never more than that."""
    access.require(actor, access.Verb.READ, Thing.ASSESSMENT, check.client)
    if check.first_level is None:
        return [_("This is the first time you looked. Next time there is something to compare.")]
    first, then, now = (
        None if one is None else levels.shown(one)
        for one in (check.first_level, check.then_level, check.level)
    )
    if check.then_level is None or check.then_level == check.first_level:
        if check.level == check.first_level:
            same = _("You see yourself where you saw yourself at the start: %(now)s.")
            return [same % {"now": now}]
        told = _("You said %(first)s at the start and say %(now)s today.")
        return [told % {"first": first, "now": now}, _own_view()]
    told = _(
        "At the start you said %(first)s. Looking back from today you put that start at %(then)s."
    )
    moved = _(
        "Your standard has moved: you know more about what good looks like, and measure with that."
    )
    close = _("The %(now)s of today is therefore not on the same ruler as the first %(first)s.")
    said = {"first": first, "then": then, "now": now}
    return [told % said, moved, close % said, _own_view()]


def _own_view() -> str:
    """Said beside every comparison of oneself with oneself."""
    return _("This is your own view. What others saw, and what you did, stands beside it.")
