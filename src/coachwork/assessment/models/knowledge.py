"""Knowledge checks: which questions were asked, what was answered, and the range it came to."""

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coachwork.frameworks.models import Competency
from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models import ClientRow, Thing


class KnowledgeCheck(ClientRow):
    """One short check about one competency; the questions themselves are content."""

    policy = Thing.ASSESSMENT

    class State(models.TextChoices):
        DRAFT = "draft", _("Begun")
        FINISHED = "finished", _("Finished")

    class Band(models.IntegerChoices):
        NEW = 0, _("still new")
        IDEAS = 1, _("the main ideas are there")
        WELL = 2, _("sits well")

    competency = models.ForeignKey(Competency, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    finished_at = models.DateTimeField(null=True, blank=True)
    # The range that an 80% interval comes to, and why no more was asked.
    low = models.PositiveSmallIntegerField(null=True, blank=True)
    high = models.PositiveSmallIntegerField(null=True, blank=True)
    stopped = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "competency"],
                condition=models.Q(state="draft"),
                name="one_open_check_a_competency",
            )
        ]
        indexes = [models.Index(fields=["client", "-id"], name="knowledge_check_newest")]

    @property
    def said(self) -> str:
        """What the answers say, as words and as a range; empty while it is open."""
        band = KnowledgeCheck.Band
        if self.low is None or self.high is None:
            return ""
        if (self.low, self.high) == (band.NEW, band.WELL):
            return gettext("The answers do not say much either way.")
        words = {"low": band(self.low).label, "high": band(self.high).label}
        if self.low == self.high:
            return gettext("What the answers say: %(low)s.") % words
        range_ = gettext("What the answers say: somewhere between “%(low)s” and “%(high)s”.")
        return range_ % words


class KnowledgeAnswer(ClientRow):
    """One question that was asked; without a choice it is the one to answer now."""

    policy = Thing.ASSESSMENT

    class Choice(models.TextChoices):
        A = "a", "a"
        B = "b", "b"
        C = "c", "c"
        D = "d", "d"
        UNSURE = "unsure", _("I do not know")

    knowledge_check = TenantForeignKey(
        KnowledgeCheck, on_delete=models.CASCADE, related_name="answers"
    )
    question = models.CharField(max_length=60)  # its code in the content
    position = models.PositiveSmallIntegerField(default=1)
    choice = models.CharField(max_length=6, blank=True, choices=Choice.choices)
    right = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "knowledge_check", "question"], name="knowledge_question_once"
            ),
            models.UniqueConstraint(
                fields=["client", "knowledge_check", "position"], name="knowledge_place_once"
            ),
        ]
        ordering = ["position"]
