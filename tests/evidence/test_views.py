"""The pages of the ledger, as Amira, her helpers and strangers get them."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from coachwork.evidence import queries
from coachwork.evidence.models import AgreedLevel, Aim, Dispute, Evidence, GapDecision
from coachwork.evidence.views import aims, entries, gaps, levels, profile
from coachwork.evidence.views import ledger as rows
from coachwork.frameworks.actions import indexing
from coachwork.people.models import AuditEntry, Relation, Visibility
from tests import builders as make
from tests.counting import at_most
from tests.evidence import builders as ledger

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script> שלום 🎻 '; DROP TABLE"


@pytest.fixture
def amira():
    return make.client()


@pytest.fixture
def listening():
    return make.competency("C01", name="Listening")


@pytest.fixture
def ask(client, amira):
    """Ask for a page as Amira, or as somebody else; the text comes back readable."""

    def asked(name, *args, actor=None, post=None, status=200, **query):
        client.force_login(actor or amira.user)
        address = reverse(f"evidence:{name}", args=args)
        answer = client.get(address, query) if post is None else client.post(address, post)
        assert answer.status_code == status, (answer.status_code, address)
        return unescape(answer.content.decode())

    return asked


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The doors read the clock; here it stands still."""
    for door in (aims, entries, gaps, levels, profile, rows):
        monkeypatch.setattr(door, "now", lambda: make.NOW)
    monkeypatch.setattr(entries, "localdate", lambda: make.NOW.date())


def lead(owner, **levels):
    """The owner aims for a role with these targets; the competencies come back in order."""
    aim = ledger.aim(owner, make.role("Lead", **levels))
    return [row.competency for row in aim.targets.all()]


# --- the picture -------------------------------------------------------------------------------


def test_an_empty_picture_leads_to_the_first_step(ask):
    assert reverse("assessment:start") in ask("profile")


@pytest.mark.accepts("T1-07")
def test_three_peers_at_3_4_beside_self_at_4_show_no_clear_difference(ask, amira, listening):
    ledger.said(amira, listening, "self", 4)
    ledger.said(amira, listening, "peer", 3.4, n_raters=3)
    for text in (ask("profile"), ask("why", listening.pk)):
        assert "No clear difference between your view and that of others" in text
        assert "than you do" not in text and "than your peers do" not in text


def test_a_credible_difference_is_the_title_of_the_page(ask, amira, listening):
    ledger.said(amira, listening, "self", 2)
    ledger.said(amira, listening, "peer", 4, n_raters=3)
    text = ask("profile")
    assert "Your peers see more of “Listening” than you do" in text
    assert re.search(r"<h2[^>]*>Your peers see more of “Listening” than you do</h2>", text)


@pytest.mark.accepts("T1-14")
def test_the_chart_its_table_and_its_text_carry_the_same_values_and_intervals(
    ask, amira, listening
):
    ledger.said(amira, listening, "self", 4)
    ledger.said(amira, listening, "peer", 3.4, n_raters=3)
    ledger.said(amira, listening, "manager", 2)
    text = ask("profile")
    # Drawn: places on an axis from 1 (0%) to 5 (100%), in half steps, the interval outward.
    drawn = {
        source: {float(x) / 25 + 1 for x in re.findall(r'x[12]="([\d.]+)%"', bar)}
        for source, bar in re.findall(r'<line class="interval interval--(\w+)"([^>]*)>', text)
    }
    assert drawn == {"peer": {2.5, 4.5}, "manager": {1.0, 3.0}}
    said = {
        "self": "4, Strong",
        "peer": "3½, Dependable to Strong (between 2½ and 4½)",
        "manager": "2, Developing (between 1 and 3)",
    }
    description = re.search(r"<desc[^>]*>(.*?)</desc>", text, re.S)
    table = re.search(r'<table class="table".*?</table>', text, re.S)
    assert description and table
    assert 'role="img"' in text and "aria-describedby" in text
    for words in said.values():
        assert words in description[1] and words in table[0]


def test_the_picture_says_that_there_is_not_enough_yet_and_asks_who_else(ask, amira, listening):
    ledger.said(amira, listening, "self", 4)
    assert "Not enough yet: so far only you have spoken. Who else could say?" in ask("profile")


def test_practice_is_told_in_chances(ask, amira, listening):
    for days, chance in enumerate(["did", "did", "partly", "not", "none"]):
        ledger.said(amira, listening, "self", None, days=days, chance=chance)
    text = ask("profile")
    assert "Done in 3 of 4 chances, last on Jan. 5, 2026" in text
    assert "streak" not in text


def test_every_number_of_the_picture_leads_to_its_reason_in_one_click(ask, amira, listening):
    ledger.said(amira, listening, "self", 4)
    ledger.said(amira, listening, "peer", 3, n_raters=3)
    ledger.said(amira, listening, "self", None, chance="did")
    ledger.agree(amira, listening, 3)
    text, reasons = ask("profile"), ask("why", listening.pk)
    why = reverse("evidence:why", args=[listening.pk])
    for place in ("from-self", "from-peer", "proposed", "agreed", "practice"):
        assert f'href="{why}#{place}"' in text
        assert f'id="{place}"' in reasons


def test_no_page_shows_an_overall_score_or_a_mean_with_a_decimal(ask, amira):
    first, *_rest = lead(amira, C01=3, C02=4)
    ledger.said(amira, first, "self", 4)
    ledger.said(amira, first, "peer", 3.4, n_raters=3)
    for text in (ask("profile"), ask("gaps")):
        visible = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", text, flags=re.S)
        assert not re.search(r"\b\d[.,]\d", visible)
        assert "%" not in visible


# --- why ---------------------------------------------------------------------------------------


def test_why_tells_inputs_rule_version_arithmetic_and_what_was_left_out(ask, amira, listening):
    carl = make.helper(amira, "carl", Relation.COACH)
    ledger.said(amira, listening, "self", 4, text="I asked twice")
    ledger.said(amira, listening, "coach", 3, actor=carl, text="Let Max finish")
    ledger.said(amira, listening, "peer", 5, days=300, n_raters=3, text="Round of spring")
    text = ask("why", listening.pk)
    for words in (
        "I asked twice",
        "Let Max finish",
        "Coach: Carl",
        "Round of spring",
        "Older than nine months",
        "source-view, version 1",
        "proposed-range, version 1",
        "difference, version 1",
        "1.2816 × 0.9 × √(1 − 0.50) = 0.82",
        "between 3 and 4",
    ):
        assert words in text, words


def test_why_says_so_where_the_fuller_model_gave_the_range(ask, amira, listening):
    ledger.said(amira, listening, "self", 4)
    for behaviour in listening.behaviours.all():
        ledger.said(amira, listening, "peer", 3, n_raters=6, behaviour=behaviour)
        ledger.said(amira, listening, "report", 3.5, n_raters=4, behaviour=behaviour)
    text = ask("why", listening.pk)
    for words in ("credible-range, version 1", "four times in five", "80% interval"):
        assert words in text, words
    assert "from the lowest to the highest of the means" not in text


def test_why_shows_the_disputes_and_what_was_proposed_when_a_level_was_agreed(
    ask, amira, listening
):
    carl = make.helper(amira, "carl", Relation.COACH)
    ledger.said(amira, listening, "self", 4)
    row = ledger.said(amira, listening, "coach", 3, actor=carl)
    Dispute.objects.create(
        evidence=row, reason="It was my first week", **make.about(amira, Visibility.PAIR)
    )
    ledger.agree(amira, listening, 3.5, "Seen by both")
    text = ask("why", listening.pk)
    for words in ("It was my first week", "Seen by both", "from 3 to 4", "3½"):
        assert words in text


def test_why_of_something_that_does_not_exist_is_404(ask):
    ask("why", uuid4(), status=404)


# --- the record --------------------------------------------------------------------------------


def test_the_record_is_read_page_by_page(ask, amira, listening):
    ledger.fill(amira, [listening], 120)
    text, seen = ask("ledger"), []
    for _ in range(3):
        seen += re.findall(r'id="row-([0-9a-f-]+)"', text)
        older = re.search(r'href="[^"]*after=([0-9a-f-]+)"[^>]*><span>Older', text)
        text = ask("ledger", after=older[1]) if older else ""
    assert seen == [str(pk) for pk in Evidence.objects.order_by("-pk").values_list("pk", flat=True)]


@pytest.mark.parametrize(
    "query",
    [{"competency": "x"}, {"source": "x"}, {"after": "x"}, {"after": "\x00"}, {"source": "a\x00"}],
)
def test_a_filter_that_makes_no_sense_is_no_filter(ask, amira, listening, query):
    ledger.said(amira, listening, "self", 3, text="Still here")
    assert "Still here" in ask("ledger", **query)


def own(**more):
    fields = {
        "source": "work_sample",
        "text": "I ran the review",
        "occasion_on": "2026-01-02",
        "context": "work",
        "level": "",
        "visibility": "V0",
        "entry": str(uuid4()),
    }
    return fields | more


def test_an_example_is_added_once_however_often_the_form_is_sent(client, amira, listening):
    client.force_login(amira.user)
    address = f"{reverse('evidence:add')}?competency={listening.pk}"
    post = own(level="4")
    for _ in range(2):
        answer = client.post(address, post)
        assert answer.status_code == 302
        assert answer.url == reverse("evidence:why", args=[listening.pk])
    row = Evidence.objects.get()
    assert (row.text, row.level, row.source, row.visibility) == (
        "I ran the review", 4, "work_sample", "V0",
    )  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"text": "x" * 50_000},
        {"text": "a\x00b"},
        {"occasion_on": "2030-01-01"},
        {"occasion_on": "yesterday"},
        {"occasion_on": ""},
        {"level": "3.7"},
        {"level": "6"},
        {"source": "manager"},
        {"source": "self", "level": "4"},
        {"context": "moon"},
        {"visibility": "V4"},
        {"entry": "x"},
        {"entry": ""},
    ],
)
def test_a_refused_example_says_why_and_keeps_what_was_typed(client, amira, listening, wrong):
    client.force_login(amira.user)
    address = f"{reverse('evidence:add')}?competency={listening.pk}"
    answer = client.post(address, own(**wrong))
    text = unescape(answer.content.decode())
    assert answer.status_code == 422 and "Almost there" in text
    assert "text" in wrong or "I ran the review" in text
    assert "data-draft" in text and not Evidence.objects.exists()


def test_any_words_are_kept_and_shown_as_words(client, amira, listening):
    client.force_login(amira.user)
    client.post(f"{reverse('evidence:add')}?competency={listening.pk}", own(text=HOSTILE))
    raw = client.get(reverse("evidence:ledger")).content.decode()
    assert HOSTILE in unescape(raw) and "<script>alert" not in raw


def test_without_a_competency_one_is_chosen_first(ask, amira):
    [competency] = lead(amira, C01=3)
    make.competency("C02", name="Writing")
    for wrong in ("", "x", str(uuid4())):
        text = ask("add", competency=wrong)
        assert f"?competency={competency.pk}" in text and "Writing" in text


def test_a_row_is_corrected_and_both_versions_stay_readable(ask, amira, listening):
    row = ledger.said(amira, listening, "self", 4, text="Frist words")
    ask("correct", row.pk, post={"text": "First words", "occasion_on": "2026-01-05", "level": "3"},
         status=302)  # fmt: skip
    newer = Evidence.objects.get(corrects=row)
    assert (newer.text, newer.level) == ("First words", 3)
    assert "corrected since" in ask("ledger")
    assert reverse("evidence:entry", args=[newer.pk]) in ask("entry", row.pk)
    assert reverse("evidence:entry", args=[row.pk]) in ask("entry", newer.pk)


@pytest.mark.parametrize(
    "wrong", [{"occasion_on": "2099-01-01"}, {"level": "9"}, {"text": "x" * 50_000}]
)
def test_a_refused_correction_keeps_the_words(ask, amira, listening, wrong):
    row = ledger.said(amira, listening, "self", 4)
    post = {"text": "Mine", "occasion_on": "2026-01-05", "level": "3"} | wrong
    text = ask("correct", row.pk, post=post, status=422)
    assert post["text"][:50] in text and Evidence.objects.count() == 1


def test_a_row_is_taken_back_by_a_press_and_never_by_a_look(ask, client, amira, listening):
    row = ledger.said(amira, listening, "self", 4)
    ask("withdraw", row.pk, status=405)
    ask("withdraw", row.pk, post={}, status=302)
    assert queries.level_views(actor=amira.user, client=amira, at=make.NOW) == []
    assert "taken back" in ask("ledger")
    ask("withdraw", row.pk, post={}, status=302)
    assert Evidence.objects.count() == 2


def test_the_client_puts_their_words_beside_what_somebody_else_saw(ask, amira, listening):
    carl = make.helper(amira, "carl", Relation.COACH)
    row = ledger.said(amira, listening, "coach", 2, actor=carl)
    assert "Correct it" not in ask("entry", row.pk)
    assert "x" * 4100 in ask("dispute", row.pk, post={"reason": "x" * 4100}, status=422)
    ask("dispute", row.pk, post={"reason": "I was ill"}, status=302)
    assert "I was ill" in ask("entry", row.pk)
    assert "I was ill" in ask("entry-of", amira.pk, row.pk, actor=carl)
    ask("correct", row.pk, post={"text": "No", "occasion_on": "2026-01-05", "level": "5"},
         status=403)  # fmt: skip


# --- agree -------------------------------------------------------------------------------------


def test_the_anchors_and_the_latest_evidence_stand_before_the_control(ask, amira, listening):
    ledger.said(amira, listening, "self", 4, text="I asked twice")
    text = ask("agree", listening.pk)
    order = [text.index(words) for words in ("C01 at level 3", "I asked twice", 'name="level"')]
    assert order == sorted(order)


def test_a_level_outside_the_range_is_agreed_with_a_reason(ask, amira, listening):
    ledger.said(amira, listening, "self", 4)
    ledger.said(amira, listening, "manager", 4)
    ask("agree", listening.pk, post={"level": "2.0", "reason": "Not under stress"}, status=302)
    row = AgreedLevel.objects.get()
    assert (row.level, row.reason, row.basis["proposed"]["low"]) == (2, "Not under stress", 4.0)


@pytest.mark.parametrize(
    "wrong",
    [{"reason": ""}, {"reason": "x" * 50_000}, {"reason": "\x00"}, {"level": "3.3"}, {"level": ""}],
)
def test_a_level_without_a_reason_or_off_the_scale_is_not_agreed(ask, listening, wrong):
    post = {"level": "3.0", "reason": "Seen often"} | wrong
    text = ask("agree", listening.pk, post=post, status=422)
    assert "Almost there" in text and not AgreedLevel.objects.exists()
    assert "reason" in wrong or "Seen often" in text


# --- aim and gaps ------------------------------------------------------------------------------


def test_a_role_is_chosen_and_the_page_goes_on_to_where_one_came_from(ask, client, amira):
    role = make.role("Team lead", C01=3, C02=4)
    client.force_login(amira.user)
    start = reverse("assessment:start")
    post = {"kind": "next", "role": str(role.pk), "title": "", "next": start}
    answer = client.post(reverse("evidence:aim"), post)
    assert (answer.status_code, answer.url) == (302, start)
    aim = queries.aim(actor=amira.user, client=amira)
    assert (aim.title, aim.kind, aim.targets.count()) == ("Team lead", "next", 2)


def test_the_way_on_never_leads_to_another_site(client, amira):
    role = make.role("Team lead", C01=3)
    client.force_login(amira.user)
    post = {"kind": "next", "role": str(role.pk), "title": "", "next": "https://evil.example/"}
    assert client.post(reverse("evidence:aim"), post).url == reverse("evidence:gaps")


def test_who_just_explores_gets_what_most_roles_ask_for(ask, amira):
    make.role("One", **{f"C{n:02}": 3 for n in range(1, 9)})
    make.role("Two", **{f"C{n:02}": 3 for n in range(5, 16)})
    ask("aim", post={"kind": "next", "role": "explore", "title": ""}, status=302)
    aim = queries.aim(actor=amira.user, client=amira)
    codes = [row.competency.code for row in aim.targets.all()]
    assert aim.kind == "explore" and len(codes) == 10
    assert {"C05", "C06", "C07", "C08"} <= set(codes)


@pytest.mark.parametrize(
    "wrong", [{"role": "x"}, {"role": ""}, {"kind": "x"}, {"title": "x" * 50_000}]
)
def test_a_role_that_is_none_is_refused(ask, amira, wrong):
    role = make.role("Team lead", C01=3)
    post = {"kind": "next", "role": str(role.pk), "title": "Mine"} | wrong
    ask("aim", post=post, status=422)
    assert not Aim.objects.exists()


def test_the_list_is_changed_searched_and_added_to(ask, client, amira):
    first, second = lead(amira, C01=3, C02=4)
    third = make.competency("C03", name="Delegating")
    known = indexing.Name("competency", third.name, "en", competency=third.pk)
    indexing.replace("test", [known])
    assert str(third.pk) in ask("targets", q="delegat")
    ask("add-target", post={"competency": str(third.pk)}, status=302)
    post = {
        f"level-{first.pk}": "4.5",
        f"importance-{first.pk}": "1",
        f"remove-{second.pk}": "on",
        f"level-{second.pk}": "4.0",
        f"importance-{second.pk}": "2",
        f"level-{third.pk}": "3.0",
        f"importance-{third.pk}": "2",
    }
    ask("targets", post=post, status=302)
    rows = queries.aim(actor=amira.user, client=amira).targets.all()
    assert [(row.competency, row.level) for row in rows] == [(first, 4.5), (third, 3)]


def test_a_list_that_cannot_be_is_refused(ask, amira):
    [only] = lead(amira, C01=3)
    good = {f"level-{only.pk}": "4.0", f"importance-{only.pk}": "2"}
    for wrong in ({f"level-{only.pk}": "9"}, {f"importance-{only.pk}": "7"},
                  {f"remove-{only.pk}": "on"}):  # fmt: skip
        ask("targets", post=good | wrong, status=422)
    ask("add-target", post={"competency": "x"}, status=404)
    ask("add-target", post={"competency": str(uuid4())}, status=404)
    assert queries.aim(actor=amira.user, client=amira).targets.get().level == 3


def test_without_an_aim_the_pages_lead_to_choosing_one(ask):
    assert reverse("evidence:aim") in ask("gaps")
    ask("targets", status=302)
    ask("add-target", post={"competency": str(uuid4())}, status=302)


@pytest.mark.accepts("T1-11")
def test_a_level_above_the_target_says_so_and_suggests_using_the_strength(ask, amira):
    [competency] = lead(amira, C01=3)
    ledger.agree(amira, competency, 3.5)
    text = ask("gaps")
    assert "at or above target" in text and "Use the strength" in text
    assert "-½" not in text and "half step" not in text.replace("half steps and", "")


@pytest.mark.accepts("T1-12")
def test_with_one_source_the_row_suggests_gathering_evidence_and_stands_below(ask, amira):
    first, second = lead(amira, C01=5, C02=3)
    ledger.said(amira, first, "self", 1)
    ledger.said(amira, second, "self", 2)
    ledger.said(amira, second, "peer", 2, n_raters=3)
    text = ask("gaps")
    rows = re.findall(r'id="gap-([0-9a-f-]+)"(.*?)</li>', text, re.S)
    assert [pk for pk, _row in rows] == [str(second.pk), str(first.pk)]
    assert "Gather evidence" in rows[1][1]
    assert "Below the others until a second source has spoken." in rows[1][1]
    assert "Gather evidence" not in rows[0][1]


def test_a_gap_is_decided_and_leads_to_the_goal(ask, amira):
    [competency] = lead(amira, C01=4)
    post = {"decision": "focus", "energy": "4", "note": "Before summer"}
    ask("decide", competency.pk, post=post, status=302)
    row = GapDecision.objects.get()
    assert (row.decision, row.energy, row.note) == ("focus", 4, "Before summer")
    text = ask("gaps")
    assert f"{reverse('plans:goal-new')}?competency={competency.pk}" in text
    assert "Before summer" in text


def test_a_fourth_focus_is_refused_on_the_page_and_what_was_typed_stays(ask, amira):
    *three, fourth = lead(amira, C01=4, C02=4, C03=4, C04=4)
    for competency in three:
        ledger.decide(amira, competency, "focus")
    post = {"decision": "focus", "energy": "", "note": "This one too"}
    text = ask("decide", fourth.pk, post=post, status=422)
    assert "Three is plenty at once" in text and "This one too" in text
    assert GapDecision.objects.count() == 3


@pytest.mark.parametrize(
    "wrong", [{"decision": "x"}, {"decision": ""}, {"energy": "9"}, {"note": "x" * 50_000}]
)
def test_a_decision_that_makes_no_sense_is_refused(ask, amira, wrong):
    [competency] = lead(amira, C01=4)
    post = {"decision": "park", "energy": "", "note": ""} | wrong
    ask("decide", competency.pk, post=post, status=422)
    assert not GapDecision.objects.exists()


def test_a_gap_outside_the_aim_is_404(ask, amira, listening):
    lead(amira, C02=4)
    ask("decide", listening.pk, status=404)


def test_the_gap_chart_has_its_table_with_the_same_numbers(ask, amira):
    [competency] = lead(amira, C01=4)
    ledger.agree(amira, competency, 2.5)
    table = re.search(r'<table class="table".*?</table>', ask("gaps"), re.S)
    assert table
    for words in ("2½, Developing to Dependable", "4, Strong", "3 half steps"):
        assert words in table[0]


# --- helpers and strangers ----------------------------------------------------------------------

OF_PAGES = ("profile-of", "ledger-of", "gaps-of")


def test_a_coach_reads_what_is_open_and_writes_only_what_they_saw(ask, client, amira):
    [competency] = lead(amira, C01=4)
    Aim.objects.update(visibility=Visibility.PAIR)
    carl = make.helper(amira, "carl", Relation.COACH)
    ledger.said(amira, competency, "self", 4, text="open words", visibility=Visibility.PAIR)
    ledger.said(amira, competency, "peer", 2, text="kept words", n_raters=3,
                visibility=Visibility.PRIVATE)  # fmt: skip
    for name in OF_PAGES:
        text = ask(name, amira.pk, actor=carl)
        assert "kept words" not in text and "Agree a level" not in text
    assert "open words" in ask("ledger-of", amira.pk, actor=carl)
    why = ask("why-of", amira.pk, competency.pk, actor=carl)
    assert "open words" in why and "kept words" not in why
    address = f"{reverse('evidence:add-of', args=[amira.pk])}?competency={competency.pk}"
    post = own(level="3")
    assert client.post(address, post).status_code == 302
    assert client.post(address, post).status_code == 302
    row = Evidence.objects.get(source="coach")
    assert (row.created_by, row.visibility, row.level) == (carl, Visibility.PAIR, 3)


def test_a_coach_reads_about_the_client_and_not_about_you(ask, amira, listening):
    carl = make.helper(amira, "carl", Relation.COACH)
    ledger.said(amira, listening, "self", 2)
    ledger.said(amira, listening, "peer", 4, n_raters=3)
    text = ask("profile-of", amira.pk, actor=carl)
    assert "clearly more “Listening” than in the client's own view" in text
    assert "The client's own view" in text and "than you do" not in text


@pytest.mark.parametrize(
    "relation", [None, Relation.PARTNER, Relation.MANAGER, Relation.SPONSOR, "unconsented"]
)
def test_for_everybody_else_nothing_of_it_exists(ask, amira, listening, relation):
    row = ledger.said(amira, listening, "self", 4, text="secret", visibility=Visibility.PAIR)
    if relation is None:
        other = make.client("eve").user
    elif relation == "unconsented":
        other = make.helper(amira, "otto", Relation.COACH, consented=False)
    else:
        other = make.helper(amira, "otto", relation)
    for name in OF_PAGES:
        text = ask(name, amira.pk, actor=other, status=404)
        assert "secret" not in text
    ask("why-of", amira.pk, listening.pk, actor=other, status=404)
    ask("entry-of", amira.pk, row.pk, actor=other, status=404)
    ask("add-of", amira.pk, actor=other, status=404)
    ask("correct-of", amira.pk, row.pk, actor=other, post={}, status=404)
    ask("withdraw-of", amira.pk, row.pk, actor=other, post={}, status=404)


def test_a_row_of_somebody_else_is_not_mine_to_reach(ask, amira, listening):
    eve = make.client("eve")
    row = ledger.said(eve, listening, "self", 4)
    for name in ("entry", "correct"):
        ask(name, row.pk, status=404)
    for name in ("withdraw", "dispute"):
        ask(name, row.pk, post={"reason": "x"}, status=404)


def test_a_visitor_is_asked_to_sign_in(client, listening):
    for name, args in (("profile", []), ("gaps", []), ("why", [listening.pk])):
        answer = client.get(reverse(f"evidence:{name}", args=args))
        assert answer.status_code == 302 and "login" in answer.url


# --- how many questions -------------------------------------------------------------------------


@pytest.mark.parametrize("many", [10, 10_000])
def test_no_page_asks_the_database_more_than_twelve_times(client, amira, many):
    carl = make.helper(amira, "carl", Relation.COACH)
    competencies = lead(amira, C01=4, C02=4, C03=4)
    ledger.fill(amira, competencies, many, Visibility.PAIR)
    for competency in competencies:
        ledger.agree(amira, competency, 3)
    key = competencies[0].pk
    row = Evidence.objects.values_list("pk", flat=True)[0]
    own = [("profile", ()), ("gaps", ()), ("ledger", ()), ("aim", ()), ("targets", ()), ("add", ())]
    own += [(name, (key,)) for name in ("why", "agree", "decide")] + [("entry", (row,))]
    of = [("profile-of", ()), ("gaps-of", ()), ("ledger-of", ()), ("why-of", (key,))]
    of += [("entry-of", (row,)), ("add-of", ())]
    asked = [(amira.user, name, args) for name, args in own]
    asked += [(carl, name, (amira.pk, *args)) for name, args in of]
    for actor, name, args in asked:
        client.force_login(actor)
        with at_most(12, name):
            assert client.get(reverse(f"evidence:{name}", args=args)).status_code == 200, name
    client.force_login(amira.user)
    with at_most(12, "add"):
        client.get(f"{reverse('evidence:add')}?competency={key}")


@pytest.mark.parametrize("relation", [Relation.SPONSOR, Relation.MANAGER])
def test_a_sponsor_or_a_manager_who_tries_to_open_evidence_stands_in_the_log_of_the_record(
    client, amira, listening, relation
):
    row = ledger.said(amira, listening, "self", 3, visibility=Visibility.PAIR)
    helper = make.helper(amira, relation.value, relation)
    client.force_login(helper)
    for name, args in (("entry-of", (amira.pk, row.pk)), ("ledger-of", (amira.pk,))):
        answer = client.get(reverse(f"evidence:{name}", args=args))
        assert answer.status_code == 404
        assert "Listening" not in answer.content.decode()
    refused = AuditEntry.objects.get(stream=amira.pk, verb="access.refused")
    assert (refused.actor, refused.thing) == (helper.pk, "assessment")
    client.force_login(amira.user)
    log = client.get(reverse("people:trail")).content.decode()
    assert "Somebody without access asked for this record" in log
