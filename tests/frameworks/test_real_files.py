"""The real files, where they lie beside the source: every row is accounted for."""

import csv
import io
import shutil
import zipfile

import pytest

from coachwork.frameworks import actions, queries
from coachwork.frameworks.models import (
    Competency,
    Concept,
    ConceptRelation,
    Framework,
    Label,
    Rating,
)
from coachwork.kit.tables import open_files, table_of
from tests import builders as make
from tests.frameworks.conftest import real

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def package(release, language):
    return real("esco", f"ESCO dataset - v{release} - classification - {language} - csv.zip")


def both(tmp_path, release):
    """The two packages of a release in one folder."""
    folder = tmp_path / f"esco v{release}"
    folder.mkdir()
    for language in ("en", ""):
        shutil.copy(package(release, language), folder)
    return folder


def kinds(source, **where):
    rows = Concept.objects.filter(source=source, **where).values_list("kind", flat=True)
    return {kind: list(rows).count(kind) for kind in set(rows)}


def in_zip(path, name):
    with zipfile.ZipFile(path) as archive, archive.open(name) as raw:
        yield from csv.DictReader(io.TextIOWrapper(raw, encoding="utf-8-sig"))


def test_esco_1_1_1_comes_in_whole_and_tells_what_dangles(bring, tmp_path):
    folder = both(tmp_path, "1.1.1")
    report = bring("esco", folder)
    found = kinds("esco")
    assert found["skill"] + found["knowledge"] == 13_896
    assert found["knowledge"] == 3_059
    assert found["occupation"] == 3_007
    assert found["group"] == 640 + 619
    assert report.skipped["no_kind"] == 6
    # 67 of an occupation that was removed, 7 and 1 of broader rows.
    assert report.skipped["dangling_relation"] == 67 + 7 + 1
    rows = ConceptRelation.objects.filter(origin__kind="occupation")
    assert rows.filter(kind__in=("essential", "optional")).count() == 123_855 - 67
    names = Label.objects.filter(concept__kind__in=("skill", "knowledge"))
    assert names.count() == len(_names(package("1.1.1", "en"), "skills_en.csv"))
    parents = ConceptRelation.objects.filter(kind="broader", origin__kind="skill")
    assert parents.count() > parents.values("origin").distinct().count()
    assert bring("esco", folder).nothing_new
    actor = make.user("amira")
    for typed in ("projct management", "buisness analist", "manage projekt"):
        assert queries.search(actor=actor, text=typed), typed


def _names(path, table):
    """Every name of every concept, counted once where it comes twice."""
    return {
        (row["conceptUri"], " ".join(text.split()))
        for row in in_zip(path, table)
        for cell in (row["preferredLabel"], row["altLabels"], row["hiddenLabels"])
        for text in cell.splitlines()
        if text.strip()
    }


@pytest.mark.once
def test_esco_upgrades_from_1_1_0_to_1_1_1(bring, tmp_path):
    bring("esco", both(tmp_path, "1.1.0"))
    before = set(Concept.objects.filter(kind="occupation").values_list("uri", flat=True))
    report = bring("esco", both(tmp_path, "1.1.1"))
    skills = Concept.objects.filter(kind__in=("skill", "knowledge"))
    assert skills.filter(deprecated=False).count() == 13_896
    gone = Concept.objects.get(kind="occupation", deprecated=True)
    assert gone.uri in before
    assert gone.labels.exists()
    new = {row["conceptUri"] for row in in_zip(package("1.1.1", "en"), "skills_en.csv")}
    old = {row["conceptUri"] for row in in_zip(package("1.1.0", "en"), "skills_en.csv")}
    assert len(new - old) == 5
    assert report.added["concepts"] >= 5
    for row in in_zip(package("1.1.1", "en"), "skills_en.csv"):
        if row["conceptUri"] in new - old:
            assert skills.get(uri=row["conceptUri"]).name == " ".join(row["preferredLabel"].split())
    assert report.changed["left the catalogue"] >= 1


@pytest.mark.once
def test_onet_29_3_spreadsheets_come_in_whole(bring):
    path = real("onet", "db_29_3_excel.zip")
    report = bring("onet", path)
    assert kinds("onet")["occupation"] == 1_016
    assert kinds("onet")["skill"] == 35
    assert kinds("onet")["knowledge"] == 33
    skills = Rating.objects.filter(element__kind="skill")
    assert skills.count() == 61_530 // 2
    assert skills.values("occupation").distinct().count() == 879
    suppressed, irrelevant = _flags(path, "Skills")
    assert suppressed["rows"] == 124
    assert irrelevant["rows"] == 3_302
    assert skills.filter(suppressed=True).count() == len(suppressed["pairs"])
    assert skills.filter(not_relevant=True).count() == len(irrelevant["pairs"])
    assert report.skipped["missing_table"] == 2
    assert "Abilities" in report.examples["missing_table"]
    assert report.skipped["dangling_rating"] == report.skipped["dangling_title"] == 0
    framework = Framework.objects.get(slug="onet")
    assert framework.edition == "29.3"
    assert Competency.objects.filter(framework=framework).count() == 68
    before = Rating.objects.count(), Label.objects.count()
    assert bring("onet", path).nothing_new
    assert (Rating.objects.count(), Label.objects.count()) == before
    _every_rated_occupation_makes_a_role(make.user("amira"))


def _flags(path, name):
    found = [{"rows": 0, "pairs": set()} for _flag in range(2)]
    with open_files(path) as files:
        table = table_of(files.named(name))
        columns = ("O*NET-SOC Code", "Element ID", "Recommend Suppress", "Not Relevant")
        for _line, cells in table.cells(*(table.column(one) for one in columns)):
            for place, flag in enumerate(cells[2:]):
                if flag == "Y":
                    found[place]["rows"] += 1
                    found[place]["pairs"].add(tuple(cells[:2]))
    return found


def _every_rated_occupation_makes_a_role(actor):
    rated = Concept.objects.filter(kind="occupation", ratings__element__kind="skill").distinct()
    assert rated.count() == 879
    for occupation in rated.order_by("uri")[::40]:
        role = actions.adopt_occupation(actor=actor, concept=occupation, at=make.NOW)
        targets = list(role.targets.all())
        assert 8 <= len(targets) <= 12, occupation
        assert all(1 <= target.level <= 4.5 for target in targets)


def test_onet_29_0_text_comes_in_without_the_tables_that_it_lacks(bring):
    report = bring("onet", real("onet", "db_29_0_text.zip"))
    assert kinds("onet")["occupation"] == 1_016
    assert Label.objects.filter(kind="other").count() > 50_000
    assert not Framework.objects.filter(slug="onet").exists()
    assert {"Skills", "Knowledge"} <= set(report.examples["missing_table"])


def test_the_official_crosswalk_joins_both_catalogues(bring, tmp_path):
    bring("onet", real("onet", "db_29_0_text.zip"))
    bring("esco", both(tmp_path, "1.1.1"))
    report = bring("crosswalk", real("esco", "crosswalk_esco_onet.csv"))
    assert report.read == 4_253
    assert report.added["relations"] == 4_253
    matches = ConceptRelation.objects.filter(origin__source="onet", target__source="esco")
    assert matches.values("origin").distinct().count() == 940
    assert matches.filter(kind="exact_match").count() == 498 + 43
