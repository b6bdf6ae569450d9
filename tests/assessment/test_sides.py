"""The four lists of a report: frozen at release, from nothing but what it shows."""

from datetime import date, timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from coachwork.assessment import queries
from coachwork.assessment.actions import sides
from coachwork.assessment.models import RaterReply, RoundReport, SelfAssessment, SelfRating
from coachwork.assessment.views import self_assessments
from coachwork.evidence.models import Aim, AimTarget
from coachwork.evidence.views import profile
from tests import builders as make
from tests.assessment.stage import OPENED, Round
from tests.evidence import builders as ledger

pytestmark = pytest.mark.django_db


def own_view(one, levels, *, at=OPENED):
    """A handed-in look at oneself: four answers to each competency, in the order they are asked."""
    assessment = SelfAssessment.objects.create(
        framework=one.row.framework, depth="full", state="submitted", submitted_at=at,
        purpose="free", **make.about(one.client),
    )  # fmt: skip
    for (code, _items), level in zip(one.row.asked, levels, strict=False):
        for behaviour in [None, *one.row.framework.competencies.get(pk=code).behaviours.all()]:
            SelfRating.objects.create(
                assessment=assessment, competency_id=code, behaviour=behaviour, level=level,
                answered_at=at, **make.about(one.client),
            )  # fmt: skip
    return assessment


def lived(own, others, **groups):
    """A closed round in which everybody says the same, competency by competency."""
    one = Round(**(groups or {"peer": 5, "report": 5, "manager": 1}))
    own_view(one, own)
    scores = {
        item: level
        for (_code, items), level in zip(one.row.asked, others, strict=True)
        for item in items
    }
    for group in groups or ("peer", "report", "manager"):
        for token in one.tokens(group):
            one.answer(token, scores)
    one.closed()
    return one


def page(one, actor=None, read="all"):
    browser = Browser()
    browser.force_login(actor or one.actor)
    url = reverse("assessment:report", args=[one.row.pk])
    return browser.get(url, {"read": read}).content.decode()


def names(one, report, key):
    by_code = {str(row.pk): row.name for row in one.row.framework.competencies.all()}
    return [by_code[code] for code in report.shown["sides"][key]]


# Ten competencies: the first is seen far more by others, the second far less, two alike, the rest
# somewhere in between.
OWN = [1, 5, 4, 2, 3, 3, 3, 3, 3, 3]
OTHERS = [5, 1, 4, 2, 3, 3, 3, 3, 3, 3]


def test_the_report_names_credible_differences_in_neutral_words():
    one = lived(OWN, OTHERS)
    report = one.released()
    first, second = [one.row.framework.competencies.get(pk=code) for code, _ in one.row.asked[:2]]
    assert names(one, report, "hidden_strengths") == [first.name]
    assert names(one, report, "possible_blind_spots") == [second.name]
    assert len(names(one, report, "agreed_strengths")) == 1
    assert len(names(one, report, "agreed_needs")) == 1
    html = page(one)
    assert "Hidden strengths" in html and "Possible blind spots" in html
    assert html.index("Agreed strengths") < html.index("Hidden strengths")
    strengths = page(one, read="strengths")
    assert "Hidden strengths" in strengths and "Possible blind spots" not in strengths


def test_what_is_not_credible_is_named_nowhere():
    one = lived([4] * 10, [3] * 10, peer=3)
    report = one.released()
    kept = report.shown["sides"]
    assert kept["hidden_strengths"] == kept["possible_blind_spots"] == []
    html = page(one)
    assert "blind spot" not in html and "Hidden strengths" not in html


def test_for_who_sees_much_less_in_everything_what_others_see_leads():
    one = lived([2, *[1] * 9], [5, *[4] * 9])
    report = one.released()
    assert report.shown["sides"]["everywhere"] == -1
    html = page(one)
    assert html.index("In general others see more in you") < html.index("Strengths, as others")
    assert "In general others see more in you" in page(one, read="strengths")


def test_the_lists_are_frozen_whatever_the_client_says_later():
    one = lived(OWN, OTHERS)
    report = one.released()
    before = RoundReport.objects.get(pk=report.pk).shown["sides"]
    own_view(one, [5] * 10, at=OPENED + timedelta(days=60))
    assert "Hidden strengths" in page(one)
    assert RoundReport.objects.get(pk=report.pk).shown["sides"] == before


def test_the_lists_follow_from_what_is_shown_and_tell_nothing_more():
    """Answers that are shown alike give the same lists; and the lists can be worked out from it."""
    one = lived(OWN, OTHERS, peer=4)
    own = sides.own_answers(one.client)
    report = one.released()
    RaterReply.objects.all().delete()
    again = sides.frozen(one.row, report.shown, own, on=date(2000, 1, 1))
    assert again == report.shown["sides"]


def test_a_group_that_is_withheld_is_in_no_list():
    """Two reports see something else; nothing of theirs may move a list."""
    one = lived(OWN, OTHERS, peer=5, report=2)
    report = one.released()
    assert [view["name"] for view in report.shown["groups"]] == ["peer"]
    alone = {**report.shown, "named": []}
    own = sides.own_answers(one.client)
    assert sides.frozen(one.row, alone, own, on=OPENED.date()) == report.shown["sides"]


def test_a_report_of_an_older_making_is_still_read():
    one = lived(OWN, OTHERS)
    report = one.released()
    older = {key: value for key, value in report.shown.items() if key != "sides"}
    RoundReport.objects.filter(pk=report.pk).delete()
    RoundReport(
        shown=older, round=one.row, client=one.client, visibility="V1", created_at=OPENED
    ).save(force_insert=True)
    assert queries.report(actor=one.actor, asked_in=one.fresh()).sides is None
    html = page(one)
    assert "Others see more than you do" in html
    assert "Hidden strengths" not in html


def aimed(one, visibility, level):
    """An aim that asks so much of the third competency."""
    aim = Aim.objects.create(
        kind="next", title="Lead", **{**make.about(one.client), "visibility": visibility}
    )
    AimTarget.objects.create(
        aim=aim, competency_id=one.row.asked[2][0], level=level, importance=3, position=1,
        **make.about(one.client),
    )  # fmt: skip


@pytest.mark.parametrize(("visibility", "strong"), [("V0", 1), ("V1", 0)])
def test_an_aim_that_only_the_client_sees_is_not_told_to_the_coach_by_a_list(visibility, strong):
    one = lived(OWN, OTHERS)
    aimed(one, visibility, 4.5)
    report = one.released()
    assert len(report.shown["sides"]["targets"]) == 1 - strong
    assert len(report.shown["sides"]["agreed_strengths"]) == strong


def seen_otherwise(one):
    """The same in the ledger, behaviour by behaviour."""
    for (code, _items), own, others in zip(one.row.asked, OWN, OTHERS, strict=True):
        competency = one.row.framework.competencies.get(pk=code)
        for behaviour in competency.behaviours.all():
            ledger.said(one.client, competency, "self", own, behaviour=behaviour)
        for source in ("peer", "report"):
            ledger.said(one.client, competency, source, others, n_raters=6)


def test_mirror_and_profile_name_what_others_see_otherwise(monkeypatch):
    for door in (self_assessments, profile):
        monkeypatch.setattr(door, "now", lambda: make.NOW)
    one = Round()
    mine = own_view(one, OWN)
    browser = Browser()
    browser.force_login(one.actor)
    pages = reverse("assessment:mirror", args=[mine.pk]), reverse("evidence:profile")
    for url in pages:
        assert "Hidden strengths" not in browser.get(url).content.decode()
    seen_otherwise(one)
    for url in pages:
        html = browser.get(url).content.decode()
        assert "Hidden strengths" in html and "Possible blind spots" in html
