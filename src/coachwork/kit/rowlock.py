"""The second lock on a person's rows: PostgreSQL row-level security.

Inside a request the connection works as the role `coachwork_app`, which sees only the tenants named
in `coachwork.clients`. Both are set for the transaction alone, so that transaction pooling is safe.
Migrations and jobs work as the owner of the tables and are not locked. SQLite has no such lock.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.migrations.operations.base import Operation

ROLE = "coachwork_app"
SETTING = "coachwork.clients"

ROLE_SQL = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
    CREATE ROLE {ROLE} NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
GRANT {ROLE} TO CURRENT_USER;
GRANT USAGE ON SCHEMA public TO {ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {ROLE};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {ROLE};
"""
POLICY_SQL = """
ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS tenant ON "{table}";
CREATE POLICY tenant ON "{table}" TO {role} USING (
  "{column}" IN (
    SELECT unnest(string_to_array(nullif(current_setting('{setting}', true), ''), ','))::uuid
  )
);
"""


class LockRows(Operation):
    """Turn the lock on for the tables of the named models; nothing happens on SQLite."""

    reversible = True

    def __init__(self, *models: str) -> None:
        self.models = models

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        schema_editor.execute(ROLE_SQL, params=None)
        for name in self.models:
            model = to_state.apps.get_model(app_label, name)
            names = {field.name for field in model._meta.get_fields()}
            column = "client_id" if "client" in names else "id"
            schema_editor.execute(
                POLICY_SQL.format(
                    table=model._meta.db_table, column=column, role=ROLE, setting=SETTING
                )
            )

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        for name in self.models:
            table = from_state.apps.get_model(app_label, name)._meta.db_table
            schema_editor.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')

    def describe(self) -> str:
        return f"Lock rows of {', '.join(self.models)} to their client"


def locks() -> bool:
    """Whether this database has the lock."""
    return connection.vendor == "postgresql"


@contextmanager
def locked_to(clients: Iterable[UUID]) -> Iterator[None]:
    """Everything inside sees and writes only rows of these clients."""
    if not locks():
        yield
        return
    with transaction.atomic():
        _set(ROLE, clients)
        try:
            yield
        finally:
            if not connection.needs_rollback:
                _set("none", ())


def admit(*clients: UUID) -> None:
    """Let the rest of this request also see more clients, such as one it has just made."""
    if locks() and clients:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config(%s, concat_ws(',', nullif(current_setting(%s, true), ''), %s),"
                " true)",
                [SETTING, SETTING, _listed(clients)],
            )


@contextmanager
def lifted() -> Iterator[None]:
    """Outside the lock, for the few questions that have to be asked before it is known whom to
    let in. The caller's own filter is the only one, so a rule test names every place that may."""
    if not locks():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role'), set_config('role', 'none', true)")
        role = cursor.fetchone()[0]
    try:
        yield
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('role', %s, true)", [role])


def _set(role: str, clients: Iterable[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config(%s, %s, true)",
            [role, SETTING, _listed(clients)],
        )


def _listed(clients: Iterable[UUID]) -> str:
    return ",".join(str(client) for client in clients)
