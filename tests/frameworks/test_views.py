"""The pages of this room: they answer, ask little of the database, and keep what was typed."""

import re

import pytest
from django.urls import reverse

from coachwork.frameworks import actions
from coachwork.frameworks.models import Competency, Concept, Framework, ImportRun, RoleProfile
from coachwork.people import actions as people
from coachwork.people.models import Membership, MembershipRole, Organisation
from tests import builders as make
from tests import counting
from tests.frameworks.conftest import SAMPLES

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def content(catalogues):
    (core,) = actions.load_content(at=make.NOW)
    return core


@pytest.fixture
def amira(content, client):
    user = make.client().user
    client.force_login(user)
    return user


@pytest.fixture
def ada(content, client):
    """An author of an organisation."""
    organisation = Organisation.objects.create(name="Boats", kind="company", created_at=make.NOW)
    user = make.user("ada")
    people.open_record(actor=user, name="Ada", at=make.NOW)
    Membership.objects.create(
        organisation=organisation, user=user, role=MembershipRole.AUTHOR,
        created_at=make.NOW, accepted_at=make.NOW,
    )  # fmt: skip
    client.force_login(user)
    return user


def page(client, name, *args, query="", **options):
    return client.get(reverse(f"frameworks:{name}", args=args) + query, **options)


def titles(response):
    found = re.findall(r'class="search__title"[^>]*>([^<]*)', response.content.decode())
    return [title.strip() for title in found]


@pytest.fixture
def pages(content):
    keeper = Concept.objects.get(uri="99-1011.00")
    adopted = actions.adopt_occupation(actor=make.user("bo"), concept=keeper, at=make.NOW)
    return [
        ("search", (), ""),
        ("search", (), "?q=lihgthouse&only=roles"),
        ("roles", (), ""),
        ("role", (adopted.pk,), ""),
        ("role", (RoleProfile.objects.filter(source="content").first().pk,), ""),
        ("competency", (content.competencies.first().pk,), ""),
        ("competency", (Competency.objects.get(code="2.A.1.a").pk,), ""),
        ("concept", (keeper.pk,), ""),
        ("concept", (Concept.objects.get(name="bridge engineer").pk,), ""),
        ("concept", (Concept.objects.get(uri="99-3099.00").pk,), ""),
        ("concept", (Concept.objects.filter(source="esco", kind="skill").first().pk,), ""),
        ("frameworks", (), ""),
        ("framework", (content.pk,), ""),
    ]


def test_every_page_answers_with_few_questions_to_the_database(pages, amira, client):
    for name, args, query in pages:
        with counting.at_most(MOST_QUERIES, name):
            response = page(client, name, *args, query=query)
        assert response.status_code == 200, (name, args)


def test_no_page_writes(pages, amira, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name, args, query in pages:
        with CaptureQueriesContext(connection) as asked:
            page(client, name, *args, query=query)
        wrote = [one["sql"] for one in asked if re.match("INSERT|UPDATE|DELETE", one["sql"])]
        assert wrote == [], name


def test_a_visitor_is_asked_to_sign_in(pages, client):
    for name, args, query in pages:
        assert page(client, name, *args, query=query).status_code == 302


def test_attribution_stands_wherever_the_words_of_others_do(pages, amira, client):
    for name, args, query in pages:
        text = page(client, name, *args, query=query).content.decode()
        if "O*NET" in text and name != "frameworks":
            assert "O*NET® is a trademark" in text, (name, args)
        if re.search(r"\bESCO\b", text) and name == "search":
            assert "uses the ESCO classification" in text


def test_search_works_as_a_plain_form_and_tells_what_each_hit_is(amira, client):
    response = page(client, "search", query="?q=keeper+of+a+lighthouse")
    text = response.content.decode()
    assert titles(response)[0] == "lighthouse keeper"
    assert "also known as “keeper of a lighthouse”" in text
    assert "Occupation · ESCO" in text
    assert 'role="status"' in text


def test_search_as_you_type_answers_with_the_list_alone(amira, client):
    headers = {"HX-Request": "true", "HX-Target": "found"}
    response = page(client, "search", query="?q=keeper", headers=headers)
    text = response.content.decode()
    assert "<html" not in text
    assert 'id="found"' in text
    assert 'hx-swap-oob="innerHTML:#count"' in text
    assert titles(response)


def test_search_can_be_narrowed(amira, client):
    text = page(client, "search", query="?q=le&only=skills").content.decode()
    assert "Occupation ·" not in text
    assert page(client, "search", query="?q=le&only=<x>").status_code == 200


@pytest.mark.parametrize("words", ["", "%00", "%F0%9F%99%82", "%22*", "x" * 20_000, "%ff%fe"])
def test_search_takes_anything(amira, client, words):
    assert page(client, "search", query=f"?q={words}").status_code == 200


def test_what_was_typed_is_shown_as_text(amira, client):
    text = page(client, "search", query="?q=<b>keeper</b>").content.decode()
    assert "<b>keeper" not in text
    assert "&lt;b&gt;keeper" in text


def test_an_occupation_is_taken_as_an_aim_or_looked_at_first(amira, client):
    keeper = Concept.objects.get(uri="99-1011.00")
    address = reverse("frameworks:adopt", args=[keeper.pk])
    assert client.get(address).status_code == 405
    looked = client.post(address, {"look": "1"})
    role = RoleProfile.objects.get(source="onet")
    assert looked.headers["Location"] == reverse("frameworks:role", args=[role.pk])
    taken = client.post(address)
    assert taken.headers["Location"] == f"{reverse('evidence:aim')}?role={role.pk}"
    assert RoleProfile.objects.filter(source="onet").count() == 1
    assert client.get(taken.headers["Location"]).status_code == 200


def test_an_occupation_without_ratings_says_so_and_offers_others(amira, client):
    other = Concept.objects.get(uri="99-3099.00")
    text = page(client, "concept", other.pk).content.decode()
    assert "no ratings for this occupation" in text
    assert "Village Teachers" in text
    assert client.post(reverse("frameworks:adopt", args=[other.pk])).status_code == 409


def test_a_role_page_shows_targets_in_words_and_the_figures_behind_them(amira, client):
    keeper = Concept.objects.get(uri="99-1011.00")
    role = actions.adopt_occupation(actor=amira, concept=keeper, at=make.NOW)
    text = page(client, "role", role.pk).content.decode()
    assert "Matters most" in text
    assert "of 7, importance" in text
    assert "never above 4½" in text
    assert f"{reverse('evidence:aim')}?role={role.pk}" in text


def test_what_is_not_there_or_not_yours_is_not_found(amira, ada, content, client):
    organisation = Organisation.objects.get()
    draft = actions.draft_framework(
        actor=ada, organisation=organisation, name="Sailing", at=make.NOW
    )
    one = make.competency("S1", within=draft)
    client.force_login(amira)
    for name, args in (
        ("framework", (draft.pk,)),
        ("edit", (draft.pk,)),
        ("competency", (one.pk,)),
        ("competency-edit", (draft.pk, one.pk)),
        ("role-new", (draft.pk,)),
        ("concept", (999_999_999,)),
        ("concept", (10**30,)),
    ):
        assert page(client, name, *args).status_code == 404, name
    for name in ("publish", "retire", "next-version", "delete"):
        assert client.post(reverse(f"frameworks:{name}", args=[draft.pk])).status_code == 404
    assert client.post(reverse("frameworks:competency-remove", args=[one.pk])).status_code == 404
    assert Framework.objects.get(pk=draft.pk).status == Framework.Status.DRAFT


def test_a_reader_is_offered_nothing_that_only_authors_can_do(amira, content, client):
    assert "Bring a file" not in page(client, "frameworks").content.decode()
    assert "/publish/" not in page(client, "framework", content.pk).content.decode()
    assert page(client, "import").status_code == 403


def test_an_author_writes_publishes_and_follows_up_a_framework(ada, client):
    made = client.post(
        reverse("frameworks:new"),
        {"name": "Sailing", "description": "On water", "locale": "en",
         "organisation": str(Organisation.objects.get().pk)},
    )  # fmt: skip
    framework = Framework.objects.get(slug="sailing")
    assert made.headers["Location"] == reverse("frameworks:framework", args=[framework.pk])
    words = {f"level_{level}": f"looks like {level}" for level in range(1, 6)}
    client.post(
        reverse("frameworks:competency-new", args=[framework.pk]),
        {"code": "S1", "name": "Knots", "behaviours": "Ties one\n\n Ties two ", **words},
    )
    one = framework.competencies.get()
    assert [each.text for each in one.behaviours.all()] == ["Ties one", "Ties two"]
    assert not one.observable_by_others
    client.post(
        reverse("frameworks:role-new", args=[framework.pk]),
        {"title": "Skipper", f"level_{one.pk}": "3.5", f"importance_{one.pk}": "3"},
    )
    target = framework.roles.get().targets.get()
    assert (str(target.level), target.importance) == ("3.5", 3)
    for name in ("framework", "edit", "competency-new", "role-new"):
        assert page(client, name, framework.pk).status_code == 200
    assert "Ties one" in page(client, "competency-edit", framework.pk, one.pk).content.decode()
    role_page = page(client, "role-edit", framework.pk, framework.roles.get().pk)
    assert 'value="3.5" selected' in role_page.content.decode()
    client.post(reverse("frameworks:publish", args=[framework.pk]))
    framework.refresh_from_db()
    assert framework.status == Framework.Status.PUBLISHED
    refused = client.post(
        reverse("frameworks:edit", args=[framework.pk]), {"name": "x", "description": ""}
    )
    assert refused.status_code == 409
    assert "new version" in page(client, "edit", framework.pk).content.decode()
    client.post(reverse("frameworks:next-version", args=[framework.pk]))
    assert Framework.objects.get(slug="sailing", version=2).competencies.count() == 1


def test_a_refused_form_keeps_what_was_typed(ada, client):
    organisation = Organisation.objects.get()
    draft = actions.draft_framework(
        actor=ada, organisation=organisation, name="Sailing", at=make.NOW
    )
    address = reverse("frameworks:competency-new", args=[draft.pk])
    for typed in (
        {"code": "has blank", "name": "Kept words"},
        {"code": "S1", "name": "Kept words", "level_1": "only one"},
        {"code": "S1", "name": "Kept words", "description": "x" * 50_000},
        {"code": "S1", "name": "Kept words", "group": "null\x00byte"},
        {"code": "S1", "name": "Kept words", "behaviours": "\n".join(["one"] * 30)},
    ):
        response = client.post(address, typed)
        assert response.status_code == 422
        assert "Kept words" in response.content.decode()
    assert draft.competencies.count() == 0
    wrong = client.post(reverse("frameworks:role-new", args=[draft.pk]), {"title": "Kept words"})
    assert wrong.status_code == 422
    again = client.post(
        reverse("frameworks:new"),
        {"name": "Sailing", "locale": "en", "organisation": str(organisation.pk)},
    )
    assert again.status_code == 422


def test_text_of_every_script_is_kept_and_escaped(ada, client):
    draft = actions.draft_framework(
        actor=ada, organisation=Organisation.objects.get(), name="Sailing", at=make.NOW
    )
    for number, name in enumerate(("מנהל", "🙂 smile", "<script>alert(1)</script>", "O'Hara & co")):
        client.post(
            reverse("frameworks:competency-new", args=[draft.pk]),
            {"code": f"S{number}", "name": name},
        )
        assert draft.competencies.get(code=f"S{number}").name == name
    text = page(client, "framework", draft.pk).content.decode()
    assert "<script>alert" not in text
    assert "מנהל" in text


# ---- bringing a file --------------------------------------------------------------------------


def upload(client, file, **fields):
    with file.open("rb") as stream:
        return client.post(
            reverse("frameworks:import"),
            {"kind": "csv", "locale": "en", "name": "Sailing", "file": stream, **fields},
        )


@pytest.fixture
def at_once(monkeypatch, settings, tmp_path):
    """Jobs run as soon as they are asked for; uploads go to a folder of this test."""
    from coachwork.kit import jobs

    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(jobs, "enqueue", lambda name, *ids: jobs.named(name).func(*map(str, ids)))
    return tmp_path


def test_an_author_brings_a_table_and_reads_the_report(ada, client, at_once):
    owner = str(Organisation.objects.get().pk)
    response = upload(client, SAMPLES / "framework.csv", organisation=owner)
    run = ImportRun.objects.get()
    assert response.headers["Location"] == reverse("frameworks:import-run", args=[run.pk])
    assert run.status == ImportRun.Status.DONE
    text = client.get(response.headers["Location"]).content.decode()
    assert "competencies 3" in text
    assert Framework.objects.get(slug="sailing").organisation_id == run.organisation_id
    assert not list(at_once.rglob("*.csv"))
    assert page(client, "import").status_code == 200


def test_a_refused_file_is_explained_and_nothing_is_written(ada, client, at_once, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("code,competency\nA1,=1+1\n")
    upload(client, path, organisation=str(Organisation.objects.get().pk))
    run = ImportRun.objects.get()
    assert run.status == ImportRun.Status.REFUSED
    text = page(client, "import-run", run.pk).content.decode()
    assert "Row 2, column" in text
    assert "Nothing was changed" in text
    assert not Framework.objects.filter(slug="sailing").exists()


def test_a_run_that_goes_on_shows_how_far_it_is(ada, client):
    run = ImportRun.objects.create(
        kind="csv", file="x", file_name="big.csv", organisation=Organisation.objects.get(),
        status=ImportRun.Status.READING, percent=42, created_by=ada, created_at=make.NOW,
    )  # fmt: skip
    address = reverse("frameworks:import-run", args=[run.pk])
    text = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert 'value="42"' in text
    assert 'hx-trigger="every 2s"' in text
    assert "<html" not in text


def test_nobody_else_watches_an_import(ada, amira, client):
    run = ImportRun.objects.create(
        kind="csv", file="x", file_name="x.csv", organisation=Organisation.objects.get(),
        created_by=ada, created_at=make.NOW,
    )  # fmt: skip
    client.force_login(amira)
    assert page(client, "import-run", run.pk).status_code == 404


def test_an_author_cannot_bring_a_catalogue_or_write_for_others(ada, client, at_once):
    for fields in ({"kind": "onet"}, {"organisation": ""}, {"organisation": "x"}, {"kind": "x"}):
        response = upload(client, SAMPLES / "framework.csv", **fields)
        assert response.status_code == 422
    assert not Framework.objects.filter(slug="sailing", organisation=None).exists()


def test_whoever_runs_the_installation_brings_a_catalogue(operator, client, at_once):
    people.open_record(actor=operator, name="Olga", at=make.NOW)
    client.force_login(operator)
    assert page(client, "import").status_code == 200
    upload(client, SAMPLES / "crosswalk.csv", kind="crosswalk")
    run = ImportRun.objects.get()
    assert run.status == ImportRun.Status.REFUSED
    assert "Import the catalogue itself first" in run.problem
    only_checked = upload(client, SAMPLES / "framework.csv", dry_run="on")
    assert only_checked.status_code == 302
    assert not Framework.objects.filter(slug="sailing").exists()
