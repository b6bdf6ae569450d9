"""Locks that the database itself holds: rows to their client."""

from django.db import migrations

from coachwork.kit.rowlock import LockRows


class Migration(migrations.Migration):
    dependencies = [("accountability", "0001_initial")]

    operations = [
        LockRows(
            "CheckInPlan", "CheckIn", "Energies", "Commitment", "SupportRequest", "Dismissal"
        ),
    ]
