"""The part of the search index that each database does in its own way."""

from typing import Any

from django.db import migrations

# The table holds no text of its own: it reads the entries, and whoever changes those tells it.
# (Not by triggers: within one, every row would be written through to the disk on its own.)
SQLITE = """
CREATE VIRTUAL TABLE frameworks_found USING fts5(
  words, content='frameworks_entry', content_rowid='id',
  tokenize="unicode61 remove_diacritics 0 tokenchars '+#'", prefix='2 3 4',
  columnsize=0, detail=none
)
"""
SQLITE_BACK = "DROP TABLE frameworks_found"
# Words as they are, without a dictionary: stems would change what a half-typed word begins with.
POSTGRES = """
CREATE INDEX frameworks_found ON frameworks_entry
USING gin (array_to_tsvector(string_to_array(words, ' ')))
"""


def make(apps: Any, editor: Any) -> None:
    statement = POSTGRES if editor.connection.vendor == "postgresql" else SQLITE
    editor.execute(statement, params=None)


def drop(apps: Any, editor: Any) -> None:
    postgres = editor.connection.vendor == "postgresql"
    editor.execute("DROP INDEX frameworks_found" if postgres else SQLITE_BACK, params=None)


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0003_search_and_imports")]
    operations = [migrations.RunPython(make, drop)]
