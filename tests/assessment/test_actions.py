"""A self-assessment is begun, left, gone on with, and handed in once."""

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.assessment import actions, queries
from coachwork.assessment.actions import Answer
from coachwork.assessment.models import SelfAssessment, SelfRating
from coachwork.evidence import queries as known
from coachwork.evidence.models import Evidence
from coachwork.frameworks.models import Competency, Framework
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people.models import Event, Relation, Visibility
from tests import builders as make
from tests.evidence import builders as ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    return make.client()


def begin(owner, depth="quick", *, at=make.NOW, actor=None, **more):
    return actions.start_self_assessment(
        actor=actor or owner.user, client=owner, depth=depth, at=at, **more
    )


def answer(owner, assessment, position, level=None, *, not_seen=False, actor=None, **more):
    """The same answer to every question of one screen."""
    screen = queries.screen(
        actor=owner.user, client=owner, assessment_id=assessment.pk, position=position
    )
    actions.answer(
        actor=actor or owner.user,
        assessment=screen.assessment,
        whole=screen.whole,
        answers=[Answer(rating, level, not_seen) for rating in screen.ratings],
        at=make.NOW,
        **more,
    )


def submit(owner, assessment, *, at=make.NOW, **more):
    return actions.submit(actor=owner.user, assessment=assessment, at=at, **more)


def aimed(owner, **levels):
    ledger.aim(owner, make.role("Lead", **(levels or {"C01": 3, "C02": 4})))


# --- begin -------------------------------------------------------------------------------------


def test_it_asks_about_the_competencies_of_the_aim_in_their_order(amira):
    aimed(amira, C02=4, C01=3)
    draft = begin(amira)
    rows = draft.ratings.select_related("competency")
    assert [(row.position, row.competency.code) for row in rows] == [(1, "C02"), (2, "C01")]
    assert (draft.purpose, draft.visibility) == ("baseline", Visibility.PRIVATE)


def test_without_an_aim_and_without_a_list_it_asks_to_choose_first(amira):
    with pytest.raises(Refused):
        begin(amira)


def test_the_full_form_asks_about_every_behaviour_below_its_competency(amira):
    aimed(amira)
    draft = begin(amira, "full")
    assert draft.ratings.filter(behaviour=None).count() == 2
    assert draft.ratings.exclude(behaviour=None).count() == 6


def test_beginning_again_goes_on_with_the_draft(amira):
    aimed(amira)
    draft = begin(amira)
    answer(amira, draft, 1, 3)
    assert begin(amira) == draft
    assert SelfAssessment.objects.count() == 1 and draft.ratings.count() == 2


def test_a_draft_for_an_aim_that_is_closed_makes_room_for_a_new_one(amira):
    aimed(amira)
    old = begin(amira)
    ledger.aim(amira, make.role("Other", C03=3))
    new = begin(amira)
    assert new != old and [row.competency.code for row in new.ratings.all()] == ["C03"]
    assert not SelfAssessment.objects.filter(pk=old.pk).exists()


def test_drafts_of_different_parts_live_side_by_side(amira):
    aimed(amira)
    one = Competency.objects.get(code="C01")
    deep = begin(amira, "single", part=str(one.pk), competencies=[one])
    assert begin(amira) != deep
    assert begin(amira, "single", part=str(one.pk), competencies=[one]) == deep


@pytest.mark.parametrize("wrong", [{"depth": "x"}, {"depth": ""}, {"purpose": "x"}])
def test_a_form_that_does_not_exist_is_not_begun(amira, wrong):
    aimed(amira)
    with pytest.raises(Invalid):
        begin(amira, **({"depth": "quick"} | wrong))


def test_nobody_begins_for_somebody_else(amira):
    aimed(amira)
    carl = make.helper(amira, "carl", Relation.COACH)
    with pytest.raises(PermissionDenied):
        begin(amira, actor=carl)
    with pytest.raises(access.NotVisible):
        begin(amira, actor=make.client("eve").user)


# --- answer ------------------------------------------------------------------------------------


def test_answers_are_kept_screen_by_screen_and_can_be_changed(amira):
    aimed(amira)
    draft = begin(amira)
    assert queries.next_position(actor=amira.user, assessment=draft) == 1
    answer(amira, draft, 1, 2, confidence="low", example="Monday", example_on=make.NOW.date())
    answer(amira, draft, 1, 4, confidence="high", example="Tuesday")
    row = draft.ratings.get(position=1)
    assert (row.level, row.confidence, row.example, row.example_on) == (4, "high", "Tuesday", None)
    assert queries.next_position(actor=amira.user, assessment=draft) == 2


def test_anything_may_be_left_out(amira):
    aimed(amira)
    draft = begin(amira)
    answer(amira, draft, 1)
    row = draft.ratings.get(position=1)
    assert (row.level, row.not_seen) == (None, False)
    assert queries.next_position(actor=amira.user, assessment=draft) == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"level": 0},
        {"level": 6},
        {"level": 3, "not_seen": True},
        {"confidence": "x"},
        {"example": "x" * 50_000},
        {"example": "\x00"},
        {"example_on": make.NOW.date() + make.days(9)},
    ],
)
def test_an_answer_that_cannot_be_is_refused_and_nothing_of_it_is_kept(amira, wrong):
    aimed(amira)
    draft = begin(amira)
    with pytest.raises(Invalid):
        answer(amira, draft, 1, **({"level": 3} | wrong))
    row = draft.ratings.get(position=1)
    assert (row.level, row.example, row.answered_at) == (None, "", None)


def test_an_answer_to_a_question_of_another_form_is_refused(amira):
    aimed(amira)
    draft = begin(amira)
    eve = make.client("eve")
    ledger.aim(eve, make.role("Other", C03=3))
    other = begin(eve).ratings.get()
    with pytest.raises(Invalid):
        actions.answer(
            actor=amira.user, assessment=draft, whole=draft.ratings.get(position=1),
            answers=[Answer(other, 5)], at=make.NOW,
        )  # fmt: skip
    other.refresh_from_db()
    assert other.level is None


def test_what_was_handed_in_is_not_changed(amira):
    aimed(amira)
    draft = begin(amira)
    submit(amira, draft)
    with pytest.raises(Refused):
        answer(amira, draft, 1, 5)
    with pytest.raises(Refused):
        actions.discard(actor=amira.user, assessment=SelfAssessment.objects.get())


# --- hand in -----------------------------------------------------------------------------------


def test_handing_in_writes_evidence_of_ones_own_view_once(amira):
    aimed(amira)
    draft = begin(amira)
    answer(amira, draft, 1, 4, example="I asked twice", example_on=make.NOW.date() - make.days(40))
    answer(amira, draft, 2, not_seen=True)
    submit(amira, draft)
    submit(amira, SelfAssessment.objects.get())
    rating = draft.ratings.get(position=1)
    row = Evidence.objects.get()
    assert row.provenance == f"self_rating:{rating.pk}"
    assert (row.source, row.level, row.text) == ("self", 4, "I asked twice")
    assert row.occasion_on == make.NOW.date() - make.days(40)
    assert Event.objects.filter(kind="assessment.submitted").count() == 1


def test_two_sends_at_the_same_moment_are_one(amira):
    aimed(amira)
    draft = begin(amira)
    answer(amira, draft, 1, 4)
    stale = SelfAssessment.objects.get(pk=draft.pk)
    submit(amira, draft)
    assert stale.state == "draft"  # what the second request still has in its hands
    submit(amira, stale)
    assert Evidence.objects.count() == 1


def test_the_full_form_writes_behaviours_and_the_example_of_the_whole(amira):
    aimed(amira)
    draft = begin(amira, "full")
    answer(amira, draft, 1, 3, example="Last week")
    submit(amira, draft)
    rows = Evidence.objects.all()
    assert sorted((row.behaviour is None, row.level, row.text) for row in rows) == [
        (False, 3, ""), (False, 3, ""), (False, 3, ""), (True, None, "Last week"),
    ]  # fmt: skip
    [view] = known.level_views(
        actor=amira.user,
        client=amira,
        at=make.NOW,
        competencies=[Competency.objects.get(code="C01")],
    )
    assert view.estimate.own is not None and view.estimate.own.exact == 3


def test_a_new_one_supersedes_the_earlier_and_nothing_is_overwritten(amira):
    aimed(amira)
    first = begin(amira)
    answer(amira, first, 1, 2)
    submit(amira, first)
    later = make.NOW + make.days(30)
    second = begin(amira, at=later)
    answer(amira, second, 1, 4)
    submit(amira, second, at=later)
    first.refresh_from_db()
    assert (first.state, second.state, second.purpose) == ("superseded", "submitted", "free")
    assert first.ratings.get(position=1).level == 2
    assert Evidence.objects.count() == 2
    [view, _other] = known.level_views(actor=amira.user, client=amira, at=later)
    assert view.estimate.own is not None and view.estimate.own.exact == 4


def test_a_draft_keeps_the_version_of_the_framework_that_it_began_with(amira):
    aimed(amira)
    draft = begin(amira)
    v1 = Framework.objects.get()
    v2 = Framework.objects.create(
        slug=v1.slug, version=2, name=v1.name, status="published", created_at=make.NOW
    )
    Framework.objects.filter(pk=v1.pk).update(status="retired")
    make.competency("C01", within=v2, name="New wording")
    answer(amira, draft, 1, 3)
    submit(amira, draft)
    assert Evidence.objects.get().competency.framework == v1
    assert SelfAssessment.objects.get().framework == v1


def test_a_coach_sees_it_once_it_is_handed_in_and_open_and_never_a_draft(amira):
    carl = make.helper(amira, "carl", Relation.COACH)
    aimed(amira)
    draft = begin(amira)
    answer(amira, draft, 1, 4)
    assert queries.assessments(actor=carl, client=amira) == []
    submit(amira, draft)
    assert queries.assessments(actor=carl, client=amira) == [draft]
    assert set(SelfRating.objects.values_list("visibility", flat=True)) == {"V1"}
    assert Evidence.objects.get().visibility == "V1"


def test_it_can_be_kept_to_oneself_before_it_is_handed_in(amira):
    carl = make.helper(amira, "carl", Relation.COACH)
    aimed(amira)
    draft = begin(amira)
    answer(amira, draft, 1, 4)
    submit(amira, draft, visibility=Visibility.PRIVATE)
    assert queries.assessments(actor=carl, client=amira) == []
    assert Evidence.objects.get().visibility == "V0"


def test_a_draft_is_thrown_away_by_its_person_alone(amira):
    aimed(amira)
    draft = begin(amira)
    with pytest.raises(access.NotVisible):
        actions.discard(actor=make.client("eve").user, assessment=draft)
    actions.discard(actor=amira.user, assessment=draft)
    assert not SelfRating.objects.exists()
