"""Words as a search sees them."""

import pytest

from coachwork.kit import folding


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Führung übernehmen", ["fuhrung", "ubernehmen"]),
        ("Straße", ["strasse"]),
        ("C++, C# and .NET", ["c++", "c#", "and", "net"]),
        ("  e-mail\tOK\x00 ", ["e", "mail", "ok"]),
        ("מנהל צוות", ["מנהל", "צוות"]),
        ("Việt Nam", ["viet", "nam"]),
        ("łódź", ["lodz"]),
        ("🙂 --- '\"", []),
        ("snake_case", ["snake", "case"]),
    ],
)
def test_words_lose_case_accents_and_punctuation(text, words):
    assert folding.words(text) == words


def test_a_very_long_text_costs_no_more_than_its_beginning():
    assert folding.words("lang " * 10_000) == ["lang"] * 80
    assert folding.words("é" * 50_000) == ["e" * 60]
