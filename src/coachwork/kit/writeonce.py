"""Tables that are written once: the database itself refuses to change their rows."""

from typing import Any

from django.db.migrations.operations.base import Operation

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION coachwork_write_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
"""


class WriteOnce(Operation):
    """Refuse UPDATE on the tables of the named models; with `keep`, DELETE too."""

    reversible = True

    def __init__(self, *models: str, keep: bool = False) -> None:
        self.models = models
        self.keep = keep

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, list(self.models), {"keep": self.keep}

    def state_forwards(self, app_label: str, state: Any) -> None:
        pass

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        vendor = schema_editor.connection.vendor
        if vendor == "postgresql":
            schema_editor.execute(POSTGRES_FUNCTION, params=None)
        for table in self._tables(app_label, to_state):
            for verb in self._verbs():
                schema_editor.execute(_trigger(vendor, table, verb), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        on = schema_editor.connection.vendor == "postgresql"
        for table in self._tables(app_label, from_state):
            for verb in self._verbs():
                suffix = f' ON "{table}"' if on else ""
                schema_editor.execute(f'DROP TRIGGER IF EXISTS "{table}_no_{verb}"{suffix}')

    def describe(self) -> str:
        return f"Make {', '.join(self.models)} append-only"

    def _verbs(self) -> tuple[str, ...]:
        return ("update", "delete") if self.keep else ("update",)

    def _tables(self, app_label: str, state: Any) -> list[str]:
        return [state.apps.get_model(app_label, name)._meta.db_table for name in self.models]


def _trigger(vendor: str, table: str, verb: str) -> str:
    if vendor == "postgresql":
        return (
            f'CREATE TRIGGER "{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION coachwork_write_once()"
        )
    return (
        f'CREATE TRIGGER "{table}_no_{verb}" BEFORE {verb.upper()} ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
