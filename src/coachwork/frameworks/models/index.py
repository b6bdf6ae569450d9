"""The index behind the search: one entry for every name of everything that can be found."""

from django.db import models

from coachwork.frameworks.models.catalogues import Concept
from coachwork.frameworks.models.competencies import Competency
from coachwork.frameworks.models.roles import RoleProfile
from coachwork.people.models import Organisation


class Entry(models.Model):
    """One name, leading to a competency, a role profile or a concept of a catalogue.

    The id is the place in the results: what should come first has the smallest. So the best few
    of many thousands of matches are found without looking at the others. It is written in bulk by
    `actions.indexing` alone, and few indexes keep that quick.
    """

    id = models.BigIntegerField(primary_key=True)
    origin = models.CharField(max_length=60, db_index=True)  # what it is kept in step with
    kind = models.CharField(max_length=16)  # competency, role, occupation, skill, knowledge, tool
    concept = models.ForeignKey(
        Concept, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    competency = models.ForeignKey(
        Competency, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    role = models.ForeignKey(
        RoleProfile, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    locale = models.CharField(max_length=16)
    preferred = models.BooleanField(default=True)
    text = models.CharField(max_length=400)
    words = models.CharField(max_length=840)  # "#kind", then the folded words, parted by blanks

    def __str__(self) -> str:
        return self.text


class Word(models.Model):
    """A word that stands in some name, so that a slip of the finger can be put right."""

    word = models.CharField(max_length=60, primary_key=True)
    names = models.IntegerField()  # in how many names it stands

    def __str__(self) -> str:
        return self.word


class Index(models.Model):
    """The state of the index: one row. `edition` is new whenever an entry changed."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    edition = models.UUIDField()
    last_number = models.BigIntegerField(default=0)
