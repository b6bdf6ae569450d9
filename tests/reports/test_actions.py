"""A report becomes a file of twelve pages at most, for those who may read it."""

import pytest

from coachwork.assessment import queries
from coachwork.kit import pdf
from coachwork.people.access import NotVisible
from coachwork.people.models import Relation
from coachwork.reports.actions import MOST_PAGES, TEMPLATE, export_report
from coachwork.reports.views import round_words
from tests import builders as make
from tests.reports.stage import lived, reader, told

pytestmark = pytest.mark.django_db


def crowded(one, *, letters, number):
    """The same report with as many long answers in words as a file might meet."""
    found = queries.report(actor=one.actor, asked_in=one.row)
    words = ("Something that somebody wrote about work. " * (letters // 40 + 1))[:letters]
    codes = ("helps", "difference", "best", "else")
    found.row.shown = {**found.row.shown, "comments": dict.fromkeys(codes, [words] * number)}
    return found


@pytest.mark.parametrize(("letters", "number"), [(40, 3), (2000, 12), (2000, 60), (2000, 300)])
def test_a_report_never_has_more_than_twelve_pages_and_says_what_it_left_out(
    today, letters, number
):
    one = lived(today, leads=True, peer=4, report=4)
    one.answered("peer", 4, 4, 5, 4).answered("report", 3, 4, 3, 4).released(at=today)
    found = crowded(one, letters=letters, number=number)
    editions = list(round_words.editions(found, importance={}, own=True))
    file = export_report(actor=one.actor, report=found, editions=editions, language="en", at=today)
    assert len(reader(file).pages) == pdf.pages(file) <= MOST_PAGES
    whole = pdf.render(TEMPLATE, editions[0], language="en", at=today)
    cut = "They stand in full on the page of the report" in told(file)
    assert cut == (pdf.pages(whole) > MOST_PAGES and letters * number > 1000)


def test_nobody_who_may_not_read_the_report_makes_a_file_of_it(today):
    one = lived(today, peer=4)
    one.answered("peer", 4, 4, 5, 4).released(at=today)
    found = queries.report(actor=one.actor, asked_in=one.row)
    sina = make.helper(one.client, "sina", Relation.SPONSOR)
    for person in (sina, make.user("nobody")):
        with pytest.raises(NotVisible):
            export_report(actor=person, report=found, editions=[], language="en", at=today)
