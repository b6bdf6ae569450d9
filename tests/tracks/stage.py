"""Amira on a track, with the shipped framework's codes at hand."""

from coachwork.frameworks.models import Competency
from coachwork.tracks import actions
from coachwork.tracks.models import TrackLog
from tests import builders as make

TODAY = make.NOW.date()


def home() -> None:
    """The competencies that the shipped tracks are about, as far as these tests go."""
    within = make.framework("career-core-40")
    for code in ("C01", "C02", "C08", "C21", "C22", "C23", "C24", "C25"):
        make.competency(code, within=within, behaviours=5)


def started(client, code="listen-first", at=make.NOW):
    return actions.start_track(actor=client.user, client=client, code=code, at=at)


def target(client, enrolment, **words):
    said = {"to_act": "wait two breaths", "situations": "the weekly meeting", **words}
    return actions.set_target(actor=client.user, enrolment=enrolment, words=said, at=make.NOW)


def log(client, found, chance="did", on=TODAY, **more) -> TrackLog:
    return actions.log_chance(
        actor=client.user, target=found, chance=chance, on=on, today=TODAY, at=make.NOW, **more
    )


def listening() -> Competency:
    return Competency.objects.get(code="C01", framework__slug="career-core-40")
