"""Mails of a feedback round. None of them says who has answered."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import ngettext

from coachwork.assessment.models import FeedbackRound, Nomination
from coachwork.assessment.queries.rounds import invitation_key
from coachwork.engine.anonymity import ATTRIBUTABLE
from coachwork.notifications import actions as notifications
from coachwork.people.models import User


def invite(nomination: Nomination, asked_in: FeedbackRound, link: str, *, at: datetime) -> None:
    """The personal link, to the address it was made for."""
    named = nomination.group == ATTRIBUTABLE
    is_pulse = asked_in.mode == FeedbackRound.Mode.PULSE
    if_named = "pulse-invite-manager" if is_pulse else "rater-invite-manager"
    if_not = "pulse-invite" if is_pulse else "rater-invite"
    _to_rater(if_named if named else if_not, nomination, asked_in,
              key=invitation_key(nomination), link=link, at=at,
              more={"note": nomination.note, "until": asked_in.closes_at})  # fmt: skip


def remind(nomination: Nomination, asked_in: FeedbackRound, link: str, *, at: datetime) -> None:
    """The same link again, to somebody who has neither answered nor declined."""
    _to_rater("rater-reminder", nomination, asked_in, link=link, at=at,
              key=f"rater:{nomination.pk}:reminder:{asked_in.reminders}",
              more={"until": asked_in.closes_at})  # fmt: skip


def thank(
    nomination: Nomination, asked_in: FeedbackRound, *, focus: str, weeks: int, at: datetime
) -> None:
    """Thanks, with what the client will work on, and when they would like to ask again."""
    again = (
        ngettext(
            "In about %(weeks)d week there will be two short questions on whether it shows.",
            "In about %(weeks)d weeks there will be two short questions on whether it shows.",
            weeks,
        )
        % {"weeks": weeks}
        if weeks
        else ""
    )
    _to_rater("rater-thanks", nomination, asked_in, at=at,
              key=f"rater:{nomination.pk}:thanks",
              more={"focus": focus, "again": again})  # fmt: skip


def time_to_ask_again(asked_in: FeedbackRound, *, at: datetime) -> None:
    """The weeks that the client named are over: a pulse can begin."""
    if asked_in.client.user is not None:
        _to_user("pulse-due", asked_in, asked_in.client.user, at=at,
                 page=reverse("assessment:pulse"))  # fmt: skip


def day_after(asked_in: FeedbackRound, *, at: datetime, due_at: datetime) -> None:
    """A line on the day after a report that may be hard to read, or that waits to be read."""
    if asked_in.client.user is not None:
        _to_user("report-day-after", asked_in, asked_in.client.user, at=at, due_at=due_at,
                 page=reverse("assessment:report", args=[asked_in.pk]))  # fmt: skip


def called_off(nomination: Nomination, asked_in: FeedbackRound, *, at: datetime) -> None:
    """A neutral line: the round does not take place, and what was said is deleted."""
    key = f"rater:{nomination.pk}:called-off"
    _to_rater("round-called-off", nomination, asked_in, key=key, at=at)


def to_client(kind: str, asked_in: FeedbackRound, *, at: datetime) -> None:
    """To the one whose round it is, where they have claimed their record."""
    if asked_in.client.user is not None:
        _to_user(kind, asked_in, asked_in.client.user, at=at)


def to_coaches(
    kind: str, asked_in: FeedbackRound, coaches: Sequence[User], *, at: datetime
) -> None:
    for coach in coaches:
        _to_user(kind, asked_in, coach, at=at, more={"client_name": asked_in.client.name})


def _to_user(  # noqa: PLR0913 - a mail has many facts, each named
    kind: str,
    asked_in: FeedbackRound,
    user: User,
    *,
    at: datetime,
    more: dict[str, object] | None = None,
    page: str = "",
    due_at: datetime | None = None,
) -> None:
    notifications.queue(
        kind=kind,
        at=at,
        key=f"round:{asked_in.pk}:{kind}:{user.pk}:{at:%Y%m%d}",
        user=user,
        about=asked_in.client_id,
        fields={"name": user.get_short_name(), **(more or {})},
        due_at=due_at,
        links={"round_url": page or reverse("assessment:round", args=[asked_in.pk])},
    )


def _to_rater(  # noqa: PLR0913
    kind: str,
    nomination: Nomination,
    asked_in: FeedbackRound,
    *,
    key: str,
    at: datetime,
    link: str = "",
    more: dict[str, object] | None = None,
) -> None:
    if not nomination.email:
        return
    page = {"rate_url": reverse("assessment:rater", args=[link])} if link else {}
    notifications.queue(
        kind=kind,
        at=at,
        key=key,
        address=nomination.email,
        about=asked_in.client_id,
        fields={"name": nomination.name, "client_name": asked_in.client.name, **(more or {})},
        links=page,
    )
