"""Locks that the database itself holds: rows to their client, and written-once tables."""

from django.db import migrations

from coachwork.kit.rowlock import LockRows


class Migration(migrations.Migration):
    dependencies = [("assessment", "0003_initial")]

    operations = [
        LockRows("SelfAssessment", "SelfRating"),
    ]
