"""The plan over the weeks to come, for those who like to see it so; the list stays the plan."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import formats
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from coachwork.kit import charts
from coachwork.people import queries as people
from coachwork.people.access import Request, Thing
from coachwork.plans import queries
from coachwork.plans.models import Goal


def timeline(request: Request, client_id: UUID | None = None) -> HttpResponse:
    """A chart for each goal: a dot for each week in which something lies."""
    client = people.record(actor=request.user, client_id=client_id, thing=Thing.PLAN)
    found = queries.timeline(actor=request.user, client=client, today=localdate())
    context = {
        "client": client,
        "mine": client.user_id == request.user.pk,
        "plan": found.plan,
        "charts": [(goal, _chart(found, goal, lying)) for goal, lying in found.goals],
        "beyond": found.beyond,
    }
    return render(request, "plans/timeline.html", context)


def _chart(
    found: queries.Timeline, goal: Goal | None, lying: tuple[queries.Lying, ...]
) -> charts.Chart:
    number = {day: place for place, day in enumerate(found.weeks)}
    columns = [
        charts.Column(formats.date_format(day, "MONTH_DAY_FORMAT"), day in found.free)
        for day in found.weeks
    ]
    lanes = [
        charts.Lane(
            one.item.title,
            tuple(number[day] for day in one.weeks),
            str(one.item.get_cadence_display()),
        )
        for one in lying
    ]
    title = (goal.title or _("A goal without words yet")) if goal else _("Without a goal")
    return charts.timeline(lanes, columns, title=title)
