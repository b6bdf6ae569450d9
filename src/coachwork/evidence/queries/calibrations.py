"""Which calibration counts: yardsticks for level views, and a page for a framework's makers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from coachwork.engine.estimates import Measure, measure
from coachwork.engine.ratings.scale import Scale, from_record
from coachwork.evidence.models import Calibration
from coachwork.frameworks import queries as frameworks
from coachwork.frameworks.models import Behaviour, Competency, Framework
from coachwork.people import access
from coachwork.people.models import User


def measures(competencies: Sequence[Competency]) -> Mapping[UUID, Measure]:
    """The calibrated yardsticks of these competencies, where there are any: about nobody."""
    wanted = {one.framework_id for one in competencies}
    rows = Calibration.objects.filter(framework__in=wanted).order_by("version")
    newest = dict(rows.values_list("framework", "pk"))
    found = {
        one.pk: _measure(newest[one.framework_id], str(one.pk))
        for one in competencies
        if one.framework_id in newest
    }
    return {key: one for key, one in found.items() if one is not None}


@lru_cache(maxsize=8)
def _scale(calibration_id: UUID) -> tuple[Scale, Mapping[str, Sequence[str]]]:
    """A version never changes, so that a process reads it once."""
    row = Calibration.objects.get(pk=calibration_id)
    return from_record(row.scale), row.behaviours


@lru_cache(maxsize=512)
def _measure(calibration_id: UUID, competency: str) -> Measure | None:
    scale, behaviours = _scale(calibration_id)
    return measure(scale, behaviours.get(competency, ()), whole=competency)


def of_name(name: str, competency: Competency) -> Calibration | None:
    """The version of this name that a number of the competency was made with."""
    rows = Calibration.objects.filter(framework=competency.framework_id).order_by("-version")
    return next((one for one in rows if one.scale["version"] == name), None)


@dataclass(frozen=True)
class Checked:
    """A framework with its newest calibration, and the words of what it is about."""

    framework: Framework
    calibration: Calibration | None
    competencies: tuple[Competency, ...] = ()
    behaviours: Mapping[str, Behaviour] | None = None

    @property
    def diagnosis(self) -> dict[str, Any]:
        return self.calibration.diagnosis if self.calibration else {}


def checked(*, actor: User, framework_id: UUID) -> Checked:
    """What answers say about a framework: for whoever writes it, and nobody else."""
    framework = frameworks.framework(actor=actor, framework_id=framework_id)
    if framework.organisation is None:
        access.require_operator(actor)
    else:
        access.require_organisation(
            actor,
            access.Verb.WRITE,
            access.OrganisationThing.FRAMEWORKS,
            framework.organisation,
        )
    row = Calibration.objects.filter(framework=framework).order_by("-version").first()
    if row is None:
        return Checked(framework, None)
    competencies = tuple(Competency.objects.filter(framework=framework).order_by("position"))
    behaviours = Behaviour.objects.filter(competency__framework=framework)
    return Checked(framework, row, competencies, {str(one.pk): one for one in behaviours})
