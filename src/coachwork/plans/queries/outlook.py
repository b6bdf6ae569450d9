"""The chance to reach the next rung by a goal's date, in words; or why nothing is said yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import fmean

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from coachwork.engine import forecast as engine
from coachwork.engine.estimates import Observation
from coachwork.engine.estimates.rules import RULES, margin
from coachwork.engine.forecast import Forecast, Seen
from coachwork.engine.weekplans import rung
from coachwork.evidence import queries as evidence
from coachwork.evidence.models import Source
from coachwork.kit import levels, weeks
from coachwork.people import access
from coachwork.people.access import Thing
from coachwork.people.models import User
from coachwork.plans.models import Goal

ALONE = "other"  # one's own view says as much as that of one colleague, at most
CHANCES = {
    "very_unlikely": gettext_lazy("very unlikely"),
    "unlikely": gettext_lazy("unlikely"),
    "about_even": gettext_lazy("about as likely as not"),
    "likely": gettext_lazy("likely"),
    "very_likely": gettext_lazy("very likely"),
}

UNLIKELY = ("very_unlikely", "unlikely")


@dataclass(frozen=True)
class Outlook:
    """What can be said about the goal's date, by which source, and the sentence for it."""

    told: str
    step: float | None = None
    source: str = ""
    forecast: Forecast | None = None

    @property
    def speaks(self) -> bool:
        """Whether there is more to show than why not."""
        return self.forecast is not None and not self.forecast.silent


def outlook(*, actor: User, goal: Goal, at: datetime) -> Outlook | None:
    """The outlook of a goal under way; None where the question makes no sense.

    One source speaks, never a mean of several: the one that looked on most days, others before the
    client.
    """
    if goal.state != Goal.State.ACTIVE or goal.competency is None or goal.target_on is None:
        return None
    if not access.can(actor, access.Verb.READ, Thing.ASSESSMENT, goal.client):
        return None
    today = weeks.day(at, actor.timezone)
    found = evidence.observations(actor=actor, client=goal.client, competencies=[goal.competency])
    source, seen = _seen(found.get(goal.competency.pk, []), today)
    if not seen:
        return Outlook(told=_("There is no outlook yet: your level has not been looked at."))
    aim = evidence.aim(actor=actor, client=goal.client)
    wanted = {row.competency_id: float(row.level) for row in aim.targets.all()} if aim else {}
    step = rung(seen[-1].level, wanted.get(goal.competency.pk))
    said = engine.forecast(seen, rung=step, by=goal.target_on, today=today)
    return Outlook(_told(said, goal.target_on, step, seen), step, source, said)


def _seen(found: Sequence[Observation], today: date) -> tuple[str, list[Seen]]:
    """What the source that looked on most days said, one level a day."""
    by_source: dict[str, dict[date, list[Observation]]] = {}
    known = {*RULES.reliabilities, Source.SELF}
    for one in found:
        source = Source.SELF if one.own_word else one.source
        if one.level is not None and source in known and one.on <= today:
            by_source.setdefault(source, {}).setdefault(one.on, []).append(one)
    if not by_source:
        return "", []
    source = max(by_source, key=lambda key: (len(by_source[key]), key != Source.SELF, key))
    return source, [_day(source, on, said) for on, said in sorted(by_source[source].items())]


def _day(source: str, on: date, said: Sequence[Observation]) -> Seen:
    level = fmean(one.level for one in said if one.level is not None)
    raters = max(max(one.n_raters for one in said), len({one.rater for one in said}))
    kind = ALONE if source == Source.SELF else source
    return Seen(on, level, margin(kind, raters) / RULES.z)


def _told(said: Forecast, by: date, step: float, seen: Sequence[Seen]) -> str:
    day = formats.date_format(by, "DATE_FORMAT")
    if said.silent:
        return _silence(said.silent, len({one.on for one in seen}))
    words = [str(CHANCES[key]) for key in said.words]
    level = _("level %(number)s (%(word)s)")
    level %= {"number": levels.shown(step), "word": levels.word(step)}
    named = {"level": level, "day": day, "low": words[0], "high": words[-1]}
    text = _("Reaching %(level)s by %(day)s is anything from %(low)s to %(high)s.")
    if len(words) == 1:
        text = _("Reaching %(level)s by %(day)s is %(low)s.")
    if said.words[-1] in UNLIKELY:
        text += " " + _("A later date or a smaller step would be a fair answer to that.")
    return text % named


def _silence(why: str, days: int) -> str:
    """Why nothing is said, and what would change that."""
    if why == engine.TOO_FEW:
        text = ngettext(
            "There is no outlook yet: it takes your level on three different days, and there is "
            "%(days)d.",
            "There is no outlook yet: it takes your level on three different days, and there are "
            "%(days)d.",
            days,
        )
        return text % {"days": days}
    return {
        engine.TOO_SHORT: _(
            "There is no outlook yet: your level was looked at within a few weeks only."
        ),
        engine.TOO_OLD: _("There is no outlook: the last look at your level is half a year old."),
        engine.DATE_PAST: _("There is no outlook: the date of this goal is over."),
        engine.REACHED: _("You stand where you wanted to be next, as far as can be seen."),
        engine.TOO_WIDE: _(
            "There is no outlook: what was seen so far would allow nearly anything."
        ),
        engine.NO_BETTER: _(
            "There is no outlook: forecasts like this one have not come true often enough."
        ),
    }[why]
