"""Suppression holds at every door: two worlds that differ in what must not be seen look the same.

A round is released twice, from the same answers but for those that no report may show. Whatever the
client and the coach can reach by a page, a file, the API or a mail is gathered from both worlds and
compared, letter by letter. A new address is walked without a line here.
"""

import io
import re
import zipfile
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from coachwork.assessment import actions
from coachwork.assessment.models import RaterReply
from coachwork.notifications.models import Message
from coachwork.people import actions as people
from coachwork.people.models import Relation
from tests import builders as make
from tests.assessment.stage import Round
from tests.rules.test_doors import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.accepts("G-06")]

# What differs between any two answers of the server: ids, keys of forms, signed links, the clock.
PASSING = re.compile(
    r"tap/[^/\s]+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32,}|csrf\w*\W+\w+|nonce-?[\w=\"+/-]+"
    r"|\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)|[A-Za-z0-9]{64}|\b\d\d?:\d\d\b"
)


class Undone(Exception):
    pass


@contextmanager
def undone():
    """Whatever happens inside has not happened."""
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


def plain(answer):
    """The words of an answer: pages and JSON as they are, of a PDF its text, of an archive all."""
    body = b"".join(answer) if answer.streaming else answer.content
    return words(body, answer.get("Content-Type", ""))


def words(body, kind):
    if "pdf" in kind or body[:5] == b"%PDF-":
        return PASSING.sub(
            "", "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(body)).pages)
        )
    if body[:2] == b"PK":
        files = zipfile.ZipFile(io.BytesIO(body))
        return "\n".join(words(files.read(name), "") for name in sorted(files.namelist()))
    return PASSING.sub("", body.decode("utf-8-sig", errors="replace"))


def everything(one, persons):
    """What each of these people is told at each address that they may ask for."""
    known = {
        "feedback_round_id": one.row.pk, "round_id": one.row.pk, "client_id": one.client.pk,
        "competency_id": one.row.asked[0][0],
    }  # fmt: skip
    told = {}
    for person in persons:
        browser = Browser()
        browser.force_login(person)
        _row, key = people.create_token(
            actor=person, name="all", scopes=("read",), at=timezone.now(), expires_at=None
        )
        for name, path in addresses():
            for address in filled("/" + path, known):
                told[person.email, name, address] = plain(browser.get(address))
        for query in ("all", "strengths"):
            address = reverse("assessment:report", args=[one.row.pk])
            told[person.email, "read", query] = plain(browser.get(address, {"read": query}))
        told[person.email, "export", ""] = plain(browser.post(reverse("exchange:export")))
        for path in Browser().get("/api/v1/openapi.json").json()["paths"]:
            for address in filled(re.sub(r"{(\w+)}", r"<x:\1>", path), known):
                found = Browser().get(address, headers={"Authorization": f"Bearer {key}"})
                told[person.email, "api", address] = plain(found)
    told["mails", "", ""] = PASSING.sub(
        "", "\n".join(f"{m.subject} {m.kind}" for m in Message.objects.order_by("pk"))
    )
    return told


def filled(path, known):
    """The address with what is known put in; none where something else is asked for."""
    names = re.findall(r"<(?:\w+:)?(\w+)>", path)
    if set(names) <= set(known):
        yield re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(known[found[1]]), path)


def worlds(one, persons, release, changes):
    """What is told after the release in each of the worlds that these changes make."""
    found = []
    for change in changes:
        with undone():
            change()
            release()
            found.append(everything(one, persons))
    return found


def says(one, group, score, text, number=None):
    def change():
        for reply in one.replies(group)[number:][: 1 if number is not None else None]:
            RaterReply.objects.filter(pk=reply.pk).update(
                scores=dict.fromkeys(one.items(), score), comments={"helps": text}
            )

    return change


def differences(first, second):
    return {key for key in first if first[key] != second.get(key)}


@pytest.fixture
def today():
    return timezone.now()


def test_a_group_that_is_too_small_can_say_what_it_likes_and_nothing_anywhere_changes(today):
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    before = today - timedelta(days=20)
    one = Round(amira, at=before, opened=False, peer=2, report=5, manager=1)
    actions.open_round(actor=one.actor, asked_in=one.row, at=before)
    actions.approve_round(actor=carl, asked_in=one.fresh(), at=before)
    for group, scores in (("peer", (1, 1)), ("report", (2, 3, 4, 3, 3)), ("manager", (4,))):
        for token, score in zip(one.tokens(group), scores, strict=True):
            one.answer(token, score, words=f"word {group}", at=today - timedelta(days=19))
    one.closed(at=today - timedelta(days=1))
    persons = [amira.user, carl]

    def release():
        actions.release_round(actor=carl, asked_in=one.row, at=today)

    low, high = worlds(
        one, persons, release,
        [says(one, "peer", 1, "peerish one"), says(one, "peer", 5, "peerish other")],
    )  # fmt: skip
    assert len(low) > 100
    assert differences(low, high) == set()
    assert not [key for key, text in low.items() if "peerish" in text]
    [shown, moved] = worlds(
        one, persons, release, [says(one, "report", 2, "a"), says(one, "report", 5, "b")]
    )
    assert len(differences(shown, moved)) >= 5  # so that looking the same means something


def test_a_second_round_with_one_more_rater_tells_nothing_of_that_one(today):
    first = Round(at=today - timedelta(days=80), peer=3)
    first.answered("peer", 3, 4, 3)
    first.released(at=today - timedelta(days=60))
    one = Round(first.client, at=today - timedelta(days=30), peer=4)
    for token, score in zip(one.tokens("peer"), (3, 4, 3, 1), strict=True):
        one.answer(token, score, at=today - timedelta(days=29))
    one.closed(at=today - timedelta(days=1))

    def release():
        one.released(at=today)

    low, high = worlds(
        one, [one.actor], release, [says(one, "peer", 1, "", 3), says(one, "peer", 5, "", 3)]
    )
    assert differences(low, high) == set()
