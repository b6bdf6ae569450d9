"""Search in one's own record finds every text, and nobody else's."""

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.exchange import queries
from coachwork.people import access
from coachwork.people.models import Relation
from tests import builders as make
from tests.planting import MARK, plant_everything

pytestmark = pytest.mark.django_db


def found(owner, text):
    return queries.search_record(actor=owner.user, client=owner, text=text)


def test_every_table_with_a_persons_words_is_searched():
    amira = make.client()
    planted = plant_everything(amira)
    readable = queries.tables.readable_models()
    planted = {model: row for model, row in planted.items() if model in readable}
    places = {one.item for one in found(amira, MARK.upper())}
    silent = {"people.event", "people.shareevent"}  # they hold no words of a person
    missing = {
        model._meta.label_lower for model, row in planted.items() if row.pk not in places
    } - silent
    wordless = {name for name in missing if not queries.search._texts(_model(name))}
    assert missing == wordless


def _model(label):
    from django.apps import apps

    return apps.get_model(label)


def test_the_words_of_others_are_never_found():
    amira, eve = make.client(), make.client("eve")
    plant_everything(eve)
    assert found(amira, MARK) == []
    carl = make.helper(amira, "carl", Relation.COACH)
    with pytest.raises((access.NotVisible, PermissionDenied)):
        queries.search_record(actor=carl, client=amira, text=MARK)


@pytest.mark.parametrize(
    "text", ["", "   ", "%", "_", "'; DROP TABLE", "\x00", "x" * 50_000, "مرحبا", "🙂", '"AND"']
)
def test_odd_words_find_nothing_and_break_nothing(text):
    amira = make.client()
    plant_everything(amira)
    assert found(amira, text) == []


def test_one_search_is_one_question_to_the_database(django_assert_num_queries):
    amira = make.client()
    plant_everything(amira)
    with django_assert_num_queries(1):
        found(amira, MARK)


def test_the_words_around_are_shown():
    amira = make.client()
    plant_everything(amira)
    one = found(amira, "quartz")[0]
    assert (one.match, one.before.endswith("zebra-")) == ("quartz", True)
