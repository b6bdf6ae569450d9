"""Markup from a pattern: what comes from people is escaped, what is markup stays."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from coachwork.kit.markup import filled, joined


@given(st.text(), st.one_of(st.integers(), st.booleans(), st.text()))
def test_it_gives_what_format_html_gives(words: str, more: object) -> None:
    pattern = '<p class="{}" title="{name}">{{}}</p>'
    assert filled(pattern, words, name=more) == format_html(pattern, words, name=more)


def test_markup_stays_and_everything_else_is_escaped() -> None:
    piece = SafeString("<b>4</b>")
    assert filled("<p>{}{}{}</p>", piece, "<i>", gettext_lazy("Q & A")) == (
        "<p><b>4</b>&lt;i&gt;Q &amp; A</p>"
    )
    assert filled("{}", Decimal("1.5")) == "1.5"


def test_the_result_and_what_is_joined_of_it_are_markup() -> None:
    assert isinstance(filled("<br>"), SafeString)
    both = joined([filled("<i>{}</i>", 1), filled("<b>{}</b>", "&")])
    assert isinstance(both, SafeString) and both == "<i>1</i><b>&amp;</b>"
