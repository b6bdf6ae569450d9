"""How often one checks in, the answer of a week, and a rest from it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from coachwork.accountability.models import CheckIn, CheckInPlan, Energies
from coachwork.kit import content, weeks
from coachwork.kit.errors import Invalid, Refused
from coachwork.notifications import actions as notifications
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people import queries as people_queries
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility

LONGEST = 4_000
LINES = ("did", "learned", "stuck", "ahead")
FURTHEST = timedelta(days=366)
LATEST = timedelta(weeks=2)  # a week can be answered this long after it ended
AUDIENCES = (Visibility.PRIVATE, Visibility.PAIR)


@transaction.atomic
def choose_plan(  # noqa: PLR0913  one argument for each choice
    *,
    actor: User,
    client: Client,
    cadence: int,
    weekday: int,
    template: str,
    audience: str,
    today: date,
    at: datetime,
) -> CheckInPlan:
    """Choose how to check in; what was answered before stays as open as it was."""
    access.require(actor, Verb.WRITE, Thing.CHECK_INS, client)
    problems: dict[str, str] = {}
    if cadence not in CheckInPlan.Cadence.values:
        problems["cadence"] = _("Please choose how often.")
    if weekday not in range(7):
        problems["weekday"] = _("Please choose a day.")
    if template not in {one.code for one in content.load("check_ins")}:
        problems["template"] = _("Please choose the questions.")
    if audience not in AUDIENCES:
        problems["audience"] = _("Please choose who reads it.")
    if problems:
        raise Invalid(problems)
    chosen = {"cadence": cadence, "weekday": weekday, "template": template, "audience": audience}
    plan, _is_new = CheckInPlan.objects.update_or_create(
        client=client,
        defaults=chosen,
        create_defaults={
            **chosen,
            "visibility": people_queries.starting_class(actor=actor, client=client),
            "created_by": actor,
            "created_at": at,
            "first_week_on": weeks.monday(today),
        },
    )
    return plan


@transaction.atomic
def answer(  # noqa: PLR0913  one argument for each thing an answer says
    *,
    actor: User,
    client: Client,
    week_on: date,
    words: Mapping[str, str],
    energy: int | None = None,
    wants_help: bool = False,
    today: date,
    at: datetime,
) -> CheckIn:
    """Answer for a week, or answer anew: the later answer counts. Every line may stay empty."""
    access.require(actor, Verb.WRITE, Thing.CHECK_INS, client)
    monday = weeks.monday(week_on)
    said = {name: str(words.get(name, "")).strip() for name in LINES}
    _check(said, energy, monday, today)
    plan = CheckInPlan.objects.filter(client=client).first()
    if plan is None:
        plan = choose_plan(
            actor=actor, client=client, cadence=1, weekday=today.weekday(),
            template="four-lines", audience=Visibility.PRIVATE, today=monday, at=at,
        )  # fmt: skip
    written, _is_new = CheckIn.objects.update_or_create(
        client=client,
        week_on=monday,
        defaults={**said, "wants_help": wants_help, "template": plan.template},
        create_defaults={
            **said,
            "wants_help": wants_help,
            "template": plan.template,
            "visibility": plan.audience,
            "created_by": actor,
            "created_at": at,
        },
    )
    if energy is not None:
        _keep_energy(actor, client, monday, energy, at)
    if plan.first_week_on > monday:
        plan.first_week_on = monday
        plan.save(update_fields=["first_week_on"])
    people.note(
        actor=actor,
        client=client,
        kind="check_in.answered",
        item=written.pk,
        at=at,
        visibility=written.visibility,
    )
    return written


def _check(said: Mapping[str, str], energy: int | None, monday: date, today: date) -> None:
    problems: dict[str, str] = {}
    for name, text in said.items():
        if len(text) > LONGEST:
            problems[name] = _("A few lines are enough here: up to %(most)d characters.") % {
                "most": LONGEST
            }
        if "\x00" in text:
            problems[name] = _("There is a character in it that is not text.")
    if energy is not None and energy not in range(1, 6):
        problems["energy"] = _("Please choose from 1 to 5, or leave it open.")
    this_week = weeks.monday(today)
    if not this_week - LATEST <= monday <= this_week:
        problems["week_on"] = _("This week can no longer be answered. Begin with the one now.")
    if problems:
        raise Invalid(problems)


def _keep_energy(actor: User, client: Client, monday: date, value: int, at: datetime) -> None:
    row, _is_new = Energies.objects.select_for_update().get_or_create(
        client=client,
        defaults={"visibility": Visibility.PRIVATE, "created_by": actor, "created_at": at},
    )
    week = monday.isoformat()
    row.readings = [*(one for one in row.readings if one[0] != week), [week, value]][-104:]
    row.save(update_fields=["readings"])


@transaction.atomic
def rest_until(
    *, actor: User, client: Client, until: date, today: date, at: datetime
) -> CheckInPlan:
    """Pause until a day: nothing is asked and nothing is counted before it, on any channel."""
    access.require(actor, Verb.WRITE, Thing.CHECK_INS, client)
    if not today < until <= today + FURTHEST:
        raise Invalid({"until": _("Please choose a day to come, within a year.")})
    plan = CheckInPlan.objects.filter(client=client).first()
    if plan is None:
        raise Refused(_("There is no check-in to pause yet."))
    plan.paused_from, plan.paused_until = today, until
    plan.save(update_fields=["paused_from", "paused_until"])
    notifications.pause(actor=actor, until=until, at=at)
    return plan


@transaction.atomic
def go_on(*, actor: User, client: Client, today: date, at: datetime) -> None:
    """End a pause before its day."""
    access.require(actor, Verb.WRITE, Thing.CHECK_INS, client)
    CheckInPlan.objects.filter(client=client, paused_until__gt=today).update(paused_until=today)
    notifications.resume(actor=actor, at=at)
