"""What the doors have to remember: answers to requests that may be sent again."""

from django.db import models

from coachwork.kit.ids import new_id
from coachwork.people.models import Client, User


class RepeatableAnswer(models.Model):
    """What a POST with an Idempotency-Key was answered, for a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    caller = models.UUIDField()  # the key to the API, or the person of the session
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    # The answer may quote the record: it goes when the record goes.
    client = models.ForeignKey(Client, on_delete=models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    answer = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["caller", "key"], name="repeatable_answer_once")
        ]
