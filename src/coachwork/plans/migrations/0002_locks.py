"""Locks that the database itself holds: rows to their client, and written-once tables."""

from django.db import migrations

from coachwork.kit.rowlock import LockRows
from coachwork.kit.writeonce import WriteOnce


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [
        LockRows(
            "Goal", "Rung", "GoalVersion", "Plan", "PlanVersion", "PlanItem", "IfThen", "Dependency"
        ),
        WriteOnce("GoalVersion", "PlanVersion"),
    ]
