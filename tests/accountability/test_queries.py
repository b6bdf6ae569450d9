"""The board of a Monday."""

from datetime import timedelta

import pytest

from coachwork.accountability import actions, queries
from coachwork.people.models import Relation, Relationship
from tests import builders as make
from tests.accountability.test_actions import TODAY, answered, committed, planned
from tests.counting import at_most

pytestmark = pytest.mark.django_db


def test_who_asks_for_help_comes_first_then_who_answered_then_the_others():
    ana, ben, cleo = (make.client(name) for name in ("ana", "ben", "cleo"))
    carl = make.helper(ana, "carl", Relation.COACH)
    for other in (ben, cleo):
        Relationship.objects.create(
            client=other, user=carl, kind=Relation.COACH, created_by=other.user,
            created_at=make.NOW, accepted_at=make.NOW, consented_at=make.NOW,
        )  # fmt: skip
        planned(other)
    answered(ben)
    actions.settle(actor=ben.user, commitment=committed(ben), state="kept", at=make.NOW)
    actions.ask_for_help(actor=cleo.user, client=cleo, kind="time", text="", to=carl, at=make.NOW)
    with at_most(5):
        places = queries.board(actor=carl, today=TODAY)
    assert [one.client.name for one in places] == ["Cleo", "Ben", "Ana"]
    assert places[0].asks and places[1].check_in and places[1].wins
    assert queries.board(actor=ana.user, today=TODAY) == []


@pytest.mark.accepts("T9-07")
def test_the_board_holds_no_energy_at_all():
    ana = make.client("ana")
    carl = make.helper(ana, "carl", Relation.COACH)
    planned(ana)
    answered(ana, energy=1)
    place = queries.board(actor=carl, today=TODAY)[0]
    assert "energ" not in str(vars(place)).lower()


def test_a_fortnight_asks_every_second_week():
    ana = make.client("ana")
    plan = planned(ana, cadence=2)
    seen = queries.rhythm_of(plan=plan, today=TODAY + timedelta(weeks=4))
    assert len(seen) == 3
