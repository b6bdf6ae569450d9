"""Search finds things by any name, forgives slips, and shows nobody what is not theirs."""

import pytest

from coachwork.frameworks import actions, queries
from coachwork.frameworks.models import Entry, Framework
from coachwork.frameworks.queries import vocabulary
from coachwork.people.models import Membership, MembershipRole, Organisation
from tests import builders as make
from tests import counting

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(catalogues, operator):
    actions.load_content(at=make.NOW)

    def find(text, **options):
        options.setdefault("actor", operator)
        return [hit.name for hit in queries.search(text=text, **options)]

    return find


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("lighthouse keeper", "lighthouse keeper"),
        ("light keeper", "lighthouse keeper"),
        ("Lighthouse Keepers", "Lighthouse Keepers"),
        ("keeper lighthouse", "lighthouse keeper"),
        ("lighth", "lighthouse keeper"),
        ("LIGHTHOUSE", "lighthouse keeper"),
        ("lighthuose keeper", "lighthouse keeper"),
        ("ligthouse", "lighthouse keeper"),
        ("lihgt keper", "lighthouse keeper"),
        ("Beacon Officer", "Lighthouse Keepers"),
        ("archcad++", "ArchCAD++"),
        ("clok repair", "repair clocks"),
        ("one room teacher", "village teacher"),
        ("list", "Listening to understand"),
        ("listenning", "Listening to understand"),
        ("project lead", "Project lead"),
        ("bridge engineer please", "bridge engineer"),
    ],
)
def test_the_thing_is_among_the_first_ten(find, text, name):
    assert name in find(text)


def test_just_what_was_typed_comes_first(find):
    assert find("bridge engineer")[0] == "bridge engineer"
    assert find("Bridge Builders")[0] == "Bridge Builders"


def test_a_hit_says_by_which_other_name_it_was_found(find, operator):
    (hit,) = queries.search(actor=operator, text="keeper of a lighthouse")
    assert (hit.kind, hit.name) == ("occupation", "lighthouse keeper")
    assert hit.also_known_as == "keeper of a lighthouse"
    assert hit.source == "ESCO"
    shown = queries.search(actor=operator, text="lighthouse keeper")[0]
    assert shown.also_known_as == ""


def test_each_thing_comes_once_however_many_of_its_names_fit(find, operator):
    hits = queries.search(actor=operator, text="li", limit=50)
    keys = [(hit.kind, hit.key) for hit in hits]
    assert len(keys) == len(set(keys)) > 3


def test_kinds_and_limit_are_kept(find, operator):
    for kind in ("occupation", "skill", "competency", "role", "tool"):
        hits = queries.search(actor=operator, text="le", kinds=[kind], limit=3)
        assert {hit.kind for hit in hits} <= {kind}
        assert len(hits) <= 3
    assert find("bridge", kinds=[]) == []
    assert find("bridge", kinds=["secrets"]) == []


def test_accents_do_not_matter_and_the_readers_language_is_shown(find, bring, operator):
    bring("esco", "esco_v1.0.8_de", locale="de")
    assert find("brucken planen")[0] == "plan bridges"
    assert find("Brücken planen", locale="de")[0] == "Brücken planen"


def test_a_translated_competency_is_found_in_both_languages(find):
    assert find("Zuhören", locale="de") == find("Listening to understand", locale="de")[:1]


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\x00", "a", "*", '"', "'", '""" OR *', "AND OR NOT NEAR", "words:x", "-lamp",
        "lamp*", "^lamp", "(lamp", "{lamp}", "lamp & | ! <-> :*", "'; DROP TABLE people_user; --",
        "%", "_", "\\", "🙂", "מגדלור", "ألم", "灯台", "\u202eretpmal", "x" * 50_000,
        "lamp " * 10_000, "<script>alert(1)</script>", "#occupation", "#", "++", "1", "é" * 50_000,
    ],
)  # fmt: skip
def test_nothing_that_can_be_typed_breaks_the_search(find, text):
    assert isinstance(find(text), list)


def test_signs_of_the_query_language_are_only_signs(find):
    assert find('"lighthouse" OR* keeper:') == find("lighthouse or keeper")
    assert find("#occupation") == find("occupation")


def test_a_word_too_many_still_finds_the_rest(find):
    assert "bridge engineer" in find("bridge engineer xylophone")


def test_a_draft_is_found_by_nobody_and_a_published_one_only_by_its_organisation(find, operator):
    organisation = Organisation.objects.create(name="Boats", kind="company", created_at=make.NOW)
    insider, outsider = make.user("ines"), make.user("otto")
    Membership.objects.create(
        organisation=organisation, user=insider, role=MembershipRole.AUTHOR,
        created_at=make.NOW, accepted_at=make.NOW,
    )  # fmt: skip
    framework = actions.draft_framework(
        actor=insider, organisation=organisation, name="Sailing", at=make.NOW
    )
    make.competency("S1", within=framework, name="Reading the swell")
    assert "Reading the swell" not in find("swell", actor=insider)
    actions.publish(actor=insider, framework=framework, at=make.NOW)
    assert find("swell", actor=insider) == ["Reading the swell"]
    assert find("swel", actor=outsider) == []
    assert "Reading the swell" not in find("swell", actor=operator)
    actions.retire(actor=insider, framework=framework, at=make.NOW)
    assert "Reading the swell" not in find("swell", actor=insider)


def test_what_left_the_catalogue_comes_last(find, operator):
    from coachwork.frameworks.actions import indexing
    from coachwork.frameworks.models import Concept

    Concept.objects.filter(name="paint lanterns").update(deprecated=True)
    indexing.index_catalogue("esco")
    hits = queries.search(actor=operator, text="paint")
    assert hits[-1].name == "paint lanterns"
    assert hits[-1].deprecated


def test_the_vocabulary_follows_the_index(find, operator):
    assert find("zeppelinn") == []
    framework = Framework.objects.create(slug="air", name="Air", created_at=make.NOW)
    make.competency("Z1", within=framework, name="Steering zeppelins")
    actions.publish(actor=operator, framework=framework, at=make.NOW)
    assert find("zepelins") == ["Steering zeppelins"]
    actions.retire(actor=operator, framework=framework, at=make.NOW)
    assert not vocabulary.current().begins("zeppelin")


def test_a_short_word_is_not_corrected_into_anything(find):
    known = vocabulary.current()
    assert known.near("xq") == []
    assert known.near("zqxwv") == []


def test_the_index_and_the_vocabulary_are_counted_right(find):
    from collections import Counter

    from coachwork.frameworks.models import Word

    counted = Counter()
    for words in Entry.objects.values_list("words", flat=True):
        counted.update(set(words.split(" ")[1:]))
    assert dict(Word.objects.values_list("word", "names")) == dict(counted)


def test_a_search_asks_little_of_the_database(find, operator):
    with counting.at_most(5):
        queries.search(actor=operator, text="light", limit=50)
    with counting.at_most(10):
        queries.search(actor=operator, text="lihgthouze", limit=50)
