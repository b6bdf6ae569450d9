"""If-then plans: a cue is needed, three are enough, and no calendar is asked for."""

import pytest

from coachwork.evidence.models import Evidence
from coachwork.kit.errors import Invalid, Refused
from coachwork.plans import actions
from coachwork.plans.actions import if_thens
from coachwork.plans.models import IfThen
from coachwork.practice.models import PracticeLog
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    return make.client()


@pytest.fixture
def goal(amira):
    return stage.active(amira)


@pytest.mark.accepts("T2-02")
@pytest.mark.parametrize("cue", ["", "   "])
def test_without_a_cue_it_is_kept_as_a_draft_and_asks_for_one(amira, goal, cue):
    kept = stage.if_then(amira, goal, if_text=cue)
    stored = IfThen.objects.get(pk=kept.pk)
    assert stored.then_text == "I wait two breaths" and not stored.active
    asked = {"if_text": "What will you see, hear or finish just before?"}
    assert if_thens.unfinished(stored) == asked
    with pytest.raises(Invalid) as refusal:
        actions.start_if_then(actor=amira.user, if_then=stored, at=stage.NOW)
    assert refusal.value.fields == asked


@pytest.mark.accepts("T2-10")
def test_a_free_cue_is_enough_and_everything_else_works_without_a_calendar(amira, goal):
    kept = stage.if_then(amira, goal, cue_type="", if_text="the kettle boils")
    assert kept.active and kept.moment_kind == ""
    actions.rehearse(actor=amira.user, if_then=kept, at=stage.NOW)
    log = actions.log_chance(
        actor=amira.user,
        thing=kept,
        chance="did",
        occasion_on=stage.TODAY,
        moment="1",
        at=stage.NOW,
    )
    assert IfThen.objects.get().rehearsed_at == stage.NOW
    assert Evidence.objects.get(provenance=f"practice_log:{log.pk}").chance == "did"
    actions.end_if_then(actor=amira.user, if_then=kept, at=stage.NOW)
    assert IfThen.objects.get().ended_at == stage.NOW


def test_the_same_words_twice_are_one_plan(amira, goal):
    assert stage.if_then(amira, goal).pk == stage.if_then(amira, goal).pk


def test_a_fourth_is_kept_as_a_draft_with_the_reason_and_may_start_all_the_same(amira, goal):
    for n in range(3):
        stage.if_then(amira, goal, if_text=f"cue {n}")
    fourth = stage.if_then(amira, goal, if_text="cue 4")
    assert not IfThen.objects.get(pk=fourth.pk).active
    with pytest.raises(actions.TooManyIfThens) as refusal:
        actions.start_if_then(actor=amira.user, if_then=fourth, at=stage.NOW)
    assert len(refusal.value.active) == 3 and "hard to keep in mind" in str(refusal.value)
    actions.start_if_then(actor=amira.user, if_then=fourth, at=stage.NOW, over_limit=True)
    assert IfThen.objects.filter(active=True).count() == 4


def test_it_starts_with_its_goal(amira):
    goal = stage.ready(amira)
    kept = stage.if_then(amira, goal)
    assert not kept.active
    actions.agree_goal(actor=amira.user, goal=goal, at=stage.NOW)
    actions.activate_goal(actor=amira.user, goal=goal, at=stage.NOW)
    assert IfThen.objects.get(pk=kept.pk).active


def test_rewriting_it_without_its_cue_makes_it_a_draft_again(amira, goal):
    kept = stage.if_then(amira, goal)
    actions.write_if_then(actor=amira.user, goal=goal, if_then=kept, if_text="", at=stage.NOW)
    assert not IfThen.objects.get().active


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"if_text": "x" * 50_000}, "if_text"),
        ({"then_text": "\x00"}, "then_text"),
        ({"cue_type": "omen"}, "cue_type"),
    ],
)
def test_words_that_cannot_be_stored_are_refused_by_field(amira, goal, words, field):
    with pytest.raises(Invalid) as refusal:
        stage.if_then(amira, goal, **words)
    assert list(refusal.value.fields) == [field]
    assert not IfThen.objects.exists()


def test_what_has_ended_is_not_written_on(amira, goal):
    kept = stage.if_then(amira, goal)
    actions.end_if_then(actor=amira.user, if_then=kept, at=stage.NOW)
    with pytest.raises(Refused):
        actions.start_if_then(actor=amira.user, if_then=kept, at=stage.NOW)
    with pytest.raises(Refused):
        actions.write_if_then(
            actor=amira.user, goal=goal, if_then=kept, if_text="again", at=stage.NOW
        )


def test_a_tap_on_an_if_then_counts_once_for_the_same_moment(amira, goal):
    kept = stage.if_then(amira, goal)
    for chance in ("did", "did", "partly"):
        actions.log_chance(
            actor=amira.user,
            thing=kept,
            chance=chance,
            occasion_on=stage.TODAY,
            moment="2026-01-05.0",
            at=stage.NOW,
        )
    assert PracticeLog.objects.get().chance == "did"
    assert Evidence.objects.get().competency == goal.competency


def test_what_belongs_to_no_competency_says_so(amira):
    goal = stage.active(amira, competency=None)
    kept = stage.if_then(amira, goal)
    with pytest.raises(Refused, match="competency"):
        actions.log_chance(
            actor=amira.user,
            thing=kept,
            chance="did",
            occasion_on=stage.TODAY,
            moment="1",
            at=stage.NOW,
        )
