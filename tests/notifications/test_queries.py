"""What keeps a nudge from a person, in the words of the room."""

from datetime import timedelta

import pytest

from coachwork.notifications import actions, queries
from coachwork.notifications.models import Preference
from tests import builders as make
from tests.builders import NOW, days
from tests.notifications.cast import nudged

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    return make.user(timezone="Europe/Berlin")


def test_a_person_who_chose_nothing_has_the_quiet_defaults(amira):
    choices = queries.preference(actor=amira)
    assert (choices.digest, choices.weekends, choices.digest_at.hour) == (True, False, 8)
    assert not Preference.objects.exists(), "reading writes nothing"


def test_nothing_keeps_the_first_nudge_of_a_day_away(amira):
    assert queries.may_reach(actor=amira, kind="practice-nudge", at=NOW) is None
    nudged(amira, NOW)
    assert queries.may_reach(actor=amira, kind="practice-nudge", at=NOW) == "day_full"


def test_a_zone_that_nobody_knows_is_read_as_that_of_the_house(amira):
    amira.timezone = "Mars/Olympus"
    assert str(queries.zone(amira)) == "UTC"
    assert queries.may_reach(actor=amira, kind="practice-nudge", at=NOW) is None


def test_old_news_is_not_carried_into_a_digest(amira):
    nudged(amira, NOW)
    nudged(amira, NOW, "second")
    assert len(queries.held_back(actor=amira, at=NOW + days(6))) == 1
    assert queries.held_back(actor=amira, at=NOW + days(8)) == []


def test_what_nobody_wants_and_what_faded_is_not_carried(amira):
    Preference.objects.create(user=amira, weekends=True)
    for n in range(3):
        nudged(amira, NOW + days(n))
    assert queries.held_back(actor=amira, at=NOW + days(3)) == []


def test_anothers_messages_are_anothers(amira):
    nudged(amira, NOW)
    nudged(amira, NOW, "second")
    assert queries.held_back(actor=make.user("eve"), at=NOW) == []
    assert queries.recent(actor=make.user("eva")) == []


def test_a_pause_is_over_when_its_day_begins_where_the_person_lives(amira):
    choices = actions.pause(actor=amira, until=(NOW + days(1)).date(), at=NOW)
    last_hour = NOW.replace(hour=22, minute=59)  # 23:59 in Berlin
    assert queries.is_paused(actor=amira, at=last_hour, choices=choices)
    assert not queries.is_paused(actor=amira, at=last_hour + timedelta(minutes=1), choices=choices)
