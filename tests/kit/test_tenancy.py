"""Rows of one tenant: what is asked for through a relation carries the tenant's key."""

import pytest
from django.db import connection
from django.db.models import Prefetch
from django.test.utils import CaptureQueriesContext

from coachwork.evidence.models import Evidence, Source
from tests import builders as make
from tests.evidence.builders import said


@pytest.fixture
def pair(db):
    """A row and the row that corrects it, as the database has them."""
    amira = make.client()
    first = said(amira, make.competency(), "self", 3)
    second = Evidence.objects.create(
        **make.about(amira),
        competency=first.competency,
        source=Source.SELF,
        occasion_on=first.occasion_on,
        provenance="test:second",
        corrects=first,
    )
    return Evidence.objects.get(pk=first.pk), Evidence.objects.get(pk=second.pk)


def where(asked: CaptureQueriesContext) -> str:
    [one] = asked.captured_queries[-1:]
    return str(one["sql"].split("WHERE")[1])


def test_rows_that_point_here_are_asked_for_with_the_key(pair):
    first, second = pair
    with CaptureQueriesContext(connection) as asked:
        assert list(first.corrected_by.all()) == [second]
    assert '"client_id" =' in where(asked)


@pytest.mark.parametrize("rows", [None, Evidence.objects.order_by("pk")], ids=["plain", "chosen"])
def test_rows_loaded_ahead_are_asked_for_with_the_key(pair, rows):
    first, second = pair
    ahead = Prefetch("corrected_by") if rows is None else Prefetch("corrected_by", queryset=rows)
    with CaptureQueriesContext(connection) as asked:
        [found] = Evidence.objects.filter(pk=first.pk).prefetch_related(ahead)
        assert list(found.corrected_by.all()) == [second]
    assert '"client_id" IN' in where(asked)


def test_the_row_pointed_at_is_asked_for_with_the_key(pair):
    first, second = pair
    with CaptureQueriesContext(connection) as asked:
        assert second.corrects == first
    assert '"client_id" =' in where(asked)


def test_the_word_for_a_choice_is_in_the_language_of_the_reader_and_unknown_values_stay(pair):
    first, _second = pair
    assert first.get_source_display() == str(Source.SELF.label)
    first.source = "elsewhere"
    assert first.get_source_display() == "elsewhere"
