"""Tables from folders, zips and files: read by name, or refused in a sentence."""

import io
import zipfile
import zlib

import pytest
from openpyxl import Workbook

from coachwork.kit.errors import Invalid
from coachwork.kit.tables import open_files, table_of

CSV = "name,age\nAmira,41\nCarl,52\n"


def rows(path, **options):
    with open_files(path) as files:
        table = table_of(files.only(), **options)
        return table.header, [row for _line, row in table.rows]


def zipped(path, members, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        b"\xef\xbb\xbf" + CSV.encode(),
        CSV.encode("utf-16"),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode(),
        CSV.replace("\n", "\r\n").encode(),
    ],
    ids=["plain", "bom", "utf-16", "semicolons", "tabs", "windows"],
)
def test_text_is_read_however_it_was_saved(tmp_path, content):
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    assert rows(path) == (["name", "age"], [["Amira", "41"], ["Carl", "52"]])


def test_a_spreadsheet_gives_the_same_rows(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (
        ["name", "age", "sum"],
        ["Amira", 41, None],
        [None, 52, 93],
        [],
        ["Zoë", True, 1.5],
    ):
        sheet.append(row)
    book.create_sheet("second").append(["not this one"])
    book.save(tmp_path / "people.xlsx")
    header, found = rows(tmp_path / "people.xlsx")
    assert header == ["name", "age", "sum"]
    assert found == [["Amira", "41"], ["", "52", "93"], ["Zoë", "yes", "1.5"]]


def test_columns_are_found_by_name_and_short_rows_are_filled(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("B Column,a_column\n1\n2,3,4\n")
    with open_files(path) as files:
        table = table_of(files.only())
        places = table.column("A column"), table.column("missing", needed=False)
        assert [cells for _line, cells in table.cells(*places)] == [["", ""], ["3", ""]]
        with pytest.raises(Invalid, match="no column “missing”"):
            table.column("missing")


def test_lines_before_the_header_are_passed_over(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("About this file,,\n,,\ncode,match\nx,exact\n")
    assert rows(path, header_has="match") == (["code", "match"], [["x", "exact"]])


@pytest.mark.parametrize("prefix", ["", "db_29_3_text/"])
def test_a_table_is_found_within_a_zip_with_and_without_a_folder(tmp_path, prefix):
    path = zipped(tmp_path / "z.zip", {f"{prefix}Job Zones.txt": "a\tb\n1\t2\n", "x.pdf": "no"})
    with open_files(path) as files:
        assert [file.name for file in files] == ["Job Zones.txt"]
        assert files.named("job_zones") is files.found[0]
        assert list(table_of(files.found[0]).rows) == [(2, ["1", "2"])]


def test_a_zip_within_a_folder_counts_as_part_of_it(tmp_path):
    zipped(tmp_path / "z.zip", {"inner.csv": CSV})
    (tmp_path / "outer.csv").write_text(CSV)
    with open_files(tmp_path) as files:
        assert sorted(file.name for file in files) == ["inner.csv", "outer.csv"]


def test_two_tables_of_one_name_are_refused(tmp_path):
    zipped(tmp_path / "1.zip", {"skills_en.csv": CSV})
    zipped(tmp_path / "2.zip", {"skills_en.csv": CSV})
    with open_files(tmp_path) as files, pytest.raises(Invalid, match="2 files named"):
        files.named("skills_en")


def test_progress_only_goes_forward_and_ends_at_the_end(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("a,b\n" + "1,2\n" * 400_000)
    told = []
    with open_files(path) as files:
        files.progress = lambda done, total: told.append((done, total))
        assert sum(1 for _row in table_of(files.only()).rows) == 400_000
    assert len(told) > 3
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1] == path.stat().st_size


# ---- hostile and broken files -----------------------------------------------------------------


def refused(path, match, **options):
    with pytest.raises(Invalid, match=match):
        rows(path, **options)


def test_a_truncated_zip_is_refused(tmp_path):
    whole = zipped(tmp_path / "whole.zip", {"t.csv": CSV * 500}).read_bytes()
    for part in (0, 10, len(whole) // 2, len(whole) - 8):
        path = tmp_path / f"{part}.zip"
        path.write_bytes(whole[:part])
        refused(path, "zip file|incomplete")


def test_a_zip_with_a_damaged_member_is_refused(tmp_path):
    path = zipped(tmp_path / "z.zip", {"t.csv": CSV * 5000})
    content = bytearray(path.read_bytes())
    content[60:90] = bytes(30)
    path.write_bytes(content)
    refused(path, "damaged|cannot be read|not a table|not UTF-8")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = zipped(tmp_path / "z.zip", {"t.csv": b"a" * 300_000_000}, compresslevel=9)
    assert path.stat().st_size < 1_000_000
    refused(path, "far too large")


def test_a_zip_that_lies_about_its_size_gives_no_more_than_it_said(tmp_path):
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = packed.compress(b"a,b\n" * 20_000_000) + packed.flush()
    path = zipped(tmp_path / "z.zip", {"t.csv": CSV})
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        member = archive.infolist()[0]
        start = member.header_offset + 30 + len("t.csv")
        small = content[start : start + member.compress_size]
    path.write_bytes(content.replace(small, bomb[: len(small)]))
    refused(path, "damaged|zip file|cannot be read|no row|not UTF-8")


def test_a_zip_of_thousands_of_files_is_refused(tmp_path):
    refused(zipped(tmp_path / "z.zip", {f"{n}.csv": "" for n in range(2_100)}), "more than can be")


@pytest.mark.parametrize("name", ["../out.csv", "/etc/passwd.csv", "a/../../b.csv", "C:\\x.csv"])
def test_a_zip_that_names_a_place_outside_is_refused(tmp_path, name):
    refused(zipped(tmp_path / "z.zip", {name: CSV}), "outside of itself")


def test_a_link_out_of_a_folder_is_not_followed(tmp_path):
    (tmp_path / "secret.csv").write_text(CSV)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(Invalid, match="no csv"):
        open_files(folder)


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"PK\x03\x04" + bytes(60), "not a table of text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "not a table of text"),
        ("name,age\nJörg,41\n".encode("latin-1"), "not UTF-8"),
        (b"name,age\n" + b"x,1\n" * 9000 + "Jörg,1\n".encode("latin-1"), "not UTF-8"),
        (b'name,age\n"never closed,' + b"x" * 400_000, "quotation mark"),
        (b"", "no row with the names"),
        (b"\n\n\n", "no row with the names"),
        (b"a," * 1000 + b"\n", "more columns"),
    ],
)
def test_what_is_no_table_of_text_is_refused_in_a_sentence(tmp_path, content, match):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    refused(path, match)


def spreadsheet(path, sheet, shared="<sst/>", workbook=None):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return zipped(
        path,
        {
            "xl/workbook.xml": workbook
            or f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets>'
            '<sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": "<Relationships>"
            '<Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/sharedStrings.xml": shared,
            "xl/worksheets/sheet1.xml": sheet.replace("<worksheet>", f'<worksheet xmlns="{main}">'),
        },
    )


GOOD = '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row>%s</sheetData></worksheet>'  # noqa: E501


def test_a_formula_gives_the_value_that_was_worked_out(tmp_path):
    sheet = GOOD % '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c></row>'
    assert rows(spreadsheet(tmp_path / "t.xlsx", sheet)) == (["a"], [["2"]])


@pytest.mark.parametrize(
    ("sheet", "match"),
    [
        ('<!DOCTYPE x [<!ENTITY a "aaaa">]>' + GOOD % "", "does not belong"),
        ('<?xml version="1.0" encoding="UTF-16"?>' + GOOD % "", "does not belong"),
        (GOOD % '<row r="2"><c r="XFD2"><v>1</v></c></row>', "more columns"),
        (GOOD % '<row r="99999999"><c r="A99999999"><v>1</v></c></row>', "more rows"),
        (GOOD % '<row r="2"><c r="A2" t="s"><v>7</v></c></row>', "damaged inside"),
        (GOOD % '<row r="2"><c r="??"><v>7</v></c></row>', "damaged inside"),
        (GOOD[:60], "damaged inside"),
    ],
    ids=["entities", "encoding", "wide", "tall", "missing text", "strange cell", "cut off"],
)
def test_a_hostile_spreadsheet_is_refused(tmp_path, sheet, match):
    refused(spreadsheet(tmp_path / "t.xlsx", sheet), match)


def test_an_entity_bomb_in_the_shared_texts_is_refused(tmp_path):
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "'
        + "a" * 50
        + '">]><sst><si><t>&a;</t></si></sst>'
    )
    refused(spreadsheet(tmp_path / "t.xlsx", GOOD % "", shared=bomb), "does not belong")


def test_text_called_xlsx_is_refused(tmp_path):
    (tmp_path / "t.xlsx").write_text(CSV)
    refused(tmp_path / "t.xlsx", "not a spreadsheet")


def test_a_large_sheet_is_read_with_little_memory(tmp_path):
    import tracemalloc

    row = '<row r="%d"><c r="A%d"><v>1</v></c><c r="C%d"><v>2.5</v></c></row>'
    sheet = GOOD % "".join(row % (n, n, n) for n in range(2, 60_002))
    path = spreadsheet(tmp_path / "t.xlsx", sheet)
    tracemalloc.start()
    with open_files(path) as files:
        count = sum(1 for _row in table_of(files.only()).rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60_000
    assert peak < 30_000_000


def test_streams_from_memory_are_zips_too():
    holder = io.BytesIO()
    with zipfile.ZipFile(holder, "w") as archive:
        archive.writestr("a.csv", CSV)
    from pathlib import Path

    from coachwork.kit.tables.places import Files

    with Files(Path("memory")) as files:
        files.add_zip(holder, "memory")
        assert next(table_of(files.only()).rows) == (2, ["Amira", "41"])
