"""Proposed changes, told in sentences: what, from when to when, why, and what is left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coachwork.engine.scheduling.values import (
    DATE_PAST,
    NEVER_FITS,
    NO_DATE,
    NO_ROOM,
    WAITS,
    WINDOW_EMPTY,
    WINDOW_PAST,
)
from coachwork.engine.weekplans.values import ENOUGH, NO_GOAL, NO_HOURS
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import Client, User
from coachwork.plans.models import Goal, PlanItem, Proposal

PAGE = 30
CLOSE = 0.02  # of the cost: nearer than this, there is nothing left to gain
FAR = 0.1
WHY_LEFT = {
    ENOUGH: gettext_lazy("Your goals are covered without it."),
    NO_HOURS: gettext_lazy("Other things bring you further in the hours there are."),
    NO_GOAL: gettext_lazy("It serves no goal that is under way, so it stays where it is."),
    NO_ROOM: gettext_lazy("There is no room for it beside the rest."),
    NEVER_FITS: gettext_lazy("It is too much for the weeks in which it would have to be done."),
    NO_DATE: gettext_lazy("No week that is left has time for it."),
    DATE_PAST: gettext_lazy("Its weeks are over."),
    WINDOW_PAST: gettext_lazy("The day until which it makes sense is over."),
    WINDOW_EMPTY: gettext_lazy("It would have to end before it can begin."),
    WAITS: gettext_lazy("It waits for something that has no place."),
}
SHARES = (
    (0.999, gettext_lazy("all of the way to the next step")),
    (0.85, gettext_lazy("nearly all of the way to the next step")),
    (0.6, gettext_lazy("about three quarters of the way to the next step")),
    (0.4, gettext_lazy("about half of the way to the next step")),
    (0.15, gettext_lazy("about a quarter of the way to the next step")),
    (0.0, gettext_lazy("only a small part of the way to the next step")),
)


@dataclass(frozen=True)
class ShownStep:
    """One change, as a person reads it."""

    number: int
    do: str
    title: str
    goal: str
    first: date
    last: date
    before: date | None
    minutes: int
    comes_back: bool

    @property
    def several(self) -> bool:
        return self.first != self.last


@dataclass(frozen=True)
class ShownProposal:
    """A proposed schedule, resolved: steps, what is left out, what it covers, what would help."""

    proposal: Proposal
    steps: tuple[ShownStep, ...] = ()
    left: tuple[tuple[str, str], ...] = ()
    covered: tuple[tuple[str, str, bool], ...] = ()
    helps: tuple[str, ...] = ()
    clash: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    gap: str = ""
    why_failed: str = ""


def proposal(*, actor: User, proposal_id: UUID) -> Proposal:
    """One proposed schedule."""
    rows = Proposal.objects.filter(access.visible(actor, Thing.PLAN), kind=Proposal.Kind.SCHEDULE)
    return rows.select_related("client", "plan").get(pk=proposal_id)


def proposals(
    *, actor: User, client: Client, limit: int = PAGE, open_only: bool = False
) -> list[Proposal]:
    """Proposed schedules and answered changes, the newest first."""
    rows = Proposal.objects.filter(access.visible(actor, Thing.PLAN, client=client))
    if open_only:
        rows = rows.filter(state__in=(Proposal.State.OPEN, Proposal.State.WORKING))
    return list(rows.select_related("plan").order_by("-pk")[:limit])


def shown(*, actor: User, proposal: Proposal) -> ShownProposal:
    """A schedule in words; titles are those of today where the things are still there."""
    said: Mapping[str, Any] = proposal.content
    titles = _titles(actor, proposal, said)
    return ShownProposal(
        proposal=proposal,
        steps=tuple(_step(one, titles) for one in said.get("steps", ())),
        left=tuple((_titled(one, titles), _why_left(one)) for one in said.get("left", ())),
        covered=tuple(
            (titles[one["goal"]], _share(one["share"]), bool(one["assumed"]))
            for one in said.get("covered", ())
            if one["goal"] in titles
        ),
        helps=tuple(told for one in said.get("helps", ()) if (told := _help(one, titles))),
        clash=_named(said.get("clash", ()), titles) if len(said.get("clash", ())) > 1 else (),
        beyond=_named(said.get("beyond", ()), titles),
        past=_named([key for _kind, key in said.get("troubles", ()) if key], titles),
        gap=_gap(said.get("gap")),
        why_failed=_why_failed(said, titles),
    )


def _titles(actor: User, proposal: Proposal, said: Mapping[str, Any]) -> dict[str, str]:
    """The titles of the goals and items that are named, as far as the actor may read them."""
    goals = Goal.objects.filter(access.visible(actor, Thing.GOALS, client=proposal.client))
    goals = goals.filter(state__in=(*Goal.OPEN, *Goal.OUTCOMES))
    found = {str(pk): title for pk, title in goals.values_list("pk", "title")[:200]}
    named = [one.get("item") for one in (*said.get("steps", ()), *said.get("left", ()))]
    named += said.get("items", [])
    items = PlanItem.objects.filter(access.visible(actor, Thing.PLAN, client=proposal.client))
    items = items.filter(pk__in=[key for key in named if key])
    return found | {str(pk): title for pk, title in items.values_list("pk", "title")}


def _titled(one: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    return titles.get(one.get("item") or "", one.get("title", ""))


def _step(one: Mapping[str, Any], titles: Mapping[str, str]) -> ShownStep:
    days = [date.fromisoformat(day) for day, _minutes in one["weeks"]]
    return ShownStep(
        number=one["n"],
        do=one["do"],
        title=_titled(one, titles),
        goal=titles.get(one.get("goal") or "", ""),
        first=days[0],
        last=days[-1],
        before=date.fromisoformat(one["before"]) if one.get("before") else None,
        minutes=one["weeks"][0][1],
        comes_back=bool(one.get("comes_back")),
    )


def _why_left(one: Mapping[str, str]) -> str:
    return str(WHY_LEFT.get(one["why"], WHY_LEFT[NO_ROOM]))


def _share(share: float) -> str:
    return str(next(words for least, words in SHARES if share >= least))


def _named(keys: Sequence[str], titles: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(titles[key] for key in keys if key in titles)


def _help(one: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    """A way out in a sentence; each was tried on the calendar."""
    if one.get("hours"):
        hours = formats.number_format(one["hours"], 1)
        return _("%(hours)s more hours a week") % {"hours": hours.removesuffix(".0")}
    if one.get("weeks"):
        text = ngettext("%(count)d more week", "%(count)d more weeks", one["weeks"])
        return text % {"count": one["weeks"]}
    lower = _named(one.get("lower", ()), titles)
    if not lower:
        return ""
    return _("aiming a little lower for %(goals)s") % {
        "goals": _(" and ").join(f"“{title}”" for title in lower)
    }


def _gap(gap: float | None) -> str:
    """How far from the best, in plain words where that is proved, or nothing."""
    if gap is None or gap > FAR:
        return ""
    if gap <= CLOSE:
        return _("Of all the ways to do it, this is as good as the best; that is proved.")
    return _("At most a tenth could still be gained by another choice; that is proved.")


def _why_failed(said: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    why = said.get("why")
    if why == "loop":
        names = " → ".join(f"“{titles.get(key, '…')}”" for key in said.get("items", ()))
        text = _("These wait for each other: %(loop)s. Change one of them, then ask again.")
        return text % {"loop": names}
    if why == "question":
        return _("Something in the plan has no meaning for a calendar: look at hours and dates.")
    return _("The schedule could not be worked out this time. You can ask again.") if why else ""
