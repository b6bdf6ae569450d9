"""Writing the ledger: once, by those who may, and never over what is there."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from coachwork.evidence import actions as evidence
from coachwork.evidence import queries
from coachwork.evidence.models import AgreedLevel, Aim, Dispute, Evidence
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people.models import Event, Relation, Visibility
from tests import builders as make
from tests.evidence import builders as ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    return make.client()


@pytest.fixture
def listening():
    return make.competency("C01", name="Listening")


def add(owner, competency, **more):
    """Amira adds an example of her work, changed by what the test says."""
    fields = {
        "source": "work_sample",
        "occasion_on": make.NOW.date(),
        "text": "I ran the review",
        "entry": "form-1",
        "level": 3,
    }
    return evidence.add_own(
        actor=owner.user, client=owner, competency=competency, at=make.NOW, **(fields | more)
    )


# --- record -----------------------------------------------------------------------------------


def test_an_observation_is_written_with_its_event(amira, listening):
    row = ledger.said(amira, listening, "self", 3)
    assert (row.client, row.created_by, row.level) == (amira, amira.user, 3)
    assert Event.objects.filter(client=amira, kind="evidence.added", item=row.pk).count() == 1


def test_the_same_provenance_again_gives_the_row_that_is_there(amira, listening):
    first = ledger.said(amira, listening, "self", 3, provenance="self_rating:1")
    again = ledger.said(amira, listening, "self", 5, provenance="self_rating:1")
    assert again == first and Evidence.objects.count() == 1
    assert Event.objects.filter(kind="evidence.added").count() == 1


def test_the_same_provenance_of_two_clients_is_two_rows(amira, listening):
    ledger.said(amira, listening, "self", 3, provenance="form:1")
    ledger.said(make.client("eve"), listening, "self", 3, provenance="form:1")
    assert Evidence.objects.count() == 2


def test_a_row_is_private_without_a_coach_and_open_to_the_pair_with_one(amira, listening):
    assert ledger.said(amira, listening, "self", 3).visibility == Visibility.PRIVATE
    make.helper(amira, "carl", Relation.COACH)
    assert ledger.said(amira, listening, "self", 3).visibility == Visibility.PAIR
    kept = ledger.said(amira, listening, "self", 3, visibility=Visibility.PRIVATE)
    assert kept.visibility == Visibility.PRIVATE


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source": "horoscope"}, "source"),
        ({"level": 0}, "level"),
        ({"level": 5.5}, "level"),
        ({"level": "NaN"}, "level"),
        ({"level": "three"}, "level"),
        ({"chance": "maybe"}, "chance"),
        ({"context": "moon"}, "context"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "x" * 50_000}, "text"),
        ({"occasion_on": date(2026, 2, 1)}, "occasion_on"),
        ({"occasion_on": date(1066, 10, 14)}, "occasion_on"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_field_and_nothing_is_written(
    amira, listening, wrong, field
):
    fields = {"source": "self", "occasion_on": make.NOW.date(), "provenance": "form:1"} | wrong
    with pytest.raises(Invalid) as refusal:
        evidence.record(actor=amira.user, client=amira, competency=listening, at=make.NOW, **fields)
    assert list(refusal.value.fields) == [field]
    assert not Evidence.objects.exists()


def test_a_behaviour_of_another_competency_is_refused(amira, listening):
    other = make.competency("C02")
    with pytest.raises(Invalid):
        ledger.said(amira, listening, "self", 3, behaviour=other.behaviours.first())


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "שלום", "🎻 e\u0301", "'; --"])
def test_any_words_are_kept_as_they_are(amira, listening, text):
    assert add(amira, listening, text=text).text == text


def test_the_database_itself_refuses_to_change_a_row(amira, listening):
    row = ledger.said(amira, listening, "self", 3)
    with pytest.raises(TypeError):
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Evidence.objects.filter(pk=row.pk).update(level=5)


# --- own words, and a coach's ------------------------------------------------------------------


def test_an_example_of_ones_work_may_carry_a_level_and_what_somebody_said_may_not(amira, listening):
    assert add(amira, listening).level == 3
    with pytest.raises(Invalid) as refusal:
        add(amira, listening, source="self", level=3, entry="form-2")
    assert "level" in refusal.value.fields


@pytest.mark.parametrize("source", ["manager", "peer", "coach", "exercise"])
def test_nobody_adds_the_view_of_somebody_else_by_hand(amira, listening, source):
    with pytest.raises(Invalid):
        add(amira, listening, source=source)


def test_an_entry_without_words_is_refused(amira, listening):
    with pytest.raises(Invalid):
        add(amira, listening, text="   ")


def observe(actor, owner, competency, **more):
    fields = {"occasion_on": make.NOW.date(), "text": "Let Max finish", "entry": "e1", "level": 4}
    return evidence.observe(
        actor=actor, client=owner, competency=competency, at=make.NOW, **(fields | more)
    )


def test_a_coach_adds_what_they_saw_as_their_own_source_for_both_to_read(amira, listening):
    carl = make.helper(amira, "carl", Relation.COACH)
    row = observe(carl, amira, listening)
    assert (row.source, row.visibility, row.created_by) == ("coach", Visibility.PAIR, carl)
    [view] = queries.level_views(
        actor=amira.user, client=amira, at=make.NOW, competencies=[listening]
    )
    assert [said.source for said in view.estimate.by_source] == ["coach"]


@pytest.mark.parametrize("relation", [Relation.MENTOR, Relation.PARTNER, Relation.SPONSOR])
def test_other_helpers_and_strangers_add_nothing(amira, listening, relation):
    other = make.helper(amira, "otto", relation)
    for actor in (other, make.client("eve").user):
        with pytest.raises((PermissionDenied, access.NotVisible)):
            observe(actor, amira, listening)
    assert not Evidence.objects.exists()


def test_a_coach_cannot_write_in_the_name_of_the_client_or_of_others(amira, listening):
    carl = make.helper(amira, "carl", Relation.COACH)
    for source in ("self", "manager", "peer", "exercise"):
        with pytest.raises(PermissionDenied):
            ledger.said(amira, listening, source, 5, actor=carl)
    with pytest.raises(PermissionDenied):
        evidence.add_own(
            actor=carl, client=amira, competency=listening, source="self", text="x", entry="1",
            occasion_on=make.NOW.date(), at=make.NOW,
        )  # fmt: skip


def test_the_form_of_a_coach_is_not_for_the_client(amira, listening):
    with pytest.raises(Refused):
        observe(amira.user, amira, listening)


# --- correct, withdraw, dispute ----------------------------------------------------------------


def correct(row, actor, **more):
    fields = {"text": "Better words", "occasion_on": make.NOW.date(), "level": 2}
    return evidence.correct(actor=actor, evidence=row, at=make.NOW, **(fields | more))


def test_a_correction_is_a_new_row_and_only_the_new_one_counts(amira, listening):
    row = ledger.said(amira, listening, "self", 4)
    newer = correct(row, amira.user)
    assert newer.corrects == row and Evidence.objects.count() == 2
    [view] = queries.level_views(actor=amira.user, client=amira, at=make.NOW)
    assert view.estimate.own is not None and view.estimate.own.exact == 2


def test_correcting_twice_at_once_gives_one_row(amira, listening):
    row = ledger.said(amira, listening, "self", 4)
    assert correct(row, amira.user) == correct(row, amira.user, level=5)


def test_a_row_that_was_taken_back_counts_no_more_and_stays_readable(amira, listening):
    row = ledger.said(amira, listening, "self", 4, text="My words")
    evidence.withdraw(actor=amira.user, evidence=row, at=make.NOW)
    assert queries.level_views(actor=amira.user, client=amira, at=make.NOW) == []
    texts = [one.text for one in queries.ledger(actor=amira.user, client=amira)]
    assert texts == ["", "My words"]


def test_only_the_writer_corrects_and_the_client_disputes_instead(amira, listening):
    carl = make.helper(amira, "carl", Relation.COACH)
    row = observe(carl, amira, listening)
    with pytest.raises(PermissionDenied):
        correct(row, amira.user)
    with pytest.raises(PermissionDenied):
        evidence.withdraw(actor=amira.user, evidence=row, at=make.NOW)
    said = evidence.dispute(actor=amira.user, evidence=row, reason="I was ill", at=make.NOW)
    assert said.evidence == row and Evidence.objects.get() == row
    again = evidence.dispute(actor=amira.user, evidence=row, reason="I was ill", at=make.NOW)
    assert again == said and Dispute.objects.count() == 1
    assert correct(row, carl).corrects == row


def test_a_coach_does_not_dispute_for_the_client_and_a_stranger_finds_nothing(amira, listening):
    carl = make.helper(amira, "carl", Relation.COACH)
    row = ledger.said(amira, listening, "self", 4)
    with pytest.raises(PermissionDenied):
        evidence.dispute(actor=carl, evidence=row, reason="No", at=make.NOW)
    with pytest.raises(access.NotVisible):
        evidence.dispute(actor=make.user("eve"), evidence=row, reason="No", at=make.NOW)


# --- agreed levels -----------------------------------------------------------------------------


def agreed(owner, competency, level=3.5, reason="Three reviews in a row", actor=None):
    return evidence.agree_level(
        actor=actor or owner.user,
        client=owner,
        competency=competency,
        level=level,
        reason=reason,
        at=make.NOW,
    )


def test_an_agreed_level_keeps_what_was_on_the_table(amira, listening):
    own = ledger.said(amira, listening, "self", 4)
    peers = ledger.said(amira, listening, "peer", 3.4, n_raters=3)
    row = agreed(amira, listening, level=2)  # outside the range: the client's word counts
    assert row.basis["rules"] == ["source-view/1", "proposed-range/1"]
    assert set(row.basis["inputs"]) == {str(own.pk), str(peers.pk)}
    assert row.basis["proposed"] == {"state": "range", "low": 3.0, "high": 4.0}
    assert row.basis["sources"]["peer"]["n"] == 3


def test_agreeing_twice_with_the_same_words_is_one_row_and_with_others_a_new_one(amira, listening):
    assert agreed(amira, listening) == agreed(amira, listening)
    agreed(amira, listening, level=4)
    assert AgreedLevel.objects.count() == 2
    now = queries.agreed_levels(actor=amira.user, client=amira)
    assert now[listening.pk].level == 4


@pytest.mark.parametrize("level", [0, 5.5, 3.25, "x", None, "Infinity"])
def test_a_level_is_agreed_in_half_steps_from_1_to_5(amira, listening, level):
    with pytest.raises(Invalid):
        agreed(amira, listening, level=level)


@pytest.mark.parametrize("reason", ["", "   ", "x" * 301, "a\x00b"])
def test_a_level_needs_a_reason_of_one_line(amira, listening, reason):
    with pytest.raises(Invalid):
        agreed(amira, listening, reason=reason)


def test_nobody_but_the_client_agrees_a_level(amira, listening):
    carl = make.helper(amira, "carl", Relation.COACH)
    with pytest.raises(PermissionDenied):
        agreed(amira, listening, actor=carl)
    with pytest.raises(access.NotVisible):
        agreed(amira, listening, actor=make.user("eve"))


# --- aims and gaps -----------------------------------------------------------------------------


def test_an_aim_takes_the_targets_of_the_role_and_a_new_one_keeps_the_old_as_history(amira):
    first = ledger.aim(amira, make.role("Team lead", C01=3, C02=4))
    assert [row.level for row in first.targets.all()] == [3, 4]
    second = ledger.aim(amira, make.role("Project lead", C03=3))
    assert queries.aim(actor=amira.user, client=amira) == second
    assert queries.aims(actor=amira.user, client=amira) == [second, first]
    assert first.targets.count() == 2


def test_asking_for_the_same_aim_again_changes_nothing(amira):
    role = make.role("Team lead", C01=3)
    assert ledger.aim(amira, role) == ledger.aim(amira, role)
    assert Aim.objects.count() == 1


def test_of_a_long_role_the_twelve_that_matter_most_are_taken(amira):
    role = make.role("Polymath", **{f"C{n:02}": 3 for n in range(1, 21)})
    role.targets.filter(competency__code="C20").update(importance=3)
    codes = [row.competency.code for row in ledger.aim(amira, role).targets.all()]
    assert len(codes) == 12 and "C20" in codes and "C01" in codes


def test_targets_are_changed_added_and_taken_out(amira):
    aim = ledger.aim(amira, make.role("Team lead", C01=3, C02=4))
    first, second = [row.competency for row in aim.targets.all()]
    third = make.competency("C03")
    evidence.add_target(actor=amira.user, aim=aim, competency=third, at=make.NOW)
    evidence.add_target(actor=amira.user, aim=aim, competency=third, at=make.NOW)
    aim = queries.aim(actor=amira.user, client=amira)
    assert [row.competency for row in aim.targets.all()] == [first, second, third]
    chosen = _targets((third, 4.5, 3), (first, 2, 1))
    evidence.change_targets(actor=amira.user, aim=aim, targets=chosen, at=make.NOW)
    aim = queries.aim(actor=amira.user, client=amira)
    assert [(row.competency, row.level, row.importance) for row in aim.targets.all()] == [
        (third, 4.5, 3),
        (first, 2, 1),
    ]


def _targets(*rows):
    from coachwork.evidence.actions.aims import Target

    return [Target(*row) for row in rows]


def test_lists_that_cannot_be_are_refused(amira):
    aim = ledger.aim(amira, make.role("Team lead", C01=3))
    one = aim.targets.get().competency
    many = [make.competency(f"D{n:02}") for n in range(13)]
    for rows in (
        [],
        _targets((one, 3, 2), (one, 4, 2)),
        _targets((one, 3, 4)),
        _targets((one, 3.3, 2)),
        _targets(*[(competency, 3, 2) for competency in many]),
    ):
        with pytest.raises(Invalid):
            evidence.change_targets(actor=amira.user, aim=aim, targets=rows, at=make.NOW)
    assert aim.targets.count() == 1


def test_a_closed_aim_is_history_and_stays_as_it_was(amira):
    old = ledger.aim(amira, make.role("Team lead", C01=3))
    ledger.aim(amira, make.role("Project lead", C02=3))
    old.refresh_from_db()
    with pytest.raises(Refused):
        evidence.add_target(
            actor=amira.user, aim=old, competency=make.competency("C09"), at=make.NOW
        )


def test_a_fourth_focus_is_refused_gently_and_says_which_three_there_are(amira):
    aim = ledger.aim(amira, make.role("Lead", C01=3, C02=3, C03=3, C04=3))
    first, *rest, last = [row.competency for row in aim.targets.all()]
    for competency in (first, *rest):
        ledger.decide(amira, competency, "focus")
    with pytest.raises(Refused, match=first.name):
        ledger.decide(amira, last, "focus")
    assert queries.focus(actor=amira.user, client=amira) == [first, *rest]
    ledger.decide(amira, first, "park")
    ledger.decide(amira, last, "focus")
    assert queries.focus(actor=amira.user, client=amira) == [*rest, last]


def test_deciding_twice_is_one_row_and_changing_ones_mind_a_new_one(amira):
    aim = ledger.aim(amira, make.role("Lead", C01=3))
    [target] = aim.targets.all()
    first = ledger.decide(amira, target.competency, "focus", energy=4)
    assert ledger.decide(amira, target.competency, "focus", energy=4) == first
    assert ledger.decide(amira, target.competency, "focus", energy=5) != first


@pytest.mark.parametrize(
    "wrong", [{"decision": "later"}, {"energy": 0}, {"energy": 6}, {"note": "x" * 301}]
)
def test_a_decision_that_cannot_be_is_refused(amira, wrong):
    aim = ledger.aim(amira, make.role("Lead", C01=3))
    fields = {"decision": "focus"} | wrong
    with pytest.raises(Invalid):
        ledger.decide(amira, aim.targets.get().competency, **fields)


def test_a_gap_outside_the_aim_cannot_be_decided(amira, listening):
    with pytest.raises(Refused):
        ledger.decide(amira, listening, "focus")


def test_a_coach_reads_aims_and_decides_nothing(amira):
    aim = ledger.aim(amira, make.role("Lead", C01=3), visibility=Visibility.PAIR)
    carl = make.helper(amira, "carl", Relation.COACH)
    assert queries.aim(actor=carl, client=amira) == aim
    with pytest.raises(PermissionDenied):
        evidence.decide_gap(
            actor=carl, client=amira, competency=aim.targets.get().competency, decision="focus",
            at=make.NOW,
        )  # fmt: skip
    with pytest.raises(PermissionDenied):
        evidence.add_target(actor=carl, aim=aim, competency=make.competency("C09"), at=make.NOW)
