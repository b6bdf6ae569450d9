"""Feedback rounds as the client and the coach see them: whom was asked, and how many answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from coachwork.assessment.models import FeedbackRound, Nomination, RaterGroup, RaterReply
from coachwork.engine.anonymity import ATTRIBUTABLE, RULES
from coachwork.frameworks.models import Behaviour, Competency
from coachwork.notifications.models import Message
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, Relation, Relationship, User

ENOUGH = 5  # to invite in a group, so that three are likely to answer


@dataclass(frozen=True)
class Asked:
    """One competency of a round, with the behaviours that raters are asked about."""

    competency: Competency
    behaviours: tuple[Behaviour, ...]


@dataclass(frozen=True)
class GroupCount:
    """How many of a group were asked and, where that names nobody, how many have answered."""

    group: RaterGroup
    invited: int
    answered: int | None

    @property
    def is_anonymous(self) -> bool:
        return self.group != ATTRIBUTABLE

    @property
    def is_small(self) -> bool:
        """Below three nothing is shown of the group by itself."""
        return self.is_anonymous and 0 < self.invited < RULES.least

    @property
    def is_short(self) -> bool:
        """Enough were asked, and fewer than three have answered so far."""
        return self.is_anonymous and self.answered is not None and self.answered < RULES.least

    @property
    def is_tight(self) -> bool:
        """Enough if all answer; it is better to ask a few more."""
        return self.is_anonymous and RULES.least <= self.invited < ENOUGH


def rounds(*, actor: User, client: Client) -> list[FeedbackRound]:
    """The client's rounds that the actor may see, the newest first."""
    access.require(actor, access.Verb.READ, Thing.ROUND, client)
    seen = access.visible(actor, Thing.ROUND, client=client)
    return list(FeedbackRound.objects.filter(seen).select_related("framework").order_by("-pk")[:50])


def feedback_round(*, actor: User, round_id: UUID) -> FeedbackRound:
    """One round, for the client and for the coach."""
    seen = FeedbackRound.objects.filter(access.visible(actor, Thing.ROUND), pk=round_id)
    found = seen.select_related("client__user", "framework").first()
    if found is None:
        raise access.NotVisible("There is no such round.", thing=Thing.ROUND)
    return found


def nominations(*, actor: User, asked_in: FeedbackRound) -> list[Nomination]:
    """Who is on the list; whether they have answered is nowhere in it."""
    seen = access.visible(actor, Thing.ROUND, client=asked_in.client)
    return list(Nomination.objects.filter(seen, round=asked_in).order_by("group", "pk"))


def nomination(*, actor: User, round_id: UUID, nomination_id: UUID) -> Nomination:
    """One of those on the list."""
    seen = Nomination.objects.filter(access.visible(actor, Thing.ROUND), round=round_id)
    found = seen.filter(pk=nomination_id).select_related("round__client__user").first()
    if found is None:
        raise access.NotVisible("There is no such nomination.", thing=Thing.ROUND)
    return found


def counts(*, actor: User, asked_in: FeedbackRound, before: date) -> list[GroupCount]:
    """How many answered in each group until the day before; never who.

    In a group of one or two a number would be a name, so there is none.
    """
    access.require_row(actor, access.Verb.READ, Thing.ROUND, asked_in)
    return counted([asked_in], before=before)[asked_in.pk]


def counted(rows: Sequence[FeedbackRound], *, before: date) -> dict[UUID, list[GroupCount]]:
    """The same for several rounds at once, for queries that have asked already."""
    mine = {"client__in": {row.client_id for row in rows}, "round__in": rows}
    said = Q(state=RaterReply.State.SUBMITTED, submitted_on__lt=before)
    replies = RaterReply.objects.filter(**mine).values_list("round", "group")
    numbers = replies.annotate(everybody=Count("pk"), done=Count("pk", filter=said)).order_by()
    answered = {(key, group): (everybody, done) for key, group, everybody, done in numbers}
    listed = {
        (key, group): number
        for key, group, number in Nomination.objects.filter(**mine)
        .values_list("round", "group")
        .annotate(Count("pk"))
        .order_by()
    }
    found: dict[UUID, list[GroupCount]] = {}
    for row in rows:
        for group in RaterGroup:
            place = (row.pk, str(group))
            invited, done = answered.get(place, (listed.get(place, 0), 0))
            shown = done if invited >= RULES.least else None
            found.setdefault(row.pk, []).append(GroupCount(group, invited, shown))
    return found


def undelivered(*, actor: User, asked_in: FeedbackRound) -> list[Nomination]:
    """Those whose invitation came back; the client may give another address."""
    seen = access.visible(actor, Thing.ROUND, client=asked_in.client)
    listed = {
        invitation_key(one): one
        for one in Nomination.objects.filter(seen, round=asked_in, invited_at__isnull=False)
        if one.email
    }
    failed = Message.objects.filter(key__in=listed, state=Message.State.FAILED)
    return [listed[key] for key in failed.order_by("pk").values_list("key", flat=True)]


def invitation_key(nomination: Nomination) -> str:
    """The occasion of the mail that invites this person: another address is another one."""
    moment = nomination.invited_at.isoformat() if nomination.invited_at else ""
    return f"rater:{nomination.pk}:{moment}"


def asked(*, asked_in: FeedbackRound) -> list[Asked]:
    """What this round asks about, in its own version of the framework.

    Whoever has the round in hand may see its questions.
    """
    ids = [str(code) for code, _items in asked_in.asked]
    items = [str(item) for _code, some in asked_in.asked for item in some]
    competencies = {str(one.pk): one for one in Competency.objects.filter(pk__in=ids)}
    behaviours = {str(one.pk): one for one in Behaviour.objects.filter(pk__in=items)}
    return [
        Asked(competencies[code], tuple(behaviours[item] for item in some))
        for code, some in asked_in.asked
    ]


def coaches(*, actor: User, client: Client) -> Sequence[User]:
    """The client's coaches: they approve a list and release a report."""
    access.require(actor, access.Verb.READ, Thing.ROUND, client)
    return coaches_of(client)


def coaches_of(client: Client) -> list[User]:
    """The same, for actions that have asked already."""
    bonds = Relationship.objects.filter(
        client=client,
        kind=Relation.COACH,
        consented_at__isnull=False,
        accepted_at__isnull=False,
        ended_at__isnull=True,
    )
    return [bond.user for bond in bonds.select_related("user").order_by("pk")]
