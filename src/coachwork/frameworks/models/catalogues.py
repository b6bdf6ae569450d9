"""Catalogues that others publish (O*NET, ESCO): concepts, their labels and how they relate."""

from django.db import models

from coachwork.kit.ids import new_id


class Catalogue(models.Model):
    """One release of a catalogue, as imported."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = models.CharField(max_length=16)  # onet, esco
    release = models.CharField(max_length=24)
    locale = models.CharField(max_length=16, default="en")
    attribution = models.TextField()
    imported_at = models.DateTimeField()
    counts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "release", "locale"], name="catalogue_once")
        ]


class Concept(models.Model):
    """A skill, a piece of knowledge, a tool or an occupation; known by its address."""

    # Small keys: a catalogue has hundreds of thousands of rows, and none of them is personal.
    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=16)
    uri = models.CharField(max_length=200)
    # skill, knowledge, ability, activity, style, tool, occupation, group
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    locale = models.CharField(max_length=16, default="en")  # of the name and description here
    popularity = models.PositiveIntegerField(default=0)  # in how many occupations it stands
    release = models.CharField(max_length=24)  # the last one that had it
    deprecated = models.BooleanField(default=False)
    replaced_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "uri"], name="concept_uri_once")]
        indexes = [models.Index(fields=["source", "kind"], name="concept_by_kind")]

    def __str__(self) -> str:
        return self.name


class Label(models.Model):
    """A name that people use for a concept."""

    id = models.BigAutoField(primary_key=True)
    # Here and below: the unique constraint begins with the key, so it needs no index of its own.
    concept = models.ForeignKey(
        Concept, on_delete=models.CASCADE, related_name="labels", db_index=False
    )
    locale = models.CharField(max_length=16, default="en")
    kind = models.CharField(max_length=9)  # preferred, other, hidden
    text = models.CharField(max_length=400)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concept", "locale", "text"], name="label_once")
        ]


class ConceptRelation(models.Model):
    """How two concepts relate: broader, essential, optional, uses, related, or a match."""

    id = models.BigAutoField(primary_key=True)
    origin = models.ForeignKey(
        Concept, on_delete=models.CASCADE, related_name="outgoing", db_index=False
    )
    target = models.ForeignKey(
        Concept, on_delete=models.CASCADE, related_name="incoming", db_index=False
    )
    kind = models.CharField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "target", "kind"], name="concept_relation_once"
            )
        ]
        indexes = [models.Index(fields=["target", "kind"], name="concept_relation_back")]


class Rating(models.Model):
    """How important an element is in an occupation, and at what level, on the source's scales."""

    id = models.BigAutoField(primary_key=True)
    occupation = models.ForeignKey(
        Concept, on_delete=models.CASCADE, related_name="ratings", db_index=False
    )
    element = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="+")
    importance = models.DecimalField(max_digits=4, decimal_places=2, null=True)  # 1 to 5
    level = models.DecimalField(max_digits=4, decimal_places=2, null=True)  # 0 to 7
    suppressed = models.BooleanField(default=False)  # the source recommends not to use it
    not_relevant = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["occupation", "element"], name="rating_once")
        ]
