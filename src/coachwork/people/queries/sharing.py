"""What is shared with whom: the log that the client reads, and the readers of one item."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import (
    Client,
    ClientRow,
    Relation,
    Relationship,
    Share,
    ShareEvent,
    User,
    Visibility,
)
from coachwork.people.queries.relationships import OPEN

PAGE = 50


@dataclass(frozen=True)
class Reader:
    """Somebody who can read an item, and why."""

    name: str
    relation: str
    why: str
    user_id: UUID | None = None


@dataclass(frozen=True)
class SharesPage:
    """A piece of the log, newest first, and where the next piece begins."""

    events: list[ShareEvent]
    after: UUID | None


def shares(
    *, actor: User, client: Client, after: UUID | None = None, limit: int = PAGE
) -> SharesPage:
    """What was shared: who, what, when, and whether it was opened."""
    access.require(actor, Verb.READ, Thing.SHARES, client)
    events = ShareEvent.objects.filter(access.visible(actor, Thing.SHARES, client=client))
    if after is not None:
        events = events.filter(pk__lt=after)
    found = list(events.select_related("reader", "share").order_by("-pk")[: limit + 1])
    return SharesPage(found[:limit], found[limit - 1].pk if len(found) > limit else None)


def shares_of(*, actor: User, row: ClientRow) -> list[Share]:
    """Whom the client has opened this one item to, now."""
    access.require(actor, Verb.READ, Thing.SHARES, row.client)
    found = Share.objects.filter(client=row.client_id, item=row.pk, revoked_at__isnull=True)
    return list(found.select_related("reader").order_by("id"))


def possible_readers(*, actor: User, client: Client, thing: Thing) -> list[Relationship]:
    """The client's helpers with whom the table lets such a thing be shared."""
    access.require(actor, Verb.WRITE, Thing.SHARES, client)
    bonds = Relationship.objects.filter(OPEN, client=client).select_related("user").order_by("id")
    return [bond for bond in bonds if access.shareable(thing, Relation(bond.kind))]


def shared_with_me(*, actor: User, limit: int = 200) -> list[Share]:
    """What others have opened to the actor, newest first."""
    near = access.open_relationships(actor).values("client")
    found = Share.objects.filter(reader=actor, revoked_at__isnull=True, client__in=near)
    newest = found.select_related("client").order_by("-id")[:limit]
    return [share for share in newest if share.thing in list(Thing)]


def share(*, actor: User, share_id: UUID) -> Share:
    """One share, for its reader, as long as the table still lets them read such a thing."""
    found = Share.objects.filter(pk=share_id, reader=actor, revoked_at__isnull=True)
    opened = found.select_related("client").first()
    if opened is None or opened.thing not in list(Thing):
        raise access.NotVisible("Nothing is shared here.")
    held = access.relations(actor, opened.client)
    if not any(access.shareable(Thing(opened.thing), relation) for relation in held):
        raise access.NotVisible(
            "Nothing is shared here.", client_id=opened.client_id, thing=opened.thing
        )
    return opened


def who_can_see(*, actor: User, row: ClientRow, thing: Thing) -> list[Reader]:
    """Everybody who can read this row, by name, with the reason; the client comes first."""
    access.require(actor, Verb.READ, thing, row.client)
    client = row.client
    open_to = set(
        Share.objects.filter(
            client=client, item=row.pk, thing=thing, revoked_at__isnull=True
        ).values_list("reader", flat=True)
    )
    found = []
    if access.readable(thing, Relation.CLIENT, row):
        you = client.user_id == actor.pk
        found.append(
            Reader(_("You") if you else client.name, "", _("It is your own record.") if you else "")
        )
    bonds = Relationship.objects.filter(OPEN, client=client).select_related("user").order_by("id")
    named: set[UUID] = set()
    for bond in bonds:
        shared = bond.user_id in open_to
        if bond.user_id not in named and access.readable(
            thing, Relation(bond.kind), row, reader=bond.user_id, shared=shared
        ):
            named.add(bond.user_id)
            found.append(_reader(bond, row, shared))
    return found


def _reader(bond: Relationship, row: ClientRow, shared: bool) -> Reader:
    if row.visibility == Visibility.PAIR and bond.kind == Relation.COACH:
        why = _("It is open to you and your coach.")
    elif shared:
        why = _("You shared it with them.")
    elif row.created_by_id == bond.user_id:
        why = _("They wrote it.")
    else:
        why = _("It was released to them.")
    return Reader(str(bond.user), str(bond.get_kind_display()), why, bond.user_id)
