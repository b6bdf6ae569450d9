"""The report of a round on paper: its sections in order, and nothing of a withheld group."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client as Browser
from django.urls import reverse

from coachwork.assessment import actions, queries
from coachwork.assessment.models import FeedbackRound, RaterReply
from coachwork.people.models import AuditEntry, Relation
from coachwork.reports.views import round_words
from tests import builders as make
from tests.reports.stage import lived, reader, told

pytestmark = pytest.mark.django_db
SECTIONS = (
    "How to read it",
    "What was asked",
    "Strengths, as others see them",
    "Where views differ",
    "One by one",
    "In their own words",
    "Make sense of it",
    "Choose",
    "Thank them",
)


def taken(one, user):
    browser = Browser()
    browser.force_login(user)
    return browser.post(reverse("reports:round", args=[one.row.pk]))


def alternatives(file):
    """What a listener hears of each drawing."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif hasattr(node, "get"):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            if "/K" in node:
                walk(node["/K"])

    walk(reader(file).root_object["/StructTreeRoot"])
    return found


@pytest.mark.accepts("T1-01")
def test_a_group_of_two_stands_nowhere_in_the_file(today):
    one = lived(today, peer=2, report=4)
    one.answered("peer", 5, 5, words="peerish").answered("report", 2, 3, 2, 3, words="below")
    one.released(at=today)
    file = taken(one, one.actor).content
    withheld = "Peers: fewer than three answered, so nothing of theirs is shown."
    heard = " ".join([told(file), *alternatives(file)])
    assert withheld in heard
    assert "below" in heard
    assert "People you lead" in heard
    rest = heard.replace(withheld, "")
    for trace in ("peerish", "Peers", "5, Role model", "All colleagues"):
        assert trace not in rest, trace
    assert b"peerish" not in file


@pytest.mark.accepts("T1-01")
def test_the_file_is_made_from_what_was_frozen_and_from_nothing_else(today):
    one = lived(today, peer=2, report=4)
    one.answered("peer", 5, 5, words="peerish").answered("report", 2, 3, 2, 3, words="below")
    one.released(at=today)
    with time_machine.travel(today + timedelta(days=1), tick=False):
        before = taken(one, one.actor).content
        for reply in RaterReply.objects.filter(round=one.row):
            reply.scores = dict.fromkeys(reply.scores, 1)
            reply.comments = {"helps": "changed afterwards"}
            reply.save()
        assert taken(one, one.actor).content == before


def test_the_sections_stand_in_their_order_with_the_drawing_told_in_words(today):
    one = lived(today, peer=4, report=3)
    one.answered("peer", 4, 4, 5, 4, words="Keeps calm").answered("report", 3, 4, 3)
    one.released(at=today)
    file = taken(one, one.actor).content
    text = told(file)
    places = [text.index(section) for section in SECTIONS]
    assert places == sorted(places)
    assert "Keeps calm" in text
    chart = round_words.report_words.told(
        queries.report(actor=one.actor, asked_in=one.row), importance={}, whole=True
    )["chart"]
    for row in chart.rows:
        for cell in row:
            assert " ".join(cell.split()) in text, cell
    found = queries.report(actor=one.actor, asked_in=one.row)
    drawn = [round_words.report_words.chart_of(each).sentence for each in found.findings]
    assert set(drawn) <= set(alternatives(file))


def test_what_the_client_made_of_it_is_there_and_else_room_to_write(today):
    one = lived(today, peer=4)
    one.answered("peer", 4, 4, 5, 4).released(at=today)
    item = one.items()[0]
    actions.make_sense(
        actor=one.actor, asked_in=one.fresh(), confirms="I knew that", surprises="#panic()",
        questions="", focus=[item], at=today,
    )  # fmt: skip
    text = told(taken(one, one.actor).content)
    assert "I knew that" in text
    assert "#panic()" in text
    chosen = text.split("One or two behaviours are enough for the next weeks.")[1]
    words = next(
        behaviour.worded("text")
        for finding in queries.report(actor=one.actor, asked_in=one.row).findings
        for behaviour in finding.asked.behaviours
        if str(behaviour.pk) == item
    )
    assert words in chosen


def test_the_file_is_for_those_who_may_read_the_report_and_the_log_knows(today):
    one = lived(today, peer=4)
    one.answered("peer", 4, 4, 5, 4)
    url = reverse("reports:round", args=[one.row.pk])
    assert taken(one, one.actor).status_code == 404  # it is not released yet
    one.released(at=today)
    carl = make.helper(one.client, "carl", Relation.COACH)
    sina = make.helper(one.client, "sina", Relation.SPONSOR)
    expected = ((one.actor, 200), (carl, 200), (sina, 404), (make.user("nobody"), 404))
    for person, status in expected:
        assert taken(one, person).status_code == status, person
    taken_by = AuditEntry.objects.filter(stream=one.client.pk, verb="report.export")
    assert set(taken_by.values_list("actor", flat=True)) == {one.actor.pk, carl.pk}
    browser = Browser()
    browser.force_login(one.actor)
    assert browser.get(url).status_code == 405
    page = browser.get(reverse("assessment:report", args=[one.row.pk]), {"read": "all"})
    assert url in page.content.decode()


def test_a_pulse_has_no_such_file(today):
    one = lived(today, peer=4)
    one.answered("peer", 4, 4, 5, 4).released(at=today)
    FeedbackRound.objects.filter(pk=one.row.pk).update(mode=FeedbackRound.Mode.PULSE)
    assert taken(one, one.actor).status_code == 404
