"""A plan and its versions, its items, and if-then plans tied to real moments."""

from uuid import UUID

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models import ClientRow, Thing
from coachwork.people.models.records import AppendOnly
from coachwork.plans.models.goals import Goal


class Plan(ClientRow):
    """What the client means to do for up to three active goals, at a load they can carry."""

    policy = Thing.PLAN

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        AGREED = "agreed", _("Agreed")
        ACTIVE = "active", _("Active")
        UNDER_REVIEW = "under_review", _("Under review")
        CLOSED = "closed", _("Closed")

    NEXT: dict[str, tuple[str, ...]] = {
        State.DRAFT: (State.AGREED, State.CLOSED),
        State.AGREED: (State.ACTIVE, State.CLOSED),
        State.ACTIVE: (State.UNDER_REVIEW, State.CLOSED),
        State.UNDER_REVIEW: (State.ACTIVE, State.CLOSED),
    }

    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    capacity_hours_per_week = models.DecimalField(max_digits=4, decimal_places=1, default=2)
    reserve_weeks = models.PositiveSmallIntegerField(default=2)
    reserve_taken = models.JSONField(default=list, blank=True)  # Mondays of the weeks taken off
    review_dates = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    closed_at = models.DateTimeField(null=True, blank=True)
    waiting: UUID | None = None  # the proposed schedule that waits, where a page asks for it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=~models.Q(state="closed"),
                name="one_open_plan",
            )
        ]

    def may_become(self, state: str) -> bool:
        """Whether this state may follow the one the plan is in."""
        return state in self.NEXT.get(self.state, ())


class PlanVersion(AppendOnly):
    """What changed in a plan, who changed it and why; the list of them reads as a story."""

    policy = Thing.PLAN

    class Trigger(models.TextChoices):
        CLIENT = "client", _("Your own change")
        COACH = "coach", _("A coach's suggestion, accepted")
        REVIEW = "review", _("A review")
        SIGNAL = "signal", _("A suggestion of the app, accepted")
        LIFE = "life", _("Life")

    plan = TenantForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    trigger = models.CharField(max_length=6, choices=Trigger.choices)
    what = models.CharField(max_length=300)
    reason = models.CharField(max_length=300, blank=True)
    content = models.JSONField()  # the items as they stood

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "plan", "number"], name="plan_version_once")
        ]
        ordering = ["number"]


class PlanItem(ClientRow):
    """One thing to do, small enough to start."""

    policy = Thing.PLAN

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Practice in real life")
        EXERCISE = "exercise", _("Exercise")
        PROJECT = "project", _("Project")
        LEARNING = "learning", _("Learn")
        MENTOR = "mentor", _("Mentor")
        FEEDBACK = "feedback", _("Ask for feedback")
        REFLECTION = "reflection", _("Reflect")
        SUPPORT = "support", _("Get support")

    class State(models.TextChoices):
        SUGGESTED = "suggested", _("Suggested")
        TODO = "todo", _("To do")
        DOING = "doing", _("Doing")
        DONE = "done", _("Done")
        SKIPPED = "skipped", _("Let go")
        MOVED = "moved", _("Moved")
        REFUSED = "refused", _("Not taken up")

    OPEN = (State.TODO, State.DOING, State.MOVED)
    CLOSED = (State.DONE, State.SKIPPED, State.REFUSED)
    NEXT: dict[str, tuple[str, ...]] = {
        State.SUGGESTED: (State.TODO, State.REFUSED),
        State.TODO: (State.DOING, State.DONE, State.SKIPPED, State.MOVED),
        State.MOVED: (State.DOING, State.DONE, State.SKIPPED, State.MOVED),
        State.DOING: (State.DONE, State.SKIPPED, State.MOVED, State.TODO),
        State.DONE: (State.TODO,),
        State.SKIPPED: (State.TODO,),
        State.REFUSED: (State.SUGGESTED,),
    }

    class Cadence(models.TextChoices):
        ONCE = "once", _("Once")
        DAILY = "daily", _("On each working day")
        WEEKLY = "weekly", _("Every week")
        BIWEEKLY = "biweekly", _("Every second week")

    plan = TenantForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    goal = TenantForeignKey(
        Goal, on_delete=models.CASCADE, null=True, blank=True, related_name="items"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PRACTICE)
    state = models.CharField(max_length=9, choices=State.choices, default=State.TODO)
    title = models.CharField(_("title"), max_length=200)
    first_step = models.CharField(_("first step"), max_length=200, blank=True)
    effort_minutes = models.PositiveIntegerField(_("minutes"), default=15)
    cadence = models.CharField(
        _("how often"), max_length=8, choices=Cadence.choices, default=Cadence.ONCE
    )
    week_on = models.DateField(null=True, blank=True)  # the Monday of the week it lies in
    window_end = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    behaviour = models.ForeignKey(
        Behaviour, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    if_then = TenantForeignKey(
        "plans.IfThen", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    done_when = models.CharField(_("done when"), max_length=200, blank=True)
    evidence_expected = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)  # why skipped, or why suggested
    suggested_by = models.CharField(max_length=6, blank=True)  # "coach" or "app"
    blueprint = models.CharField(max_length=40, blank=True)  # the shipped practice it was made from
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client", "state", "week_on"], name="plan_item_by_week")]
        ordering = ["week_on", "position", "id"]

    def __str__(self) -> str:
        return self.title

    next_moment = ""  # names the next chance of today, where a page offers to log it

    def may_become(self, state: str) -> bool:
        """Whether this state may follow the one the item is in."""
        return state in self.NEXT.get(self.state, ())

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class Dependency(ClientRow):
    """One item that makes sense only after another one."""

    policy = Thing.PLAN

    item = TenantForeignKey(PlanItem, on_delete=models.CASCADE, related_name="needs")
    needed = TenantForeignKey(PlanItem, on_delete=models.CASCADE, related_name="needed_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "item", "needed"], name="dependency_once"),
            models.CheckConstraint(
                condition=~models.Q(item=models.F("needed")), name="dependency_on_another"
            ),
        ]


class IfThen(ClientRow):
    """If I see this, then I do that: a behaviour tied to a cue in real life."""

    policy = Thing.PLAN

    MOST_ACTIVE = 3
    next_moment = ""  # names the next chance of today, where a page offers to log it

    class Cue(models.TextChoices):
        TIME = "time", _("A time")
        PLACE = "place", _("A place")
        EVENT = "event", _("An event")
        FEELING = "feeling", _("A feeling")
        PERSON = "person", _("A person")
        AFTER_ACTION = "after_action", _("Right after something else")

    goal = TenantForeignKey(Goal, on_delete=models.CASCADE, related_name="if_thens")
    cue_type = models.CharField(max_length=12, choices=Cue.choices, blank=True)
    if_text = models.CharField(_("if"), max_length=300, blank=True)
    then_text = models.CharField(_("then"), max_length=300, blank=True)
    moment_kind = models.CharField(max_length=24, blank=True)  # a typical moment
    obstacle = models.CharField(max_length=300, blank=True)  # what it helps to get past
    active = models.BooleanField(default=False)  # a draft until it has a cue and an act
    rehearsed_at = models.DateTimeField(null=True, blank=True)
    # Put off: it is not asked for before this day.
    rests_until = models.DateField(_("rests until"), null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["client", "active"], name="if_then_active")]

    def __str__(self) -> str:
        return gettext("If %(cue)s, then %(act)s") % {"cue": self.if_text, "act": self.then_text}
