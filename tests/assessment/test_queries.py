"""The mirror: strengths first, then what is unsure, then what nobody could see."""

import pytest

from coachwork.assessment import queries
from coachwork.assessment.models import SelfAssessment, SelfRating
from coachwork.evidence import queries as known
from coachwork.people.models import Relation
from tests import builders as make
from tests.assessment.test_actions import aimed, answer, begin, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    return make.client()


def mirror(owner, assessment, actor=None):
    return queries.mirror(actor=actor or owner.user, client=owner, assessment_id=assessment.pk)


def codes(reflections):
    return [one.competency.code for one in reflections]


def test_the_strongest_come_first_then_the_unsure_then_the_not_seen(amira):
    aimed(amira, **{f"C{n:02}": 3 for n in range(1, 9)})
    draft = begin(amira)
    for position, level in enumerate((2, 5, 4, 4, 3, 3), start=1):
        answer(amira, draft, position, level, example="Seen" if position != 5 else "")
    answer(amira, draft, 7, not_seen=True)
    found = mirror(amira, draft)
    assert codes(found.strengths) == ["C02", "C03", "C04"]
    assert codes(found.unsure) == ["C05"]  # no example
    assert codes(found.other) == ["C01", "C06"]
    assert codes(found.not_seen) == ["C07", "C08"]
    assert codes(found.all) == [f"C{n:02}" for n in range(1, 9)]


def test_low_confidence_is_unsure_even_with_an_example(amira):
    aimed(amira, C01=3, C02=3, C03=3, C04=3)
    draft = begin(amira)
    for position in range(1, 5):
        sure = "low" if position == 4 else "high"
        answer(amira, draft, position, 3, example="Seen", confidence=sure)
    assert codes(mirror(amira, draft).unsure) == ["C04"]


def test_nothing_seen_is_said_and_has_no_zeros(amira):
    aimed(amira)
    draft = begin(amira, "full")
    for position in (1, 2):
        answer(amira, draft, position, not_seen=True)
    submit(amira, draft)
    found = mirror(amira, draft)
    assert found.nothing_seen and not found.strengths
    assert all(one.level is None and one.whole.not_seen for one in found.all)


def test_a_draft_says_how_far_it_got(amira):
    aimed(amira)
    draft = begin(amira, "full")
    answer(amira, draft, 1, 3)
    [found] = queries.drafts(actor=amira.user, client=amira)
    assert found == draft and found.progress == (1, 2)


def test_a_screen_that_does_not_exist_is_not_there(amira):
    aimed(amira)
    draft = begin(amira)
    for position in (0, 3, 99):
        with pytest.raises(SelfRating.DoesNotExist):
            queries.screen(
                actor=amira.user, client=amira, assessment_id=draft.pk, position=position
            )


def test_the_groups_of_the_framework_are_the_sittings_of_the_full_form(amira):
    aimed(amira)
    aim = known.aim(actor=amira.user, client=amira)
    [group] = queries.groups(actor=amira.user, client=amira, aim=aim)
    assert (group.name, group.count, group.done) == ("Group", 2, False)
    asked = queries.in_group(actor=amira.user, client=amira, group="Group")
    submit(amira, begin(amira, "full", part="Group", competencies=asked))
    [group] = queries.groups(actor=amira.user, client=amira, aim=aim)
    assert group.done


@pytest.mark.parametrize("relation", [Relation.PARTNER, Relation.SPONSOR, None])
def test_others_find_nothing(amira, relation):
    aimed(amira)
    draft = submit(amira, begin(amira), visibility="V1")
    other = make.helper(amira, "otto", relation) if relation else make.client("eve").user
    assert queries.assessments(actor=other, client=amira) == []
    with pytest.raises(SelfAssessment.DoesNotExist):
        mirror(amira, draft, actor=other)
