"""The table of the cache: limits on sign-in count in it, the same for every process."""

from typing import Any

from django.core.management import call_command
from django.db import migrations


def make(apps: Any, schema_editor: Any) -> None:
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_invitations_and_shares")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
