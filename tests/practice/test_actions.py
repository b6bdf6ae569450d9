"""Practice logs: one tap, counted once, written to the ledger, and taken back by new rows."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.evidence.models import Evidence
from coachwork.evidence.queries.ledger import counting_rows
from coachwork.kit.errors import Invalid
from coachwork.people.access import NotVisible
from coachwork.people.models import Relation, Visibility
from coachwork.practice import actions, queries
from coachwork.practice.models import PracticeLog
from tests import builders as make

pytestmark = pytest.mark.django_db
TODAY = make.NOW.date()


@pytest.fixture
def amira():
    return make.client()


@pytest.fixture
def skill():
    return make.competency()


def logged(client, skill, **words):
    words = {"chance": "did", "occasion_on": TODAY, "at": make.NOW, **words}
    return actions.log(actor=client.user, client=client, competency=skill, **words)


@pytest.mark.parametrize("chance", ["did", "partly", "not", "none"])
def test_a_log_writes_evidence_without_a_level(amira, skill, chance):
    log = logged(amira, skill, chance=chance, line="Waited once", context="study")
    row = Evidence.objects.get()
    assert (row.source, row.chance, row.level, row.context, row.text) == (
        "self",
        chance,
        None,
        "study",
        "Waited once",
    )
    assert row.provenance == f"practice_log:{log.pk}" and row.visibility == log.visibility


def test_one_moment_counts_once_and_another_moment_again(amira, skill):
    for moment in ("a", "a", "b", ""):
        logged(amira, skill, moment=moment)
    assert PracticeLog.objects.count() == Evidence.objects.count() == 3


def test_two_things_may_share_the_name_of_a_moment(amira, skill):
    logged(amira, skill, moment="a")
    logged(amira, make.competency("C02"), moment="a")
    assert PracticeLog.objects.count() == 2


def test_undo_adds_rows_and_the_evidence_counts_no_more(amira, skill):
    log = logged(amira, skill, moment="a")
    actions.undo(actor=amira.user, log=log, at=make.NOW)
    actions.undo(actor=amira.user, log=log, at=make.NOW)
    assert PracticeLog.objects.count() == Evidence.objects.count() == 2
    assert not counting_rows(actor=amira.user, client=amira).exists()
    assert queries.logs(actor=amira.user, client=amira) == []
    assert PracticeLog.objects.get(pk=log.pk).chance == "did"


def test_a_moment_that_was_taken_back_can_be_logged_again_and_again(amira, skill):
    for chance in ("did", "partly", "not"):
        log = logged(amira, skill, moment="a", chance=chance)
        assert log.chance == chance
        actions.undo(actor=amira.user, log=log, at=make.NOW)
    assert logged(amira, skill, moment="a").pk == logged(amira, skill, moment="a").pk


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"chance": "maybe"}, "chance"),
        ({"chance": ""}, "chance"),
        ({"context": "space"}, "context"),
        ({"line": "x" * 50_000}, "line"),
        ({"line": "\x00"}, "line"),
        ({"moment": "x" * 41}, "moment"),
        ({"occasion_on": TODAY + timedelta(days=3)}, "occasion_on"),
    ],
)
def test_what_makes_no_log_is_refused_by_field_and_nothing_is_half_written(
    amira, skill, words, field
):
    with pytest.raises(Invalid) as refusal:
        logged(amira, skill, **words)
    assert list(refusal.value.fields) == [field]
    assert not PracticeLog.objects.exists() and not Evidence.objects.exists()


def test_markup_emoji_and_right_to_left_text_are_kept_as_they_are(amira, skill):
    line = "<script>alert(1)</script> 🙂 שלום"
    assert logged(amira, skill, line=line).line == line


@pytest.mark.accepts("T11-10")
def test_practice_at_home_shows_as_life_to_those_it_is_shared_with(amira, skill, client):
    carl = make.helper(amira, "carl", Relation.COACH)
    logged(amira, skill, context="life", line="With my teenager", visibility=Visibility.PAIR)
    (row,) = queries.logs(actor=carl, client=amira)
    assert row.get_context_display() == "In life outside work"
    assert Evidence.objects.get(visibility=Visibility.PAIR).context == "life"
    client.force_login(carl)
    page = client.get(f"/practice/of/{amira.pk}/").content.decode()
    assert "With my teenager" in page and "In life outside work" in page


def test_others_neither_log_nor_undo(amira, skill):
    carl = make.helper(amira, "carl", Relation.COACH)
    log = logged(amira, skill, visibility=Visibility.PAIR)
    with pytest.raises(PermissionDenied):
        actions.undo(actor=carl, log=log, at=make.NOW)
    with pytest.raises(PermissionDenied):
        actions.log(
            actor=carl,
            client=amira,
            competency=skill,
            chance="did",
            occasion_on=TODAY,
            at=make.NOW,
        )
    with pytest.raises(NotVisible):
        actions.undo(actor=make.client("eve").user, log=log, at=make.NOW)
