"""Importers bring back what is in a file, and say what they left out."""

import zipfile
from decimal import Decimal

import pytest
from openpyxl import Workbook

from coachwork.frameworks.kinds import KINDS, onet_scales
from coachwork.frameworks.kinds.harvest import Wish
from coachwork.frameworks.kinds.report import REASONS, Report
from coachwork.kit.errors import Invalid
from coachwork.kit.tables import open_files
from tests.frameworks.conftest import SAMPLES


def read(kind, path, **wish):
    report = Report()
    with open_files(path) as files:
        return KINDS[kind].read(files, Wish(**wish), report), report


def as_zip(folder, place, prefix=""):
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"{prefix}{file.name}")
    return place


def as_spreadsheets(folder, place):
    """The same tables as the Excel edition has them: with a Title after the code."""
    place.mkdir()
    for file in folder.glob("*.txt"):
        if file.stem == "Read Me":
            (place / file.name).write_bytes(file.read_bytes())
            continue
        book = Workbook()
        for number, line in enumerate(file.read_text().splitlines()):
            cells = line.split("\t")
            if cells[0] in ("O*NET-SOC Code",) or cells[0][:3] == "99-":
                cells.insert(1, "Title" if number == 0 else "any")
                if file.stem == "Occupation Data":
                    cells.pop(1)
            book.active.append([_number(cell) for cell in cells])
        book.save(place / f"{file.stem}.xlsx")
    return place


def _number(cell):
    try:
        return float(cell)
    except ValueError:
        return cell


# ---- O*NET ------------------------------------------------------------------------------------


def test_onet_gives_occupations_titles_ratings_and_a_framework():
    harvest, report = read("onet", SAMPLES / "onet_29_3_text")
    found = harvest.catalogue
    assert (found.source, found.release) == ("onet", "29.3")
    kinds = [concept.kind for concept in found.concepts.values()]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "occupation": 6, "skill": 10, "knowledge": 4, "style": 1, "tool": 2,
    }  # fmt: skip
    names = {label.text for label in found.labels.values() if label.uri == "99-1011.00"}
    assert names == {
        "Lighthouse Keepers", "Light Warden", "Beacon Officer (BO)", "BO", "Keeper of the Light",
    }  # fmt: skip
    assert len(found.ratings) == 5 * 14 + 5
    assert report.skipped["dangling_title"] == 1
    assert report.skipped["dangling_relation"] == 1
    assert "modified" in found.attribution
    assert "29.3" in found.attribution


def test_onet_text_is_not_quoted():
    harvest, _report = read("onet", SAMPLES / "onet_29_3_text")
    text = harvest.catalogue.concepts["99-2021.00"].description
    assert text == 'Plan and build bridges, and say "no" to shaky ones.'


def test_recommend_suppress_and_not_relevant_are_kept():
    harvest, _report = read("onet", SAMPLES / "onet_29_3_text")
    ratings = harvest.catalogue.ratings
    assert ratings["99-1011.00", "2.A.1.b"].suppressed
    assert ratings["99-1012.00", "2.A.1.c"].not_relevant
    assert sum(one.suppressed for one in ratings.values()) == 2
    assert sum(one.not_relevant for one in ratings.values()) == 2


def test_the_layout_from_30_3_gives_the_same_elements():
    old, _report = read("onet", SAMPLES / "onet_29_3_text")
    new, report = read("onet", SAMPLES / "onet_30_3_text")
    assert new.catalogue.release == "30.3"
    assert [one.code for one in new.framework] == [one.code for one in old.framework]
    assert {"Light Warden", "BO"} <= {one.text for one in new.catalogue.labels.values()}
    assert "technology:lampscript" in new.catalogue.concepts
    # Work styles have scales of their own now, which are not ours.
    assert report.skipped["unknown_scale"] == 8


@pytest.mark.parametrize("prefix", ["", "db_29_3_text/"])
def test_a_zip_and_a_folder_give_the_same(tmp_path, prefix):
    folder = SAMPLES / "onet_29_3_text"
    there, _report = read("onet", folder)
    zipped, _report = read("onet", as_zip(folder, tmp_path / "z.zip", prefix))
    assert zipped == there


def test_the_spreadsheet_edition_gives_the_same(tmp_path):
    folder = SAMPLES / "onet_29_3_text"
    text, _report = read("onet", folder)
    sheets, _report = read("onet", as_spreadsheets(folder, tmp_path / "xlsx"))
    assert sheets.catalogue.concepts == text.catalogue.concepts
    assert sheets.catalogue.labels == text.catalogue.labels
    assert sheets.framework == text.framework
    for key, rating in text.catalogue.ratings.items():
        other = sheets.catalogue.ratings[key]
        assert Decimal(other.importance) == Decimal(rating.importance)
        assert other[4:] == rating[4:]


def test_tables_that_are_missing_are_told_and_the_rest_is_taken(tmp_path):
    for name in ("Occupation Data.txt", "Read Me.txt"):
        (tmp_path / name).write_bytes((SAMPLES / "onet_29_3_text" / name).read_bytes())
    harvest, report = read("onet", tmp_path)
    assert len(harvest.catalogue.concepts) == 6
    assert harvest.framework is None
    assert report.skipped["missing_table"] >= 6
    assert "Skills" in report.examples["missing_table"]
    assert "no roles can be made" in report.notes[0]


def test_without_occupations_or_a_release_it_is_not_onet(tmp_path):
    (tmp_path / "Skills.txt").write_text("a\tb\n")
    with pytest.raises(Invalid, match="release"):
        read("onet", tmp_path)
    (tmp_path / "Read Me.txt").write_text("O*NET 29.3 Database")
    with pytest.raises(Invalid, match=r"not the O\*NET database"):
        read("onet", tmp_path)


def test_ratings_that_are_no_numbers_are_left_out(tmp_path):
    for file in (SAMPLES / "onet_29_3_text").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    skills = tmp_path / "Skills.txt"
    lines = skills.read_text().splitlines()
    for number, value in ((1, "n/a"), (2, "9.50"), (3, "-1"), (4, "NaN")):
        cells = lines[number].split("\t")
        cells[4] = value
        lines[number] = "\t".join(cells)
    skills.write_text("\n".join(lines))
    _harvest, report = read("onet", tmp_path)
    assert report.skipped["not_a_number"] == 4


@pytest.mark.parametrize(
    ("source", "ours"),
    [("0", "1"), ("1.75", "2"), ("3.5", "3"), ("4.12", "3.5"), ("6", "4.5"), ("7", "4.5")],
)
def test_levels_are_mapped_openly_and_never_to_five(source, ours):
    assert onet_scales.target_level(Decimal(source)) == Decimal(ours)


@pytest.mark.parametrize(("source", "ours"), [("1", 1), ("2.99", 1), ("3", 2), ("4", 3), ("5", 3)])
def test_importance_is_mapped_to_three_steps(source, ours):
    assert onet_scales.target_importance(Decimal(source)) == ours


def test_anchors_keep_the_plain_meaning_and_add_the_nearest_example():
    plain = onet_scales.anchors({})
    assert set(plain) == {1, 2, 3, 4, 5}
    own = onet_scales.anchors({Decimal(2): "Read a form.", Decimal(6): "USB is understood"})
    assert own[2] == f"{plain[2]}. Such as: read a form."
    assert own[4].endswith("Such as: USB is understood.")
    assert own[1] == plain[1]


# ---- ESCO -------------------------------------------------------------------------------------


def test_esco_gives_concepts_names_and_relations():
    harvest, report = read("esco", SAMPLES / "esco_v1.1.1")
    found = harvest.catalogue
    assert (found.source, found.release, found.locale) == ("esco", "1.1.1", "en")
    kinds = [concept.kind for concept in found.concepts.values()]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "skill": 40, "knowledge": 10, "occupation": 5, "group": 3,
    }  # fmt: skip
    assert report.skipped["no_kind"] == 2
    assert found.complete == {"skill", "knowledge", "occupation", "group"}
    assert ("occupation", "essential") in found.related


def test_names_are_split_trimmed_and_kept_once():
    harvest, _report = read("esco", SAMPLES / "esco_v1.1.1")
    texts = {
        (label.kind, label.text)
        for label in harvest.catalogue.labels.values()
        if label.uri.endswith("occupation/0005")
    }
    assert texts == {
        ("preferred", "gardener"), ("other", "garden worker"), ("other", "grounds keeper"),
    }  # fmt: skip
    assert all(label.text == label.text.strip() for label in harvest.catalogue.labels.values())


@pytest.mark.parametrize("release", ["1.1.0", "1.1.1"])
def test_relations_are_found_with_and_without_a_language_in_their_name(release):
    harvest, _report = read("esco", SAMPLES / f"esco_v{release}")
    assert sum(row.kind == "essential" for row in harvest.catalogue.relations) > 20


def test_another_language_and_a_package_of_relations_alone(tmp_path):
    german, _report = read("esco", SAMPLES / "esco_v1.0.8_de", locale="de")
    assert german.catalogue.release == "1.0.8"
    assert "Laternen planen" in {label.text for label in german.catalogue.labels.values()}
    package = tmp_path / "ESCO dataset - v1.1.0 - classification -  - csv.zip"
    with zipfile.ZipFile(package, "w") as archive:
        for file in (SAMPLES / "esco_v1.1.0").glob("*Relation*"):
            archive.write(file, file.name)
    alone, _report = read("esco", package)
    assert alone.catalogue.release == "1.1.0"
    assert not alone.catalogue.concepts
    assert alone.catalogue.relations


def test_a_folder_that_is_no_esco_package_is_refused():
    with pytest.raises(Invalid, match="not an ESCO package"):
        read("esco", SAMPLES / "onet_29_3_text")
    with pytest.raises(Invalid, match="language “fr”"):
        read("esco", SAMPLES / "esco_v1.0.8_de", locale="fr")


# ---- the crosswalk ----------------------------------------------------------------------------


def test_the_crosswalk_gives_matches_and_tells_what_it_does_not_know():
    harvest, report = read("crosswalk", SAMPLES / "crosswalk.csv")
    kinds = [row.kind for row in harvest.catalogue.relations]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "exact_match": 4, "close_match": 2, "broad_match": 1,
    }  # fmt: skip
    assert report.skipped["unknown_match"] == 1


# ---- a table of one's own ---------------------------------------------------------------------


def test_a_table_gives_a_framework_with_roles():
    harvest, report = read("csv", SAMPLES / "framework.csv", name="Sailing")
    draft = harvest.framework
    assert (draft.name, draft.slug) == ("Sailing", "sailing")
    assert [one.code for one in draft] == ["S1", "S2", "S3"]
    reading = draft.competencies[0]
    assert [one.code for one in reading.behaviours] == ["S1.1", "S1.2"]
    assert [one.eligible_360 for one in reading.behaviours] == [True, False]
    assert sorted(reading.anchors) == [1, 2, 3, 4, 5]
    assert not draft.competencies[2].observable_by_others
    hand, skipper = draft.roles
    assert [(one.code, one.level, one.importance) for one in skipper.targets] == [
        ("S1", Decimal(4), 3), ("S2", Decimal("3.5"), 2), ("S3", Decimal(3), 1),
    ]  # fmt: skip
    assert hand.title == "Boat hand"
    assert report.read == 4


def table(tmp_path, *lines):
    path = tmp_path / "t.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (",No code,,", "Row 2, column “code”: is empty"),
        ("A 1,Blank in code,,", "column “code”: may not have blanks"),
        ("A1,,,", "column “competency”: is empty"),
        ("A1,=HYPERLINK(1),,", "column “name”: looks like a formula"),
        ("A1,@SUM(A1),,", "looks like a formula"),
        ("A1,+cmd|' /C calc'!A0,,", "looks like a formula"),
        (f"A1,{'x' * 201},,", "longer than 200 characters"),
        ("A1,Name,maybe,", "column “observable”: is neither yes nor no"),
        ("A1,Name,,7", "“7” is not a level from 1 to 5"),
        ("A1,Name,,5.5", "is above 5"),
        ("A1,Name,,high", "not a level"),
    ],
)
def test_a_problem_in_a_table_names_its_row_and_column(tmp_path, line, said):
    path = table(tmp_path, "code,competency,observable,role: Lead", line)
    with pytest.raises(Invalid) as refusal:
        read("csv", path)
    assert said in str(refusal.value)


def test_all_problems_of_a_table_are_told_at_once(tmp_path):
    path = table(tmp_path, "code,competency", ",one", "A1,", "=1,three")
    with pytest.raises(Invalid) as refusal:
        read("csv", path)
    assert [f"Row {row}" in str(refusal.value) for row in (2, 3, 4)] == [True] * 3


def test_words_that_only_begin_like_a_formula_are_text(tmp_path):
    path = table(
        tmp_path, "code,competency,description", "A1,Name,- says no kindly", "A2,+1 attitude,"
    )
    harvest, _report = read("csv", path)
    assert [one.description for one in harvest.framework] == ["- says no kindly", ""]


def test_anchors_come_for_all_levels_or_none(tmp_path):
    path = table(tmp_path, "code,competency,level 1,level 5", "A1,Name,rarely,always")
    with pytest.raises(Invalid, match="none for level 2, 3, 4"):
        read("csv", path)


def test_a_table_without_its_columns_or_rows_is_refused(tmp_path):
    with pytest.raises(Invalid, match="no column “competency”"):
        read("csv", table(tmp_path, "code,other", "A1,x"))
    with pytest.raises(Invalid, match="no competency"):
        read("csv", table(tmp_path, "code,competency", ",,"))


def test_every_reason_for_leaving_something_out_has_words():
    import re
    from pathlib import Path

    import coachwork.frameworks as room

    folder = Path(room.__file__).parent
    used = set()
    for file in folder.rglob("*.py"):
        used |= set(re.findall(r'\.skip\(\s*"(\w+)"', file.read_text()))
    assert used == set(REASONS)
