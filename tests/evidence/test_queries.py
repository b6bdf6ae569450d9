"""Reading the ledger: every side apart, the order with its reasons, and only what may be seen."""

from datetime import UTC, datetime

import pytest

from coachwork.evidence import actions as evidence
from coachwork.evidence import queries
from coachwork.evidence.models import Evidence
from coachwork.people.models import Relation, Share, Thing, Visibility
from tests import builders as make
from tests.evidence import builders as ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    return make.client()


@pytest.fixture
def listening():
    return make.competency("C01", name="Listening")


def views(owner, actor=None, at=make.NOW, **more):
    return queries.level_views(actor=actor or owner.user, client=owner, at=at, **more)


# --- level views -------------------------------------------------------------------------------


def test_each_source_stands_apart_with_its_interval(amira, listening):
    ledger.said(amira, listening, "self", 4)
    ledger.said(amira, listening, "peer", 3.4, n_raters=3)
    [view] = views(amira)
    by_source = {said.source: said for said in view.estimate.by_source}
    assert by_source["self"].low is None
    assert (round(by_source["peer"].low, 1), round(by_source["peer"].high, 1)) == (2.7, 4.1)


def test_practice_is_counted_and_never_enters_a_level(amira, listening):
    for days, chance in enumerate(["did", "did", "partly", "not", "none"]):
        ledger.said(amira, listening, "self", None, days=days, chance=chance)
    [view] = views(amira)
    assert (view.practice.did, view.practice.partly, view.practice.missed) == (2, 1, 1)
    assert view.practice.chances == 4
    assert view.practice.last_on == make.NOW.date()
    assert view.estimate.by_source == ()


def test_an_old_level_is_named_and_not_used(amira, listening):
    ledger.said(amira, listening, "peer", 4, days=300, n_raters=3)
    [view] = views(amira)
    assert view.estimate.by_source == ()
    assert [source for source, _day in view.older] == ["peer"]


def test_what_people_say_of_themselves_counts_from_the_day_they_said_it(amira, listening):
    old_example = (make.NOW - make.days(400)).date()
    evidence.record(
        actor=amira.user, client=amira, competency=listening, source="self", level=4,
        occasion_on=old_example, provenance="self_rating:1", at=make.NOW,
    )  # fmt: skip
    [view] = views(amira)
    assert view.estimate.own is not None and view.estimate.own.newest == make.NOW.date()


def test_two_coaches_are_two_raters_and_ones_newer_view_replaces_the_older(amira, listening):
    carl = make.helper(amira, "carl", Relation.COACH)
    dora = make.helper(amira, "dora", Relation.COACH)
    ledger.said(amira, listening, "coach", 2, days=60, actor=carl)
    ledger.said(amira, listening, "coach", 3, days=5, actor=carl)
    ledger.said(amira, listening, "coach", 4, days=5, actor=dora)
    [view] = views(amira)
    [coaches] = view.estimate.by_source
    assert (coaches.exact, coaches.n) == (3.5, 2)


def test_the_clients_own_word_about_their_work_is_no_second_opinion(amira, listening):
    ledger.said(amira, listening, "self", 4)
    evidence.add_own(
        actor=amira.user, client=amira, competency=listening, source="work_sample", level=5,
        occasion_on=make.NOW.date(), text="I led it", entry="1", at=make.NOW,
    )  # fmt: skip
    [view] = views(amira)
    assert len(view.estimate.by_source) == 2
    assert view.estimate.proposed.state == "only_self"


def test_views_come_in_the_order_of_the_aim_and_then_of_the_framework(amira):
    role = make.role("Lead", C05=3, C01=4)  # the first matters most
    other = make.competency("C00")
    ledger.aim(amira, role)
    ledger.said(amira, other, "self", 3)
    assert [view.competency.code for view in views(amira)] == ["C05", "C01", "C00"]


def test_a_disputed_row_still_counts_and_shows_its_dispute(amira, listening):
    carl = make.helper(amira, "carl", Relation.COACH)
    row = ledger.said(amira, listening, "coach", 2, actor=carl)
    evidence.dispute(actor=amira.user, evidence=row, reason="I was ill", at=make.NOW)
    reasons = queries.why(actor=amira.user, client=amira, competency=listening, at=make.NOW)
    assert [seen.evidence for seen in reasons.disputed] == [row]
    assert reasons.view.estimate.by_source[0].exact == 2


# --- who sees what -----------------------------------------------------------------------------


def test_a_coach_sees_open_rows_only_and_a_view_made_of_these(amira, listening):
    carl = make.helper(amira, "carl", Relation.COACH)
    ledger.said(amira, listening, "self", 5, visibility=Visibility.PRIVATE)
    ledger.said(amira, listening, "peer", 3, n_raters=3, visibility=Visibility.PAIR)
    [view] = views(amira, actor=carl)
    assert [said.source for said in view.estimate.by_source] == ["peer"]
    assert [row.source for row in queries.ledger(actor=carl, client=amira)] == ["peer"]


def test_a_mentor_sees_the_one_row_that_was_shared(amira, listening):
    max_ = make.helper(amira, "max", Relation.MENTOR)
    shared = ledger.said(amira, listening, "self", 4)
    ledger.said(amira, listening, "self", 2)
    Share.objects.create(thing=Thing.ASSESSMENT, item=shared.pk, reader=max_, **make.about(amira))
    assert queries.ledger(actor=max_, client=amira) == [shared]


@pytest.mark.parametrize("relation", [Relation.PARTNER, Relation.MANAGER, Relation.SPONSOR])
def test_partner_manager_sponsor_and_strangers_see_nothing(amira, listening, relation):
    helper = make.helper(amira, "otto", relation)
    ledger.said(amira, listening, "self", 4, visibility=Visibility.PAIR)
    ledger.agree(amira, listening, 3)
    ledger.aim(amira, make.role("Lead", C02=3), visibility=Visibility.PAIR)
    for actor in (helper, make.client("eve").user):
        assert queries.ledger(actor=actor, client=amira) == []
        assert views(amira, actor=actor) == []
        assert queries.aim(actor=actor, client=amira) is None
        assert queries.role_gaps(actor=actor, client=amira, at=make.NOW).rows == ()
        assert queries.focus(actor=actor, client=amira) == []


# --- the ledger --------------------------------------------------------------------------------


def test_the_ledger_is_read_in_pages_without_holes_or_doubles(amira, listening):
    for _ in range(7):
        ledger.said(amira, listening, "self", 3)
    seen, after = [], None
    while page := queries.ledger(actor=amira.user, client=amira, after=after, limit=3):
        seen += page
        after = page[-1].pk
    assert seen == list(Evidence.objects.order_by("-pk"))


def test_the_ledger_is_filtered_by_competency_and_source(amira, listening):
    other = make.competency("C02")
    ledger.said(amira, listening, "self", 3)
    ledger.said(amira, other, "self", 3)
    wanted = ledger.said(amira, listening, "peer", 3, n_raters=3)
    rows = queries.ledger(actor=amira.user, client=amira, competency=listening, source="peer")
    assert rows == [wanted]
    assert queries.sources(actor=amira.user, client=amira) == ["peer", "self"]
    assert queries.competencies(actor=amira.user, client=amira) == [listening, other]


# --- gaps --------------------------------------------------------------------------------------


def table(owner):
    return queries.role_gaps(actor=owner.user, client=owner, at=make.NOW)


def two_sides(owner, competency):
    ledger.said(owner, competency, "self", 3)
    ledger.said(owner, competency, "peer", 3, n_raters=3)


def by_code(owner):
    return {row.competency.code: row for row in table(owner).rows}


def test_without_an_aim_there_is_no_table(amira):
    assert table(amira).aim is None and table(amira).rows == ()


def test_a_gap_is_measured_from_the_agreed_level_and_else_from_the_own_view(amira):
    aim = ledger.aim(amira, make.role("Lead", C01=4, C02=4, C03=4))
    first, second, _third = [row.competency for row in aim.targets.all()]
    ledger.said(amira, first, "self", 2)
    ledger.agree(amira, first, 3)
    ledger.said(amira, second, "self", 2)
    rows = by_code(amira)
    assert (rows["C01"].gap.half_steps, rows["C01"].gap.standing.basis) == (2, "agreed")
    assert (rows["C02"].gap.half_steps, rows["C02"].gap.standing.basis) == (4, "own_view")
    assert (rows["C03"].gap.half_steps, rows["C03"].gap.standing.basis) == (None, "nothing")


def test_one_source_suggests_gathering_evidence_and_stands_below_rows_with_two(amira):
    aim = ledger.aim(amira, make.role("Lead", C01=5, C02=3))  # C01 matters most
    first, second = [row.competency for row in aim.targets.all()]
    ledger.said(amira, first, "self", 1)
    two_sides(amira, second)
    ledger.agree(amira, second, 2)
    rows = table(amira).rows
    assert [row.competency.code for row in rows] == ["C02", "C01"]
    assert (rows[1].choice, rows[1].decision) == ("gather_evidence", None)


def test_a_decision_stands_in_the_place_of_the_suggestion_and_energy_orders_equals(amira):
    aim = ledger.aim(amira, make.role("Lead", C01=4, C02=4, C03=4))
    chosen = [row.competency for row in aim.targets.all()]
    for competency in chosen:
        two_sides(amira, competency)
        ledger.agree(amira, competency, 3)
    ledger.decide(amira, chosen[2], "focus", energy=5)
    rows = table(amira).rows
    assert [row.competency.code for row in rows] == ["C01", "C03", "C02"]
    assert rows[1].choice == "focus" and table(amira).focus == (rows[1],)
    assert rows[1].gap.place == "importance" and rows[2].gap.place == "energy"


def test_a_focus_that_left_the_list_is_no_focus_and_comes_back_with_it(amira):
    aim = ledger.aim(amira, make.role("Lead", C01=4, C02=4))
    first, second = aim.targets.all()
    ledger.decide(amira, first.competency, "focus")
    keep = [evidence.Target(second.competency, 4, 2)]
    evidence.change_targets(actor=amira.user, aim=aim, targets=keep, at=make.NOW)
    assert queries.focus(actor=amira.user, client=amira) == []
    evidence.add_target(actor=amira.user, aim=aim, competency=first.competency, at=make.NOW)
    assert queries.focus(actor=amira.user, client=amira) == [first.competency]


def test_a_new_aim_starts_without_decisions_and_the_old_ones_stay(amira):
    aim = ledger.aim(amira, make.role("Lead", C01=4))
    [target] = aim.targets.all()
    kept = ledger.decide(amira, target.competency, "focus")
    ledger.aim(amira, make.role("Other", C01=4))
    assert queries.focus(actor=amira.user, client=amira) == []
    assert aim.decisions.get() == kept


def test_the_four_lists_name_competencies(amira):
    aim = ledger.aim(amira, make.role("Lead", C01=3, C02=3, C03=3, C04=3))
    first, second, third, fourth = [row.competency for row in aim.targets.all()]
    for competency, own, others in ((first, 1, 4.5), (second, 5, 1.5), (third, 3, 3)):
        for behaviour in competency.behaviours.all():
            ledger.said(amira, competency, "self", own, behaviour=behaviour)
        for source in ("peer", "report"):
            ledger.said(amira, competency, source, others, n_raters=5)
    ledger.said(amira, fourth, "self", 4)
    ledger.said(amira, fourth, "manager", 2.5)
    found = table(amira)
    assert found.hidden_strengths == (first,)
    assert found.possible_blind_spots == (second,)
    assert found.agreed_strengths == (third,)
    assert found.agreed_needs == ()


# --- why ---------------------------------------------------------------------------------------


def test_why_names_every_input_and_every_row_that_was_left_out_with_its_reason(amira, listening):
    used = ledger.said(amira, listening, "peer", 4, n_raters=3)
    old = ledger.said(amira, listening, "manager", 2, days=400)
    replaced = ledger.said(amira, listening, "self", 2, days=30)
    own = ledger.said(amira, listening, "self", 3)
    ledger.said(amira, listening, "self", None, chance="did")
    reasons = queries.why(actor=amira.user, client=amira, competency=listening, at=make.NOW)
    inputs = {seen.evidence for step in reasons.steps for seen in step.inputs}
    assert inputs == {used, own}
    left = {seen.evidence: seen.reason for seen in reasons.left_out}
    assert left == {old: "too_old", replaced: "later_view"}


def test_the_same_day_is_counted_on_the_persons_own_calendar(amira, listening):
    late = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)
    evidence.record(
        actor=amira.user, client=amira, competency=listening, source="self", level=3,
        occasion_on=late.date(), provenance="late", at=late,
    )  # fmt: skip
    assert views(amira, at=late)[0].estimate.own is not None


# --- how many questions ------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [10, 10_000])
def test_the_number_of_queries_does_not_grow_with_the_ledger(
    amira, django_assert_max_num_queries, rows
):
    aim = ledger.aim(amira, make.role("Lead", C01=4, C02=4, C03=4))
    targets = [row.competency for row in aim.targets.all()]
    ledger.fill(amira, targets, rows)
    with django_assert_max_num_queries(7):
        assert len(views(amira)) == 3
    with django_assert_max_num_queries(7):
        assert len(table(amira).rows) == 3
    with django_assert_max_num_queries(3):
        assert len(queries.ledger(actor=amira.user, client=amira)) == min(rows, queries.PAGE)
    with django_assert_max_num_queries(7):
        queries.why(actor=amira.user, client=amira, competency=targets[0], at=make.NOW)
