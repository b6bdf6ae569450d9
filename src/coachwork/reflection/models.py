"""The journal, what came out of it, and looking at one's own progress."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.frameworks.models import Competency
from coachwork.people.models import ClientRow, Thing
from coachwork.people.models.records import AppendOnly


class JournalKey(ClientRow):
    """The random key of one person's journal, wrapped. With the record it goes, and all words."""

    policy = Thing.ENTRIES

    key = models.BinaryField(max_length=200)

    class Meta:
        verbose_name = _("key of the journal")
        constraints = [
            models.UniqueConstraint(fields=["client"], name="reflection_one_key"),
        ]


class SealedRow(ClientRow):
    """A row whose words are encrypted: the client alone reads them, and no search does."""

    policy = Thing.ENTRIES

    sealed = models.BinaryField(_("words"))

    class Meta:
        abstract = True


class Entry(SealedRow):
    """A page of the journal."""

    class Kind(models.TextChoices):
        AFTER_EVENT = "after_event", _("After something happened")
        WEEKLY = "weekly", _("The week")
        MONTHLY = "monthly", _("The month")
        FREE = "free", _("Free")
        WINS = "wins", _("What went well")
        DECISION = "decision", _("A decision")
        LETTER = "letter", _("A letter to myself")

    class State(models.TextChoices):
        KEPT = "kept", _("Kept")
        ARCHIVED = "archived", _("Put away")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.KEPT)
    prompt_set = models.CharField(max_length=60, blank=True)
    written_on = models.DateField(_("day"))
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(_("changed"))
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resurfaces = models.BooleanField(_("may come back"), default=True)
    # A decision comes back to be looked at, a letter to be opened.
    returns_on = models.DateField(_("comes back on"), null=True, blank=True)
    returned_at = models.DateTimeField(_("came back"), null=True, blank=True)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes = [
            models.Index(fields=["client", "-written_on", "-id"], name="reflection_newest"),
            models.Index(fields=["client", "returns_on"], name="reflection_returning"),
        ]


class Insight(SealedRow):
    """Something worth keeping, asked about again after a while."""

    class Strength(models.TextChoices):
        NEW = "new", _("New")
        REPEATING = "repeating", _("Seen again")
        SETTLED = "settled", _("Settled")

    entry = models.UUIDField(null=True, blank=True)
    strength = models.CharField(max_length=10, choices=Strength.choices, default=Strength.NEW)
    asks_on = models.DateField(_("asked again on"), null=True, blank=True)
    times_asked = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("insight")
        indexes = [models.Index(fields=["client", "-id"], name="reflection_insights")]


class Extract(ClientRow):
    """Lines that the client copied out of the journal to show them to somebody."""

    policy = Thing.JOURNAL

    text = models.TextField(_("lines"))
    entry = models.UUIDField(null=True, blank=True)
    written_on = models.DateField(_("day"))

    class Meta:
        verbose_name = _("extract from the journal")
        verbose_name_plural = _("extracts from the journal")
        indexes = [models.Index(fields=["client", "-id"], name="reflection_extracts")]

    def named(self) -> str:
        return str(_("Lines from the journal"))


class SelfCheck(AppendOnly):
    """One look at one's own level, beside where one stood and where one now thinks one stood."""

    class Sure(models.TextChoices):
        LOW = "low", _("Not very")
        MEDIUM = "medium", _("Fairly")
        HIGH = "high", _("Very")

    policy = Thing.ASSESSMENT

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    level = models.DecimalField(_("level now"), max_digits=2, decimal_places=1)
    # Asked after the level of today: where the person now thinks they stood at the start.
    then_level = models.DecimalField(
        _("level then, seen from now"), max_digits=2, decimal_places=1, null=True, blank=True
    )
    first_level = models.DecimalField(
        _("level then"), max_digits=2, decimal_places=1, null=True, blank=True
    )
    sure = models.CharField(_("how sure"), max_length=6, choices=Sure.choices, blank=True)
    on = models.DateField(_("day"))

    class Meta:
        verbose_name = _("self-check")
        indexes = [models.Index(fields=["client", "competency", "-id"], name="reflection_checks")]


class Pin(ClientRow):
    """A step of the story that the client marked as a turning point."""

    policy = Thing.ENTRIES

    event = models.UUIDField()

    class Meta:
        verbose_name = _("turning point")
        constraints = [
            models.UniqueConstraint(fields=["client", "event"], name="reflection_pinned_once"),
        ]
