"""Imports write all of a file or nothing, the same only once, and keep what people point to."""

import shutil

import pytest
from django.core.exceptions import PermissionDenied

from coachwork.frameworks import actions
from coachwork.frameworks.models import (
    Catalogue,
    Competency,
    Concept,
    ConceptRelation,
    Entry,
    Framework,
    ImportRun,
    Index,
    Label,
    Rating,
    RoleProfile,
    Word,
)
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.access import NotVisible
from coachwork.people.models import Membership, MembershipRole, Organisation
from tests import builders as make
from tests.frameworks.conftest import SAMPLES

pytestmark = pytest.mark.django_db
TABLES = (
    Catalogue, Competency, Concept, ConceptRelation, Entry, Framework, Label, Rating, RoleProfile,
    Word,
)  # fmt: skip


def everything():
    """Every row, with whatever is in it, but for the edition of the index."""
    return {model.__name__: sorted(map(str, model.objects.values_list())) for model in TABLES}


def test_onet_lands_in_the_catalogue_and_as_a_published_framework(bring):
    report = bring("onet", "onet_29_3_text")
    assert Concept.objects.filter(source="onet", kind="occupation").count() == 6
    assert Rating.objects.filter(suppressed=True).count() == 2
    framework = Framework.objects.get(slug="onet")
    assert (framework.version, framework.edition) == (2903, "29.3")
    assert framework.status == Framework.Status.PUBLISHED
    assert framework.competencies.count() == 14
    listening = framework.competencies.get(code="2.A.1.b")
    assert listening.description == "What it means to be good at close listening."
    assert [anchor.level for anchor in listening.anchors.all()] == [1, 2, 3, 4, 5]
    assert report.added["competencies"] == 14
    # A level is a decimal, whatever the database makes of numbers.
    assert (
        str(Rating.objects.get(occupation__uri="99-1011.00", element__uri="2.A.1.a").level)
        == "1.00"
    )


@pytest.mark.parametrize(
    ("kind", "name"),
    [("onet", "onet_29_3_text"), ("esco", "esco_v1.1.1"), ("csv", "framework.csv")],
)
def test_importing_the_same_again_changes_nothing(bring, kind, name):
    first = bring(kind, name)
    before, edition = everything(), Index.objects.values_list("edition").first()
    again = bring(kind, name)
    assert everything() == before
    assert Index.objects.values_list("edition").first() == edition
    assert again.nothing_new
    assert not first.nothing_new
    assert "Nothing new" in " ".join(again.lines())


def test_the_crosswalk_twice_changes_nothing(bring, catalogues):
    before = everything()
    assert bring("crosswalk", "crosswalk.csv").nothing_new
    assert everything() == before


@pytest.mark.parametrize(
    ("kind", "name"),
    [("onet", "onet_29_3_text"), ("esco", "esco_v1.1.1"), ("csv", "framework.csv")],
)
def test_a_dry_run_tells_the_same_and_writes_nothing(bring, kind, name):
    before = everything()
    dry = bring(kind, name, dry_run=True)
    assert everything() == before
    assert bring(kind, name).as_json()["added"] == dry.as_json()["added"]


def test_dangling_relations_are_left_out_and_told(bring):
    report = bring("esco", "esco_v1.1.1")
    # Two essential or optional ones, one broader one, and one of an occupation that has left.
    assert report.skipped["dangling_relation"] == 2 + 1 + _of_the_crier()
    assert "not in the catalogue" in " ".join(report.lines())


def _of_the_crier():
    rows = (SAMPLES / "esco_v1.1.1" / "occupationSkillRelations_en.csv").read_text().splitlines()
    return sum("occupation/0006" in row for row in rows)


def test_a_newer_release_adds_changes_and_marks_what_has_left(bring):
    bring("esco", "esco_v1.1.0")
    crier = Concept.objects.get(name="town crier")
    assert Concept.objects.filter(kind__in=("skill", "knowledge")).count() == 48
    report = bring("esco", "esco_v1.1.1")
    assert Concept.objects.filter(kind__in=("skill", "knowledge")).count() == 50
    crier.refresh_from_db()
    assert crier.deprecated
    assert Label.objects.filter(concept=crier).exists()
    assert Concept.objects.get(uri__endswith="skill/0004").name == "repair old gardens"
    assert report.changed["left the catalogue"] == 1
    assert report.added["concepts"] == 2
    names = set(
        Label.objects.filter(concept__uri__endswith="skill/0001").values_list("text", flat=True)
    )
    assert "lantern planning" in names
    assert "plan a set of lanterns" not in names


def test_a_concept_that_comes_back_is_no_longer_deprecated(bring):
    bring("esco", "esco_v1.1.0")
    Concept.objects.filter(name="clockmaker").update(deprecated=True)
    bring("esco", "esco_v1.1.1")
    assert not Concept.objects.get(name="clockmaker").deprecated


def test_an_older_release_after_a_newer_one_is_refused(bring):
    bring("esco", "esco_v1.1.1")
    before = everything()
    with pytest.raises(Refused, match=r"1\.1\.0.*1\.1\.1"):
        bring("esco", "esco_v1.1.0")
    assert everything() == before


def test_another_language_of_an_older_release_adds_names_and_brings_nothing_back(bring):
    bring("esco", "esco_v1.1.1")
    bring("esco", "esco_v1.0.8_de", locale="de")
    plan = Concept.objects.get(uri__endswith="skill/0001")
    assert plan.name == "plan lanterns"
    assert plan.labels.get(locale="de", kind="preferred").text == "Laternen planen"
    # What English no longer has was dropped since: it is known, and marked.
    assert Concept.objects.get(name="Fackeln tragen").deprecated


def test_a_newer_onet_release_makes_a_new_version_and_retires_the_old_one(bring):
    bring("onet", "onet_29_3_text")
    bring("onet", "onet_30_3_text")
    old, new = Framework.objects.filter(slug="onet").order_by("version")
    assert (old.status, new.status) == (Framework.Status.RETIRED, Framework.Status.PUBLISHED)
    assert new.edition == "30.3"
    assert Concept.objects.get(uri="99-2022.00").deprecated
    assert Competency.objects.filter(framework=old).count() == 14


def test_relations_without_their_catalogue_are_refused(bring, tmp_path):
    for file in (SAMPLES / "esco_v1.1.0").glob("*Relation*"):
        shutil.copy(file, tmp_path)
    with pytest.raises(Refused, match="Import the catalogue itself first"):
        bring("esco", tmp_path)
    with pytest.raises(Refused, match="Import the catalogue itself first"):
        bring("crosswalk", "crosswalk.csv")


def test_the_two_packages_of_esco_may_come_one_after_the_other(bring, tmp_path):
    whole = SAMPLES / "esco_v1.1.0"
    parts = {name: tmp_path / name / "esco_v1.1.0" for name in ("names", "relations")}
    for name, folder in parts.items():
        folder.mkdir(parents=True)
        for file in whole.iterdir():
            if ("elation" in file.name) == (name == "relations"):
                shutil.copy(file, folder)
    bring("esco", parts["names"])
    assert set(Concept.objects.values_list("popularity", flat=True)) == {0}
    bring("esco", parts["relations"])
    apart = ConceptRelation.objects.count(), Concept.objects.filter(popularity__gt=0).count()
    Concept.objects.all().delete()
    Catalogue.objects.all().delete()
    bring("esco", whole)
    assert apart == (
        ConceptRelation.objects.count(), Concept.objects.filter(popularity__gt=0).count(),
    )  # fmt: skip


def test_popularity_counts_the_occupations_that_need_something(catalogues):
    lamp = Concept.objects.get(uri="technology:lampscript")
    assert lamp.popularity == 2
    skill = Concept.objects.filter(source="esco", kind="skill").order_by("-popularity").first()
    needed = ConceptRelation.objects.filter(target=skill, origin__kind="occupation")
    assert skill.popularity == needed.count() > 0


def test_a_failure_while_writing_leaves_nothing_behind(bring, monkeypatch):
    from coachwork.frameworks.actions import indexing

    before = everything()

    def fails(source):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(indexing, "index_catalogue", fails)
    with pytest.raises(RuntimeError):
        bring("onet", "onet_29_3_text")
    assert everything() == before


def test_a_broken_file_leaves_nothing_behind(bring, tmp_path):
    for file in (SAMPLES / "esco_v1.1.1").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    broken = tmp_path / "skillSkillRelations.csv"
    broken.write_bytes(broken.read_bytes() + "x,Jörg\n".encode("latin-1"))
    before = everything()
    with pytest.raises(Invalid, match="not UTF-8"):
        bring("esco", tmp_path)
    assert everything() == before


def test_progress_goes_from_nothing_to_done(bring):
    told = []
    bring("esco", "esco_v1.1.1", progress=lambda done, total: told.append(done / total))
    assert told == sorted(told)
    assert told[-1] == 1


def test_an_unknown_kind_is_refused(bring):
    with pytest.raises(Invalid, match="no such kind"):
        bring("sfia", "framework.csv")


def test_only_whoever_runs_the_installation_brings_catalogues(bring):
    for kind, name in (("onet", "onet_29_3_text"), ("csv", "framework.csv")):
        with pytest.raises(PermissionDenied):
            bring(kind, name, actor=make.user(f"stranger-{kind}"))


# ---- a framework of an organisation -----------------------------------------------------------


def author(role=MembershipRole.AUTHOR):
    organisation = Organisation.objects.create(name="Boats", kind="company", created_at=make.NOW)
    user = make.user("ada")
    Membership.objects.create(
        organisation=organisation, user=user, role=role, created_at=make.NOW, accepted_at=make.NOW
    )
    return user, organisation


def test_an_author_brings_a_draft_for_the_organisation(bring):
    user, organisation = author()
    report = bring("csv", "framework.csv", actor=user, organisation=organisation, name="Sailing")
    framework = Framework.objects.get(pk=report.framework)
    assert (framework.organisation, framework.status) == (organisation, Framework.Status.DRAFT)
    assert framework.roles.count() == 2
    # A draft is nobody's search result.
    assert not Entry.objects.filter(competency__framework=framework).exists()


def test_a_member_who_is_no_author_may_not(bring):
    user, organisation = author(MembershipRole.MEMBER)
    with pytest.raises(NotVisible):
        bring("csv", "framework.csv", actor=user, organisation=organisation)
    with pytest.raises(Invalid):
        bring("onet", "onet_29_3_text", actor=author_of(organisation), organisation=organisation)


def author_of(organisation):
    user = make.user("abe")
    Membership.objects.create(
        organisation=organisation, user=user, role=MembershipRole.AUTHOR,
        created_at=make.NOW, accepted_at=make.NOW,
    )  # fmt: skip
    return user


def test_a_changed_table_replaces_a_draft_and_follows_a_published_version(
    bring, tmp_path, operator
):
    first = bring("csv", "framework.csv", name="Sailing")
    path = tmp_path / "framework.csv"
    text = (SAMPLES / "framework.csv").read_text()
    path.write_text(text.replace("Tying knots", "Tying good knots"))
    second = bring("csv", path, name="Sailing")
    assert second.framework == first.framework
    assert Competency.objects.get(code="S2").name == "Tying good knots"
    actions.publish(
        actor=operator, framework=Framework.objects.get(pk=first.framework), at=make.NOW
    )
    path.write_text(text)
    third = bring("csv", path, name="Sailing")
    made = Framework.objects.get(pk=third.framework)
    assert (made.version, made.status) == (2, Framework.Status.DRAFT)
    assert Competency.objects.get(framework=first.framework, code="S2").name == "Tying good knots"


def test_a_run_keeps_its_report():
    assert ImportRun(status=ImportRun.Status.DONE).over
    assert not ImportRun(status=ImportRun.Status.READING).over
