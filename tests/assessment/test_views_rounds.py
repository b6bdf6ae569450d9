"""The pages of a feedback round: what each side meets, and what stands nowhere."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from coachwork.assessment import actions, queries
from coachwork.assessment.models import FeedbackRound, RaterReply
from coachwork.frameworks import actions as frameworks
from coachwork.people.models import AuditEntry, Relation
from tests import builders as make
from tests.assessment.stage import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.now()


def signed_in(user):
    browser = Browser()
    browser.force_login(user)
    return browser


def page(answer):
    return answer.content.decode()


def begun(token, **more):
    """A rater's browser that has pressed Begin."""
    browser = Browser()
    answer = browser.post(reverse("assessment:rater", args=[token]), {"go": "begin"}, **more)
    return browser, answer


def lived(at, **groups):
    return Round(at=at - timedelta(days=1), **groups)


def test_a_client_asks_for_others_step_by_step(today):
    one = Round(opened=False, at=today)
    browser = signed_in(one.actor)
    url = reverse("assessment:round", args=[one.row.pk])
    words = {"name": "Jo", "email": "jo@example.org", "group": "peer"}
    assert browser.post(url, {**words, "email": "amira@example.org"}).status_code == 422
    assert browser.post(url, {**words, "email": "no-address"}).status_code == 422
    assert browser.post(url, words).status_code == 302
    assert "Fewer than three" in page(browser.get(url))
    browser.post(reverse("assessment:round-step", args=[one.row.pk]), {"step": "send"})
    assert one.fresh().state == FeedbackRound.State.COLLECTING
    assert "1 person asked" in page(browser.get(url))


def test_what_is_asked_is_chosen_with_a_reason_beside_the_field(today):
    one = Round(opened=False, at=today)
    other = str(make.competency("C39", within=one.row.framework).pk)
    browser = signed_in(one.actor)
    url = reverse("assessment:round-questions", args=[one.row.pk])
    usual = [code for code, _items in one.row.asked]
    assert page(browser.get(url)).count(" checked") == 10
    answer = browser.post(url, {"competencies": [*usual[:6], other]})
    assert answer.status_code == 422
    html = page(answer)
    assert "Choose 8 to 12. Now it is 7." in html
    assert html.count(" checked") == 7  # nothing that was chosen is lost
    assert browser.post(url, {"competencies": [*usual[1:], other]}).status_code == 302
    assert "Skill C39" in page(browser.get(reverse("assessment:round-preview", args=[one.row.pk])))


def test_a_coach_reads_what_is_asked_and_does_not_choose_it(today):
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    one = Round(amira, opened=False, at=today)
    url = reverse("assessment:round-questions", args=[one.row.pk])
    before = one.row.asked
    assert signed_in(carl).get(url).status_code == 302
    signed_in(carl).post(url, {"competencies": [code for code, _items in before][:8]})
    assert one.fresh().asked == before


def test_a_list_is_changed_until_it_is_sent(today):
    one = Round(opened=False, at=today, peer=2)
    gone = one.row.nominations.first()
    url = reverse("assessment:round-drop", args=[one.row.pk, gone.pk])
    browser = signed_in(one.actor)
    assert browser.post(url).status_code == 302
    assert browser.post(url).status_code == 404
    assert one.row.nominations.count() == 1


@pytest.mark.accepts("T1-10")
def test_a_sponsor_finds_nothing_at_any_address_of_a_round_and_the_log_knows(today):
    one = lived(today, peer=3)
    sina = signed_in(make.helper(one.client, "sina", Relation.SPONSOR))
    before = AuditEntry.objects.count()
    for name in ("round", "round-preview", "report"):
        assert sina.get(reverse(f"assessment:{name}", args=[one.row.pk])).status_code == 404
    for name in ("round-step", "round-thank"):
        assert sina.post(reverse(f"assessment:{name}", args=[one.row.pk])).status_code == 404
    assert sina.get(reverse("assessment:rounds-of", args=[one.client.pk])).status_code == 404
    assert AuditEntry.objects.count() > before


@pytest.mark.accepts("T1-13")
def test_a_manager_is_told_before_the_first_question_that_the_view_carries_a_name(today):
    one = lived(today, peer=3, manager=1)
    browser = Browser()
    said = "not anonymous"
    welcome = page(browser.get(reverse("assessment:rater", args=[one.tokens("manager")[0]])))
    assert re.search(rf"<strong>[^<]*{said}", welcome)
    colleague = page(browser.get(reverse("assessment:rater", args=[one.tokens("peer")[0]])))
    assert said not in colleague
    assert "could work out the rest" in colleague


def test_opening_the_link_by_a_program_changes_nothing(today):
    one = lived(today, peer=3)
    for token in one.tokens("peer"):
        Browser().get(reverse("assessment:rater", args=[token]))
    assert set(RaterReply.objects.values_list("state", flat=True)) == {"invited"}


def test_a_rater_answers_without_an_account_from_scenes_to_receipt(today):
    one = lived(today, peer=3)
    browser, answer = begun(one.tokens("peer")[0])
    reply = one.replies("peer")[0]
    scenes = reverse("assessment:rater-scenes", args=[reply.pk])
    assert answer["Location"] == scenes
    assert "Most trained people say" not in page(browser.get(scenes))
    assert "Most trained people say" in page(browser.post(scenes, {"go": "judge"}))
    answer = browser.post(scenes, {"go": "on"})
    for position, (_code, items) in enumerate(one.row.asked, start=1):
        screen = reverse("assessment:rater-screen", args=[reply.pk, position])
        assert answer["Location"] == screen
        browser.get(screen)
        answer = browser.post(screen, {f"score-{items[0]}": "4", f"score-{items[1]}": "not_seen"})
    words = reverse("assessment:rater-words", args=[reply.pk])
    assert answer["Location"] == words
    browser.post(words, {"helps": "Asks first.\nThen answers."})
    review = page(browser.get(reverse("assessment:rater-review", args=[reply.pk])))
    assert "Then answers." in review
    assert "10 questions have no answer" in review
    answer = browser.post(reverse("assessment:rater-review", args=[reply.pk]))
    receipt = page(browser.get(answer["Location"]))
    assert "Thank you" in receipt
    assert "Asks first" not in receipt
    reply.refresh_from_db()
    assert reply.state == "submitted"
    assert set(reply.scores.values()) == {0, 4}


def test_an_empty_form_is_kept_open_with_a_reason(today):
    one = lived(today, peer=3)
    browser, _answer = begun(one.tokens("peer")[0])
    review = reverse("assessment:rater-review", args=[one.replies("peer")[0].pk])
    answer = browser.post(review)
    assert answer.status_code == 422
    assert "There is no answer yet" in page(answer)


def test_a_link_that_was_passed_on_after_the_answer_shows_nothing_of_it(today):
    one = lived(today, peer=3)
    token = one.tokens("peer")[0]
    one.answer(token, 3, words="Only mine", at=today)
    stranger, answer = begun(token)
    assert answer.status_code == 200
    assert "Here nobody can read it" in page(answer)
    for name in ("rater-words", "rater-review", "rater-done"):
        found = stranger.get(reverse(f"assessment:{name}", args=[one.replies("peer")[0].pk]))
        assert found.status_code == 404


def test_two_people_are_answered_about_in_one_browser_without_mixing(today):
    one = lived(today, peer=1)
    two = Round(make.client("ben"), at=today - timedelta(days=1), peer=1)
    browser = Browser()
    for asked in (one, two):
        browser.post(reverse("assessment:rater", args=[asked.tokens("peer")[0]]), {"go": "begin"})
    for asked, score in ((one, "2"), (two, "5")):
        reply = asked.replies("peer")[0]
        name = f"score-{asked.items()[0]}"
        browser.post(reverse("assessment:rater-screen", args=[reply.pk, 1]), {name: score})
    assert [next(iter(x.replies("peer")[0].scores.values())) for x in (one, two)] == [2, 5]


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"state": "closed"}, 410, "has closed"),
        ({"state": "cancelled"}, 410, "called off"),
        ({"closes_at": make.NOW}, 410, "has closed"),
    ],
)
def test_an_old_link_is_answered_kindly(today, change, status, said):
    one = lived(today, peer=3)
    token = one.tokens("peer")[0]
    FeedbackRound.objects.filter(pk=one.row.pk).update(**change)
    answer = Browser().get(reverse("assessment:rater", args=[token]))
    assert answer.status_code == status
    assert said in page(answer)


@pytest.mark.parametrize("token", ["x", "a.b", "%F0%9F%99%82", "x" * 3000, "%00"])
def test_a_made_up_link_is_answered_kindly(token):
    answer = Browser().get(f"/assess/asked/{token}/")
    assert answer.status_code == 404
    assert "latest mail" in page(answer)


def test_who_guesses_the_address_of_a_form_finds_nothing(today):
    one = lived(today, peer=3)
    for key in (one.replies("peer")[0].pk, uuid4()):
        for name in ("scenes", "words", "review", "done"):
            url = reverse(f"assessment:rater-{name}", args=[key])
            assert Browser().get(url).status_code == 404
            assert signed_in(one.actor).get(url).status_code == 404 if key else True


def test_the_client_who_follows_the_link_of_a_rater_is_turned_away(today):
    one = lived(today, peer=3)
    answer = signed_in(one.actor).get(reverse("assessment:rater", args=[one.tokens("peer")[0]]))
    assert answer.status_code == 410
    assert "answers about you" in page(answer)


def test_saying_no_and_taking_back_need_one_tap(today):
    one = lived(today, peer=3)
    url = reverse("assessment:rater", args=[one.tokens("peer")[0]])
    assert "That is fine" in page(Browser().post(url, {"go": "decline"}))
    browser, _answer = begun(one.tokens("peer")[1])
    second = one.replies("peer")[1]
    one.answer(one.tokens("peer")[1], 2, at=today)
    browser.post(reverse("assessment:rater-take-back", args=[second.pk]))
    second.refresh_from_db()
    assert (second.state, second.scores) == ("declined", {})


def seen_text(browser, url):
    body = page(browser.get(url)).partition("<main")[2].partition("</main>")[0]
    text = re.sub(r"(?s)<(script|style|svg).*?</\1>", " ", body)
    text = re.sub(r'(?s)<p class="scale__keys".*?</p>', " ", text)  # for those with keys, hidden
    return [line.strip() for line in re.sub(r"<[^>]+>", "\n", text).splitlines() if line.strip()]


def minutes_of(one):
    """200 words a minute, each sentence read once, and six seconds for each answer."""
    browser = Browser()
    welcome = reverse("assessment:rater", args=[one.tokens("peer")[0]])
    lines = set(seen_text(browser, welcome))
    browser.post(welcome, {"go": "begin"})
    reply = one.replies("peer")[0].pk
    pages = [reverse("assessment:rater-scenes", args=[reply])]
    for n in range(1, len(one.row.asked) + 1):
        pages.append(reverse("assessment:rater-screen", args=[reply, n]))
    pages += [reverse(f"assessment:rater-{name}", args=[reply]) for name in ("words", "review")]
    for url in pages:
        lines |= set(seen_text(browser, url))
    words = sum(len(line.split()) for line in lines)
    return words / 200 + (len(one.items()) + 2) * 6 / 60


def test_the_core_form_takes_less_than_twelve_minutes(today):
    frameworks.load_content(at=make.NOW)
    assert 4 < minutes_of(lived(today, peer=3)) < 12


def test_the_largest_form_with_the_longest_words_takes_less_than_twelve_minutes(today):
    frameworks.load_content(at=make.NOW)
    one = Round(at=today - timedelta(days=1), leads=True, opened=False)
    known = queries.choosable(actor=one.actor, asked_in=one.row)

    def words(choice):
        texts = [choice.competency.worded("name")]
        texts += [item.worded("text") for item in choice.behaviours[:3]]
        return sum(len(text.split()) for text in texts)

    usual = sorted((each for each in known if each.is_usual), key=words)[4:]
    others = sorted((each for each in known if not each.is_usual), key=words)[-4:]
    chosen = [str(each.competency.pk) for each in [*usual, *others]]
    actions.choose_competencies(actor=one.actor, asked_in=one.row, competencies=chosen)
    one.fresh()
    for number in range(3):
        one.nominate("peer", number, at=today - timedelta(days=1))
    actions.open_round(actor=one.actor, asked_in=one.row, at=today - timedelta(days=1))
    one.fresh()
    assert len(one.items()) == 36
    assert 4 < minutes_of(one) < 12, minutes_of(one)


def test_two_of_the_list_are_picked_and_a_third_is_told_at_the_field(today):
    one = lived(today, peer=3)
    browser, _answer = begun(one.tokens("peer")[0])
    reply = one.replies("peer")[0]
    url = reverse("assessment:rater-words", args=[reply.pk])
    codes = [code for code, _items in one.row.asked]
    many = browser.post(url, {"helps": "Kept here", "picks": codes[:3]})
    assert many.status_code == 422
    html = page(many)
    assert "Pick two at most." in html
    assert "Kept here" in html
    assert html.count(" checked") == 3
    assert browser.post(url, {"picks": ["something else"]}).status_code == 422
    assert browser.post(url, {"helps": "x", "picks": codes[1:3]}).status_code == 302
    reply.refresh_from_db()
    assert (reply.picks, reply.comments) == (sorted(codes[1:3]), {"helps": "x"})
    assert page(browser.get(url)).count(" checked") == 2
    browser.post(reverse("assessment:rater-take-back", args=[reply.pk]))
    reply.refresh_from_db()
    assert reply.picks == []


def picking(one, at, group, *rows):
    codes = [code for code, _items in one.row.asked]
    for token, row in zip(one.tokens(group), rows, strict=True):
        actions.save_comments(
            actor=None, token=token, comments={}, picks=[codes[n] for n in row], at=at
        )


def test_what_would_help_most_is_counted_from_five_and_names_nobody(today):
    one = lived(today - timedelta(days=20), peer=5, report=3, manager=1)
    at = today - timedelta(days=19)
    one.answered_at(at, peer=(3, 3, 4, 4, 3), report=(3, 3, 3), manager=(4,))
    picking(one, at, "peer", (0, 1), (0, 2), (0, 3), (4, 3), (5, 3))
    picking(one, at, "report", (6, 7), (6, 7), (6, 7))
    picking(one, at, "manager", (9,))
    report = one.released(at=today)
    (peers,) = report.shown["picks"]
    codes = [code for code, _items in one.row.asked]
    assert (peers["name"], peers["n"]) == ("peer", 5)
    assert peers["counts"] == {codes[0]: 3, codes[3]: 3}
    assert report.shown["named_picks"] == [codes[9]]
    html = report_of(one, one.actor)
    section = html.partition("What would help most, they say")[2].partition("</section>")[0]
    assert "Skill C01: 3" in section
    assert "Manager" in section
    assert "People you lead" not in section
    reader = report_of(one, one.actor, read="strengths")
    assert "What would help most" not in reader


def report_of(one, user, read="all"):
    url = reverse("assessment:report", args=[one.row.pk])
    return page(signed_in(user).get(url, {"read": read}))


@pytest.mark.accepts("T1-01")
def test_a_group_of_two_stands_nowhere_in_page_export_or_search(today):
    one = lived(today - timedelta(days=20), peer=2, report=4)
    one.answered("peer", 5, 5, words="peerish").answered("report", 2, 3, 2, 3, words="below")
    one.released(at=today)
    html = report_of(one, one.actor)
    assert "Peers: fewer than three answered" in html
    assert "no mean of all colleagues" in html
    assert "peerish" not in html
    browser = signed_in(one.actor)
    archive = browser.post(reverse("exchange:export"))
    import io
    import zipfile

    files = zipfile.ZipFile(io.BytesIO(b"".join(archive)))
    everything = "".join(files.read(name).decode("utf-8-sig") for name in files.namelist())
    assert "below" in everything
    assert "peerish" not in everything
    assert "raterreply" not in everything
    found = page(browser.get(reverse("exchange:search"), {"q": "peerish"}))
    assert "raterreply" not in found
    for path in ("/api/v1/evidence", reverse("evidence:ledger"), reverse("evidence:profile")):
        assert "peerish" not in page(browser.get(path))


@pytest.mark.accepts("T1-07")
def test_where_intervals_meet_no_difference_is_claimed(today):
    one = lived(today - timedelta(days=20), peer=3)
    first, second, third = one.items()[:3]
    rows = [(3, 3, 4), (3, 4, 3), (4, 3, 4)]  # a mean of 3.4
    for token, row in zip(one.tokens("peer"), rows, strict=True):
        scores = dict(zip((first, second, third), row, strict=True))
        one.answer(token, scores, at=today - timedelta(days=19))
    report = one.released(at=today)
    code = next(iter(report.shown["groups"][0]["competencies"]))
    from coachwork.assessment.models import RoundReport
    from coachwork.assessment.queries import reports

    data = {**report.shown, "own": {code: 4.0}}
    fresh = RoundReport(shown=data, client=one.client, round=one.row, created_at=today)
    asked = queries.asked(asked_in=one.row)[0]
    assert reports._finding(asked, fresh.shown).sign == 0
    data["own"] = {code: 5.0}
    assert reports._finding(asked, data).sign == -1


@pytest.mark.accepts("T1-14")
def test_the_chart_has_a_sentence_and_a_table_with_the_same_values(today):
    one = lived(today - timedelta(days=20), peer=5)
    one.answered("peer", 5, 5, 5, 5, 5)
    one.released(at=today)
    html = report_of(one, one.actor)
    table = html.partition('class="chart__twin"')[2].partition("</details>")[0]
    assert "or higher" in table
    assert "between" in table
    assert "or higher" in html.partition('class="chart__sentence"')[2].partition("</p>")[0]


def test_a_report_is_opened_by_a_choice_and_ends_in_one(today):
    one = lived(today - timedelta(days=20), peer=3)
    one.answered("peer", 3, 3, 4, words="Word")
    one.released(at=today)
    assert "How would you like to read it?" in report_of(one, one.actor, read="")
    strengths = report_of(one, one.actor, read="strengths")
    assert "Strengths, as others see them" in strengths
    assert "In their own words" not in strengths
    url = reverse("assessment:report", args=[one.row.pk]) + "?read=all"
    browser = signed_in(one.actor)
    words = {"confirms": "That I listen", "focus": one.items()[:3]}
    assert browser.post(url, words).status_code == 422
    assert browser.post(url, {**words, "focus": one.items()[:1]}).status_code == 302
    assert "Send my thanks" in page(browser.get(url))
    browser.post(reverse("assessment:round-thank", args=[one.row.pk]))
    assert "Thanks went out" in page(browser.get(url))


def test_a_coach_opens_the_report_and_has_an_order_for_the_talk(today):
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    one = Round(amira, at=today - timedelta(days=20), peer=3)
    step = reverse("assessment:round-step", args=[one.row.pk])
    browser = signed_in(carl)
    browser.post(step, {"step": "approve"})
    one.fresh()
    FeedbackRound.objects.update(closes_at=today - timedelta(hours=1), opened_at=make.NOW)
    for token in one.tokens("peer"):
        one.answer(token, 3, at=today - timedelta(days=2))
    actions.close_due(at=today)
    assert "To the report" not in page(
        signed_in(amira.user).get(reverse("assessment:round", args=[one.row.pk]))
    )
    browser.post(step, {"step": "release"})
    assert "An order for the talk" in report_of(one, carl)


def test_no_page_of_a_round_says_who_has_answered(today):
    one = lived(today - timedelta(days=3), peer=5)
    before = page(signed_in(one.actor).get(reverse("assessment:round", args=[one.row.pk])))
    one.answer(one.tokens("peer")[2], 4, at=today)
    after = page(signed_in(one.actor).get(reverse("assessment:round", args=[one.row.pk])))

    def plain(html):
        body = html.partition("<main")[2].partition("</main>")[0]
        return re.sub(r'value="[A-Za-z0-9]{64}"', "", body)

    assert plain(before) == plain(after)
