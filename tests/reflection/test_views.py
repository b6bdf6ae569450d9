"""Pages of the journal."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from coachwork.evidence import actions as evidence
from coachwork.exchange import queries as exchange
from coachwork.people.models import Membership, Organisation, Relation
from coachwork.reflection import actions, queries
from coachwork.reflection.models import Entry, Extract, Insight, JournalKey, SelfCheck
from tests import builders as make
from tests.planting import plant_everything
from tests.reflection.stage import SECRET, TODAY, page
from tests.rules.test_doors import addresses, filled

pytestmark = pytest.mark.django_db

BESIDE = "pelican-lamp"  # stands beside the secret; a search form says back only what was typed


@pytest.fixture
def amira(time_machine):
    time_machine.move_to(make.NOW, tick=False)
    return make.client()


@pytest.fixture
def hers(amira):
    made = Browser()
    made.force_login(amira.user)
    return made


def text(answer):
    return answer.content.decode()


class TestWriting:
    @pytest.mark.parametrize("kind", Entry.Kind.values)
    def test_a_page_of_each_kind_is_kept_and_read_again(self, hers, kind):
        address = reverse("reflection:write", args=[kind])
        assert hers.get(address).status_code == 200
        said = {
            "answer_0": SECRET, "choice": "Take it", "written_on": "2026-01-05",
            "returns_on": "2026-02-05" if kind in {"decision", "letter"} else "",
        }  # fmt: skip
        answer = hers.post(address, said, follow=True)
        assert answer.status_code == 200
        assert (SECRET in text(answer)) == (kind != "letter")

    def test_what_cannot_be_kept_comes_back_with_every_word(self, hers):
        address = reverse("reflection:write", args=["decision"])
        answer = hers.post(address, {"answer_0": SECRET, "written_on": "2026-01-05"})
        assert answer.status_code == 422
        assert SECRET in text(answer) and "What did you decide?" in text(answer)
        assert Entry.objects.count() == 0

    def test_a_free_page_may_take_the_questions_of_any_set(self, hers):
        answer = hers.get(reverse("reflection:write", args=["free"]) + "?set=setback")
        assert "What are the facts?" in text(answer)
        assert hers.get(reverse("reflection:write", args=["poem"])).status_code == 404

    @pytest.mark.accepts("T10-03")
    def test_without_a_lesson_one_line_is_offered_once_and_optional(self, hers, amira):
        kept = page(amira)
        address = reverse("reflection:entry", args=[kept.pk])
        offered = reverse("reflection:lesson", args=[kept.pk])
        assert text(hers.get(address)).count(offered) == 1
        hers.post(offered, {"text": ""})
        assert queries.entry(actor=amira.user, entry_id=kept.pk).words.get("lesson") is None
        hers.post(offered, {"text": "Ask first"})
        read = text(hers.get(address))
        assert "Ask first" in read and offered not in read

    @pytest.mark.accepts("T10-12")
    def test_a_mood_left_open_is_asked_nowhere_and_counted_nowhere(self, hers, amira):
        for mood in ("low", "good", ""):
            page(amira, words={"mood": mood})
        read = text(hers.get(reverse("reflection:journal")))
        for address in ("journal", "story", "sureness", "insights"):
            read += text(hers.get(reverse(f"reflection:{address}")))
        main = " ".join(re.findall(r"<main.*?</main>", read, re.S))
        assert "mood" not in main.lower() and "feel" not in main.lower()

    def test_two_devices_are_asked_and_both_texts_stand_there(self, hers, amira):
        kept = page(amira)
        address = reverse("reflection:rewrite", args=[kept.pk])
        assert 'name="version" value="1"' in text(hers.get(address))
        assert hers.post(address, {"version": 1, "answer_0": "from the phone"}).status_code == 302
        answer = hers.post(address, {"version": 1, "answer_0": "from the laptop"})
        assert answer.status_code == 409
        assert "from the phone" in text(answer) and "from the laptop" in text(answer)
        merged = {"version": 2, "answer_0": "from both"}
        assert hers.post(address, merged).status_code == 302
        assert "from both" in text(hers.get(reverse("reflection:entry", args=[kept.pk])))

    def test_what_is_emptied_is_gone_and_what_is_not_asked_stays(self, hers, amira):
        kept = page(amira, Entry.Kind.WEEKLY, words={"lesson": "Old lesson", "mood": "good"})
        other = page(amira, words={"lesson": "Stays"})
        for entry in (kept, other):
            address = reverse("reflection:rewrite", args=[entry.pk])
            hers.post(address, {"version": 1, "answer_0": "New words", "lesson": "", "mood": ""})
        said = queries.entry(actor=amira.user, entry_id=kept.pk).words
        assert "lesson" not in said and "mood" not in said
        assert queries.entry(actor=amira.user, entry_id=other.pk).words["lesson"] == "Stays"

    @pytest.mark.accepts("T10-09")
    def test_before_deleting_it_says_what_becomes_of_backups(self, hers, amira):
        kept = page(amira)
        address = reverse("reflection:delete", args=[kept.pk])
        assert "Backups" in text(hers.get(address))
        hers.post(address)
        assert Entry.objects.count() == 0
        assert hers.get(reverse("reflection:entry", args=[kept.pk])).status_code == 404
        assert exchange.search_record(actor=amira.user, client=amira, text=SECRET) == []


class TestReturning:
    @pytest.mark.accepts("T10-11")
    def test_the_prediction_is_not_on_the_page_before_the_outcome(self, hers, amira, time_machine):
        words = {"prediction": "They agree at once", "sure": "high"}
        kept = page(amira, Entry.Kind.DECISION, words=words, returns_on=TODAY + timedelta(days=30))
        time_machine.move_to(make.NOW + timedelta(days=30), tick=False)
        hers.force_login(amira.user)
        address = reverse("reflection:outcome", args=[kept.pk])
        assert address in text(hers.get(reverse("reflection:journal")))
        one = reverse("reflection:entry", args=[kept.pk])
        again = reverse("reflection:rewrite", args=[kept.pk])
        for hidden in (one, address, again):
            assert "They agree at once" not in text(hers.get(hidden))
        hers.post(again, {"version": 1, "choice": "Take the new team", "answer_0": "More to say"})
        assert hers.post(address, {"outcome": "", "went": "well"}).status_code == 422
        answer = hers.post(address, {"outcome": "They did not", "went": "badly"}, follow=True)
        assert "They agree at once" in text(answer) and "They did not" in text(answer)

    def test_a_letter_shows_nothing_before_its_day_and_all_on_it(self, hers, amira, time_machine):
        kept = page(amira, Entry.Kind.LETTER)
        for name in ("entry", "rewrite", "lines"):
            answer = hers.get(reverse(f"reflection:{name}", args=[kept.pk]))
            assert SECRET not in text(answer)
        time_machine.move_to(make.NOW + timedelta(days=31), tick=False)
        hers.force_login(amira.user)
        open_it = reverse("reflection:open-letter", args=[kept.pk])
        assert SECRET in text(hers.post(open_it, follow=True))

    def test_an_insight_is_kept_answered_and_let_go(self, hers):
        address = reverse("reflection:insights")
        assert hers.post(address, {"text": ""}).status_code == 422
        hers.post(address, {"text": "Pauses help"})
        kept = Insight.objects.get()
        one = reverse("reflection:insight", args=[kept.pk])
        assert hers.post(one, {}).status_code == 422
        hers.post(one, {"still_true": "yes", "tested": "On Monday"})
        assert "On Monday" in text(hers.get(address))
        hers.post(reverse("reflection:delete-insight", args=[kept.pk]))
        assert Insight.objects.count() == 0

    def test_a_page_is_put_away_brought_back_and_told_never_to_return(self, hers, amira):
        kept = page(amira)
        address = reverse("reflection:keep", args=[kept.pk])
        one = reverse("reflection:entry", args=[kept.pk])
        for step, list_page in (("away", "away"), ("back", "journal"), ("never", "journal")):
            hers.post(address, {"step": step})
            assert one in text(hers.get(reverse(f"reflection:{list_page}")))
        kept.refresh_from_db()
        assert not kept.resurfaces
        assert hers.post(address, {"step": "burn"}).status_code == 422


class TestChecking:
    @pytest.fixture
    def skill(self, amira):
        role = make.role(C01=4)
        evidence.set_aim(
            actor=amira.user, client=amira, kind="next", title="Lead", role=role, at=make.NOW
        )
        found = role.targets.get().competency
        evidence.record(
            actor=amira.user, client=amira, competency=found, source="self", level=3.5,
            occasion_on=TODAY, provenance="x", text="The talk in May", at=make.NOW,
        )  # fmt: skip
        return found

    @pytest.mark.accepts("T10-04")
    def test_anchors_and_evidence_come_before_a_question_that_is_closed_at_first(self, hers, skill):
        address = reverse("reflection:look", args=[skill.pk])
        first = text(hers.get(address))
        assert '<fieldset class="stack" disabled>' in first
        places = [first.index(word) for word in ("C01 at level 1", "The talk in May", "<fieldset")]
        assert places == sorted(places)
        ready = text(hers.get(address + "?looked=1"))
        assert '<fieldset class="stack">' in ready
        places = [ready.index(word) for word in ("C01 at level 1", "The talk in May", "<fieldset")]
        assert places == sorted(places)

    @pytest.mark.accepts("T10-05")
    def test_afterwards_the_page_says_that_the_standard_moved(self, hers, skill, amira):
        address = reverse("reflection:look", args=[skill.pk])
        assert hers.post(address, {"level": ""}).status_code == 422
        hers.post(address, {"level": "3.5", "then_level": "2.5", "sure": "high"})
        assert SelfCheck.objects.get().first_level == 3.5
        everywhere = [reverse("reflection:progress"), reverse("evidence:profile"), "/"]
        everywhere += [reverse("evidence:why", args=[skill.pk])]
        read = [text(hers.get(one)) for one in everywhere]
        assert "standard has moved" in read[0]
        for one in read:
            assert "+1" not in one and "improve" not in one.lower()

    def test_only_what_one_works_on_can_be_checked(self, hers, amira):
        other = make.competency("C09")
        assert hers.get(reverse("reflection:look", args=[other.pk])).status_code == 404
        assert "Nothing in focus yet" in text(hers.get(reverse("reflection:progress")))


@pytest.mark.accepts("T10-02")
def test_lines_are_shared_by_ticking_them_and_the_coach_reads_just_those(hers, amira):
    kept = page(amira, text=f"{SECRET} one\n{SECRET} two")
    address = reverse("reflection:lines", args=[kept.pk])
    assert "Nobody to share with" in text(hers.get(address))
    carl = make.helper(amira, "carl", Relation.COACH)
    assert " checked" not in text(hers.get(address)).split("<main")[1]
    assert hers.post(address, {"lines": ["0"]}).status_code == 422
    hers.post(address, {"lines": ["1"], "readers": [str(carl.pk)]})
    helper = Browser()
    helper.force_login(carl)
    share = text(helper.get(reverse("people:shared")))
    item = re.search(r'href="(/people/shared/[^"]+)"', share)[1]
    read = text(helper.get(item))
    assert f"{SECRET} two" in read and f"{SECRET} one" not in read
    copy = Extract.objects.get()
    assert helper.post(reverse("reflection:delete-extract", args=[copy.pk])).status_code in {
        403,
        404,
    }
    hers.post(reverse("reflection:delete-extract", args=[copy.pk]))
    assert helper.get(item).status_code == 404


@pytest.mark.accepts("T10-01")
@pytest.mark.slow
def test_nobody_else_gets_a_word_of_the_journal_by_any_address_export_search_or_log(
    amira, hers, caplog
):
    """Every address of the product, as everybody near her, with the ids of her own pages."""
    rows = plant_everything(amira)
    JournalKey.objects.all().delete()  # the planted one is none
    kept = page(amira, text=f"{SECRET} {BESIDE}", words={"lesson": BESIDE})
    insight = actions.keep_insight(
        actor=amira.user, client=amira, text=f"{SECRET} {BESIDE}", today=TODAY, at=make.NOW
    )
    rows = {**rows, Entry: kept, Insight: insight}
    organisation = Organisation.objects.create(name="Org", kind="company", created_at=make.NOW)
    admin = make.user("admin", is_staff=True, is_superuser=True)
    Membership.objects.create(
        organisation=organisation, user=admin, role="admin", created_at=make.NOW,
        accepted_at=make.NOW,
    )  # fmt: skip
    others = [make.helper(amira, name, Relation(name)) for name in ("coach", "mentor", "sponsor")]
    for other in (*others, admin):
        theirs = Browser()
        theirs.force_login(other)
        for _name, path in addresses():
            address = filled(path, amira, rows, organisation)
            for answer in (theirs.get(address), theirs.get(address, {"q": SECRET})):
                if answer.streaming:
                    continue
                said = text(answer) if "text" in answer.get("Content-Type", "") else ""
                assert BESIDE not in said, address
    assert BESIDE not in caplog.text


def test_the_client_takes_every_word_along(hers, amira):
    page(amira)
    answer = hers.post(reverse("exchange:export"))

    body = b"".join(answer) if answer.streaming else answer.content
    files = zipfile.ZipFile(io.BytesIO(body))
    everything = "".join(files.read(name).decode() for name in files.namelist())
    assert SECRET in everything


def test_a_page_whose_key_is_gone_says_so_and_is_no_fault(hers, amira, settings):
    kept = page(amira)
    settings.JOURNAL_KEY = "another"
    assert "Nothing is lost" in text(hers.get(reverse("reflection:journal")))
    assert "Nothing is lost" in text(hers.get(reverse("reflection:entry", args=[kept.pk])))
    address = reverse("reflection:write", args=["free"])
    answer = hers.post(address, {"answer_0": "x", "written_on": "2026-01-05"})
    assert answer.status_code == 409
