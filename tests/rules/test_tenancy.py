"""Ready to shard: every table about a person or an organisation carries its key, and so do joins.

The walk is over the models and the SQL that Django compiles for them, so a table that is added
tomorrow is held to it without a line here.
"""

import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.test.utils import CaptureQueriesContext

from coachwork.kit.rowlock import LockRows
from coachwork.kit.tenancy import TenantForeignKey, TenantModel
from coachwork.people.models import Client, ClientRow, Organisation
from coachwork.plans.models import Goal
from tests import builders as make

KEYS = {"client": Client, "organisation": Organisation}
# Tables that name a client or an organisation and are not that tenant's; and why that is right.
NAMES_ONE: dict[str, str] = {
    "web.RepeatableAnswer": "the API caller's; names the record to be erased with it",
    "frameworks.Framework": "published to everybody; names who maintains it",
    "frameworks.RoleProfile": "published to everybody; names who maintains it",
    "frameworks.ImportRun": "the catalogues are shared; names who brought one in",
    "frameworks.Entry": "the search over shared and own frameworks; names whose an own one is",
    "exchange.Tombstone": "outlives the record and holds nothing but its id",
    "people.Relationship.organisation": "the client's row; the organisation is one that stands by",
}
# The few questions that have to be asked outside the row lock.
OUTSIDE_THE_LOCK = {
    "people/actions/records.py": "whether the actor has a record already",
    "people/actions/claiming.py": "the actor's own record",
    "web/refusals.py": "whether a refused record exists, for its security log",
}

OURS = [
    model
    for model in apps.get_models()
    if model.__module__.startswith("coachwork.") and model._meta.managed
]
TENANTS = [model for model in OURS if issubclass(model, TenantModel)]
KEYED = [
    (model, field)
    for model in TENANTS
    for field in model._meta.concrete_fields
    if isinstance(field, TenantForeignKey)
]


def person(name: str = "amira") -> Any:
    """A client; `.user` is there, whatever the model allows."""
    return make.client(name)


def label(model: type[models.Model]) -> str:
    return model._meta.label


def called(one: Any) -> str:
    return label(one) if isinstance(one, type) else one.name


@pytest.mark.parametrize("model", OURS, ids=label)
def test_a_table_that_names_a_tenant_is_the_tenants(model: Any) -> None:
    for field in model._meta.concrete_fields:
        for key, tenant in KEYS.items():
            if field.related_model is not tenant or model is tenant:
                continue
            excused = {label(model), f"{label(model)}.{field.name}"} & set(NAMES_ONE)
            owns = issubclass(model, TenantModel) and model.tenant_key == key
            assert owns or excused, f"{field} names a {key}, but the table is not the {key}'s"


def test_every_excuse_is_still_needed() -> None:
    known = {label(model) for model in OURS}
    assert {name if name in known else name.rpartition(".")[0] for name in NAMES_ONE} <= known


@pytest.mark.parametrize("model", TENANTS, ids=label)
def test_the_key_is_there_and_never_empty(model: Any) -> None:
    key = model._meta.get_field(model.tenant_key)
    assert key.related_model is KEYS[model.tenant_key] and not key.null


@pytest.mark.parametrize("model", TENANTS, ids=label)
def test_every_unique_rule_includes_the_key(model: Any) -> None:
    rules = [
        (rule.name, set(rule.fields))
        for rule in model._meta.total_unique_constraints + model._meta.constraints
        if isinstance(rule, models.UniqueConstraint)
    ]
    rules += [("unique_together", set(fields)) for fields in model._meta.unique_together]
    rules += [
        (field.name, {field.name})
        for field in model._meta.concrete_fields
        if field.unique and not field.primary_key
    ]
    assert [name for name, fields in rules if model.tenant_key not in fields] == []


@pytest.mark.parametrize("model", OURS, ids=label)
def test_a_row_points_at_rows_of_its_own_tenant_only(model: Any) -> None:
    for field in model._meta.concrete_fields:
        target = field.related_model
        if not field.is_relation or not (target and issubclass(target, TenantModel)):
            continue
        assert issubclass(model, TenantModel), f"{field}: a shared table points into one tenant's"
        assert model.tenant_key == target.tenant_key, f"{field} crosses from tenant to tenant"
        assert isinstance(field, TenantForeignKey), f"{field} joins without the tenant's key"


@pytest.mark.parametrize(("model", "field"), KEYED, ids=called)
def test_compiled_joins_carry_the_key_in_both_directions(model: Any, field: Any) -> None:
    column = f"{model.tenant_key}_id"
    there = model._base_manager.filter(**{f"{field.name}__created_at__isnull": False})
    assert on_clause(there).count(column) >= 2, str(there.query)
    back = field.remote_field.get_accessor_name()
    if back:
        name = field.related_query_name()
        here = field.related_model._base_manager.filter(**{f"{name}__created_at__isnull": False})
        assert on_clause(here).count(column) >= 2, str(here.query)
    loaded = model._base_manager.select_related(field.name)
    assert on_clause(loaded).count(column) >= 2, str(loaded.query)


def on_clause(rows: Any) -> str:
    return " ".join(re.findall(r"JOIN .*? ON \((.*?)\)(?= |$)", str(rows.query)))


@pytest.mark.django_db
def test_a_saved_row_is_found_by_its_key_and_never_moves() -> None:
    amira, ben = person(), person("ben")
    goal = Goal.objects.create(title="t", **make.about(amira))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        goal.title = "u"
        goal.save()
    update = next(one["sql"] for one in asked if one["sql"].startswith("UPDATE"))
    assert (
        '"client_id" =' in update.split("WHERE")[1] and "client_id" not in update.split("WHERE")[0]
    )
    goal.client = ben
    with pytest.raises(DatabaseError, match="did not affect"), transaction.atomic():
        goal.save(force_update=True)
    assert Goal.objects.get(pk=goal.pk).client_id == amira.pk


# The row lock


def locked_by_migrations() -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {
        f"{app}.{name}".lower()
        for (app, _migration), step in loader.disk_migrations.items()
        for operation in step.operations
        if isinstance(operation, LockRows)
        for name in operation.models
    }


def must_be_locked() -> list[type[models.Model]]:
    return [
        model
        for model in OURS
        if model is Client
        or issubclass(model, ClientRow)
        or (has_client(model) and label(model) not in NAMES_ONE)
    ]


def has_client(model: type[models.Model]) -> bool:
    return any(field.name == "client" for field in model._meta.concrete_fields)


def test_a_migration_locks_every_table_about_a_client() -> None:
    missing = {label(model).lower() for model in must_be_locked()} - locked_by_migrations()
    assert missing == set()


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row-level security")
def test_the_database_has_the_lock_on_every_table_about_a_client() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        locked = {name for (name,) in cursor.fetchall()}
    assert {model._meta.db_table for model in must_be_locked()} <= locked


@pytest.mark.parametrize("model", [m for m in OURS if issubclass(m, ClientRow)], ids=label)
def test_every_row_about_a_person_says_which_row_of_the_permission_table_it_is(model: Any) -> None:
    from coachwork.people.access import TABLE

    assert getattr(model, "policy", None) in TABLE


def test_only_the_named_places_step_outside_the_lock() -> None:
    src = Path("src/coachwork")
    found = {
        str(path.relative_to(src))
        for path in src.rglob("*.py")
        if "rowlock.lifted(" in path.read_text(encoding="utf-8")
    }
    assert found == set(OUTSIDE_THE_LOCK)
