"""The journal: kept under a key of one's own, rewritten without loss, and nobody else's."""

from datetime import timedelta
from decimal import Decimal

import pytest

from coachwork.evidence import actions as evidence
from coachwork.evidence.models import Evidence
from coachwork.kit import sealing
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people.access import Thing
from coachwork.people.models import Event, Relation, Relationship, Share
from coachwork.reflection import actions, queries
from coachwork.reflection.models import Entry, Extract, JournalKey, SelfCheck
from tests import builders as make
from tests.planting import rows_with
from tests.reflection.stage import SECRET, TODAY, page, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def amira():
    return make.client()


class TestKeeping:
    def test_what_is_written_stands_nowhere_in_the_database_in_the_clear(self, amira):
        kept = page(amira, words={"lesson": f"{SECRET} lesson", "next_move": f"{SECRET} move"})
        actions.keep_insight(actor=amira.user, client=amira, text=SECRET, today=TODAY, at=make.NOW)
        assert words_of(amira, kept)["lesson"] == f"{SECRET} lesson"
        assert rows_with(SECRET) == []

    def test_each_person_has_a_key_of_their_own(self, amira):
        ben = make.client("ben")
        mine, his = page(amira), page(ben)
        assert JournalKey.objects.count() == 2
        Entry.objects.filter(pk=his.pk).update(sealed=mine.sealed)
        assert words_of(ben, his) is None

    def test_another_key_of_the_installation_opens_nothing_and_overwrites_nothing(
        self, amira, settings
    ):
        kept = page(amira)
        settings.JOURNAL_KEY = "another"
        assert words_of(amira, kept) is None
        with pytest.raises(Refused, match="key of your journal"):
            page(amira, text="new")
        settings.JOURNAL_KEY = "another still"
        with pytest.raises(sealing.Unreadable):
            queries.key(actor=amira.user, client=amira)

    def test_a_new_password_keeps_the_journal(self, amira):
        kept = page(amira)
        amira.user.set_password("something-else-entirely")
        amira.user.save()
        assert SECRET in str(words_of(amira, kept))

    def test_with_the_record_the_key_goes(self, amira):
        page(amira)
        amira.delete()
        assert JournalKey.objects.count() == Entry.objects.count() == 0

    @pytest.mark.accepts("T10-03")
    def test_a_page_without_a_lesson_is_kept(self, amira):
        assert "lesson" not in words_of(amira, page(amira))

    @pytest.mark.parametrize(
        ("kind", "words", "more", "field"),
        [
            ("after_event", {"answers": [("Q", "  ")]}, {}, "answers"),
            ("after_event", {"answers": [("Q", "a\x00b")]}, {}, "answers"),
            ("after_event", {"answers": [("Q", "a" * 50_001)]}, {}, "answers"),
            ("after_event", {"lesson": "a" * 2_001}, {}, "lesson"),
            ("poem", {"answers": [("Q", "a")]}, {}, "kind"),
            ("free", {"answers": [("Q", "a")]}, {"written_on": TODAY + timedelta(3)}, "written_on"),
            ("letter", {"answers": [("Q", "a")]}, {}, "returns_on"),
            ("letter", {"answers": [("Q", "a")]}, {"returns_on": TODAY}, "returns_on"),
            ("decision", {"answers": [("Q", "a")]}, {}, "choice"),
        ],
    )
    def test_what_cannot_be_kept_says_why(self, amira, kind, words, more, field):
        given = {"written_on": TODAY, **more}
        with pytest.raises(Invalid) as refusal:
            actions.keep_entry(
                actor=amira.user, client=amira, kind=kind, words=words, at=make.NOW, **given
            )
        assert field in refusal.value.fields
        assert Entry.objects.count() == 0

    def test_a_page_may_be_about_a_day_long_ago(self, amira):
        assert page(amira, written_on=TODAY - timedelta(days=400)).pk


class TestRewriting:
    def test_two_devices_never_overwrite_each_other_in_silence(self, amira):
        kept = page(amira)
        for text in ("from the phone", "from the laptop"):
            change = {"answers": [("What happened?", text)]}
            if text == "from the phone":
                actions.rewrite_entry(
                    actor=amira.user, entry=kept, version=1, words=change, at=make.NOW
                )
                continue
            with pytest.raises(actions.Elsewhere):
                actions.rewrite_entry(
                    actor=amira.user, entry=kept, version=1, words=change, at=make.NOW
                )
        assert "from the phone" in str(words_of(amira, kept))

    @pytest.mark.accepts("T10-09")
    def test_of_a_deleted_page_remains_that_there_was_one(self, amira):
        kept = page(amira)
        key = kept.pk
        actions.delete_entry(actor=amira.user, entry=kept, at=make.NOW)
        assert Entry.objects.count() == 0 and rows_with(SECRET) == []
        gone = Event.objects.get(kind="entry.deleted")
        assert gone.item == key and gone.visibility == "V0"


class TestOthers:
    @pytest.mark.parametrize("relation", ["coach", "mentor", "partner", "manager", "sponsor"])
    def test_nobody_reads_writes_or_deletes_a_page(self, amira, relation):
        kept = page(amira)
        other = make.helper(amira, relation, Relation(relation))
        with pytest.raises(Entry.DoesNotExist):
            queries.entry(actor=other, entry_id=kept.pk)
        for refused in (
            lambda: queries.words(actor=other, client=amira, rows=[kept]),
            lambda: queries.key(actor=other, client=amira),
            lambda: actions.delete_entry(actor=other, entry=kept, at=make.NOW),
            lambda: people.share(
                actor=amira.user, thing=Thing.ENTRIES, row=kept, reader=other, at=make.NOW
            ),
        ):
            with pytest.raises((access.NotVisible, Refused)):
                refused()

    @pytest.mark.accepts("T10-02")
    def test_an_extract_holds_exactly_the_lines_and_no_later_change(self, amira):
        carl = make.helper(amira, "carl", Relation.COACH)
        kept = page(amira, text="First line.\nSecond line.\n\nThird line.")
        made = actions.copy_lines(
            actor=amira.user, entry=kept, chosen=[0, 2], readers=[carl], at=make.NOW
        )
        change = {"answers": [("What happened?", "All different.")]}
        actions.rewrite_entry(actor=amira.user, entry=kept, version=1, words=change, at=make.NOW)
        actions.delete_entry(actor=amira.user, entry=kept, at=make.NOW)
        seen = queries.extract(actor=carl, extract_id=made.pk)
        assert seen.text == "First line.\n\nThird line."
        actions.delete_extract(actor=amira.user, extract=made, at=make.NOW)
        assert Extract.objects.count() == 0
        assert not Share.objects.filter(revoked_at__isnull=True).exists()

    @pytest.mark.parametrize(("chosen", "field"), [([], "lines"), ([9], "lines"), ([0], "readers")])
    def test_nothing_is_shared_without_a_line_and_a_reader(self, amira, chosen, field):
        with pytest.raises(Invalid) as refusal:
            actions.copy_lines(
                actor=amira.user, entry=page(amira), chosen=chosen, readers=[], at=make.NOW
            )
        assert field in refusal.value.fields

    @pytest.mark.accepts("T10-13")
    def test_when_the_coach_has_gone_the_client_keeps_all_and_the_coach_nothing(self, amira):
        carl = make.helper(amira, "carl", Relation.COACH)
        kept = page(amira)
        made = actions.copy_lines(
            actor=amira.user, entry=kept, chosen=[0], readers=[carl], at=make.NOW
        )
        bond = Relationship.objects.get(client=amira, user=carl)
        people.end_relationship(actor=amira.user, relationship=bond, at=make.NOW)
        with pytest.raises(Extract.DoesNotExist):
            queries.extract(actor=carl, extract_id=made.pk)
        change = {"answers": [("What happened?", "Later.")]}
        actions.rewrite_entry(actor=amira.user, entry=kept, version=1, words=change, at=make.NOW)
        assert page(amira).pk
        assert queries.extracts(actor=amira.user, client=amira) == [made]


class TestChecking:
    def check(self, amira, skill, **said):
        return actions.check_progress(
            actor=amira.user, client=amira, competency=skill, today=TODAY, at=make.NOW, **said
        )

    def rated(self, amira, skill, level):
        evidence.record(
            actor=amira.user, client=amira, competency=skill, source="self", level=level,
            occasion_on=TODAY - timedelta(days=90), provenance="x",
            at=make.NOW - timedelta(days=90),
        )  # fmt: skip

    @pytest.mark.accepts("T10-05")
    def test_a_standard_that_moved_is_said_and_no_improvement_is_claimed(self, amira):
        skill = make.competency()
        self.rated(amira, skill, 3.5)
        made = self.check(amira, skill, level="3.5", then_level="2.5")
        text = " ".join(queries.standard_moved(actor=amira.user, check=made))
        assert "standard has moved" in text
        assert "+1" not in text and "improve" not in text
        own = Evidence.objects.filter(source="self").values_list("level", flat=True)
        assert sorted(own) == [Decimal("3.5"), Decimal("3.5")]  # the look back is no evidence

    def test_the_first_look_has_nothing_to_compare(self, amira):
        made = self.check(amira, make.competency(), level="3")
        assert made.first_level is None
        assert "first time" in queries.standard_moved(actor=amira.user, check=made)[0]

    @pytest.mark.parametrize("level", ["", "6", "2.3", "x"])
    def test_a_level_that_is_none_is_refused(self, amira, level):
        with pytest.raises(Invalid):
            self.check(amira, make.competency(), level=level)
        assert SelfCheck.objects.count() == Evidence.objects.count() == 0
