"""What one writes for oneself: what sets one off, talks to come, questions, how one works."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.people.models import ClientRow, Thing


class TriggerMap(ClientRow):
    """What happens in one hard kind of moment. Nobody else reads it, unless it alone is shared."""

    policy = Thing.MOODS

    situation = models.TextField(_("situation"))
    body = models.CharField(_("in the body"), max_length=300, blank=True)
    thought = models.CharField(_("thought"), max_length=300, blank=True)
    feeling = models.CharField(_("feeling"), max_length=120, blank=True)
    usual_act = models.CharField(_("what I usually do"), max_length=300, blank=True)
    cost = models.CharField(_("what it costs"), max_length=300, blank=True)
    wanted_act = models.CharField(_("what I would rather do"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("trigger map")
        indexes = [models.Index(fields=["client", "-id"], name="trigger_maps_newest")]

    def named(self) -> str:
        # No word of it: the list of shares has other readers.
        return str(_("A trigger map"))


class Talk(ClientRow):
    """A real talk to come, prepared."""

    policy = Thing.PLAN

    planner = models.CharField(max_length=60, blank=True)
    with_whom = models.CharField(_("with whom"), max_length=120)
    on = models.DateField(_("day"), null=True, blank=True)
    aim = models.CharField(_("aim"), max_length=300)
    first_sentence = models.CharField(_("first sentence"), max_length=300, blank=True)
    questions = models.TextField(_("questions"), blank=True)
    listen_for = models.CharField(_("listen for"), max_length=300, blank=True)
    if_it_goes_wrong = models.CharField(_("if it goes wrong"), max_length=300, blank=True)
    close = models.CharField(_("how it ends"), max_length=300, blank=True)
    after_note = models.TextField(_("afterwards"), blank=True)

    class Meta:
        verbose_name = _("talk to come")
        indexes = [models.Index(fields=["client", "-id"], name="talks_newest")]

    def named(self) -> str:
        return str(_("A talk to come"))


class ToolRun(ClientRow):
    """A conversation with oneself: where it is, and what was answered on the way."""

    policy = Thing.PLAN

    class Ending(models.TextChoices):
        OPEN = "", _("Under way")
        IF_THEN = "if_then", _("With an if-then")
        NOT_NOW = "not_now", _("Not now")

    tool = models.CharField(max_length=60)
    here = models.CharField(max_length=40)  # the question that is open
    answers = models.JSONField(default=list)  # [code of the question, the question, the answer]
    ending = models.CharField(max_length=8, choices=Ending.choices, blank=True, default="")
    if_text = models.CharField(_("if"), max_length=200, blank=True)
    then_text = models.CharField(_("then"), max_length=300, blank=True)
    updated_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("conversation with oneself")
        indexes = [models.Index(fields=["client", "-id"], name="tool_runs_newest")]

    def named(self) -> str:
        return str(_("A conversation with yourself"))


class StyleCard(ClientRow):
    """How somebody works and what helps them, on one page, for whom they choose."""

    policy = Thing.PLAN

    how_i_work = models.TextField(_("how I work"), blank=True)
    what_helps = models.TextField(_("what helps me"), blank=True)
    ask_me = models.TextField(_("what you can ask me"), blank=True)
    values = models.TextField(_("what matters to me, the most first"), blank=True)
    updated_at = models.DateTimeField(_("changed"))

    class Meta:
        verbose_name = _("style card")
        constraints = [models.UniqueConstraint(fields=["client"], name="one_style_card")]

    def named(self) -> str:
        return str(_("How I work"))
