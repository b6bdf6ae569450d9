"""Locks that the database itself holds: checks to their client."""

from django.db import migrations

from coachwork.kit.rowlock import LockRows


class Migration(migrations.Migration):
    dependencies = [("assessment", "0012_knowledge_checks")]

    operations = [LockRows("KnowledgeCheck", "KnowledgeAnswer")]
