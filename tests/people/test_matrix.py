"""The permission matrix of the product spec (foundations 0.3), written down a second time.

The cells below are copied from the spec by hand and not read from the code. Each is compared with
what the table allows, with what `require` and `require_row` answer (403 where something can be
read, 404 where nothing can), and with which real rows `visible` hands out.
"""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.people import access
from coachwork.people.access import NotVisible, Thing, Verb
from coachwork.people.models import (
    Client,
    ClientRow,
    Membership,
    Organisation,
    Share,
    User,
    Visibility,
)
from coachwork.people.models.relationships import HELPING
from coachwork.people.queries.records import models_of
from tests import builders as make
from tests.planting import plant_everything

pytestmark = [pytest.mark.django_db, pytest.mark.accepts("G-02")]

# The spec's own letters. Where it writes a condition in words, the note says how it is kept.
SPEC = """
thing        client  coach       mentor  giver  partner  manager  sponsor  admin
assessment   O       r,p         s       -      -        -        -        n
round        O       r,release   -       own    -        own      -        n
replies      -       -           -       own    -        own      -        n
held         -       r,release   -       -      -        -        -        -
report       r       r           s       -      -        -        -        -
goals        O       r,p,offer   s       -      s        s,offer  frozen,offer n
plan         O       r,p         s       -      s        -        -        -
attempts     O       assign,s    -       own    s        -        -        n
feedback     O       r           s       own    -        own      -        -
projects     O       r,p         s       own    s        s        s        -
learning     O       s,p         s       -      -        -        -        n
contacts     O       -           -       -      -        -        -        -
moods        O       s           -       -      -        -        -        -
check_ins    O       r           -       -      s        -        -        -
journal      O       s           s       -      -        -        -        -
entries      O       -           -       -      -        -        -        -
session      r,w     r,w         -       -      -        -        -        -
coach_notes  r       c           -       -      -        -        -        -
agreement    r,sign  r,sign      own     -      own      s,sign   s,sign   -
engagement   r,w     r,w         -       -      -        -        r        r
record       O       r           r       -      r        r        r        -
relationships O      -           -       -      -        -        -        -
shares       O       -           -       -      -        -        -        -
events       O       r           -       -      -        -        -        -
"""
NOTES = {
    # spec cell -> how it is kept
    ("replies", "client"): "own answers are the rater's; the client reads what was released",
    ("held", "coach"): "T1.6: held for the coach, the rater's anonymity intact",
    ("goals", "coach"): "offer: T2.6, a goal offered by somebody else is inactive until accepted",
    ("goals", "manager"): "offer: T2-06, and who offered reads only whether it was taken up",
    (
        "goals",
        "sponsor",
    ): "offer; s (frozen text): as released, kept in the share, never the row",
    (
        "moods",
        "coach",
    ): "contacts, trigger maps, moods: s (never contacts), so contacts stand apart",
    ("check_ins", "coach"): "r (if agreed): agreed is what the client opened to the pair",
    ("projects", "manager"): "s charter: the charter is the row that is shared",
    ("projects", "admin"): "board posts belong to the organisation and are no client's row",
    (
        "coach_notes",
        "client",
    ): "per agreement: readable once the coach has opened a note to the pair",
    ("agreement", "manager"): "sign if party: being party is having been given it to read",
    ("agreement", "admin"): "templates belong to the organisation and are no client's row",
}
# Which verbs each letter means, again by hand.
MEANS = {
    "O": {"read", "write", "propose", "assign"},
    "r": {"read"},
    "w": {"read", "write"},
    "c": {"read", "write"},
    "s": {"read"},
    "frozen": {"read"},
    "own": {"read", "write"},
    "p": {"propose"},
    "offer": {"offer"},
    "assign": {"assign"},
    "release": {"release"},
    "sign": {"sign"},
    "n": {"count"},
}


def person(name: str = "amira") -> Any:
    """A client; `.user` is there, whatever the model allows."""
    return make.client(name)


def cells() -> dict[tuple[str, str], set[str]]:
    lines = [line.split() for line in SPEC.strip().splitlines()]
    head, *rows = lines
    return {
        (row[0], relation): set() if codes == "-" else set(codes.split(","))
        for row in rows
        for relation, codes in zip(head[1:], row[1:], strict=True)
    }


CELLS = cells()
WITH_MODELS = [thing for thing in Thing if models_of(thing)]


def verbs_of(thing: str, relation: str) -> set[str]:
    return set().union(*(MEANS[code] for code in CELLS[thing, relation]))


def test_the_matrix_names_every_thing_and_every_role() -> None:
    assert {thing for thing, _relation in CELLS} == {thing.value for thing in Thing}
    assert {relation for _thing, relation in CELLS} == {one.value for one in access.COLUMNS}
    assert set(NOTES) <= set(CELLS)


@pytest.mark.parametrize("thing", Thing)
@pytest.mark.parametrize("relation", access.COLUMNS)
@pytest.mark.parametrize("verb", Verb)
def test_each_role_may_do_to_each_thing_what_the_spec_says(
    thing: Any, relation: Any, verb: Any
) -> None:
    assert access.allows(thing, relation, verb) == (verb.value in verbs_of(thing, relation))


class Cast:
    """Amira with rows of everything, one actor for each role, and somebody who is none of them."""

    def __init__(self) -> None:
        self.amira = person()
        self.rows = plant_everything(self.amira)
        self.actors: dict[str, User] = {"client": self.amira.user}
        for kind in HELPING:
            self.actors[kind.value] = make.helper(self.amira, kind.value, kind)
        self.actors["giver"] = make.user("giver")
        self.actors["admin"] = make.user("admin")
        self.actors["nobody"] = person("eve").user
        home = Organisation.objects.create(name="Org", kind="company", created_at=make.NOW)
        for user, role in ((self.actors["admin"], "admin"), (self.amira.user, "member")):
            Membership.objects.create(
                organisation=home, user=user, role=role, created_at=make.NOW, accepted_at=make.NOW
            )

    def planted(self, thing: Thing) -> list[ClientRow]:
        return [row for model, row in self.rows.items() if model.policy == thing]


@pytest.fixture
def cast() -> Cast:
    return Cast()


def answer(act: Any) -> int:
    try:
        act()
    except NotVisible:
        return 404
    except PermissionDenied:
        return 403
    return 200


# A rater has no account and an organisation's admin no relationship: what the matrix gives them
# (their own answers by a token, counts by a job) is not reached by asking as a user.
REACHED = ["client", *(kind.value for kind in HELPING)]


@pytest.mark.parametrize("thing", Thing)
def test_require_answers_each_role_and_verb_with_200_403_or_404(cast: Any, thing: Any) -> None:
    wrong = {}
    for role, actor in cast.actors.items():
        for verb in Verb:
            allowed = verbs_of(thing, role) if role in REACHED else set()
            expected = 200 if verb.value in allowed else 403 if "read" in allowed else 404
            found = answer(lambda a=actor, v=verb: access.require(a, v, thing, cast.amira))
            can = access.can(actor, verb, thing, cast.amira)
            if found != expected or can != (expected == 200):
                wrong[role, verb.value] = (found, expected)
    assert wrong == {}


def reads(thing: str, role: str, visibility: str, *, shared: bool, wrote: bool) -> bool:
    """Whether the spec lets this role read a row of this class, said without the code's help."""
    codes = CELLS[thing, role] if role in REACHED else set()
    if role == "client":
        return "O" in codes or ("r" in codes and visibility != "V2")
    named = shared and bool({"s", "r"} & codes)
    if "r" in codes:
        classes = {"V1", "V4"} if role == "coach" else {"V4"}
        return visibility in classes or named
    return named or (wrote and bool({"own", "c"} & codes))


@pytest.mark.parametrize("visibility", Visibility.values)
@pytest.mark.parametrize("thing", WITH_MODELS)
def test_each_role_sees_the_rows_of_each_class_that_the_spec_says(
    cast: Any, thing: Any, visibility: Any
) -> None:
    wrong = {}
    for row in cast.planted(thing):
        reclass(row, visibility)
        for role, actor in cast.actors.items():
            expected = reads(thing, role, visibility, shared=False, wrote=False)
            if sees(actor, thing, row, cast.amira) != expected:
                wrong[type(row).__name__, role] = expected
    assert wrong == {}


@pytest.mark.parametrize("thing", WITH_MODELS)
def test_a_share_opens_a_row_to_the_roles_that_the_spec_names_and_to_no_other(
    cast: Any, thing: Any
) -> None:
    wrong = {}
    for row in cast.planted(thing):
        if row.pk is None or not type(row)._base_manager.filter(pk=row.pk).exists():
            continue
        reclass(row, "V0")
        for role, actor in cast.actors.items():
            if role == "client":
                continue
            share = Share.objects.create(
                thing=thing, item=row.pk, reader=actor, **make.about(cast.amira)
            )
            expected = reads(thing, role, "V0", shared=True, wrote=False)
            if sees(actor, thing, row, cast.amira) != expected:
                wrong[type(row).__name__, role] = expected
            share.delete()
    assert wrong == {}


@pytest.mark.parametrize("thing", WITH_MODELS)
def test_changing_a_row_is_answered_as_the_spec_says(cast: Any, thing: Any) -> None:
    wrong = {}
    for row in cast.planted(thing):
        reclass(row, "V1")
        for role, actor in cast.actors.items():
            for verb in (Verb.READ, Verb.WRITE, Verb.PROPOSE):
                seen = reads(thing, role, "V1", shared=False, wrote=False)
                may = verb.value in verbs_of(thing, role) if role in REACHED else False
                expected = 404 if not seen else 200 if may else 403
                found = answer(lambda a=actor, v=verb, r=row: access.require_row(a, v, thing, r))
                if found != expected:
                    wrong[type(row).__name__, role, verb.value] = (found, expected)
    assert wrong == {}


@pytest.mark.parametrize("thing", WITH_MODELS)
def test_who_can_see_this_names_exactly_the_people_who_can(cast: Any, thing: Any) -> None:
    from coachwork.people import queries

    for row in cast.planted(thing):
        for visibility in Visibility.values:
            reclass(row, visibility)
            if not sees(cast.amira.user, thing, row, cast.amira):
                continue
            named = {
                reader.user_id
                for reader in queries.who_can_see(actor=cast.amira.user, row=row, thing=thing)
                if reader.user_id
            }
            seeing = {
                actor.pk
                for role, actor in cast.actors.items()
                if role != "client" and sees(actor, thing, row, cast.amira)
            }
            assert named == seeing, (type(row).__name__, visibility)


@pytest.mark.parametrize("thing", WITH_MODELS)
def test_nobody_sees_another_clients_rows_by_any_role_with_this_one(cast: Any, thing: Any) -> None:
    ben = person("ben")
    rows = [row for model, row in plant_everything(ben).items() if model.policy == thing]
    for row in rows:
        for visibility in Visibility.values:
            reclass(row, visibility)
            seen = [role for role, actor in cast.actors.items() if sees(actor, thing, row, ben)]
            assert seen == []


@pytest.mark.parametrize("end", ["consented_at", "accepted_at", "ended_at"])
def test_before_consent_before_acceptance_and_after_the_end_there_is_nothing(
    cast: Any, end: Any
) -> None:
    from coachwork.people.models import Relationship

    Relationship.objects.update(**{end: make.NOW if end == "ended_at" else None})
    for role in HELPING:
        actor = cast.actors[role.value]
        for thing in Thing:
            assert not any(access.can(actor, verb, thing, cast.amira) for verb in Verb)
        for row in cast.rows.values():
            assert not sees(actor, row.policy, row, cast.amira)


def reclass(row: ClientRow, visibility: str) -> None:
    """Past every rule, as a test may: the class of the row, and that nobody here wrote it."""
    type(row)._base_manager.filter(pk=row.pk).update(visibility=visibility)
    row.visibility = visibility


def sees(actor: User, thing: Thing, row: ClientRow, client: Client) -> bool:
    """Both forms of the filter must agree: within one record, and over all."""
    base = type(row)._base_manager
    within = base.filter(access.visible(actor, thing, client=client), pk=row.pk).exists()
    over_all = base.filter(access.visible(actor, thing), pk=row.pk).exists()
    assert within == over_all
    return within
