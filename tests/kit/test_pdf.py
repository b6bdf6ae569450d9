"""PDF files: accessible, the same each time, and what people write is only ever text."""

import io
import struct
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from coachwork.kit import pdf
from coachwork.kit.charts import DotRow, Mark, interval_dots
from coachwork.kit.pdf import letters, typesetting

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
TEMPLATE = "exchange/templates/exchange/plan.typ"
NOTE = "A box stands for a sign."


def made(title: str = "A plan", text: str = "Some words") -> bytes:
    values: dict[str, Any] = {
        "title": title,
        "subtitle": text,
        "lost_note": NOTE,
        "parts": [
            {"name": text, "entries": [{"title": text, "facts": [[text, text]]}]},
            {"name": "Rows", "table": {"header": ["A"], "rows": [[text]], "widths": [1]}},
        ],
    }
    return pdf.render(TEMPLATE, values, language="en-gb", at=AT)


def read(file: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(file))


def told(file: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(file).pages)


def test_a_file_says_its_language_its_title_and_that_it_is_tagged() -> None:
    file = read(made("Plan of Amira"))
    root = file.root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert file.metadata is not None
    assert file.metadata.title == "Plan of Amira"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def test_the_same_values_give_the_same_bytes() -> None:
    assert made() == made()
    assert made() != made("Another plan")


def test_no_font_but_ours_is_in_it() -> None:
    found = set()
    for page in read(made("日本", "→ ≥")).pages:
        fonts = page["/Resources"]["/Font"]
        found |= {fonts[name]["/BaseFont"].split("+")[-1] for name in fonts}
    assert found <= {"NotoSans-Regular", "NotoSans-Bold", "NotoSansMath-Regular"}


@pytest.mark.parametrize(
    "text",
    [
        '#read("/kit/pdf/house.typ")',
        "#panic(1)",
        "#sys.inputs.data",
        "$ 1/0 $ *bold* _low_ `raw` @ref <label>",
        '"); #eval("1") //',
        "\\u{41} \\n # [ ] { }",
        "= Heading\n- list",
        '{"title": "other"}',
    ],
)
def test_what_a_person_wrote_is_text_and_never_markup(text: str) -> None:
    found = told(made("A plan", text))
    for line in text.split("\n"):
        assert line.replace(" ", "") in found.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("日本語", "▯▯▯"),
        ("Done 👩🏽‍💻.", "Done ▯."),
        ("❤️ it", "▯ it"),
        ("مرحبا", "▯▯▯▯▯"),
        ("\u0000\u0007a\u200db\ufeff", "ab"),
    ],
)
def test_a_sign_without_a_shape_becomes_a_box_and_the_file_says_so(text: str, shown: str) -> None:
    found = told(made("A plan", text))
    assert shown in found
    assert (NOTE in found) == ("▯" in shown)


def test_common_scripts_and_signs_are_printed_as_they_are() -> None:
    text = "Łukasz Çelik Ýrsa Ωμέγα Привет Việt “–” → ≥ ½ €"
    found = told(made("A plan", text))
    assert "▯" not in found
    assert NOTE not in found
    assert "Привет" in found


def test_letters_are_put_together_before_they_are_looked_for() -> None:
    assert "Amélie" in told(made("A plan", "Ame\u0301lie"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_at_all_makes_a_file(text: str) -> None:
    assert made("A plan", text).startswith(b"%PDF")


def test_every_letter_that_we_count_as_printable_is(tmp_path: Path) -> None:
    """The standard refuses a letter without a shape, so this file could not be written."""
    known = letters.known_letters((typesetting.OUR_FONTS,))
    assert len(known) > 2000
    text = "".join(chr(code) for code in sorted(known) if chr(code).isprintable())
    assert made("A plan", text).startswith(b"%PDF")


def test_a_font_that_an_installation_adds_prints_more(settings: Any, tmp_path: Path) -> None:
    """Copied under another name with one letter more: the table of characters is what counts."""
    assert ord("日") not in letters.known_letters(typesetting.font_folders())
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    (tmp_path / "readme.txt").write_text("nothing", encoding="utf-8")
    settings.PDF_FONTS = [str(tmp_path), str(tmp_path / "missing")]
    assert typesetting.font_folders() == (typesetting.OUR_FONTS, tmp_path)
    assert letters.known_letters((tmp_path,)) == frozenset()
    assert "Some words" in told(made())


def test_both_forms_of_a_table_of_characters_are_read() -> None:
    groups = struct.pack(">HHIII", 12, 0, 28, 0, 1) + struct.pack(">III", 0x1F600, 0x1F602, 5)
    table = struct.pack(">HHHHI", 0, 1, 3, 10, 12) + groups
    font = struct.pack(">IHHHH", 0x00010000, 1, 0, 0, 0) + struct.pack(
        ">4sIII", b"cmap", 0, 28, len(table)
    )
    assert letters.letters_of(font + table) == {0x1F600, 0x1F601, 0x1F602}


def test_a_drawing_stands_in_the_file_with_its_sentence_as_its_description() -> None:
    rows = [DotRow("Listening", (Mark("self", "Own view", 3), Mark("peers", "Peers", 4, 3.5, 4.5)))]
    drawn = pdf.on_paper(interval_dots(rows, title="Views"))
    assert 'width="520"' in str(drawn["svg"])
    assert "100%" not in str(drawn["svg"]).split(">")[1]
    assert drawn["header"] == ["Competency", "Own view", "Peers", "Target"]
    assert drawn["rows"] == [["Listening", "3, Dependable", "4, Strong (between 3½ and 4½)", "–"]]
    empty = pdf.on_paper(interval_dots([], title="Views"))
    assert empty["svg"] == ""
