"""A goal in the client's own words, its five outcomes, and every wording it has had."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models import ClientRow, Thing
from coachwork.people.models.records import AppendOnly


class Goal(ClientRow):
    """What the client wants to do differently, and by when. Only the client can drop it."""

    policy = Thing.GOALS

    class Kind(models.TextChoices):
        LEARNING = "learning", _("Learn to do something")
        PERFORMANCE = "performance", _("Do something better")
        OUTCOME = "outcome", _("Reach a result")
        HABIT = "habit", _("Make it a habit")

    class State(models.TextChoices):
        OFFERED = "offered", _("Offered, not taken up")
        DRAFT = "draft", _("Draft")
        AGREED = "agreed", _("Agreed")
        ACTIVE = "active", _("Active")
        PAUSED = "paused", _("Paused")
        MET = "met", _("Met")
        PARTLY_MET = "partly_met", _("Partly met")
        NOT_MET = "not_met", _("Not met")
        CHANGED = "changed", _("Changed into another goal")
        DROPPED = "dropped", _("Let go")

    OUTCOMES = (State.MET, State.PARTLY_MET, State.NOT_MET, State.CHANGED)
    OPEN = (State.DRAFT, State.AGREED, State.ACTIVE, State.PAUSED)
    MOST_ACTIVE = 3
    # How much a goal counts beside the others, in words.
    WEIGHTS = {
        1: _("It fits in where there is room"),
        2: _("It matters more than most"),
        3: _("It comes first"),
    }
    # From each state, the states that may follow; what is not here is refused.
    NEXT: dict[str, tuple[str, ...]] = {
        State.OFFERED: (State.DRAFT, State.DROPPED),
        State.DRAFT: (State.AGREED, State.DROPPED),
        State.AGREED: (State.ACTIVE, State.DROPPED),
        State.ACTIVE: (State.PAUSED, *OUTCOMES, State.DROPPED),
        State.PAUSED: (State.ACTIVE, *OUTCOMES, State.DROPPED),
        State.DROPPED: (State.DRAFT,),
    }

    kind = models.CharField(max_length=11, choices=Kind.choices, default=Kind.LEARNING)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField(_("goal"), max_length=300)
    why = models.TextField(_("why it matters"), blank=True)
    if_nothing = models.TextField(_("what stays the same if I do nothing"), blank=True)
    baseline = models.TextField(_("where I am today"), blank=True)
    obstacle = models.TextField(_("what might get in the way"), blank=True)
    competency = models.ForeignKey(
        Competency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    behaviour = models.ForeignKey(
        Behaviour, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    weight = models.PositiveSmallIntegerField(default=1)
    start_on = models.DateField(null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    commitment = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 10
    confidence = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to 10
    released_text = models.TextField(blank=True)
    # A goal that somebody else put on the table: who, and how it read when it was offered.
    offered_by = models.CharField(max_length=120, blank=True)
    offered_text = models.CharField(max_length=300, blank=True)
    # From then on it is the client's own, and who offered it reads nothing more.
    taken_up_at = models.DateTimeField(null=True, blank=True)
    client_agreed_at = models.DateTimeField(null=True, blank=True)
    coach_agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)  # once every tick it needs is there
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(max_length=300, blank=True)
    changed_into = TenantForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weight__range=(1, 3)), name="goal_weight_1_to_3"
            ),
            models.CheckConstraint(
                condition=models.Q(commitment__isnull=True) | models.Q(commitment__range=(1, 10)),
                name="goal_commitment_1_to_10",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__isnull=True) | models.Q(confidence__range=(1, 10)),
                name="goal_confidence_1_to_10",
            ),
        ]
        indexes = [models.Index(fields=["client", "state"], name="goal_by_state")]

    def __str__(self) -> str:
        return self.title

    def may_become(self, state: str) -> bool:
        """Whether this state may follow the one the goal is in."""
        return state in self.NEXT.get(self.state, ())

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN


class Rung(ClientRow):
    """One of five outcomes written before starting: -2 is today's baseline, 0 is expected."""

    policy = Thing.GOALS

    goal = TenantForeignKey(Goal, on_delete=models.CASCADE, related_name="rungs")
    level = models.SmallIntegerField()
    text = models.CharField(max_length=300)
    reached_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "goal", "level"], name="rung_once"),
            models.CheckConstraint(condition=models.Q(level__range=(-2, 2)), name="rung_-2_to_2"),
        ]
        ordering = ["level"]


class GoalVersion(AppendOnly):
    """How a goal and its outcomes read at one time, who changed them and why."""

    policy = Thing.GOALS

    goal = TenantForeignKey(Goal, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=300, blank=True)
    wording = models.JSONField()  # title, why, baseline, kind, dates, rungs

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "goal", "number"], name="goal_version_once")
        ]
        ordering = ["number"]
