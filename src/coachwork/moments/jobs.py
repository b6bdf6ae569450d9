"""The mail of the morning: what was planned for today, the look ahead on Mondays, or one reminder.

At most one of them a day, at the time the person picked, and only if there is something to say.
"""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from coachwork.engine.attention import Barrier
from coachwork.kit import jobs, weeks
from coachwork.kit.jobs import task
from coachwork.moments import queries
from coachwork.moments.actions import MOST_A_WEEK
from coachwork.moments.models import DROP, LATER, SMALLER
from coachwork.moments.queries import Cue, Today
from coachwork.notifications import actions as notifications
from coachwork.notifications import queries as chosen
from coachwork.notifications.models import Preference
from coachwork.people.models import Client, User
from coachwork.plans import queries as plans

DIGEST, LOOK_AHEAD, NUDGE = "daily-digest", "weekly-look-ahead", "practice-nudge"
TOO_LATE = timedelta(hours=6)  # a morning's mail in the evening helps nobody
MOMENTS_SHOWN = 5
MONDAY = 0


@task
def send_digests() -> None:
    """Find those whose time has come; one job for each, so that one fault is one person's."""
    now = timezone.now()
    while due := notifications.due_digests(at=now):
        for choices in due:
            slot = choices.next_at
            with transaction.atomic():
                mine = notifications.move_on(choices=choices, at=now)
                if mine and slot is not None and now - slot < TOO_LATE:
                    jobs.enqueue("coachwork.moments.jobs.send_digest", choices.user_id)


@task
def send_digest(user_id: str) -> None:
    """Write the one mail of this morning, in the language and at the clock of its reader."""
    reader = User.objects.select_related("client").filter(pk=user_id, is_active=True).first()
    client: Client | None = getattr(reader, "client", None)
    if reader is None or client is None:
        return
    with translation.override(reader.language), timezone.override(chosen.zone(reader)):
        choices, today = chosen.preference(actor=reader), timezone.localdate()
        planned = queries.moment_plans(actor=reader, client=client, week_on=today)
        starts_week = choices.look_ahead and today.weekday() == MONDAY and not planned
        if starts_week and _look_ahead(reader, client, choices, today):
            return
        view = queries.today(actor=reader, client=client, at=timezone.now())
        if choices.digest:
            _digest(reader, client, choices, view, today)
        elif choices.nudges and len(planned) < MOST_A_WEEK:
            _remind(reader, client, view, today)


def _look_ahead(reader: User, client: Client, choices: Preference, today: date) -> bool:
    """The moments of this week that fit what the person works on; False where there are none."""
    view = queries.week_view(actor=reader, client=client, week_on=today)
    names = [one.name for one in view.moments if one.code in view.fitting][:MOMENTS_SHOWN]
    if not names or not view.offers or not _may_write(reader, LOOK_AHEAD, choices):
        return False
    notifications.queue(
        kind=LOOK_AHEAD,
        at=timezone.now(),
        key=f"{LOOK_AHEAD}:{reader.pk}:{weeks.monday(today)}",
        user=reader,
        about=client.pk,
        fields={"moments": "\n".join(names)},
        links={"week_url": reverse("moments:week")},
    )
    return True


def _digest(reader: User, client: Client, choices: Preference, view: Today, today: date) -> None:
    """What is open today, and what was held back since the last one."""
    held = chosen.held_back(actor=reader, at=timezone.now())
    steps = [*_steps(view), *(message.subject for message in held)]
    if not steps or not _may_write(reader, DIGEST, choices):
        return
    notifications.queue(
        kind=DIGEST,
        at=timezone.now(),
        key=f"{DIGEST}:{reader.pk}:{today}",
        user=reader,
        about=client.pk,
        fields={"steps": "\n".join(dict.fromkeys(steps))},
        links={"today_url": reverse("home")},
        carries=held,
    )


def _remind(reader: User, client: Client, view: Today, today: date) -> None:
    """One step, for those who would rather have reminders than a digest."""
    cue = next((one for one in view.cues if one.kind == "if_then" and not one.times_today), None)
    if cue is None:
        return
    if_then = plans.if_then(actor=reader, if_then_id=cue.key)
    change = queries.change_links(actor=reader, if_then=if_then, on=today)
    notifications.queue(
        kind=NUDGE,
        at=timezone.now(),
        key=f"{NUDGE}:{cue.key}:{today}",
        user=reader,
        about=client.pk,
        fields={
            "when": if_then.if_text,
            "step": cue.text,
            "reason": _("it serves your goal “%(goal)s”") % {"goal": cue.goal},
        },
        links={
            "do_url": queries.tap_link(actor=reader, client=client, if_then_id=cue.key, on=today),
            "smaller_url": change[SMALLER],
            "move_url": change[LATER],
            "drop_url": change[DROP],
        },
    )


def _steps(view: Today) -> list[str]:
    """The cues that are still open, then the things of this week's plan."""
    cues = [_said(cue) for cue in view.cues if not cue.times_today]
    return [*cues, *(str(item["first_step"] or item["title"]) for item in view.items)]


def _said(cue: Cue) -> str:
    """The moment, the step, and the goal that it serves."""
    told = f"{cue.name}: {cue.text}" if cue.name else cue.text
    return f"{told} ({cue.goal})" if cue.goal else told


def _may_write(reader: User, kind: str, choices: Preference) -> bool:
    """Whether it would go out; in the quiet hours it waits for their end."""
    found = chosen.may_reach(actor=reader, kind=kind, at=timezone.now(), choices=choices)
    return found in (None, Barrier.QUIET)
