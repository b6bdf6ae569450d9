"""The table asked about people and rows: as a yes or no, and as a filter."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from coachwork.kit import rowlock
from coachwork.people.access.table import COLUMNS, VERBS, Verb, allows, codes
from coachwork.people.models import (
    Client,
    ClientRow,
    Relation,
    Relationship,
    Share,
    Thing,
    User,
    Visibility,
)


class NotVisible(ObjectDoesNotExist):
    """For this person there is no such thing; the audit log learns whose it would have been."""

    def __init__(
        self, message: str = "", *, client_id: UUID | None = None, thing: str = ""
    ) -> None:
        super().__init__(message)
        self.client_id = client_id
        self.thing = thing


def open_relationships(actor: User) -> QuerySet[Relationship]:
    """The actor's relationships that count now: consented to, accepted, not ended."""
    return Relationship.objects.filter(
        user=actor, consented_at__isnull=False, accepted_at__isnull=False, ended_at__isnull=True
    )


def relations(actor: User, client: Client) -> frozenset[Relation]:
    """What the actor is to this client; a client's own record needs no question."""
    if client.user_id is not None and client.user_id == actor.pk:
        return frozenset({Relation.CLIENT})
    kinds = open_relationships(actor).filter(client=client).values_list("kind", flat=True)
    return frozenset(Relation(kind) for kind in kinds)


def can(actor: User, verb: Verb, thing: Thing, client: Client) -> bool:
    """Whether the actor may do this to some of the client's things of this kind."""
    return any(allows(thing, relation, verb) for relation in relations(actor, client))


def require(actor: User, verb: Verb, thing: Thing, client: Client) -> None:
    """Refuse: as if it did not exist where nothing is readable, openly where it is."""
    held = relations(actor, client)
    if any(allows(thing, relation, verb) for relation in held):
        return
    if any(allows(thing, relation, Verb.READ) for relation in held):
        raise PermissionDenied(_("You can read this, but not change it."))
    raise NotVisible(
        f"{thing} of this client is not visible.", client_id=client.pk, thing=str(thing)
    )


def require_row(actor: User, verb: Verb, thing: Thing, row: ClientRow) -> None:
    """The same rule for one row: it must be readable, and its writer must be one the cell names."""
    readable = visible(actor, thing, client=row.client)
    if not type(row)._base_manager.filter(readable, pk=row.pk).exists():
        raise NotVisible(f"This {thing} is not visible.", client_id=row.client_id, thing=str(thing))
    held = {code for relation in relations(actor, row.client) for code in codes(thing, relation)}
    mine = row.created_by_id == actor.pk
    for code in held:
        if verb in VERBS[code] and (code not in {"own", "c"} or mine):
            return
    raise PermissionDenied(_("You can read this, but not change it."))


def visible(actor: User, thing: Thing, *, client: Client | None = None, item: str = "pk") -> Q:
    """The rows of this kind that the actor may read; of one client, or of all of them.

    `item` names the field that holds what a share points at, where that is not the row itself.
    """
    if client is not None:
        if client.user_id is not None and client.user_id == actor.pk:
            return Q(client=client) & _owned(thing)
        return Q(client=client) & _helped(actor, thing, item)
    # Subqueries, not joins: a client with two helpers must not appear twice.
    mine = Q(client__in=Client.objects.filter(user=actor).values("pk"))
    return (mine & _owned(thing)) | _helped(actor, thing, item)


def readable(
    thing: Thing,
    relation: Relation,
    row: ClientRow,
    *,
    reader: UUID | None = None,
    shared: bool = False,
) -> bool:
    """The same rule for one row in hand and somebody who is this to the client."""
    held = set(codes(thing, relation))
    if relation is Relation.CLIENT:
        return "O" in held or (bool({"r", "w"} & held) and row.visibility != Visibility.COACH)
    if {"r", "w"} & held and row.visibility in CLASSES.get(relation, RELEASED):
        return True
    if {"own", "c"} & held and row.created_by_id == reader:
        return True
    return shared and bool({"s", "r", "frozen"} & held)


def helps() -> Exists:
    """Whether a user is near any record but their own: asked along with the user."""
    return Exists(Relationship.objects.filter(user=OuterRef("pk"), ended_at__isnull=True))


def client_ids(actor: User) -> list[UUID]:
    """Every record that any rule lets this person see something of: the key to the row lock.

    In passing, the records that wait for an answer are kept with the actor; see `admit_proposed`.
    """
    found: dict[UUID, set[Relation]] = {}
    asked: list[UUID] = []
    near = Relationship.objects.filter(user=actor, ended_at__isnull=True)
    known = near.values_list("client_id", "kind", "consented_at", "accepted_at")
    for client_id, kind, consented, accepted in known if getattr(actor, "helps", True) else ():
        if consented and accepted:
            found.setdefault(client_id, set()).add(Relation(kind))
        else:
            asked.append(client_id)
    actor.asked_to_help = asked  # type: ignore[attr-defined]
    actor.met_as = found  # type: ignore[attr-defined]
    own = getattr(actor, "client", None)
    return [*found, own.pk] if own is not None else list(found)


def admit_proposed(actor: User) -> None:
    """Let the rest of this request also see the records that the actor only asked to help.

    The row lock knows open relationships alone, and what is asked for is not open yet.
    """
    rowlock.admit(*getattr(actor, "asked_to_help", ()))


NOTHING = Q(pk__in=())

# Which classes "r" opens: the coach is one of the pair, the others read what was released.
CLASSES = {Relation.COACH: (Visibility.PAIR, Visibility.SPONSOR)}
RELEASED = (Visibility.SPONSOR,)


def _owned(thing: Thing) -> Q:
    """The client's own rows: all of what they own, and of the rest what is not the coach's."""
    if "O" in codes(thing, Relation.CLIENT):
        return Q()
    if allows(thing, Relation.CLIENT, Verb.READ):
        return ~Q(visibility=Visibility.COACH)
    return NOTHING


def _helped(actor: User, thing: Thing, item: str) -> Q:
    """The rows of others: each code of the table, as a filter."""
    found = NOTHING
    for relation in COLUMNS:
        if relation is not Relation.CLIENT and {"r", "w"} & set(codes(thing, relation)):
            classes = CLASSES.get(relation, RELEASED)
            found |= Q(visibility__in=classes, client__in=_clients(actor, [relation]))
    written = _kinds(thing, {"own", "c"})
    if written:
        found |= Q(created_by=actor, client__in=_clients(actor, written))
    sharing = _kinds(thing, {"s", "r"})
    if sharing:
        shares = Share.objects.filter(
            reader=actor,
            thing=thing,
            revoked_at__isnull=True,
            client__in=_clients(actor, sharing),
        )
        found |= Q(**{f"{item}__in": shares.values("item")})
    return found


def _kinds(thing: Thing, wanted: Iterable[str]) -> list[Relation]:
    return [
        relation
        for relation in COLUMNS
        if relation is not Relation.CLIENT and set(codes(thing, relation)) & set(wanted)
    ]


def _clients(actor: User, kinds: Iterable[Relation]) -> QuerySet[Relationship, UUID]:
    return open_relationships(actor).filter(kind__in=kinds).values_list("client", flat=True)
