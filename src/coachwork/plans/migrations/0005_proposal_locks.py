"""The database holds proposals and the hours of weeks to their client too."""

from django.db import migrations

from coachwork.kit.rowlock import LockRows


class Migration(migrations.Migration):
    dependencies = [("plans", "0004_proposals")]

    operations = [LockRows("Proposal", "WeekTime")]
