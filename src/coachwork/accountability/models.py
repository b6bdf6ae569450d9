"""Commitments, check-ins and asking for help: what the client chose to be held to, and by whom."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.kit.ids import new_id
from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models import ClientRow, Thing, User, Visibility


class CheckInPlan(ClientRow):
    """How often the client looks back, with which questions, and who reads the answers."""

    class Cadence(models.IntegerChoices):
        WEEKLY = 1, _("Every week")
        FORTNIGHTLY = 2, _("Every second week")

    policy = Thing.CHECK_INS

    cadence = models.PositiveSmallIntegerField(
        _("how often"), choices=Cadence.choices, default=Cadence.WEEKLY
    )
    weekday = models.PositiveSmallIntegerField(_("on"), default=4)
    template = models.CharField(_("questions"), max_length=60, default="four-lines")
    # What new check-ins and commitments start as.
    audience = models.CharField(
        _("who reads it"),
        max_length=2,
        choices=[(one.value, one.label) for one in (Visibility.PRIVATE, Visibility.PAIR)],
        default=Visibility.PRIVATE,
    )
    first_week_on = models.DateField(_("since"))
    paused_from = models.DateField(null=True, blank=True)
    paused_until = models.DateField(_("paused until"), null=True, blank=True)

    class Meta:
        verbose_name = _("check-in plan")
        constraints = [
            models.UniqueConstraint(fields=["client"], name="accountability_one_plan"),
        ]


class CheckIn(ClientRow):
    """The answer of one week."""

    policy = Thing.CHECK_INS

    week_on = models.DateField(_("week"))
    template = models.CharField(max_length=60)
    did = models.TextField(_("did"), blank=True)
    learned = models.TextField(_("learned"), blank=True)
    stuck = models.TextField(_("stuck"), blank=True)
    ahead = models.TextField(_("next"), blank=True)
    wants_help = models.BooleanField(_("wants help"), default=False)

    class Meta:
        verbose_name = _("check-in")
        constraints = [
            models.UniqueConstraint(fields=["client", "week_on"], name="accountability_once_a_week")
        ]


class Energies(ClientRow):
    """Energy from 1 to 5, week by week: one row, so that it is opened and closed as a whole."""

    policy = Thing.MOODS

    readings = models.JSONField(_("readings"), default=list)  # [week, value], newest last

    class Meta:
        verbose_name = _("energy")
        verbose_name_plural = _("energy")
        constraints = [
            models.UniqueConstraint(fields=["client"], name="accountability_one_energies"),
        ]

    def named(self) -> str:
        return str(_("Your energy, week by week"))


class Commitment(ClientRow):
    """Something the client means to do by a day. Renegotiating it in time is a success."""

    class State(models.TextChoices):
        MADE = "made", _("Open")
        KEPT = "kept", _("Kept")
        PARTLY = "partly", _("Partly")
        NOT_THIS_TIME = "not_this_time", _("Not this time")
        RENEGOTIATED = "renegotiated", _("Agreed anew")
        RELEASED = "released", _("Let go")

    class Size(models.TextChoices):
        TINY = "tiny", _("Tiny")
        NORMAL = "normal", _("Normal")
        STRETCH = "stretch", _("A stretch")

    class Reason(models.TextChoices):
        NO_TIME = "no_time", _("No time")
        FORGOT = "forgot", _("Forgot")
        HARDER = "harder", _("Harder than thought")
        NOT_IMPORTANT = "not_important", _("Not important now")
        BLOCKED = "blocked", _("Blocked by others")
        OTHER = "other", _("Something else")

    policy = Thing.CHECK_INS

    text = models.CharField(_("what"), max_length=300)
    due_on = models.DateField(_("by"))
    size = models.CharField(max_length=7, choices=Size.choices, default=Size.NORMAL)
    if_blocked = models.CharField(_("if something gets in the way"), max_length=300, blank=True)
    state = models.CharField(max_length=14, choices=State.choices, default=State.MADE)
    reason = models.CharField(max_length=14, choices=Reason.choices, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    follows = TenantForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="followed_by"
    )

    class Meta:
        verbose_name = _("commitment")
        indexes = [models.Index(fields=["client", "state", "due_on"], name="accountability_due")]

    def named(self) -> str:
        return self.text


class SupportRequest(ClientRow):
    """The client asks for help, and is told by when somebody answers."""

    class Kind(models.TextChoices):
        STUCK = "stuck", _("I am stuck")
        TIME = "time", _("I have no time")
        COURAGE = "courage", _("I do not dare")
        SKILL = "skill", _("I do not know how")
        CONFLICT = "conflict", _("A conflict")
        WELLBEING = "wellbeing", _("I am not well")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACKNOWLEDGED = "acknowledged", _("Seen")
        HELPED = "helped", _("Helped")
        WITHDRAWN = "withdrawn", _("Taken back")

    policy = Thing.CHECK_INS

    kind = models.CharField(_("about"), max_length=10, choices=Kind.choices)
    text = models.TextField(_("in your words"), blank=True)
    to = models.ForeignKey(
        User, on_delete=models.DO_NOTHING, db_constraint=False, null=True, related_name="+"
    )
    due_at = models.DateTimeField(_("answer by"), null=True, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    reply = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("request for support")
        verbose_name_plural = _("requests for support")
        indexes = [models.Index(fields=["client", "-id"], name="accountability_requests")]


class Dismissal(ClientRow):
    """The client put a flag aside: it is shown to nobody any more."""

    policy = Thing.CHECK_INS

    flag = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("flag put aside")
        constraints = [
            models.UniqueConstraint(fields=["client", "flag"], name="accountability_dismissed_once")
        ]


class Promise(models.Model):
    """How soon a coach answers, in working days where the coach lives."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="promise")
    working_days = models.PositiveSmallIntegerField(default=2)
    words = models.CharField(max_length=300, blank=True)
