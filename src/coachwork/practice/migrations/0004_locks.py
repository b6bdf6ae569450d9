"""Attempts belong to their client in the database itself."""

from django.db import migrations

from coachwork.kit.rowlock import LockRows


class Migration(migrations.Migration):
    dependencies = [("practice", "0003_attempts")]

    operations = [LockRows("Attempt")]
