"""Comments with slurs and threats: held, looked at without their writer, and never shown by chance.

The marked comment is short here, and taken from the list that ships.
"""

from datetime import timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.assessment import actions, queries
from coachwork.assessment.actions import holding
from coachwork.assessment.models import HeldComment, RaterReply, RoundReport
from coachwork.exchange import actions as exchange
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people.models import AuditEntry, Event, Relation
from tests import builders as make
from tests.assessment.stage import AFTER, OPENED, Pulse, Round

pytestmark = pytest.mark.django_db
THREAT = "I know where you live."
Outcome = HeldComment.Outcome


@pytest.fixture
def amira():
    return make.client()


@pytest.fixture
def carl(amira):
    return make.helper(amira, "carl", Relation.COACH)


def said(client, carl, words, *, kind=Round, **groups):
    """A round that has closed: `words` of each who wrote, group by group."""
    one = kind(client, **groups)
    if carl is not None:
        actions.approve_round(actor=carl, asked_in=one.row, at=OPENED)
        one.fresh()
    for group, texts in words.items():
        for token, text in zip(one.tokens(group), texts, strict=True):
            one.answer(token, 3, words=text)
    return one


def held(one, carl):
    return queries.held_texts(actor=carl, asked_in=one.row)


def decide(one, carl, outcome, text=THREAT):
    (key,) = [row.key for row in held(one, carl) if row.text == text]
    return actions.decide_held(actor=carl, asked_in=one.row, comment=key, outcome=outcome, at=AFTER)


def test_nothing_waits_before_the_round_is_closed_so_no_moment_tells_of_a_writer(amira, carl):
    one = said(amira, carl, {"peer": ["a", "b", "c", THREAT]}, peer=4)
    assert held(one, carl) == []
    assert not HeldComment.objects.exists()
    one.closed()
    assert [row.text for row in held(one, carl)] == [THREAT]


def test_a_row_says_nothing_of_who_wrote_for_which_group_or_when(amira, carl):
    one = said(amira, carl, {"peer": ["a", "b", THREAT], "report": ["c", "d", "You slut"]},
               peer=3, report=3)  # fmt: skip
    one.closed()
    rows = HeldComment.objects.filter(round=one.row)
    assert {field.name for field in HeldComment._meta.concrete_fields} == {
        "id", "client", "visibility", "created_by", "created_at", "round", "question", "text",
        "outcome",
    }  # fmt: skip
    assert {(row.created_at, row.created_by_id) for row in rows} == {(one.row.closed_at, None)}
    assert set(queries.HeldText.__dataclass_fields__) == {"key", "text", "outcome"}


def test_the_order_is_the_same_whoever_wrote_which_and_calling_off_destroys_all(amira, carl):
    """Two worlds that differ in who wrote what, and when, show the coach the same list."""
    texts = [f"I know where you live, {number}" for number in range(6)]
    one = said(amira, carl, {"peer": texts}, peer=6)
    one.closed()
    first = [row.text for row in held(one, carl)]
    HeldComment.objects.all().delete()
    for reply, text in zip(one.replies("peer"), reversed(texts), strict=True):
        RaterReply.objects.filter(pk=reply.pk).update(comments={"helps": text})
    holding.hold_comments(one.row, at=AFTER)
    assert [row.text for row in held(one, carl)] == first
    assert sorted(first) == texts != first
    actions.cancel_round(actor=amira.user, asked_in=one.row, at=AFTER)
    assert not HeldComment.objects.exists()


@pytest.mark.parametrize("marked", [[THREAT], [THREAT, "You slut"]])
def test_what_nobody_decided_is_kept_back_and_the_client_is_told_without_a_number(
    amira, carl, marked
):
    words = ["a", "b", "c", *marked]
    one = said(amira, carl, {"peer": words}, peer=len(words))
    shown = one.released(by=carl).shown
    assert sorted(shown["comments"]["helps"]) == ["a", "b", "c"]
    assert shown["kept_back"] is True  # a yes, whatever the number
    assert THREAT not in str(shown)


def test_a_coach_lets_a_comment_through_or_keeps_it_and_can_think_again(amira, carl):
    one = said(amira, carl, {"peer": ["a", "b", "c", THREAT]}, peer=4)
    one.closed()
    decide(one, carl, Outcome.THREAT)
    decide(one, carl, Outcome.HARMLESS)
    assert held(one, carl)[0].outcome == Outcome.HARMLESS
    shown = actions.release_round(actor=carl, asked_in=one.row, at=AFTER).shown
    assert sorted(shown["comments"]["helps"]) == [THREAT, "a", "b", "c"]
    assert shown["kept_back"] is False
    acts = AuditEntry.objects.filter(verb__startswith="comment.")
    assert [act.verb for act in acts.order_by("number")] == ["comment.threat", "comment.harmless"]


def test_the_frozen_report_never_changes_afterwards(amira, carl):
    one = said(amira, carl, {"peer": ["a", "b", "c", THREAT]}, peer=4)
    one.closed()
    (waiting,) = held(one, carl)
    before = actions.release_round(actor=carl, asked_in=one.row, at=AFTER).shown
    assert held(one, carl) == []
    assert not HeldComment.objects.exists()
    with pytest.raises(Refused):
        actions.decide_held(
            actor=carl, asked_in=one.row, comment=waiting.key, outcome="fair", at=AFTER
        )
    assert RoundReport.objects.get(round=one.row).shown == before


def test_only_the_coach_reads_what_waits_and_the_client_learns_nothing_before(amira, carl):
    one = said(amira, carl, {"peer": ["a", "b", "c", THREAT]}, peer=4)
    one.closed()
    steps = Event.objects.filter(client=amira).count()
    (waiting,) = held(one, carl)
    choice = {"asked_in": one.row, "comment": waiting.key, "outcome": "fair", "at": AFTER}
    others = [make.helper(amira, kind, Relation(kind)) for kind in ("mentor", "sponsor", "manager")]
    for actor in (amira.user, *others, make.helper(make.client("ben"), "cora", Relation.COACH)):
        assert held(one, actor) == []
        with pytest.raises((access.NotVisible, PermissionDenied)):
            actions.decide_held(actor=actor, **choice)
    actions.decide_held(actor=carl, **choice)
    assert Event.objects.filter(client=amira).count() == steps
    # The client reads the trail of the record: an act of the coach there would be a count.
    assert not AuditEntry.objects.filter(stream=amira.pk, verb__startswith="comment.").exists()
    made = ZipFile(BytesIO(exchange.export_record(actor=amira.user, client=amira, at=AFTER)))
    whole = b"".join(made.read(name) for name in made.namelist())
    assert str(one.row.pk).encode() in whole
    assert THREAT.encode() not in whole


def test_words_of_a_group_that_is_not_shown_are_shown_to_nobody(amira, carl):
    """Two reports: nothing of theirs is published, so nobody reviews it and no line tells of it."""
    one = said(amira, carl, {"peer": ["a", "b", "c"], "report": ["d", THREAT]}, peer=3, report=2)
    one.closed()
    assert held(one, carl) == []
    shown = actions.release_round(actor=carl, asked_in=one.row, at=AFTER).shown
    assert shown["kept_back"] is False
    assert THREAT not in str(shown)


@pytest.mark.parametrize(("written", "waits", "left"), [(2, False, 0), (3, True, 0), (4, True, 3)])
def test_fewer_than_three_writers_show_nothing_held_or_not(amira, carl, written, waits, left):
    """A comment that is kept back hides nobody else: the others must be three without it."""
    words = [THREAT, "a", "b", "c"][:written] + [""] * (5 - written)
    one = said(amira, carl, {"peer": words}, peer=5)
    one.closed()
    assert bool(held(one, carl)) is waits
    shown = actions.release_round(actor=carl, asked_in=one.row, at=AFTER).shown
    assert len(shown["comments"].get("helps", ())) == left
    assert shown["kept_back"] is waits


def test_without_a_coach_it_stays_back_and_a_coach_who_comes_before_the_report_can_look(amira):
    one = said(amira, None, {"peer": ["a", "b", "c", THREAT]}, peer=4)
    one.closed()
    assert held(one, amira.user) == []
    carl = make.helper(amira, "carl", Relation.COACH)
    assert [row.text for row in held(one, carl)] == [THREAT]


def test_without_a_coach_the_report_says_so_and_shows_the_rest(amira):
    one = said(amira, None, {"peer": ["a", "b", "c", THREAT]}, peer=4)
    shown = one.released().shown
    assert (len(shown["comments"]["helps"]), shown["kept_back"]) == (3, True)


def test_a_comment_that_no_longer_says_it_is_not_held(amira, carl):
    one = said(amira, carl, {"peer": ["a", "b", "c", THREAT]}, peer=4)
    one.answer(one.tokens("peer")[3], 3, words="Sorry. Please plan earlier.")
    one.closed()
    assert held(one, carl) == []
    assert one.released(by=carl).shown["kept_back"] is False


def test_a_round_that_closed_before_comments_were_held_still_keeps_them_back(amira, carl):
    one = said(amira, carl, {"peer": ["a", "b", "c", THREAT]}, peer=4)
    one.closed()
    HeldComment.objects.all().delete()
    shown = actions.release_round(actor=carl, asked_in=one.row, at=AFTER).shown
    assert (len(shown["comments"]["helps"]), shown["kept_back"]) == (3, True)


def test_in_a_pulse_too(amira, carl):
    one = said(amira, carl, {"peer": ["a", "b", "c", THREAT]}, kind=Pulse, peer=4)
    one.closed(one.row.closes_at + timedelta(hours=1))
    decide(one, carl, Outcome.THREAT)
    shown = actions.release_round(actor=amira.user, asked_in=one.row, at=AFTER).shown
    assert (len(shown["comments"]["suggestion"]), shown["kept_back"]) == (3, True)


def test_a_wrong_choice_is_said(amira, carl):
    one = said(amira, carl, {"peer": ["a", "b", "c", THREAT]}, peer=4)
    one.closed()
    with pytest.raises(Invalid):
        decide(one, carl, "never")
    other = said(make.client("ben"), None, {"peer": ["a", "b", "c", THREAT]}, peer=4)
    other.closed()
    foreign = HeldComment.objects.get(round=other.row).pk
    with pytest.raises(access.NotVisible):
        actions.decide_held(actor=carl, asked_in=one.row, comment=foreign, outcome="fair", at=AFTER)
