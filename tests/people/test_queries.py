"""What is read about people: records, helpers, promises, shares, links and logs."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import now

from coachwork.kit.keys import Link
from coachwork.people import access, actions, queries
from coachwork.people.access import NotVisible, Thing, Verb
from coachwork.people.models import Relation, Relationship, User
from coachwork.people.models.relationships import HELPING
from coachwork.people.queries.promises import WORDS, headline, promises
from coachwork.people.queries.records import models_of
from coachwork.plans.models import Goal, Rung
from tests import builders as make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def person(name: str = "amira") -> Any:
    """A client; `.user` is there, whatever the model allows."""
    return make.client(name)


# Records


def test_ones_own_record_costs_no_question(django_assert_num_queries: Any) -> None:
    amira = person()
    user = User.objects.select_related("client").get(pk=amira.user.pk)
    with django_assert_num_queries(0):
        assert queries.record(actor=user) == amira
        assert queries.record(actor=user, client_id=amira.pk) == amira


def test_somebody_without_a_record_is_told_so_and_not_that_it_is_forbidden() -> None:
    with pytest.raises(queries.NoRecord):
        queries.record(actor=make.user("carl"))


def test_a_helper_reads_the_record_of_whom_they_help_and_nobody_elses() -> None:
    amira, ben = person(), person("ben")
    carl = make.helper(amira, "carl", Relation.COACH)
    assert queries.record(actor=carl, client_id=amira.pk) == amira
    assert vars(carl)["seen_as"] == {Relation.COACH}
    for other in (ben.pk, uuid4()):
        with pytest.raises(NotVisible) as refused:
            queries.record(actor=carl, client_id=other)
        assert refused.value.client_id == other


def test_one_row_is_found_by_its_kind_and_id_wherever_it_lies() -> None:
    amira = person()
    goal = Goal.objects.create(title="Speak up", **make.about(amira))
    rung = Rung.objects.create(goal=goal, level=0, text="twice", **make.about(amira))
    assert queries.row(actor=amira.user, thing="goals", item=goal.pk) == goal
    assert queries.row(actor=amira.user, thing="goals", item=rung.pk) == rung
    for thing, item in (("plan", goal.pk), ("nonsense", goal.pk), ("goals", uuid4())):
        with pytest.raises(NotVisible):
            queries.row(actor=amira.user, thing=thing, item=item)
    with pytest.raises(NotVisible):
        queries.row(actor=person("eve").user, thing="goals", item=goal.pk)


def test_the_lines_of_a_row_are_its_words_and_none_of_its_bookkeeping() -> None:
    amira = person()
    goal = Goal.objects.create(
        title="Speak <b>up</b>", why="to be heard", target_on=date(2026, 3, 1), **make.about(amira)
    )
    lines = dict(queries.lines(actor=amira.user, row=goal))
    assert lines["Goal"] == "Speak <b>up</b>" and lines["Why it matters"] == "to be heard"
    assert "March" in str(lines.values())
    assert str(goal.pk) not in str(lines) and "Client" not in lines
    with pytest.raises(NotVisible):
        queries.lines(actor=make.user("eve"), row=goal)


def test_every_kind_of_row_is_registered_once() -> None:
    found = [model for thing in Thing for model in models_of(thing)]
    assert len(found) == len(set(found)) and Goal in models_of(Thing.GOALS)


# What a relation opens, in words


@pytest.mark.parametrize("relation", HELPING)
def test_the_promises_are_what_the_table_does(relation: Any) -> None:
    told = promises(relation)
    for thing, words in WORDS.items():
        readable = access.allows(thing, relation, Verb.READ)
        assert (str(words) in told.never) == (not readable)
        assert (str(words) in told.suggests) == (
            access.allows(thing, relation, Verb.PROPOSE)
            or access.allows(thing, relation, Verb.ASSIGN)
        )
    assert headline(relation)


def test_the_words_follow_the_table(monkeypatch: Any) -> None:
    row = list(access.TABLE[Thing.CONTACTS])
    row[access.COLUMNS.index(Relation.COACH)] = "r"
    monkeypatch.setitem(access.TABLE, Thing.CONTACTS, tuple(row))
    assert str(WORDS[Thing.CONTACTS]) in promises(Relation.COACH).reads


# Relationships


def test_the_client_sees_everybody_and_nobody_else_sees_the_list() -> None:
    amira = person()
    carl = make.helper(amira, "carl", Relation.COACH)
    make.helper(amira, "max", Relation.MENTOR, consented=False)
    assert [bond.user.name for bond in queries.helpers(actor=amira.user, client=amira)] == [
        "Carl",
        "Max",
    ]
    for actor in (carl, make.user("eve")):
        with pytest.raises(NotVisible):
            queries.helpers(actor=actor, client=amira)


def test_a_relationship_is_for_its_two_sides_alone() -> None:
    amira = person()
    carl = make.helper(amira, "carl", Relation.COACH)
    bond = Relationship.objects.get()
    for actor in (amira.user, carl):
        assert queries.relationship(actor=actor, relationship_id=bond.pk) == bond
    other = make.helper(amira, "max", Relation.MENTOR)
    for actor in (other, person("eve").user):
        with pytest.raises(NotVisible):
            queries.relationship(actor=actor, relationship_id=bond.pk)


def test_a_client_with_two_relations_of_one_person_is_listed_by_both() -> None:
    amira = person()
    carl = make.helper(amira, "carl", Relation.COACH)
    Relationship.objects.create(
        client=amira, user=carl, kind="partner", created_at=NOW, accepted_at=NOW, consented_at=NOW
    )
    page = queries.helping(actor=carl)
    assert sorted(one.relation for one in page.people) == ["Accountability partner", "Coach"]


def test_ended_and_unanswered_relationships_are_not_in_the_list() -> None:
    carl = make.user("carl")
    for name, fields in (
        ("a", {"ended_at": NOW, "consented_at": NOW, "accepted_at": NOW}),
        ("b", {"accepted_at": NOW}),
        ("c", {"consented_at": NOW}),
    ):
        Relationship.objects.create(
            client=person(name), user=carl, kind="coach", created_at=NOW, **fields
        )
    assert queries.helping(actor=carl).people == []
    assert len(queries.proposals(actor=carl)) == 2


# Links


def test_a_link_is_read_back_and_anything_else_is_not() -> None:
    tenant = uuid4()
    link = Link.new(tenant)
    assert Link.read(str(link)) == link and link.secret not in link.digest
    assert Link.new(tenant).secret != link.secret
    for text in ("", ".", str(tenant), f"{tenant}.", f"{tenant}.short", f"x.{link.secret}"):
        assert Link.read(text) is None


# Shares and logs


def test_only_roles_that_the_table_names_can_be_picked_as_readers() -> None:
    amira = person()
    for kind in HELPING:
        make.helper(amira, kind.value, kind)
    picked = queries.possible_readers(actor=amira.user, client=amira, thing=Thing.PLAN)
    assert {bond.kind for bond in picked} == {"coach", "mentor", "partner"}


def test_what_was_shared_with_me_ends_with_the_relationship() -> None:
    amira = person()
    max_ = make.helper(amira, "max", Relation.MENTOR)
    goal = Goal.objects.create(title="g", **make.about(amira))
    share = actions.share(actor=amira.user, thing=Thing.GOALS, row=goal, reader=max_, at=NOW)
    assert queries.shared_with_me(actor=max_) == [share]
    Relationship.objects.update(ended_at=NOW)
    assert queries.shared_with_me(actor=max_) == []
    with pytest.raises(NotVisible):
        queries.share(actor=max_, share_id=share.pk)


def test_the_log_of_shares_is_the_clients_alone() -> None:
    amira = person()
    carl = make.helper(amira, "carl", Relation.COACH)
    with pytest.raises(NotVisible):
        queries.shares(actor=carl, client=amira)


def test_the_security_log_pages_without_a_gap_and_is_ones_own() -> None:
    amira = person()
    for n in range(7):
        actions.audit(
            actor=amira.user, verb=f"v{n}", stream=amira.user.pk, at=now() + timedelta(seconds=n)
        )
    first = queries.trail(actor=amira.user, limit=4)
    rest = queries.trail(actor=amira.user, after=first.after, limit=4)
    assert [one.verb for one in first.entries + rest.entries] == [f"v{n}" for n in range(6, -1, -1)]
    assert rest.after is None
    eve = person("eve")
    with pytest.raises(NotVisible):
        queries.trail(actor=eve.user, client=amira)
