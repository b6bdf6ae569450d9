"""Scenes: played, gone back in, looked at, thought through, and written to the ledger once."""

from datetime import timedelta

import pytest

from coachwork.engine import scenes
from coachwork.evidence.models import Evidence
from coachwork.frameworks.actions import load_content
from coachwork.kit import content
from coachwork.kit.errors import Invalid, Refused, Stale
from coachwork.notifications import actions as notifications
from coachwork.people.access import NotVisible
from coachwork.people.models import Relation
from coachwork.practice import actions, queries
from coachwork.practice.models import Attempt
from tests import builders as make

pytestmark = pytest.mark.django_db
CODE = "brief-in-the-round"
TODAY = make.NOW.date()
SHIPPED = content.load("role_plays")


@pytest.fixture
def amira():
    return make.client()


def begun(client, code=CODE, **more):
    scene = queries.role_play(actor=client.user, code=code)
    return actions.start(actor=client.user, client=client, role_play=scene, at=make.NOW, **more)


def played(client, *choices, row=None):
    row = row or begun(client)
    for choice in choices:
        row = actions.choose(
            actor=client.user, attempt=row, step=len(row.record), choice=choice, at=make.NOW
        )
    return row


def looked_at(client, row, **levels):
    return actions.rate(actor=client.user, attempt=row, levels=levels)


def thought(client, row, **words):
    return actions.debrief(
        actor=client.user, attempt=row, words=words or {"happened": "It went"}, today=TODAY,
        at=make.NOW,
    )  # fmt: skip


LOW = (2, 1)  # two minutes is not enough; all right, in autumn, then
GOOD = (0, 0, 0, 0)


@pytest.mark.accepts("T3-01")
@pytest.mark.parametrize("one", SHIPPED, ids=lambda one: one.code)
def test_every_way_through_a_shipped_scene_ends_and_one_low_ending_goes_back(one):
    scene = queries.graph(one.code, one.version)
    walked = low = 0
    for record in scenes.walks(scene):
        place = scenes.play(scene, record)
        assert place.is_over and place.node.ending.text
        walked += 1
        if place.node.ending.kind == "low" and place.node.ending.turning_point:
            back = scenes.play(scene, scenes.rewound(scene, record))
            assert back.node.id == place.node.ending.turning_point and not back.is_over
            low += 1
    assert walked > 10 and low
    assert scenes.problems(scene, [row.behaviour for row in one.rubric]) == []


class TestPlaying:
    def test_a_scene_goes_on_choice_by_choice_to_its_end(self, amira):
        row = played(amira, *GOOD)
        assert row.state == "submitted"
        found = queries.played(actor=amira.user, attempt_id=row.pk)
        assert found.place.node.ending.kind == "good"
        assert [turn.choice.next for turn in found.place.turns][-1] == "e1"

    def test_a_page_that_is_behind_changes_nothing(self, amira):
        row = played(amira, 0)
        with pytest.raises(Stale):
            actions.choose(actor=amira.user, attempt=row, step=0, choice=2, at=make.NOW)
        row.refresh_from_db()
        assert row.record == [0]

    @pytest.mark.parametrize("choice", [-1, 3, 99])
    def test_an_answer_that_is_not_on_offer_is_refused(self, amira, choice):
        row = begun(amira)
        with pytest.raises(Invalid):
            actions.choose(actor=amira.user, attempt=row, step=0, choice=choice, at=make.NOW)

    def test_one_step_back_and_back_to_the_turning_point(self, amira):
        row = played(amira, 0, 0)
        assert actions.go_back(actor=amira.user, attempt=row).record == [0]
        low = played(amira, *LOW)
        again = actions.rewind(actor=amira.user, attempt=low)
        assert again.state == "started" and again.record == []
        with pytest.raises(Refused):
            actions.go_back(actor=amira.user, attempt=again)

    def test_leaving_costs_nothing(self, amira):
        row = actions.leave(actor=amira.user, attempt=played(amira, 0))
        assert queries.attempts(actor=amira.user, client=amira) == []
        with pytest.raises(Stale):
            actions.choose(actor=amira.user, attempt=row, step=1, choice=0, at=make.NOW)

    def test_a_scene_that_was_revised_says_so(self, amira):
        row = begun(amira)
        Attempt.objects.update(version=99)
        with pytest.raises(Refused, match="revised"):
            queries.played(actor=amira.user, attempt_id=row.pk)

    def test_what_is_not_there_cannot_be_played(self, amira):
        with pytest.raises(NotVisible):
            begun(amira, code="nothing")
        with pytest.raises(Invalid):
            begun(amira, focus="C99.1")

    def test_nobody_else_sees_or_plays_it(self, amira):
        row = played(amira, 0)
        carl = make.helper(amira, "carl", Relation.COACH)
        with pytest.raises(Attempt.DoesNotExist):
            queries.attempt(actor=carl, attempt_id=row.pk)
        with pytest.raises(NotVisible):
            actions.choose(actor=carl, attempt=row, step=1, choice=0, at=make.NOW)


class TestThinkingThrough:
    @pytest.mark.accepts("T3-03")
    def test_each_rated_behaviour_becomes_one_row_of_evidence_and_never_two(self, amira):
        load_content(at=make.NOW)
        row = played(amira, *GOOD)
        looked_at(amira, row, **{"C02.1": "4", "C02.3": "3", "C02.2": ""})
        for _press in range(2):
            thought(amira, row)
        rows = Evidence.objects.filter(source="exercise").order_by("behaviour__code")
        assert [(one.behaviour.code, int(one.level)) for one in rows] == [
            ("C02.1", 4), ("C02.3", 3),
        ]  # fmt: skip
        assert all(one.provenance.startswith(f"attempt:{row.pk}:") for one in rows)

    def test_it_is_looked_at_once_and_only_after_the_end(self, amira):
        with pytest.raises(Refused):
            looked_at(amira, begun(amira))
        row = looked_at(amira, played(amira, *GOOD), **{"C02.1": "3"})
        with pytest.raises(Refused):
            looked_at(amira, row)
        with pytest.raises(Refused):
            thought(amira, played(amira, *GOOD))
        with pytest.raises(Invalid):
            looked_at(amira, played(amira, *GOOD), **{"C02.1": "9"})

    @pytest.mark.parametrize(
        ("words", "field"),
        [({"if_then": "x"}, "happened"), ({"why": "a" * 4_001}, "why"), ({"keep": "\x00"}, "keep")],
    )
    def test_what_cannot_be_kept_says_why(self, amira, words, field):
        row = looked_at(amira, played(amira, *GOOD))
        with pytest.raises(Invalid) as refusal:
            thought(amira, row, **words)
        assert field in refusal.value.fields

    @pytest.mark.accepts("T3-06")
    def test_the_next_time_comes_after_2_7_and_21_days_and_a_pause_moves_it(self, amira):
        gaps = []
        for _time in range(4):
            row = thought(amira, looked_at(amira, played(amira, *GOOD)))
            gaps.append(row.repeat_on and (row.repeat_on - TODAY).days)
        assert gaps == [2, 7, 21, None]
        Attempt.objects.filter(repeat_on__isnull=True).delete()
        rows = queries.attempts(actor=amira.user, client=amira)
        until = TODAY + timedelta(days=60)
        notifications.pause(actor=amira.user, until=until, at=make.NOW)
        [repeat] = queries.repeats(actor=amira.user, client=amira, rows=rows)
        assert repeat.on == until
