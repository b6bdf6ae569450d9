"""Competencies with observable behaviours and anchors, in frameworks that have versions."""

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coachwork.kit.ids import new_id
from coachwork.people.models import Organisation


class Worded(models.Model):
    """Text in the language it was written in, with translations beside it.

    `translations` maps a locale to the fields it gives: {"de": {"name": "Zuhören"}}.
    """

    translations = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def worded(self, field: str, locale: str | None = None) -> str:
        """The field in this language, or in the language it was written in."""
        words: dict[str, Any] = self.translations.get(_primary(locale), {})
        return words.get(field) or str(getattr(self, field))

    def speaks(self, locale: str | None = None) -> bool:
        """Whether there is a translation; a page labels the fallback where there is none."""
        return _primary(locale) in self.translations

    @property
    def written_in(self) -> str:
        """The language of the words themselves."""
        return getattr(self, "locale", "en")

    def spoken(self, locale: str | None = None) -> str:
        """The language the words come in, for the `lang` of what shows them."""
        return _primary(locale) if self.speaks(locale) else self.written_in


def _primary(locale: str | None) -> str:
    return (locale or get_language() or "en").split("-")[0].lower()


class Framework(Worded):
    """One version of a set of competencies; a published one is never edited."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        RETIRED = "retired", _("Retired")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=64)
    version = models.PositiveIntegerField(default=1)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(blank=True)
    locale = models.CharField(max_length=16, default="en")
    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)
    licence = models.CharField(max_length=80, blank=True)
    attribution = models.TextField(blank=True)
    source = models.CharField(max_length=24, default="own")  # own, content, onet, csv
    release = models.CharField(max_length=24, blank=True)  # the source's own word for the version
    digest = models.CharField(max_length=64, blank=True)  # of the file it came from
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "slug", "version"], name="framework_version_once"
            ),
            models.UniqueConstraint(
                fields=["slug", "version"],
                condition=models.Q(organisation__isnull=True),
                name="global_framework_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.edition}"

    @property
    def edition(self) -> str:
        """The version as it is said: the source's own release, or ours with a v."""
        return self.release or f"v{self.version}"


class Competency(Worded):
    """Something a person can be seen to do well."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="competencies")
    code = models.CharField(max_length=40)  # stable from version to version
    group = models.CharField(max_length=160, blank=True)
    position = models.PositiveIntegerField(default=0)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(blank=True)
    observable_by_others = models.BooleanField(default=True)
    uri = models.CharField(max_length=200, blank=True)  # of the concept it came from

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["framework", "code"], name="competency_code_once")
        ]
        ordering = ["framework", "position"]

    def __str__(self) -> str:
        return self.name


class Behaviour(Worded):
    """One thing that could be filmed; the unit of ratings and of practice."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="behaviours")
    code = models.CharField(max_length=44)
    position = models.PositiveIntegerField(default=0)
    text = models.CharField(max_length=300)
    eligible_360 = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["competency", "code"], name="behaviour_code_once")
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text


class Anchor(Worded):
    """What one level of one competency looks like, in full words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    competency = models.ForeignKey(Competency, on_delete=models.CASCADE, related_name="anchors")
    level = models.PositiveSmallIntegerField()
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["competency", "level"], name="anchor_level_once"),
            models.CheckConstraint(
                condition=models.Q(level__range=(1, 5)), name="anchor_level_1_to_5"
            ),
        ]
        ordering = ["level"]

    def __str__(self) -> str:
        return self.text
