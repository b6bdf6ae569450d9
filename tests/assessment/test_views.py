"""The pages of the self-assessment, as a tired person meets them."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from coachwork.assessment import queries
from coachwork.assessment.models import SelfAssessment, SelfRating
from coachwork.evidence import queries as known
from coachwork.evidence.models import Evidence
from coachwork.frameworks.models import Competency
from coachwork.people.models import Relation
from tests import builders as make
from tests.assessment.test_actions import aimed, answer, begin, submit
from tests.counting import at_most

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    return make.client()


@pytest.fixture
def ask(client, amira):
    """Ask for a page as Amira, or as somebody else; the text comes back readable."""

    def asked(name, *args, actor=None, post=None, status=200):
        client.force_login(actor or amira.user)
        address = reverse(f"assessment:{name}", args=args)
        answer = client.get(address) if post is None else client.post(address, post)
        assert answer.status_code == status, (answer.status_code, address)
        asked.url = getattr(answer, "url", "")
        return unescape(answer.content.decode())

    return asked


def names(draft, position):
    rows = draft.ratings.filter(position=position)
    whole = [row for row in rows if row.behaviour_id is None]
    return [f"level-{row.pk}" for row in rows if row.behaviour_id] or [f"level-{whole[0].pk}"]


def sent(form, position, value, **more):
    """What the browser sends for one screen."""
    levels = {name: value for name in names(form, position)}
    return levels | {"confidence": "", "example": "", "example_on": "", "go": "on"} | more


def test_without_an_aim_the_first_step_is_to_choose_one(ask):
    text = ask("start")
    assert f"{reverse('evidence:aim')}?next={reverse('assessment:start')}" in text
    assert 'value="quick"' not in text


def test_the_first_page_says_why_how_long_and_who_reads_it(ask, amira):
    aimed(amira)
    text = ask("start")
    for words in ("8 minutes", "20 minutes", "Skip anything", "Only you", "2 competencies"):
        assert words in text
    make.helper(amira, "carl", Relation.COACH)
    assert "You and your coach" in ask("start")


def test_from_the_first_page_to_the_mirror(ask, amira):
    aimed(amira)
    ask("start", post={"depth": "quick"}, status=302)
    draft = SelfAssessment.objects.get()
    ask("resume", draft.pk, status=302)
    assert ask.url == reverse("assessment:rate", args=[draft.pk, 1])
    text = ask("rate", draft.pk, 1)
    for level in range(1, 6):
        assert f"C01 at level {level}" in text
    assert "Not seen" in text and "1 of 2" in text and "data-draft=" in text
    ask("rate", draft.pk, 1, post=sent(draft, 1, "4", example="I asked twice"), status=302)
    assert ask.url == reverse("assessment:rate", args=[draft.pk, 2])
    ask("rate", draft.pk, 2, post=sent(draft, 2, "2", confidence="low"), status=302)
    assert ask.url == reverse("assessment:review", args=[draft.pk])
    assert "4, Strong" in ask("review", draft.pk)
    ask("review", draft.pk, post={"visibility": "V0"}, status=302)
    ask("review", draft.pk, post={"visibility": "V0"}, status=302)
    assert ask.url == reverse("assessment:mirror", args=[draft.pk])
    text = ask("mirror", draft.pk)
    assert text.index("I asked twice") < text.index("What next?")
    assert reverse("evidence:gaps") in text
    assert Evidence.objects.count() == 2


def test_one_can_go_back_leave_and_go_on_where_the_answers_end(ask, amira):
    aimed(amira)
    draft = begin(amira)
    ask("rate", draft.pk, 1, post=sent(draft, 1, "3", go="leave"), status=302)
    assert ask.url == reverse("home")
    assert reverse("assessment:resume", args=[draft.pk]) in ask("start")
    ask("resume", draft.pk, status=302)
    assert ask.url == reverse("assessment:rate", args=[draft.pk, 2])
    ask("rate", draft.pk, 2, post=sent(draft, 2, "", go="back"), status=302)
    assert ask.url == reverse("assessment:rate", args=[draft.pk, 1])
    assert re.search(r'value="3"[^>]*checked', ask("rate", draft.pk, 1))


@pytest.mark.accepts("T1-08")
def test_all_not_seen_is_handed_in_and_the_mirror_suggests_gathering_evidence(ask, amira):
    aimed(amira)
    draft = begin(amira)
    for position in (1, 2):
        ask("rate", draft.pk, position, post=sent(draft, position, "not_seen"), status=302)
    ask("review", draft.pk, post={"visibility": "V0"}, status=302)
    draft.refresh_from_db()
    assert draft.state == "submitted"
    text = ask("mirror", draft.pk)
    assert "gather a little evidence" in text and "Gather evidence" in text
    assert not Evidence.objects.exists()
    assert known.level_views(actor=amira.user, client=amira, at=make.NOW)[0].is_empty
    visible = re.sub(r"<svg.*?</svg>|<[^>]+>|\d+, 20\d\d", " ", text, flags=re.S)
    assert not re.search(r"\b0\b", visible)


def test_the_full_form_shows_each_behaviour_and_the_anchors_beside(ask, amira):
    aimed(amira)
    draft = begin(amira, "full")
    text = ask("rate", draft.pk, 1)
    for n in range(1, 4):
        assert f"does C01 thing {n}" in text
    assert "C01 at level 3" in text
    assert len(names(draft, 1)) == 3
    ask("rate", draft.pk, 1, post=sent(draft, 1, "5"), status=302)
    assert draft.ratings.filter(level=5).count() == 3


def test_one_competency_can_be_looked_at_in_depth(ask, amira):
    one = make.competency("C01")
    ask("start", post={"depth": "single", "part": str(one.pk)}, status=302)
    draft = SelfAssessment.objects.get()
    assert draft.ratings.filter(position=1).count() == 4
    ask("start", post={"depth": "single", "part": str(one.pk)}, status=302)
    assert SelfAssessment.objects.count() == 1


def test_one_group_of_the_framework_is_one_sitting(ask, amira):
    aimed(amira)
    make.competency("C09")
    ask("start", post={"depth": "full", "part": "Group"}, status=302)
    assert SelfAssessment.objects.get().ratings.filter(behaviour=None).count() == 3


@pytest.mark.parametrize(
    ("post", "status"),
    [
        ({}, 422),
        ({"depth": "x"}, 422),
        ({"depth": "quick", "part": "x" * 50_000}, 422),
        ({"depth": "full", "part": "No such group"}, 422),
        ({"depth": "single", "part": "x"}, 404),
        ({"depth": "single", "part": str(uuid4())}, 404),
    ],
)
def test_what_cannot_be_begun_is_refused(ask, amira, post, status):
    aimed(amira)
    ask("start", post=post, status=status)
    assert not SelfAssessment.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"example": "x" * 50_000},
        {"example": "a\x00b"},
        {"example_on": "2099-01-01"},
        {"example_on": "soon"},
        {"confidence": "x"},
    ],
)
def test_a_refused_screen_says_why_and_keeps_what_was_typed(ask, amira, wrong):
    aimed(amira)
    draft = begin(amira)
    post = sent(draft, 1, "4", **({"example": "My words"} | wrong))
    text = ask("rate", draft.pk, 1, post=post, status=422)
    assert "Almost there" in text
    assert "example" in wrong or "My words" in text
    assert re.search(r'value="4"[^>]*checked', text)
    assert draft.ratings.get(position=1).answered_at is None


def test_a_level_off_the_scale_is_refused(ask, amira):
    aimed(amira)
    draft = begin(amira)
    for wrong in ("0", "6", "3.5", "x"):
        ask("rate", draft.pk, 1, post=sent(draft, 1, wrong), status=422)


def test_any_words_are_shown_as_words(client, ask, amira):
    aimed(amira)
    draft = begin(amira)
    hostile = "<script>alert(1)</script> שלום 🎻"
    ask("rate", draft.pk, 1, post=sent(draft, 1, "5", example=hostile), status=302)
    submit(amira, SelfAssessment.objects.get())
    raw = client.get(reverse("assessment:mirror", args=[draft.pk])).content.decode()
    assert "<script>alert" not in raw and hostile in unescape(raw)


def test_after_an_expired_session_the_form_asks_to_sign_in_and_names_its_draft(client, ask, amira):
    aimed(amira)
    draft = begin(amira)
    text = ask("rate", draft.pk, 1)
    key = f"rate-{draft.pk}-1"
    assert f'data-draft="{key}"' in text
    client.logout()
    post = sent(draft, 1, "4", example="Typed for ten minutes", draft=key)
    answer = client.post(reverse("assessment:rate", args=[draft.pk, 1]), post)
    assert answer.status_code == 302 and "login" in answer.url
    assert "draft_done" not in answer.cookies  # the browser keeps its copy
    client.force_login(amira.user)
    answer = client.post(reverse("assessment:rate", args=[draft.pk, 1]), post)
    assert answer.cookies["draft_done"].value == key


def test_a_look_never_changes_anything(ask, amira):
    aimed(amira)
    draft = begin(amira)
    ask("discard", draft.pk, status=405)
    for name, args in (("rate", (1,)), ("review", ())):
        ask(name, draft.pk, *args)
    assert SelfRating.objects.filter(answered_at=None).count() == 2


def test_a_draft_is_thrown_away_by_a_press(ask, amira):
    aimed(amira)
    draft = begin(amira)
    ask("discard", draft.pk, post={}, status=302)
    assert not SelfAssessment.objects.exists()


def test_what_was_handed_in_is_listed_and_its_form_leads_to_the_mirror(ask, amira):
    aimed(amira)
    draft = submit(amira, begin(amira))
    assert reverse("assessment:mirror", args=[draft.pk]) in ask("history")
    ask("rate", draft.pk, 1, status=302)
    ask("review", draft.pk, status=302)
    assert ask.url == reverse("assessment:mirror", args=[draft.pk])


def test_a_coach_reads_the_mirror_without_ways_to_change_it(ask, amira):
    carl = make.helper(amira, "carl", Relation.COACH)
    aimed(amira)
    draft = begin(amira)
    answer(amira, draft, 1, 4, example="I asked twice")
    ask("mirror-of", amira.pk, draft.pk, actor=carl, status=404)
    submit(amira, SelfAssessment.objects.get())
    text = ask("mirror-of", amira.pk, draft.pk, actor=carl)
    assert "I asked twice" in text and "What next?" not in text
    assert reverse("assessment:mirror-of", args=[amira.pk, draft.pk]) in ask(
        "history-of", amira.pk, actor=carl
    )
    # The client's own addresses are about one's own record, and Carl has none.
    ask("rate", draft.pk, 1, actor=carl, status=302)
    assert ask.url == reverse("people:start")


@pytest.mark.parametrize("relation", [Relation.PARTNER, Relation.MANAGER, Relation.SPONSOR, None])
def test_for_everybody_else_it_does_not_exist(ask, amira, relation):
    aimed(amira)
    draft = submit(amira, begin(amira), visibility="V1")
    other = make.helper(amira, "otto", relation) if relation else make.client("eve").user
    ask("history-of", amira.pk, actor=other, status=404)
    ask("mirror-of", amira.pk, draft.pk, actor=other, status=404)


def test_the_assessment_of_somebody_else_is_404(ask, amira):
    aimed(amira)
    draft = begin(amira)
    eve = make.client("eve").user
    for name, args in (("rate", (1,)), ("review", ()), ("resume", ()), ("mirror", ())):
        ask(name, draft.pk, *args, actor=eve, status=404)
    ask("rate", draft.pk, 1, actor=eve, post={}, status=404)
    ask("discard", draft.pk, actor=eve, post={}, status=404)


@pytest.mark.parametrize("many", [2, 40])
def test_no_page_asks_the_database_more_than_twelve_times(client, amira, many):
    carl = make.helper(amira, "carl", Relation.COACH)
    aimed(amira, **{f"C{n:02}": 3 for n in range(1, 13)})
    everything = [make.competency(f"D{n:02}") for n in range(many)]
    draft = begin(amira, "full", part="Group", competencies=everything)
    begin(amira)
    for _ in range(many):
        begin_and_submit(amira)
    done = SelfAssessment.objects.exclude(state="draft").first()
    pages = [("start", ()), ("history", ()), ("rate", (draft.pk, 1)), ("review", (draft.pk,))]
    asked = [(amira.user, name, args) for name, args in [*pages, ("mirror", (done.pk,))]]
    asked += [(carl, "history-of", (amira.pk,)), (carl, "mirror-of", (amira.pk, done.pk))]
    for actor, name, args in asked:
        client.force_login(actor)
        with at_most(12, name):
            assert client.get(reverse(f"assessment:{name}", args=args)).status_code == 200, name


def begin_and_submit(owner):
    one = Competency.objects.get(code="C01")
    submit(owner, begin(owner, "single", part=str(one.pk), competencies=[one]))
    assert queries.assessments(actor=owner.user, client=owner)
