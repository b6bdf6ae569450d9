"""The pseudo-language changes every word and no machinery."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachwork.kit.pseudo import MACHINERY, pseudo


@pytest.mark.parametrize(
    "text", ["%(count)s goals", "{name} shared a goal", "<strong>Now</strong> or &amp; then", "%d"]
)
def test_placeholders_tags_and_entities_stay(text):
    assert MACHINERY.findall(pseudo(text)) == MACHINERY.findall(text)


def test_words_are_accented_and_forty_per_cent_longer():
    said = pseudo("Choose a focus for this week")
    assert "Çhóóšé á" in said
    assert len(said) >= 1.4 * len("Choose a focus for this week")


@given(st.text(alphabet="abcdefghij XYZ.,!", min_size=1))
def test_every_text_is_recognisable_as_pseudo(text):
    assert pseudo(text) == text if not text.strip() else pseudo(text).startswith("⟦")
