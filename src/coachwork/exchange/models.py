"""What is left of an erased record: that there was one, and when it went."""

from django.db import models


class Tombstone(models.Model):
    """Says that a record was erased. It holds no content and no name."""

    client = models.UUIDField(primary_key=True, editable=False)
    erased_at = models.DateTimeField()
    rows = models.PositiveIntegerField()
