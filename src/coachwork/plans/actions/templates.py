"""Take a whole plan to begin from: all its items at once, for the client to keep or to weigh."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coachwork.kit import weeks
from coachwork.kit.errors import Invalid, Refused
from coachwork.people import access
from coachwork.people import actions as people
from coachwork.people import queries as people_queries
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User, Visibility
from coachwork.plans.actions import goals, items
from coachwork.plans.actions.item_wording import ItemWords
from coachwork.plans.actions.plan import MOST_REVIEWS
from coachwork.plans.actions.story import Trigger, open_plan, tell
from coachwork.plans.models import Goal, Plan, PlanItem
from coachwork.plans.queries.templates import Preview, Row

State = PlanItem.State
LONGEST_WEEKS = 52


@dataclass(frozen=True)
class Chosen:
    """An item of a template as the person wants it: in which week, and how long each time."""

    row: Row
    week: int
    minutes: int


@transaction.atomic
def take_template(  # noqa: PLR0913 - what was chosen, when it begins, and for which goal
    *,
    actor: User,
    client: Client,
    preview: Preview,
    chosen: Sequence[Chosen],
    starts_on: date,
    at: datetime,
    goal: Goal | None = None,
    write_goal: bool = False,
) -> tuple[Goal | None, list[PlanItem]]:
    """Put the chosen items into the client's own plan: one change, told in one line.

    What is in the plan already is left as it is, so that a form sent twice adds nothing.
    """
    access.require(actor, Verb.WRITE, Thing.PLAN, client)
    _refuse_nothing(chosen)
    if write_goal and goal is None:
        goal = _written(actor, client, preview, at)
    visibility = (
        Visibility(goal.visibility)
        if goal
        else people_queries.starting_class(actor=actor, client=client)
    )
    plan = open_plan(actor=actor, client=client, at=at, visibility=visibility)
    made = _fresh(plan, _drafted(actor, client, visibility, chosen, starts_on, at, goal=goal))
    there = PlanItem.objects.filter(client=client, plan=plan, state__in=PlanItem.OPEN).count()
    if there + len(made) > items.MOST_OPEN:
        raise Refused(
            _("A plan holds a hundred open items. Let some go first, or choose fewer here.")
        )
    for place, item in enumerate(made):
        item.position = items.last_place(item) + 1 + place
        item.save(force_insert=True)
    if made:
        _look_back(plan, preview, starts_on, at)
        text = ngettext(
            "Took %(count)d item from the plan “%(plan)s”",
            "Took %(count)d items from the plan “%(plan)s”",
            len(made),
        ) % {"count": len(made), "plan": preview.template.title}
        tell(actor, plan, text, at, item=made[0], trigger=Trigger.CLIENT)
        people.note(
            actor=actor,
            client=client,
            kind="template.taken",
            item=plan.pk,
            at=at,
            visibility=visibility,
        )
    return goal, made


@transaction.atomic
def suggest_template(  # noqa: PLR0913 - the same, as a suggestion
    *,
    actor: User,
    client: Client,
    preview: Preview,
    chosen: Sequence[Chosen],
    starts_on: date,
    at: datetime,
    goal: Goal | None = None,
) -> list[PlanItem]:
    """Suggest the chosen items; each counts once the client accepts it, and not before."""
    access.require(actor, Verb.PROPOSE, Thing.PLAN, client)
    _refuse_nothing(chosen)
    plan = open_plan(actor=actor, client=client, at=at, visibility=Visibility.PAIR)
    reason = _("From the plan “%(plan)s”.") % {"plan": preview.template.title}
    drafted = _drafted(actor, client, Visibility.PAIR, chosen, starts_on, at, goal=goal)
    made = _fresh(plan, drafted)
    waiting = PlanItem.objects.filter(client=client, plan=plan, state=State.SUGGESTED).count()
    if waiting + len(made) > items.MOST_OPEN:
        raise Refused(_("A hundred suggestions wait for an answer. Please choose fewer here."))
    for place, item in enumerate(made):
        item.state, item.suggested_by, item.reason = State.SUGGESTED, "coach", reason
        item.position = items.last_place(item) + 1 + place
        item.save(force_insert=True)
        people.note(
            actor=actor,
            client=client,
            kind="item.suggested",
            item=item.pk,
            at=at,
            visibility=item.visibility,
        )
    return made


def _refuse_nothing(chosen: Sequence[Chosen]) -> None:
    if not chosen:
        raise Invalid({"": _("Choose at least one thing.")})
    if any(not 1 <= one.week <= LONGEST_WEEKS for one in chosen):
        raise Invalid({"": _("Choose a week between 1 and 52.")})


def _drafted(  # noqa: PLR0913  what each item is made from
    actor: User,
    client: Client,
    visibility: Visibility,
    chosen: Sequence[Chosen],
    starts_on: date,
    at: datetime,
    *,
    goal: Goal | None,
) -> list[PlanItem]:
    first = weeks.monday(starts_on)
    return [
        items.drafted(actor, client, visibility, at, _words(one, first, goal))[0] for one in chosen
    ]


def _words(one: Chosen, first: date, goal: Goal | None) -> ItemWords:
    row, span = one.row, one.row.span(week=one.week, minutes=one.minutes)
    words = ItemWords(
        kind=row.kind,
        title=row.title,
        first_step=row.first_step,
        effort_minutes=one.minutes,
        cadence=row.cadence,
        week_on=first + timedelta(weeks=span.week - 1),
        done_when=row.done_when,
        evidence_expected=row.evidence,
        blueprint=row.use,
        goal=goal,
    )
    if span.until:
        words["window_end"] = first + timedelta(weeks=span.until - 1, days=6)
    if row.competency is not None:
        words["competency"] = row.competency
    return words


def _fresh(plan: Plan, drafted: Sequence[PlanItem]) -> list[PlanItem]:
    """Those that the plan does not hold already, in the same week and for the same goal."""
    alive = (*PlanItem.OPEN, State.SUGGESTED)
    rows = PlanItem.objects.filter(client=plan.client, plan=plan, state__in=alive)
    there = set(rows.exclude(blueprint="").values_list("blueprint", "goal", "week_on"))
    return [one for one in drafted if (one.blueprint, one.goal_id, one.week_on) not in there]


def _written(actor: User, client: Client, preview: Preview, at: datetime) -> Goal:
    """The goal of the template as a draft, to be put into the client's own words."""
    draft = preview.template
    same = Goal.objects.filter(
        client=client, state=Goal.State.DRAFT, title=draft.goal, created_by=actor
    ).first()
    return same or goals.draft_goal(
        actor=actor,
        client=client,
        at=at,
        kind=draft.goal_type,
        title=draft.goal,
        competency=preview.competency,
    )


def _look_back(plan: Plan, preview: Preview, starts_on: date, at: datetime) -> None:
    """The days on which the template looks back join those of the plan, as far as there is room."""
    first, known = weeks.monday(starts_on), set(plan.review_dates)
    for week in preview.template.review_weeks:
        day = (first + timedelta(weeks=week - 1, days=4)).isoformat()
        if len(known) < MOST_REVIEWS and day >= at.date().isoformat():
            known.add(day)
    plan.review_dates = sorted(known)
    plan.save(update_fields=["review_dates"])
