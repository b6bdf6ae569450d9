"""Who helps whom: the client's side, the helper's side, and what waits for an answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Lower

from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, Event, Relation, Relationship, User

PAGE = 25
OPEN = Q(consented_at__isnull=False, accepted_at__isnull=False, ended_at__isnull=True)
WAITING = Q(ended_at__isnull=True) & (Q(consented_at__isnull=True) | Q(accepted_at__isnull=True))


@dataclass(frozen=True)
class Helped:
    """One line of a helper's list."""

    client: Client
    relation: str
    since: datetime
    step: str  # the last step that this helper may see, such as `goal.activated`
    step_at: datetime | None
    kind: Relation = Relation.COACH

    @property
    def may_read_plan(self) -> bool:
        """Whether a plan could be opened to somebody who is this to the client."""
        return access.allows(Thing.PLAN, self.kind, Verb.READ)

    @property
    def may_read_levels(self) -> bool:
        """The same for the profile."""
        return access.allows(Thing.ASSESSMENT, self.kind, Verb.READ)

    @property
    def may_offer(self) -> bool:
        """Whether they may put a goal on the table."""
        return access.allows(Thing.GOALS, self.kind, Verb.OFFER)


@dataclass(frozen=True)
class HelpingPage:
    """A piece of the list, and where the next piece begins."""

    people: list[Helped]
    after: str


def helpers(*, actor: User, client: Client) -> list[Relationship]:
    """Everybody who helps this client or is asked to; a helper finds only themselves."""
    access.require(actor, Verb.READ, Thing.RELATIONSHIPS, client)
    found = Relationship.objects.filter(client=client, ended_at__isnull=True)
    if client.user_id != actor.pk:
        found = found.filter(user=actor)
    return list(found.select_related("user", "organisation").order_by("id"))


def relationship(*, actor: User, relationship_id: UUID) -> Relationship:
    """One relationship, for the two that it is between; also one that waits or has ended."""
    access.admit_proposed(actor)
    between = Q(user=actor) | Q(client__in=Client.objects.filter(user=actor).values("pk"))
    found = Relationship.objects.filter(between, pk=relationship_id)
    bond = found.select_related("client__user", "user", "organisation").first()
    if bond is None:
        raise access.NotVisible("There is no such relationship.")
    return bond


def conflicts(*, actor: User, relationship: Relationship) -> list[Relationship]:
    """What the same person is already to this client and does not go with it.

    Whoever pays for the coaching cannot also be near its content, so one of the two must be picked.
    """
    access.require(actor, Verb.READ, Thing.RELATIONSHIPS, relationship.client)
    others = Relationship.objects.filter(
        OPEN, client=relationship.client, user=relationship.user_id
    ).exclude(pk=relationship.pk)
    if relationship.kind != Relation.SPONSOR:
        others = others.filter(kind=Relation.SPONSOR)
    return list(others)


def waiting_for_me(*, actor: User, client: Client) -> list[Relationship]:
    """Requests to help this client that the client has not answered."""
    access.require(actor, Verb.WRITE, Thing.RELATIONSHIPS, client)
    asked = Relationship.objects.filter(client=client, consented_at__isnull=True, ended_at=None)
    return list(asked.select_related("user", "organisation").order_by("id"))


def proposals(*, actor: User) -> list[Relationship]:
    """Where the actor has asked to help and waits; nothing of these records is open yet."""
    access.admit_proposed(actor)
    asked = Relationship.objects.filter(WAITING, user=actor)
    return list(asked.select_related("client").order_by("-id")[:200])


def helping(*, actor: User, search: str = "", after: str = "", limit: int = PAGE) -> HelpingPage:
    """The people whom the actor helps, by name; `after` is where the last piece ended."""
    mine: Any = access.open_relationships(actor).annotate(sorted_name=Lower("client__name"))
    if search:
        mine = mine.filter(client__name__icontains=search)
    if after:
        mine = _beyond(mine, after)
    bonds = list(mine.order_by("sorted_name", "pk").select_related("client")[: limit + 1])
    steps = _last_steps(actor, bonds[:limit])
    people = [
        Helped(
            client=bond.client,
            relation=bond.get_kind_display(),
            since=bond.consented_at or bond.created_at,
            step=steps.get(bond.pk, ("", None))[0],
            step_at=steps.get(bond.pk, ("", None))[1],
            kind=Relation(bond.kind),
        )
        for bond in bonds[:limit]
    ]
    return HelpingPage(people, str(bonds[limit - 1].pk) if len(bonds) > limit else "")


def _beyond(mine: Any, after: str) -> Any:
    try:
        last = mine.filter(pk=UUID(after)).values_list("sorted_name", "pk").first()
    except ValueError:
        last = None
    if last is None:
        return mine
    return mine.filter(Q(sorted_name__gt=last[0]) | Q(sorted_name=last[0], pk__gt=last[1]))


def _last_steps(
    actor: User, bonds: Sequence[Relationship]
) -> dict[UUID, tuple[str, datetime | None]]:
    """For each bond, the newest step of the client's story that the actor may see."""
    seen = Event.objects.filter(access.visible(actor, Thing.EVENTS), client=OuterRef("client"))
    newest = seen.order_by("-created_at", "-pk")
    rows = Relationship.objects.filter(pk__in=[bond.pk for bond in bonds]).values_list(
        "pk", Subquery(newest.values("kind")[:1]), Subquery(newest.values("created_at")[:1])
    )
    return {pk: (kind or "", at) for pk, kind, at in rows}
