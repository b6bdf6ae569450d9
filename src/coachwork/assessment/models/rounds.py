"""Feedback rounds: who is asked, what they say until it is pooled, and what was released."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coachwork.frameworks.models import Framework
from coachwork.kit.tenancy import TenantForeignKey
from coachwork.people.models import ClientRow, Thing
from coachwork.people.models.records import AppendOnly


class RaterGroup(models.TextChoices):
    """What somebody who is asked is to the client; all but the manager stay anonymous."""

    MANAGER = "manager", _("Manager")
    PEER = "peer", _("Peers")
    REPORT = "report", _("People you lead")
    OTHER = "other", _("Other colleagues")


class FeedbackRound(ClientRow):
    """One time of asking others; what is asked is settled when it begins and stays so."""

    policy = Thing.ROUND

    class Mode(models.TextChoices):
        FULL = "full", _("Feedback round")
        PULSE = "pulse", _("Pulse")  # one behaviour, two questions, about five people

    class State(models.TextChoices):
        NOMINATING = "nominating", _("Choosing whom to ask")
        PROPOSED = "proposed", _("With your coach")
        COLLECTING = "collecting", _("Open for answers")
        CLOSED = "closed", _("Answers are in")
        RELEASED = "released", _("Report is there")
        CANCELLED = "cancelled", _("Called off")

    class Reading(models.TextChoices):
        NOW = "now", _("Read all of it now")
        STRENGTHS = "strengths", _("Only the strengths today")
        COACH = "coach", _("Later, with my coach")

    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.FULL)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    # The ids of the competencies and of their behaviours, in the order in which they are asked.
    asked = models.JSONField(default=list)
    leads = models.BooleanField(default=False)  # whether the usual questions are those for leaders
    state = models.CharField(max_length=10, choices=State.choices, default=State.NOMINATING)
    proposed_at = models.DateTimeField(null=True, blank=True)  # to the coach
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)  # names and addresses are gone
    extended = models.BooleanField(default=False)
    reminded_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    # What the client makes of the report, in three boxes, and the one or two behaviours they pick.
    confirms = models.TextField(blank=True)
    surprises = models.TextField(blank=True)
    questions = models.TextField(blank=True)
    focus = models.JSONField(default=list)
    thanked_at = models.DateTimeField(null=True, blank=True)
    # Why the coach waits with the report, for the client to read, and until when at most.
    hold_reason = models.TextField(blank=True)
    hold_until = models.DateField(null=True, blank=True)
    reading = models.CharField(max_length=10, choices=Reading.choices, blank=True)
    ask_again_on = models.DateField(null=True, blank=True)  # when a pulse on the choice is due

    class Meta:
        constraints = [
            # A form that is sent twice must find the round that the first one made.
            models.UniqueConstraint(
                fields=["client", "mode"],
                condition=models.Q(state__in=["nominating", "proposed", "collecting", "closed"]),
                name="one_open_round",
            )
        ]
        indexes = [
            models.Index(fields=["client", "-id"], name="feedback_round_newest"),
            models.Index(fields=["state", "closes_at"], name="feedback_round_due"),
        ]


class Nomination(ClientRow):
    """Somebody the client would like to ask. It never says whether they have answered."""

    policy = Thing.ROUND

    round = TenantForeignKey(FeedbackRound, on_delete=models.CASCADE, related_name="nominations")
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(blank=True)
    group = models.CharField(max_length=8, choices=RaterGroup.choices)
    note = models.TextField(blank=True)  # a private line to the one who is asked
    invited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "round", "email"],
                condition=~models.Q(email=""),
                name="nominated_once",
            )
        ]


class RaterReply(ClientRow):
    """What one rater says. Nobody reads it: not the client, not the coach, not in an export."""

    policy = Thing.REPLIES

    class State(models.TextChoices):
        INVITED = "invited", _("Invited")
        OPENED = "opened", _("Opened")
        SUBMITTED = "submitted", _("Handed in")
        DECLINED = "declined", _("Would rather not")

    round = TenantForeignKey(FeedbackRound, on_delete=models.CASCADE, related_name="replies")
    # Until names are forgotten: whom to write to, and what to call them on their own form.
    nomination = TenantForeignKey(
        Nomination, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    group = models.CharField(max_length=8, choices=RaterGroup.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.INVITED)
    rater = models.CharField(max_length=64)  # a keyed pseudonym, the same in every round
    # By the id of the behaviour: 1 to 5, or 0 where they had no chance to see it. In a pulse the
    # change from -3 to +3 is kept as 1 to 7, so that 0 means the same there.
    scores = models.JSONField(default=dict)
    comments = models.JSONField(default=dict)
    picks = models.JSONField(default=list)  # the two competencies that would help most
    calibrated = models.BooleanField(default=False)
    submitted_on = models.DateField(null=True, blank=True)  # the day alone

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "round", "rater"], name="rater_once"),
        ]


class HeldComment(ClientRow):
    """A comment with a word of the list, until the report is there: it says nothing of its writer.

    No group, no rater, no moment of its own: all of a round are written at once when it closes.
    """

    policy = Thing.HELD

    class Outcome(models.TextChoices):
        HARMLESS = "harmless", _("Show it: the words mean something else here")
        FAIR = "fair", _("Show it: hard to read, and still fair and useful")
        SLUR = "slur", _("Keep it back: it insults")
        THREAT = "threat", _("Keep it back: it threatens")

    SHOWN = (Outcome.HARMLESS, Outcome.FAIR)

    round = TenantForeignKey(FeedbackRound, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=60)
    text = models.TextField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)


class RoundReport(AppendOnly):
    """What was released, frozen: later answers, merges and rules never change it."""

    policy = Thing.REPORT

    round = TenantForeignKey(FeedbackRound, on_delete=models.CASCADE, related_name="reports")
    shown = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "round"], name="round_released_once")
        ]


class ReleasedSets(AppendOnly):
    """Which pseudonyms stand behind a release: asked before the next one, and read by nobody."""

    policy = Thing.REPLIES

    round = TenantForeignKey(FeedbackRound, on_delete=models.CASCADE, related_name="+")
    sets = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "round"], name="released_sets_once")
        ]


class DebriefNote(ClientRow):
    """What a coach writes down for the talk about a report: theirs alone."""

    policy = Thing.COACH_NOTES

    round = TenantForeignKey(FeedbackRound, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "round", "created_by"], name="debrief_note_once"
            )
        ]
