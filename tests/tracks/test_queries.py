"""What came of the chances, in words; and who sees what."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from coachwork.evidence import queries as evidence
from coachwork.people import actions as people
from coachwork.people.access import Thing
from coachwork.people.models import Relation, Visibility
from coachwork.tracks import actions, queries
from coachwork.tracks.models import BehaviourTarget, TrackLog
from tests import builders as make
from tests.tracks.stage import TODAY, home, log, started, target

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    home()
    return make.client()


@pytest.fixture
def practised(amira):
    return target(amira, started(amira))


def strip(amira, actor=None):
    [found] = queries.strips(actor=actor or amira.user, client=amira)
    return found


@pytest.mark.accepts("T7-02")
def test_no_rate_below_five_chances_and_days_without_a_chance_do_not_count(amira, practised):
    for chance in ("did", "not", "partly", "did", "none", "none"):
        log(amira, practised, chance)
    four = strip(amira)
    assert (four.counted.chances, four.counted.sentence) == (4, "")
    log(amira, practised, "none")
    assert strip(amira).counted.sentence == ""
    log(amira, practised, "did")
    assert strip(amira).counted.sentence == "Done in 4 of 5 chances. 1 of them partly."


def test_the_strip_is_in_the_order_of_the_days(amira, practised):
    log(amira, practised, "did")
    log(amira, practised, "not", on=TODAY - timedelta(days=3))
    assert [one.chance for one in strip(amira).logs] == ["not", "did"]


def test_a_coach_reads_only_what_is_open_to_the_pair(amira, practised):
    carl = make.helper(amira, "carl", Relation.COACH)
    log(amira, practised)
    assert queries.strips(actor=carl, client=amira) == []
    BehaviourTarget.objects.update(visibility=Visibility.PAIR)
    assert strip(amira, carl).logs == []
    people.set_visibility(
        actor=amira.user, thing=Thing.PLAN, row=TrackLog.objects.get(),
        visibility=Visibility.PAIR, at=make.NOW,
    )  # fmt: skip
    assert len(strip(amira, carl).logs) == 1


def test_tracks_for_a_problem_come_first_then_those_for_the_focus(amira):
    first = queries.offers(actor=amira.user, client=amira, problem="freeze-in-meetings")
    assert {one.track.code for one in first[:2]} == {"brief-and-clear", "presence-in-meetings"}
    assert first[0].why and not first[-1].why


@pytest.mark.accepts("T7-12")
def test_a_pack_filters_assessment_plans_exercises_and_projects_and_can_be_changed(amira):
    from coachwork.assessment import queries as assessment
    from coachwork.plans import queries as plans

    aim = actions.choose_pack(actor=amira.user, client=amira, code="adaptability", at=make.NOW)
    codes = ["C21", "C22", "C23", "C24", "C25"]
    assert [row.competency.code for row in aim.targets.all()] == codes
    found = queries.filtered(actor=amira.user, client=amira)
    assert list(found.codes) == codes and found.practices and found.templates and found.tracks
    assert found.projects
    for some in (found.practices, found.challenges, found.tracks):
        assert {one.competency for one in some} <= set(codes)
    for some in (found.templates, found.projects):
        assert all(set(codes) & set(one.competencies) for one in some)
    groups = assessment.groups(actor=amira.user, client=amira, aim=aim)
    assert groups  # the form begins from the aim
    first = plans.templates(actor=amira.user, client=amira)[0]
    assert first.why and set(first.template.competencies) & set(codes)
    # Editable: the client takes one out, and all of it goes by the new list.
    from coachwork.evidence import actions as ledger

    kept = [ledger.Target(row.competency, 3) for row in aim.targets.all()[:1]]
    ledger.change_targets(actor=amira.user, aim=aim, targets=kept, at=make.NOW)
    narrowed = queries.filtered(actor=amira.user, client=amira)
    assert narrowed.codes == ("C21",)
    assert {one.competency for one in narrowed.practices} == {"C21"}
    assert evidence.aim(actor=amira.user, client=amira).title == "Adaptability"


@pytest.mark.accepts("T7-05")
def test_a_trigger_map_is_read_by_nobody_until_it_alone_is_shared(amira):
    carl = make.helper(amira, "carl", Relation.COACH)
    words = {"situation": "zebra-quartz at nine"}
    first = actions.keep_map(actor=amira.user, client=amira, words=words, at=make.NOW)
    other = actions.keep_map(
        actor=amira.user, client=amira, words={"situation": "lamp"}, at=make.NOW
    )
    # Not even the class "you and your coach" opens it.
    people.set_visibility(
        actor=amira.user, thing=Thing.MOODS, row=first, visibility=Visibility.PAIR, at=make.NOW
    )
    with pytest.raises(ObjectDoesNotExist):
        people_row(carl, first)
    people.share(actor=amira.user, thing=Thing.MOODS, row=first, reader=carl, at=make.NOW)
    assert people_row(carl, first).pk == first.pk
    with pytest.raises(ObjectDoesNotExist):
        people_row(carl, other)


def people_row(actor, found):
    from coachwork.people import queries as records

    return records.row(actor=actor, thing="moods", item=found.pk)
