"""What the logs tell: weeks, chances, and when it is time to look at a level again."""

from datetime import timedelta

import pytest

from coachwork.evidence import actions as evidence
from coachwork.kit.ids import new_id
from coachwork.practice import actions, queries
from tests import builders as make

pytestmark = pytest.mark.django_db
TODAY = make.NOW.date()


@pytest.fixture
def amira():
    return make.client()


@pytest.fixture
def skill():
    return make.competency()


def logged(client, skill, *, chance="did", days=0):
    at = make.NOW + timedelta(days=days)
    return actions.log(
        actor=client.user,
        client=client,
        competency=skill,
        chance=chance,
        occasion_on=at.date(),
        at=at,
    )


def rated(client, skill, *, days=0):
    at = make.NOW + timedelta(days=days)
    evidence.record(
        actor=client.user,
        client=client,
        competency=skill,
        source="self",
        level=3,
        occasion_on=at.date(),
        provenance=f"self_rating:{days}",
        at=at,
    )


def test_weeks_count_what_was_done_and_the_chances_there_were(amira, skill):
    for days, chance in ((0, "did"), (1, "partly"), (2, "not"), (3, "none"), (-7, "did")):
        logged(amira, skill, days=days, chance=chance)
    actions.undo(actor=amira.user, log=logged(amira, skill), at=make.NOW)
    counts = queries.weekly_counts(actor=amira.user, client=amira, today=TODAY, number=3)
    assert [(week.done, week.chances) for week in counts] == [(0, 0), (1, 1), (2, 3)]
    assert [week.week_on for week in counts] == [
        TODAY - timedelta(weeks=2),
        TODAY - timedelta(weeks=1),
        TODAY,
    ]


def test_logs_come_in_pages_newest_first(amira, skill):
    made = [logged(amira, skill, days=days).pk for days in range(-4, 1)]
    first = queries.logs(actor=amira.user, client=amira, limit=3)
    rest = queries.logs(actor=amira.user, client=amira, after=first[-1].pk)
    assert [log.pk for log in [*first, *rest]] == made[::-1]


def test_after_four_chances_since_the_last_own_level_it_is_time_to_look_again(amira, skill):
    rated(amira, skill)
    for days in (1, 2, 3):
        logged(amira, skill, days=days)
    logged(amira, skill, days=4, chance="none")
    assert queries.ready_to_look_again(actor=amira.user, client=amira) == []
    logged(amira, skill, days=5, chance="not")
    (ready,) = queries.ready_to_look_again(actor=amira.user, client=amira)
    assert (ready.competency, ready.chances, ready.done) == (skill, 4, 3)
    rated(amira, skill, days=6)
    assert queries.ready_to_look_again(actor=amira.user, client=amira) == []


def test_times_today_are_counted_by_thing(amira, skill):
    item = new_id()
    for moment in ("0", "1"):
        actions.log(
            actor=amira.user,
            client=amira,
            competency=skill,
            chance="did",
            occasion_on=TODAY,
            item=item,
            moment=moment,
            at=make.NOW,
        )
    assert queries.times_today(actor=amira.user, client=amira, on=TODAY) == {item: 2}
    found = queries.practised(actor=amira.user, client=amira, items=[item])
    assert found == {item: (2, TODAY)}
