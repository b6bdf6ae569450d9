"""Locks that the database itself holds: rows to their client, and a table that is written once."""

from django.db import migrations

from coachwork.kit.rowlock import LockRows
from coachwork.kit.writeonce import WriteOnce


class Migration(migrations.Migration):
    dependencies = [("tracks", "0001_initial")]

    operations = [
        LockRows(
            "Enrolment",
            "StageNote",
            "BehaviourTarget",
            "TrackLog",
            "TriggerMap",
            "Talk",
            "ToolRun",
            "StyleCard",
        ),
        WriteOnce("TrackLog"),
    ]
