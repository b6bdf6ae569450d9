"""Whole plans to begin from: which fit this client, and what one of them would bring when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from coachwork.evidence import queries as evidence
from coachwork.frameworks.models import Competency, Framework
from coachwork.kit import weeks
from coachwork.kit.content.plan_values import PlanTemplate, Span, minutes_by_week
from coachwork.kit.content.values import Obstacle, ReadyIfThen
from coachwork.people import access
from coachwork.people.access import Thing, Verb
from coachwork.people.models import Client, User
from coachwork.plans.models import PlanItem, blueprints

PRACTICE_MINUTES = 10


@dataclass(frozen=True)
class Offered:
    """A template in the list, with the reason why it stands where it does."""

    template: PlanTemplate
    names: tuple[str, ...]  # the competencies that it is about
    why: str


@dataclass(frozen=True)
class Row:
    """One item of a template, as it would come into the plan."""

    use: str
    kind: str
    title: str
    first_step: str
    minutes: int
    cadence: str
    week: int
    until: int | None
    done_when: str
    evidence: str
    competency: Competency | None
    locale: str

    @property
    def kind_label(self) -> str:
        return str(PlanItem.Kind(self.kind).label)

    @property
    def cadence_label(self) -> str:
        return str(PlanItem.Cadence(self.cadence).label)

    def span(self, *, week: int | None = None, minutes: int | None = None) -> Span:
        """When it is done, and how long it takes; moved and made smaller where asked."""
        first = week or self.week
        until = self.until and max(self.until + first - self.week, first)
        return Span(first, until, minutes or self.minutes, self.cadence)


@dataclass(frozen=True)
class Preview:
    """A template laid out, with what goes along with it."""

    template: PlanTemplate
    rows: tuple[Row, ...]
    if_thens: tuple[ReadyIfThen, ...]
    obstacles: tuple[Obstacle, ...]
    competency: Competency | None  # what a goal written from it is about

    def load(self, spans: Sequence[Span], first: date) -> list[tuple[date, int]]:
        """What each week would ask for, from the week of the first day on."""
        last = max((span.in_weeks[-1] for span in spans), default=0)
        found = minutes_by_week(spans, max(self.template.weeks, last))
        start = weeks.monday(first)
        return [(start + timedelta(weeks=place), minutes) for place, minutes in enumerate(found)]


def templates(*, actor: User, client: Client) -> list[Offered]:
    """All plans to begin from; those that fit what the client looks at come first."""
    access.require(actor, Verb.READ, Thing.PLAN, client)
    aim = evidence.aim(actor=actor, client=client)
    chosen = {one.code for one in evidence.focus(actor=actor, client=client)} if aim else set()
    wanted = {row.competency.code for row in aim.targets.all()} if aim else set()
    names = {one.code: one.worded("name") for one in _competencies().values()}
    found = [
        Offered(one, tuple(names[code] for code in one.competencies if code in names), why)
        for one in blueprints.plan_templates()
        for why in (_why(one, chosen, wanted),)
    ]
    order = {_FOCUS: 0, _ROLE: 1}
    return sorted(found, key=lambda one: order.get(_reason(one.template, chosen, wanted), 2))


_FOCUS, _ROLE = "focus", "role"


def _reason(template: PlanTemplate, chosen: set[str], wanted: set[str]) -> str:
    if chosen & set(template.competencies):
        return _FOCUS
    return _ROLE if template.competencies[0] in wanted else ""


def _why(template: PlanTemplate, chosen: set[str], wanted: set[str]) -> str:
    said = {
        _FOCUS: _("It trains what you chose to work on."),
        _ROLE: _("The role you look at asks for it."),
    }
    return said.get(_reason(template, chosen, wanted), "")


def template(*, actor: User, client: Client, code: str) -> Preview | None:
    """One plan to begin from, with each of its items in words."""
    access.require(actor, Verb.READ, Thing.PLAN, client)
    found = blueprints.plan_template(code)
    if found is None:
        return None
    known = _competencies()
    pairs = {one.code: one for one in blueprints.ready_pairs()}
    obstacles = {one.code: one for one in blueprints.obstacles()}
    return Preview(
        template=found,
        rows=tuple(_rows(found, known)),
        if_thens=tuple(pairs[one] for one in found.if_thens if one in pairs),
        obstacles=tuple(obstacles[one] for one in found.obstacles if one in obstacles),
        competency=known.get(found.competencies[0]),
    )


def _rows(found: PlanTemplate, known: dict[str, Competency]) -> list[Row]:
    kinds = {one.code: one for one in blueprints.all_items()}
    practices = {one.code: one for one in blueprints.all_practices()}
    rows = []
    for one in sorted(found.items, key=lambda one: (one.week, one.until or one.week)):
        blueprint, practice = kinds.get(one.use), practices.get(one.use)
        source = blueprint or practice
        if source is None:
            continue
        trains = blueprint.competencies if blueprint else (practice.competency,) if practice else ()
        code = next((code for code in found.competencies if code in trains), "")
        rows.append(
            Row(
                use=one.use,
                kind=blueprint.kind if blueprint else PlanItem.Kind.PRACTICE,
                title=source.title,
                first_step=source.first_step,
                minutes=one.minutes or (blueprint.minutes if blueprint else PRACTICE_MINUTES),
                cadence=one.cadence or (blueprint.cadence if blueprint else "once"),
                week=one.week,
                until=one.until,
                done_when=source.done_when,
                evidence=blueprint.evidence if blueprint else "",
                competency=known.get(code),
                locale=source.locale,
            )
        )
    return rows


def _competencies() -> dict[str, Competency]:
    """Those of the framework that templates are written for, by their codes."""
    rows = Competency.objects.filter(
        framework__slug=blueprints.HOME, framework__status=Framework.Status.PUBLISHED
    )
    return {
        one.code: one for one in rows.select_related("framework").order_by("framework__version")
    }
