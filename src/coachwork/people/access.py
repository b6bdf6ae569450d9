"""Who may do what with whose record: the whole policy, in one table.

The table is the matrix of the product spec, foundations 0.3. A cell says what one relation may do
with one kind of thing:

    O        owns: reads and writes every row, whatever its class
    w        writes together with the owner
    r        reads rows that are open to the pair (class V1)
    c        reads and writes rows that are the coach's own (class V2)
    s        reads only rows that the client shared with this very person
    own      reads and writes only rows that this person wrote
    p        proposes: what it writes counts only when the client accepts it
    assign, release, sign      the named act
    n        counts of at least five people, computed by jobs; never a row
    ""       nothing, and it answers as if the thing did not exist
"""

from collections.abc import Iterable
from enum import StrEnum, auto
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coachwork.people.models import (
    Client,
    ClientRow,
    Membership,
    MembershipRole,
    Organisation,
    Relation,
    Relationship,
    Share,
    User,
    Visibility,
)


class Request(HttpRequest):
    """A request that has passed the login wall."""

    user: User  # type: ignore[assignment]


class NotVisible(ObjectDoesNotExist):
    """For this person there is no such thing."""


class Verb(StrEnum):
    READ = auto()
    WRITE = auto()
    PROPOSE = auto()
    ASSIGN = auto()
    RELEASE = auto()
    SIGN = auto()
    COUNT = auto()


class Thing(StrEnum):
    """Kinds of things about a person: the rows of the table."""

    RECORD = auto()
    RELATIONSHIPS = auto()
    SHARES = auto()
    ASSESSMENT = auto()
    ROUND = auto()
    REPORT = auto()
    GOALS = auto()
    PLAN = auto()
    ATTEMPTS = auto()
    FEEDBACK = auto()
    PROJECTS = auto()
    LEARNING = auto()
    CONTACTS = auto()
    CHECK_INS = auto()
    JOURNAL = auto()
    SESSION = auto()
    COACH_NOTES = auto()
    AGREEMENT = auto()
    ENGAGEMENT = auto()


COLUMNS = (
    Relation.CLIENT,
    Relation.COACH,
    Relation.MENTOR,
    Relation.GIVER,
    Relation.PARTNER,
    Relation.MANAGER,
    Relation.SPONSOR,
    Relation.ADMIN,
)

# fmt: off
TABLE: dict[Thing, tuple[str, ...]] = {
    # thing               client  coach        mentor  giver  partner manager  sponsor  admin
    Thing.RECORD:        ("O",    "r",         "r",    "",    "r",    "r",     "r",     ""),
    Thing.RELATIONSHIPS: ("O",    "own",       "own",  "",    "own",  "own",   "own",   ""),
    Thing.SHARES:        ("O",    "",          "",     "",    "",     "",      "",      ""),
    Thing.ASSESSMENT:    ("O",    "r p",       "s",    "",    "",     "",      "",      "n"),
    Thing.ROUND:         ("O",    "r release", "",     "own", "",     "own",   "",      "n"),
    Thing.REPORT:        ("r",    "r",         "s",    "",    "",     "",      "",      ""),
    Thing.GOALS:         ("O",    "r p",       "s",    "",    "s",    "s",     "s",     "n"),
    Thing.PLAN:          ("O",    "r p",       "s",    "",    "s",    "",      "",      ""),
    Thing.ATTEMPTS:      ("O",    "assign s",  "",     "own", "s",    "",      "",      "n"),
    Thing.FEEDBACK:      ("O",    "r",         "s",    "own", "",     "own",   "",      ""),
    Thing.PROJECTS:      ("O",    "r p",       "s",    "own", "s",    "s",     "s",     ""),
    Thing.LEARNING:      ("O",    "s p",       "s",    "",    "",     "",      "",      "n"),
    Thing.CONTACTS:      ("O",    "",          "",     "",    "",     "",      "",      ""),
    Thing.CHECK_INS:     ("O",    "r",         "",     "",    "s",    "",      "",      ""),
    Thing.JOURNAL:       ("O",    "s",         "s",    "",    "",     "",      "",      ""),
    Thing.SESSION:       ("O w",  "r w",       "",     "",    "",     "",      "",      ""),
    Thing.COACH_NOTES:   ("",     "c",         "",     "",    "",     "",      "",      ""),
    Thing.AGREEMENT:     ("r sign", "r sign",  "own",  "",    "own",  "sign",  "sign",  ""),
    Thing.ENGAGEMENT:    ("O w",  "r w",       "",     "",    "",     "",      "r",     "r"),
}
# fmt: on

VERBS: dict[str, set[Verb]] = {
    "O": {Verb.READ, Verb.WRITE, Verb.PROPOSE, Verb.ASSIGN},
    "w": {Verb.READ, Verb.WRITE},
    "r": {Verb.READ},
    "c": {Verb.READ, Verb.WRITE},
    "s": {Verb.READ},
    "own": {Verb.READ, Verb.WRITE},
    "p": {Verb.PROPOSE},
    "assign": {Verb.ASSIGN},
    "release": {Verb.RELEASE},
    "sign": {Verb.SIGN},
    "n": {Verb.COUNT},
}


def codes(thing: Thing, relation: Relation) -> tuple[str, ...]:
    """The codes in one cell of the table."""
    return tuple(TABLE[thing][COLUMNS.index(relation)].split())


def allows(thing: Thing, relation: Relation, verb: Verb) -> bool:
    """Whether the cell lets this relation do this, to at least some rows."""
    return any(verb in VERBS[code] for code in codes(thing, relation))


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
    raise NotVisible(f"{thing} of this client is not visible.")


def require_row(actor: User, verb: Verb, thing: Thing, row: ClientRow) -> None:
    """The same rule for one row: it must be readable, and its writer must be one the cell names."""
    if (
        not type(row)
        ._base_manager.filter(visible(actor, thing, client=row.client), pk=row.pk)
        .exists()
    ):
        raise NotVisible(f"This {thing} is not visible.")
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
            return Q(client=client) if allows(thing, Relation.CLIENT, Verb.READ) else NOTHING
        return Q(client=client) & _helped(actor, thing, item)
    helped = _helped(actor, thing, item)
    if not allows(thing, Relation.CLIENT, Verb.READ):
        return helped
    # Subqueries, not joins: a client with two helpers must not appear twice.
    return Q(client__in=Client.objects.filter(user=actor).values("pk")) | helped


def client_ids(actor: User) -> list[UUID]:
    """Every record that any rule lets this person see something of: the key to the row lock."""
    ids = list(open_relationships(actor).values_list("client_id", flat=True))
    own = getattr(actor, "client", None)
    return [*ids, own.pk] if own is not None else ids


NOTHING = Q(pk__in=())


def _helped(actor: User, thing: Thing, item: str) -> Q:
    """The rows of others: each code of the table, as a filter."""
    filters = {
        "r": Q(visibility=Visibility.PAIR),
        "w": Q(visibility=Visibility.PAIR),
        "c": Q(visibility=Visibility.COACH, created_by=actor),
        "own": Q(created_by=actor),
    }
    found = NOTHING
    for code, condition in filters.items():
        kinds = _kinds(thing, {code})
        if kinds:
            found |= condition & Q(client__in=_clients(actor, kinds))
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


class OrganisationThing(StrEnum):
    """What an organisation owns."""

    SETTINGS = auto()
    MEMBERS = auto()
    FRAMEWORKS = auto()
    COUNTS = auto()


# fmt: off
ORGANISATION_TABLE: dict[OrganisationThing, dict[MembershipRole, set[Verb]]] = {
    OrganisationThing.SETTINGS: {
        MembershipRole.OWNER: {Verb.READ, Verb.WRITE},
        MembershipRole.ADMIN: {Verb.READ, Verb.WRITE},
    },
    OrganisationThing.MEMBERS: {
        MembershipRole.OWNER: {Verb.READ, Verb.WRITE},
        MembershipRole.ADMIN: {Verb.READ, Verb.WRITE},
    },
    OrganisationThing.FRAMEWORKS: {
        MembershipRole.OWNER: {Verb.READ, Verb.WRITE},
        MembershipRole.ADMIN: {Verb.READ, Verb.WRITE},
        MembershipRole.AUTHOR: {Verb.READ, Verb.WRITE},
        MembershipRole.COACH: {Verb.READ},
        MembershipRole.MEMBER: {Verb.READ},
    },
    OrganisationThing.COUNTS: {
        MembershipRole.OWNER: {Verb.COUNT},
        MembershipRole.ADMIN: {Verb.COUNT},
    },
}
# fmt: on


def memberships(actor: User) -> QuerySet[Membership]:
    """The actor's places in organisations that count now."""
    return Membership.objects.filter(user=actor, accepted_at__isnull=False, ended_at__isnull=True)


def can_organisation(
    actor: User, verb: Verb, thing: OrganisationThing, organisation: Organisation
) -> bool:
    """Whether the actor's roles in the organisation allow this."""
    roles = memberships(actor).filter(organisation=organisation).values_list("role", flat=True)
    table = ORGANISATION_TABLE[thing]
    return any(verb in table.get(MembershipRole(role), set()) for role in roles)


def require_organisation(
    actor: User, verb: Verb, thing: OrganisationThing, organisation: Organisation
) -> None:
    """Refuse; an organisation one has no such role in does not exist."""
    if not can_organisation(actor, verb, thing, organisation):
        raise NotVisible(f"{thing} of this organisation is not visible.")


def organisations(actor: User, verb: Verb, thing: OrganisationThing) -> Q:
    """The same rule as a filter on rows with an `organisation`."""
    roles = [role for role, verbs in ORGANISATION_TABLE[thing].items() if verb in verbs]
    return Q(organisation__in=memberships(actor).filter(role__in=roles).values("organisation"))
