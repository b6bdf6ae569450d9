"""Tables that are written once: the database itself refuses to change their rows.

Who may read a row is not part of what it says: the visibility class alone can change, because
keeping an item to fewer people has to be possible for ever. The log of shares keeps the change.
"""

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
        for model in self._models(app_label, to_state):
            kept = [f.column for f in model._meta.concrete_fields if f.name != "visibility"]
            table = model._meta.db_table
            for verb in self._verbs():
                schema_editor.execute(_trigger(vendor, table, verb, kept), params=None)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        on = schema_editor.connection.vendor == "postgresql"
        for model in self._models(app_label, from_state):
            table = model._meta.db_table
            for verb in self._verbs():
                suffix = f' ON "{table}"' if on else ""
                schema_editor.execute(f'DROP TRIGGER IF EXISTS "{table}_no_{verb}"{suffix}')

    def describe(self) -> str:
        return f"Make {', '.join(self.models)} append-only"

    def _verbs(self) -> tuple[str, ...]:
        return ("update", "delete") if self.keep else ("update",)

    def _models(self, app_label: str, state: Any) -> list[Any]:
        return [state.apps.get_model(app_label, name) for name in self.models]


def _trigger(vendor: str, table: str, verb: str, columns: list[str]) -> str:
    when = verb.upper()
    if verb == "update":
        when += " OF " + ", ".join(f'"{column}"' for column in columns)
    if vendor == "postgresql":
        return (
            f'CREATE TRIGGER "{table}_no_{verb}" BEFORE {when} ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION coachwork_write_once()"
        )
    return (
        f'CREATE TRIGGER "{table}_no_{verb}" BEFORE {when} ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    )
