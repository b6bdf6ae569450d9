"""Plan a week's moments, and log what came of them from wherever the person is."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.frameworks.models import Behaviour, Competency
from coachwork.kit import weeks
from coachwork.kit.errors import Invalid, Refused
from coachwork.moments.models import LATER, SMALLER, Moment, MomentPlan, standing
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people import queries as people_queries
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility
from coachwork.plans import actions as plans
from coachwork.plans.models import IfThen, blueprints
from coachwork.practice import actions as practice
from coachwork.practice.models import PracticeLog, moment_of

MOST_A_WEEK = 3
LONGEST_PREP = 300


class Choice(NamedTuple):
    """One typical moment, and what the person means to do in it."""

    code: str
    competency: Competency
    behaviour: Behaviour | None = None
    if_then: IfThen | None = None
    prep: str = ""


@transaction.atomic
def plan_week(
    *, actor: User, client: Client, week_on: date, choices: Sequence[Choice], at: datetime
) -> list[MomentPlan]:
    """Choose up to three moments of a week; what is not chosen any more is taken out of it."""
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    monday = weeks.monday(week_on)
    _check(choices, monday, weeks.monday(weeks.day(at, actor.timezone)))
    visibility = people_queries.starting_class(actor=actor, client=client)
    codes = [choice.code for choice in choices]
    there = Moment.objects.filter(client=client, week_on=monday, source=Moment.Source.TYPICAL)
    there.exclude(code__in=codes).delete()
    made = [_planned(actor, client, monday, choice, visibility, at) for choice in choices]
    people.note(actor=actor, client=client, kind="week.planned", at=at)
    return made


def _check(choices: Sequence[Choice], monday: date, this_week: date) -> None:
    problems: dict[str, str] = {}
    if len({choice.code for choice in choices}) > MOST_A_WEEK:
        most = ngettext(
            "Choose up to %(most)d moment. Leave the rest of the week free.",
            "Choose up to %(most)d moments. Leave the rest of the week free.",
            MOST_A_WEEK,
        )
        problems["moments"] = most % {"most": MOST_A_WEEK}
    if any(blueprints.moment(choice.code) is None for choice in choices):
        problems["moments"] = _("Please choose from the list.")
    if monday < this_week:
        problems["week_on"] = _("This week has passed. Please choose one still to come.")
    if any(len(choice.prep) > LONGEST_PREP or "\x00" in choice.prep for choice in choices):
        problems["prep"] = _("One line of up to 300 characters fits here.")
    if problems:
        raise Invalid(problems)


def _planned(
    actor: User,
    client: Client,
    monday: date,
    choice: Choice,
    visibility: Visibility,
    at: datetime,
) -> MomentPlan:
    typical = blueprints.moment(choice.code)
    about = {"visibility": visibility, "created_by": actor, "created_at": at}
    moment, _made = Moment.objects.get_or_create(
        client=client,
        week_on=monday,
        code=choice.code,
        source=Moment.Source.TYPICAL,
        defaults={"kind": typical.kind if typical else choice.code, **about},
    )
    words = {
        "competency": choice.competency,
        "behaviour": choice.behaviour,
        "if_then": choice.if_then,
        "prep": choice.prep.strip(),
    }
    plan, _made = MomentPlan.objects.update_or_create(
        client=client, moment=moment, defaults=words, create_defaults=words | about
    )
    return plan


@transaction.atomic
def log_moment(
    *,
    actor: User,
    plan: MomentPlan,
    chance: str,
    occasion_on: date,
    at: datetime,
    moment: str,
    **more: str,
) -> PracticeLog:
    """Log what came of a planned moment; of its if-then, where it has one."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, plan)
    if plan.if_then is not None and plan.if_then.goal.competency_id:
        return plans.log_chance(
            actor=actor,
            thing=plan.if_then,
            chance=chance,
            occasion_on=occasion_on,
            moment=moment,
            at=at,
            **more,
        )
    return practice.log(
        actor=actor,
        client=plan.client,
        competency=plan.competency,
        behaviour=plan.behaviour,
        chance=chance,
        occasion_on=occasion_on,
        item=plan.pk,
        moment=moment,
        visibility=Visibility(plan.visibility),
        at=at,
        **more,
    )


class Ended(Refused):
    """What a link in a mail asks about has ended since."""


class Tapped(NamedTuple):
    """What a press on a link in a mail came to: the log, and whether it is new."""

    log: PracticeLog
    is_new: bool


@transaction.atomic
def tap(*, actor: User, if_then: IfThen, on: date, chance: str, at: datetime) -> Tapped:
    """What a link in a mail does when its button is pressed: one log for that day, once."""
    access.require_row(actor, Verb.WRITE, Thing.PLAN, if_then)
    moment = moment_of(on)
    # Also one that was taken back: an old mail must not bring it to life again.
    used = PracticeLog.objects.filter(
        client=if_then.client, moment__startswith=f"{if_then.pk}|{moment}"
    ).first()
    if used is not None:
        return Tapped(used, is_new=False)
    if if_then.ended_at:
        raise Ended(_("This if-then plan has ended since, so nothing was recorded."))
    made = plans.log_chance(
        actor=actor, thing=if_then, chance=chance, occasion_on=on, moment=moment, at=at
    )
    return Tapped(made, is_new=True)


@transaction.atomic
def change(
    *, actor: User, if_then: IfThen, act: str, stood: str, at: datetime, smaller: str = ""
) -> IfThen:
    """What the other links of a mail do: make an if-then smaller, move it or drop it, once.

    `stood` tells how it stood when the mail was written: what has changed since is left alone.
    """
    access.require_row(actor, Verb.WRITE, Thing.PLAN, if_then)
    current = IfThen.objects.select_for_update().select_related("client", "goal__client")
    if_then = current.get(client=if_then.client_id, pk=if_then.pk)
    if standing(if_then) != stood:
        raise Ended(_("This if-then plan has changed since, so nothing was recorded."))
    if act == SMALLER:
        return plans.write_if_then(
            actor=actor, goal=if_then.goal, if_then=if_then, then_text=smaller, at=at
        )
    if act == LATER:
        until = weeks.monday(weeks.day(at, actor.timezone)) + timedelta(days=7)
        return plans.put_off(actor=actor, if_then=if_then, until=until, at=at)
    return plans.end_if_then(actor=actor, if_then=if_then, at=at)
