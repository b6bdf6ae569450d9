"""A record can be taken away whole, and erased without a trace of its text."""

import csv
import io
import json
import zipfile

import jsonschema
import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from coachwork.exchange import actions, queries
from coachwork.exchange.kinds.csv_files import cell
from coachwork.exchange.models import Tombstone
from coachwork.kit.errors import Invalid
from coachwork.notifications import actions as notifications
from coachwork.notifications.jobs import work_off
from coachwork.notifications.models import Message
from coachwork.people import access
from coachwork.people.models import AuditEntry, Client, Relation, User
from tests import builders as make
from tests.planting import MARK, plant_everything, rows_with

pytestmark = pytest.mark.django_db


def exported(owner):
    archive = actions.export_record(actor=owner.user, client=owner, at=make.NOW)
    files = zipfile.ZipFile(io.BytesIO(archive))
    return {name: files.read(name).decode("utf-8-sig") for name in files.namelist()}


@pytest.mark.accepts("G-03")
def test_the_export_holds_every_row_of_every_table_about_the_client_and_opens_offline():
    amira = make.client()
    planted = plant_everything(amira)
    files = exported(amira)
    tables = json.loads(files["record.json"])["tables"]
    for model, row in planted.items():
        if not access.allows(model.policy, Relation.CLIENT, access.Verb.READ):
            # What raters said in confidence is theirs: the client gets what was released.
            assert model._meta.label_lower not in tables
            assert str(row.pk) not in "".join(files.values()), model
            continue
        ids = {one["id"] for one in tables[model._meta.label_lower]}
        assert str(row.pk) in ids, model
        in_csv = csv.DictReader(io.StringIO(files[f"csv/{model._meta.label_lower}.csv"]))
        assert str(row.pk) in {one["id"] for one in in_csv}, model
        assert str(row.pk) in files["index.html"], model
    for outside in ("http://", "https://", "<script", "src=", "@import", "url("):
        assert outside not in files["index.html"]


def test_the_export_fits_the_schema_that_comes_with_it():
    amira = make.client()
    plant_everything(amira)
    files = exported(amira)
    record, schema = json.loads(files["record.json"]), json.loads(files["record.schema.json"])
    jsonschema.Draft202012Validator(schema).validate(record)
    record["tables"].pop("plans.goal")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(record)


def test_the_export_never_holds_a_secret_or_another_persons_record():
    amira, eve = make.client(), make.client("eve")
    plant_everything(eve, "eves-own-words")
    amira.user.set_password("a-password-of-amira")
    amira.user.save()
    files = exported(amira)
    assert "eves-own-words" not in "".join(files.values())
    assert amira.user.password not in "".join(files.values())


def test_a_text_that_a_spreadsheet_would_run_becomes_a_text():
    assert [cell(text) for text in ("=1+1", "+49", "-2", "@x", "plain", 7)] == [
        "'=1+1",
        "'+49",
        "'-2",
        "'@x",
        "plain",
        7,
    ]


def test_html_in_a_record_is_text_in_the_page():
    amira = make.client()
    plant_everything(amira, "<script>alert(1)</script>")
    assert "<script>" not in exported(amira)["index.html"]


def test_only_the_client_may_take_or_erase_the_record():
    amira = make.client()
    carl = make.helper(amira, "carl", Relation.COACH)
    with pytest.raises((access.NotVisible, PermissionDenied)):
        actions.export_record(actor=carl, client=amira, at=make.NOW)
    with pytest.raises((access.NotVisible, PermissionDenied)):
        actions.erase_record(
            actor=carl, client=amira, confirmation="Amira", account=False, at=make.NOW
        )
    assert Client.objects.filter(pk=amira.pk).exists()


@pytest.mark.accepts("G-04")
def test_after_erasing_no_text_of_the_person_stands_in_any_table_of_the_database():
    amira = make.client()
    amira.user.name = amira.name = f"{MARK} Haddad"
    amira.user.save()
    amira.save()
    plant_everything(amira)
    assert rows_with(MARK), "the scan must find what was planted"
    key, user = amira.pk, amira.user.pk
    actions.erase_record(
        actor=amira.user, client=amira, confirmation=amira.name, account=True, at=make.NOW
    )
    work_off()
    assert rows_with(MARK) == []
    assert rows_with("amira@example.org") == []
    for model in queries.client_models():
        assert not model._default_manager.filter(client_id=key).exists(), model
    assert not User.objects.filter(pk=user).exists()
    assert Tombstone.objects.get(client=key).rows >= len(queries.client_models())
    assert AuditEntry.objects.filter(stream=key, verb="record.erase").exists()


def test_who_erases_everything_hears_that_it_is_done_and_the_address_goes_with_the_mail():
    amira = make.client()
    plant_everything(amira)
    actions.erase_record(
        actor=amira.user, client=amira, confirmation="amira", account=True, at=make.NOW
    )
    work_off()
    (sent,) = mail.outbox
    assert sent.to == ["amira@example.org"] and "and your account" in sent.body
    assert MARK not in sent.body and "Amira" not in sent.body
    assert not Message.objects.exists() and rows_with("amira@example.org") == []


def test_an_address_that_takes_no_mail_is_forgotten_too():
    amira = make.client()
    actions.erase_record(
        actor=amira.user, client=amira, confirmation="amira", account=True, at=make.NOW
    )
    message = Message.objects.get()
    notifications.not_sent(message=message, kind="refused", final=True, at=make.NOW)
    assert not Message.objects.exists()


def test_who_keeps_the_account_hears_it_there():
    amira = make.client()
    actions.erase_record(
        actor=amira.user, client=amira, confirmation="amira", account=False, at=make.NOW
    )
    work_off()
    (sent,) = mail.outbox
    assert "Your account stays" in sent.body and "and your account" not in sent.body
    assert Message.objects.get().user == amira.user


def test_erasing_one_record_leaves_the_others_whole():
    amira, eve = make.client(), make.client("eve")
    kept = plant_everything(eve, "eves-own-words")
    plant_everything(amira)
    actions.erase_record(
        actor=amira.user, client=amira, confirmation="amira", account=True, at=make.NOW
    )
    for model, row in kept.items():
        assert model._default_manager.filter(pk=row.pk).exists(), model


def test_a_wrong_name_erases_nothing_and_says_why():
    amira = make.client()
    with pytest.raises(Invalid) as problem:
        actions.erase_record(
            actor=amira.user, client=amira, confirmation="amir", account=True, at=make.NOW
        )
    assert "confirmation" in problem.value.fields
    assert Client.objects.filter(pk=amira.pk).exists()


def test_every_table_of_a_sign_in_is_exported_or_goes_with_it():
    told = {model._meta.label_lower for model in queries.account_models()}
    assert {"account.emailaddress", "people.apitoken", "notifications.preference"} <= told
