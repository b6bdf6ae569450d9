"""A feedback round: asked, answered by link, closed, released once; raters stay among others."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.assessment import actions, queries
from coachwork.assessment.actions import sides
from coachwork.assessment.models import (
    FeedbackRound,
    RaterReply,
    ReleasedSets,
    RoundReport,
    SelfAssessment,
    SelfRating,
)
from coachwork.evidence.models import Evidence
from coachwork.frameworks.models import Framework
from coachwork.kit.errors import Invalid, Refused
from coachwork.notifications.models import Message
from coachwork.people import access
from coachwork.people.models import Event, Relation
from tests import builders as make
from tests.assessment.stage import AFTER, OPENED, Round, framework

pytestmark = pytest.mark.django_db


def values(report, group, part="competencies"):
    view = next(one for one in report.shown["groups"] if one["name"] == group)
    return {key: said["value"] for key, said in view[part].items()}


def test_a_round_is_begun_once_and_what_it_asks_is_settled():
    first = Round(opened=False)
    again = actions.begin_round(actor=first.actor, client=first.client, leads=True, at=OPENED)
    assert again.pk == first.row.pk
    assert len(first.items()) == 30


def codes(one):
    return [asked.competency.code for asked in queries.asked(asked_in=one.row)]


def test_who_leads_people_is_asked_about_that_and_never_more_than_36_questions():
    one = Round(leads=True, opened=False)
    assert len(one.items()) == 36
    assert {"C11", "C12", "C13", "C15"} < set(codes(one))
    assert not {"C02", "C07"} & set(codes(one))


def swapped(one, *, out=(), into=()):
    """The ids of what is asked, without some codes, and with others."""
    rows = {each.code: str(each.pk) for each in one.row.framework.competencies.all()}
    return [rows[code] for code in [*(set(codes(one)) - set(out)), *into]]


def test_up_to_four_of_the_usual_ones_are_swapped_for_others():
    one = Round(opened=False)
    for code in ("C39", "C20", "C31", "C33", "C40"):
        make.competency(code, within=one.row.framework)
    gone = ("C01", "C02", "C06", "C07")
    chosen = swapped(one, out=gone, into=("C39", "C20", "C31", "C33"))
    actions.choose_competencies(actor=one.actor, asked_in=one.row, competencies=chosen)
    one.fresh()
    assert codes(one) == ["C08", "C17", "C19", "C22", "C29", "C32", "C39", "C20", "C31", "C33"]
    assert {len(items) for _code, items in one.row.asked} == {3}
    for wrong, said in (
        (swapped(one, out=["C08"], into=["C40"]), "Swap up to 4"),
        (chosen[:7], "Choose 8 to 12"),
        ([*chosen[:9], "not-an-id"], "not something that others"),
        ([], "Choose 8 to 12"),
    ):
        with pytest.raises(Invalid) as refusal:
            actions.choose_competencies(actor=one.actor, asked_in=one.row, competencies=wrong)
        assert said in refusal.value.fields["competencies"]


def test_what_others_cannot_see_is_not_asked():
    one = Round(opened=False)
    inner = make.competency("C39", within=one.row.framework)
    inner.behaviours.filter(position=1).update(eligible_360=False)
    with pytest.raises(Invalid):
        actions.choose_competencies(
            actor=one.actor,
            asked_in=one.row,
            competencies=swapped(one, out=["C01"], into=["C39"]),
        )


def test_what_is_asked_stays_once_somebody_was_asked():
    one = Round(peer=3)
    with pytest.raises(Refused):
        actions.choose_competencies(
            actor=one.actor, asked_in=one.row, competencies=swapped(one, out=["C01"])
        )


@pytest.mark.accepts("T1-09")
def test_a_version_that_comes_in_between_changes_neither_questions_nor_the_name_in_the_report():
    one = Round(peer=3)
    before = [asked.competency.pk for asked in queries.asked(asked_in=one.row)]
    Framework.objects.filter(slug="career-core-40").update(status=Framework.Status.RETIRED)
    newer = make.framework("career-core-40-next")
    Framework.objects.filter(pk=newer.pk).update(slug="career-core-40", version=2)
    assert [asked.competency.pk for asked in queries.asked(asked_in=one.fresh())] == before
    report = one.answered("peer", 3, 3, 3).released()
    assert report.shown["framework"].endswith("v1")


def test_nobody_asks_themselves_and_nobody_twice():
    one = Round(opened=False)
    with pytest.raises(Invalid):
        actions.nominate(
            actor=one.actor, asked_in=one.row, name="Me", email="Amira@Example.org",
            group="peer", at=OPENED,
        )  # fmt: skip
    assert one.nominate("peer", 1).pk == one.nominate("peer", 1).pk


def test_with_a_coach_nobody_is_asked_before_the_coach_says_yes():
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    one = Round(amira, peer=3)
    assert one.row.state == FeedbackRound.State.PROPOSED
    assert not RaterReply.objects.exists()
    actions.approve_round(actor=carl, asked_in=one.row, at=OPENED)
    assert one.fresh().state == FeedbackRound.State.COLLECTING
    assert len(one.replies("peer")) == 3


def test_a_coach_who_does_not_answer_holds_nothing_up():
    amira = make.client()
    make.helper(amira, "carl", Relation.COACH)
    one = Round(amira, peer=3)
    actions.open_round(actor=one.actor, asked_in=one.row, at=OPENED + timedelta(days=6))
    assert one.fresh().state == FeedbackRound.State.PROPOSED
    actions.open_round(actor=one.actor, asked_in=one.row, at=OPENED + timedelta(days=7))
    assert one.fresh().state == FeedbackRound.State.COLLECTING


@pytest.mark.parametrize("kind", ["mentor", "partner", "manager", "sponsor"])
def test_nobody_but_client_and_coach_sees_a_round(kind):
    one = Round(peer=3)
    other = make.helper(one.client, kind, Relation(kind))
    with pytest.raises(access.NotVisible):
        queries.feedback_round(actor=other, round_id=one.row.pk)
    with pytest.raises((access.NotVisible, PermissionDenied)):
        actions.begin_round(actor=other, client=one.client, leads=False, at=OPENED)


def test_a_coach_reads_and_approves_and_changes_nothing_else():
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    one = Round(amira, peer=3)
    actions.approve_round(actor=carl, asked_in=one.row, at=OPENED)
    row = queries.feedback_round(actor=carl, round_id=one.row.pk)
    for act in (actions.remind_raters, actions.cancel_round, actions.open_round):
        with pytest.raises(PermissionDenied):
            act(actor=carl, asked_in=row, at=AFTER)


def test_an_answer_comes_by_the_link_and_only_the_day_is_kept():
    one = Round(peer=3)
    token = one.tokens("peer")[0]
    reply = one.answer(token, 4, words="Listens")
    assert reply.state == RaterReply.State.SUBMITTED
    assert str(reply.submitted_on) == "2026-01-06"
    names = {field.name for field in RaterReply._meta.concrete_fields}
    assert not names & {"ip", "address", "user_agent", "opened_at", "submitted_at"}


@pytest.mark.parametrize("token", ["", "x", "a:b:c", "🙂" * 40, "\x00", "x" * 5000])
def test_a_guessed_link_leads_nowhere(token):
    Round(peer=3)
    with pytest.raises(access.NotVisible):
        queries.reply_for(actor=None, token=token)


def test_two_tabs_do_not_undo_each_other():
    one = Round(peer=3)
    token = one.tokens("peer")[0]
    first, second = one.items()[0], one.items()[4]
    actions.save_scores(actor=None, token=token, scores={first: 2}, at=OPENED)
    actions.save_scores(actor=None, token=token, scores={second: 0}, at=OPENED)
    reply = actions.save_scores(actor=None, token=token, scores={first: 3}, at=OPENED)
    assert reply.scores == {first: 3, second: 0}


@pytest.mark.parametrize("scores", [{"not-asked": 3}, {"first": 6}, {"first": -1}])
def test_an_answer_that_was_not_asked_for_is_refused(scores):
    one = Round(peer=3)
    rows = {one.items()[0] if key == "first" else key: value for key, value in scores.items()}
    with pytest.raises(Invalid):
        actions.save_scores(actor=None, token=one.tokens("peer")[0], scores=rows, at=OPENED)


def test_the_client_cannot_answer_about_themselves():
    one = Round(peer=3)
    with pytest.raises(Refused, match="answers about you"):
        actions.open_reply(actor=one.actor, token=one.tokens("peer")[0], at=OPENED)


@pytest.mark.accepts("T1-06")
def test_after_a_no_there_is_no_more_mail_and_the_client_sees_only_a_number():
    one = Round(peer=4)
    token = one.tokens("peer")[0]
    actions.decline(actor=None, token=token, at=OPENED)
    later = OPENED + timedelta(days=4)
    actions.remind_raters(actor=one.actor, asked_in=one.row, at=later)
    told = Message.objects.filter(kind="rater-reminder").values_list("address", flat=True)
    assert sorted(told) == ["peer1@example.org", "peer2@example.org", "peer3@example.org"]
    with pytest.raises(Refused, match="rather not"):
        actions.open_reply(actor=None, token=token, at=OPENED)
    count = next(iter(counted(one, later, "peer")))
    assert (count.invited, count.answered) == (4, 0)


def counted(one, at, group):
    found = queries.counts(actor=one.actor, asked_in=one.row, before=at.date())
    return [count for count in found if count.group == group]


@pytest.mark.accepts("T1-04")
def test_counts_a_group_are_all_that_there_is_and_they_move_once_a_day():
    one = Round(peer=4, report=2)
    one.answered("peer", 3, 3).answered("report", 4)
    day = OPENED + timedelta(days=1)
    assert counted(one, day, "peer")[0].answered == 0
    assert counted(one, day + timedelta(days=1), "peer")[0].answered == 2
    # In a group of two a number would be a name.
    assert counted(one, day + timedelta(days=1), "report")[0].answered is None
    listed = queries.nominations(actor=one.actor, asked_in=one.row)
    states = [
        {key: value for key, value in vars(row).items() if key not in {"_state", "id", "note"}}
        for row in listed
        if row.group == "peer"
    ]
    alike = {json.dumps(sorted(set(row) - {"name", "email"})) for row in states}
    assert len(alike) == 1
    assert len({row["invited_at"] for row in states}) == 1
    steps = set(Event.objects.filter(client=one.client).values_list("kind", flat=True))
    assert steps == {"record.opened", "round.begun", "round.opened"}


def test_rater_answers_are_read_by_nobody_who_has_an_account():
    amira = make.client()
    people = [amira.user, *(make.helper(amira, kind, Relation(kind)) for kind in
              ("coach", "mentor", "partner", "manager", "sponsor"))]  # fmt: skip
    one = Round(amira, peer=3)
    actions.approve_round(actor=people[1], asked_in=one.row, at=OPENED)
    one.fresh()
    one.answered("peer", 3, 4, 5, words="secret").released(by=people[1])
    for model in (RaterReply, ReleasedSets):
        for person in people:
            seen = access.visible(person, model.policy, client=amira)
            assert not model.objects.filter(seen).exists()


def test_a_rater_takes_everything_back_until_the_round_closes():
    one = Round(peer=3)
    token = one.tokens("peer")[0]
    one.answer(token, 5, words="Mine")
    reply = actions.decline(actor=None, token=token, at=OPENED + timedelta(days=2))
    assert (reply.scores, reply.comments, reply.submitted_on) == ({}, {}, None)
    one.answered("peer")
    one.closed(AFTER + timedelta(days=8))
    with pytest.raises(Refused):
        actions.decline(actor=None, token=one.tokens("peer")[1], at=AFTER + timedelta(days=30))


@pytest.mark.accepts("T1-03")
def test_a_late_answer_changes_no_byte_and_is_told_that_the_round_has_closed():
    one = Round(peer=4).answered("peer", 3, 3, 4)
    late = one.tokens("peer")[3]
    report = one.released()
    frozen = json.dumps(RoundReport.objects.get().shown)
    for act in (
        lambda: actions.open_reply(actor=None, token=late, at=AFTER),
        lambda: actions.save_scores(actor=None, token=late, scores={one.items()[0]: 1}, at=AFTER),
        lambda: actions.hand_in(actor=None, token=late, at=AFTER),
    ):
        with pytest.raises(Refused, match="has closed"):
            act()
    again = actions.release_round(actor=one.actor, asked_in=one.row, at=AFTER + timedelta(days=9))
    assert again.pk == report.pk
    assert json.dumps(RoundReport.objects.get().shown) == frozen


def test_an_open_form_counts_for_nothing_after_the_last_day_even_before_the_job_has_run():
    one = Round(peer=3)
    with pytest.raises(Refused, match="has closed"):
        one.answer(one.tokens("peer")[0], 3, at=AFTER)


@pytest.mark.accepts("T1-01")
def test_two_peers_stand_nowhere_in_the_report_nor_in_the_ledger():
    one = Round(peer=2, report=4)
    one.answered("peer", 5, 5, words="peerish").answered("report", 2, 3, 2, 3, words="below")
    report = one.released()
    text = json.dumps(report.shown)
    assert [view["name"] for view in report.shown["groups"]] == ["report"]
    assert report.shown["overall"] is None
    assert "peerish" not in text
    assert set(Evidence.objects.values_list("source", flat=True)) == {"report"}


def test_the_ledger_holds_what_the_report_shows_and_nothing_else():
    one = Round(peer=5, manager=1).answered("peer", 2, 3, 3, 4, 4).answered("manager", 5)
    report = one.released()
    rows = Evidence.objects.filter(client=one.client)
    shown = {
        (view["name"], key): (said["value"], said["n"])
        for view in [*report.shown["groups"], *report.shown["named"]]
        for key, said in view["competencies"].items()
    }
    assert {
        (row.source, str(row.competency_id)): (float(row.level), row.n_raters) for row in rows
    } == shown
    assert {row.created_by_id for row in rows} == {None}
    for row in rows:
        with pytest.raises(PermissionDenied):
            from coachwork.evidence import actions as ledger

            ledger.withdraw(actor=one.actor, evidence=row, at=AFTER)


def test_the_clients_own_view_is_the_newest_of_each_competency_asked_for_in_one_go(
    django_assert_num_queries,
):
    one = Round(peer=3)
    first, second = (
        SelfAssessment.objects.create(
            framework=one.row.framework,
            state="submitted" if day else "superseded",
            submitted_at=make.NOW + timedelta(days=day),
            **make.about(one.client),
        )
        for day in (0, 1)
    )
    draft = SelfAssessment.objects.create(
        framework=one.row.framework, state="draft", **make.about(one.client)
    )
    spoken, fair = list(one.row.framework.competencies.order_by("code")[:2])
    for assessment, competency, level in (
        (first, spoken, 5), (first, fair, 4), (second, spoken, 2), (draft, spoken, 1),
    ):  # fmt: skip
        SelfRating.objects.create(
            assessment=assessment, competency=competency, level=level, **make.about(one.client)
        )
    with django_assert_num_queries(1):
        found = sides.own_answers(one.client)
    assert found == {str(spoken.pk): [2], str(fair.pk): [4]}


def test_not_seen_is_never_a_number():
    one = Round(peer=5)
    first, second, third = one.items()[:3]
    for token in one.tokens("peer"):
        one.answer(token, {first: 4, second: 0, third: 0})
    report = one.released()
    assert values(report, "peer", "items") == {first: 4}
    assert list(values(report, "peer").values()) == [4]


def test_a_second_round_with_one_more_rater_does_not_give_that_one_away():
    one = Round(peer=3).answered("peer", 2, 2, 2)
    one.released()
    later = OPENED + timedelta(days=60)
    two = Round(one.client, at=later, opened=False)
    for number in range(4):
        two.nominate("peer", number, at=later)
    actions.open_round(actor=two.actor, asked_in=two.row, at=later)
    two.fresh()
    for token, score in zip(two.tokens("peer"), (2, 2, 2, 5), strict=True):
        two.answer(token, score, at=later)
    two.closed(later + timedelta(days=15))
    report = actions.release_round(actor=two.actor, asked_in=two.row, at=later + timedelta(days=15))
    assert report.shown["groups"] == []
    assert report.shown["withheld"] == [{"group": "peer", "reason": "too_close"}]


def test_half_a_year_later_the_answers_are_new():
    one = Round(peer=3).answered("peer", 2, 2, 2)
    one.released()
    later = OPENED + timedelta(days=230)
    two = Round(one.client, at=later, opened=False)
    for number in range(4):
        two.nominate("peer", number, at=later)
    actions.open_round(actor=two.actor, asked_in=two.row, at=later)
    two.fresh()
    for token in two.tokens("peer"):
        two.answer(token, 4, at=later)
    two.closed(later + timedelta(days=15))
    report = actions.release_round(actor=two.actor, asked_in=two.row, at=later + timedelta(days=15))
    assert [view["n"] for view in report.shown["groups"]] == [4]


def test_nobody_answers_and_the_round_gets_one_more_week_and_then_ends():
    one = Round(peer=4).answered("peer", 3, 3)
    assert one.closed().state == FeedbackRound.State.COLLECTING
    assert one.row.extended
    assert one.closed(AFTER + timedelta(days=8)).state == FeedbackRound.State.CLOSED
    report = actions.release_round(actor=one.actor, asked_in=one.row, at=AFTER + timedelta(days=8))
    assert report.shown["groups"] == []


def test_where_only_the_manager_answers_that_is_what_is_shown():
    one = Round(peer=3, manager=1).answered("manager", 4)
    report = one.released()
    assert [view["name"] for view in report.shown["named"]] == ["manager"]
    assert report.shown["groups"] == []


@pytest.mark.accepts("T1-05")
def test_a_coach_may_delay_a_report_and_never_withhold_it():
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    one = Round(amira, peer=3)
    actions.approve_round(actor=carl, asked_in=one.row, at=OPENED)
    one.fresh()
    one.answered("peer", 3, 3, 4)
    one.closed()
    with pytest.raises(Refused, match="coach"):
        actions.release_round(
            actor=amira.user, asked_in=one.row, at=AFTER + timedelta(days=13, hours=23)
        )
    report = actions.release_round(
        actor=amira.user, asked_in=one.row, at=AFTER + timedelta(days=14)
    )
    assert report.shown["groups"]


def test_calling_a_round_off_destroys_the_answers_and_tells_those_who_were_asked():
    one = Round(peer=3).answered("peer", 3, 3, 3, words="secret")
    actions.cancel_round(actor=one.actor, asked_in=one.row, at=OPENED + timedelta(days=2))
    assert not RaterReply.objects.exists()
    assert Message.objects.filter(kind="round-called-off").count() == 3
    actions.begin_round(actor=one.actor, client=one.client, leads=False, at=AFTER)


def test_names_and_links_are_gone_a_month_after_the_report():
    one = Round(peer=3).answered("peer", 3, 3, 3, words="Well said")
    token = one.tokens("peer")[0]
    one.released()
    assert actions.forget_raters(at=AFTER + timedelta(days=20)) == 0
    assert actions.forget_raters(at=AFTER + timedelta(days=31)) == 1
    assert {(row.name, row.email) for row in one.row.nominations.all()} == {("", "")}
    assert {(row.nomination_id, str(row.comments)) for row in RaterReply.objects.all()} == {
        (None, "{}")
    }
    with pytest.raises(Refused, match="has closed"):
        actions.open_reply(actor=None, token=token, at=AFTER)


@pytest.mark.accepts("T1-15")
def test_an_invitation_that_came_back_is_named_and_goes_to_another_address():
    one = Round(peer=3)
    lost = one.replies("peer")[0]
    old = one.tokens("peer")[0]
    Message.objects.filter(address="peer0@example.org").update(state=Message.State.FAILED)
    (came_back,) = queries.undelivered(actor=one.actor, asked_in=one.row)
    assert came_back.email == "peer0@example.org"
    actions.correct_address(
        actor=one.actor, nomination=came_back, email="jo@example.org", at=AFTER - timedelta(days=9)
    )
    assert queries.undelivered(actor=one.actor, asked_in=one.row) == []
    assert not RaterReply.objects.filter(pk=lost.pk).exists()
    with pytest.raises(access.NotVisible):
        queries.reply_for(actor=None, token=old)
    assert Message.objects.filter(address="jo@example.org", kind="rater-invite").exists()


def test_trying_another_address_does_not_tell_who_has_answered():
    one = Round(peer=3).answered("peer", 4)
    actions.decline(actor=None, token=one.tokens("peer")[1], at=OPENED)
    told = set()
    for nomination in one.row.nominations.all():
        with pytest.raises(Refused) as refusal:
            actions.correct_address(
                actor=one.actor, nomination=nomination, email="x@example.org", at=OPENED
            )
        told.add(str(refusal.value))
    assert len(told) == 1


def test_reminders_are_two_and_apart():
    one = Round(peer=3)
    for day, wrong in ((1, True), (3, False), (5, True), (7, False), (12, True)):
        at = OPENED + timedelta(days=day)
        if wrong:
            with pytest.raises(Refused):
                actions.remind_raters(actor=one.actor, asked_in=one.row, at=at)
        else:
            actions.remind_raters(actor=one.actor, asked_in=one.row, at=at)


def test_one_or_two_behaviours_are_chosen_and_all_who_did_not_decline_are_thanked_once():
    one = Round(peer=4).answered("peer", 3, 3, 3)
    actions.decline(actor=None, token=one.tokens("peer")[3], at=OPENED)
    one.released()
    sense = {"confirms": "Yes", "surprises": "", "questions": "", "at": AFTER}
    with pytest.raises(Invalid):
        actions.make_sense(actor=one.actor, asked_in=one.row, focus=one.items()[:3], **sense)
    with pytest.raises(Refused):
        actions.thank_raters(actor=one.actor, asked_in=one.row, at=AFTER)
    actions.make_sense(actor=one.actor, asked_in=one.row, focus=one.items()[:1], **sense)
    for _ in range(2):
        actions.thank_raters(actor=one.actor, asked_in=one.row, at=AFTER)
    assert Message.objects.filter(kind="rater-thanks").count() == 3


def test_the_framework_that_is_missing_is_said():
    amira = make.client()
    with pytest.raises(Refused, match="not loaded"):
        actions.begin_round(actor=amira.user, client=amira, leads=False, at=OPENED)
    assert framework().slug == "career-core-40"
