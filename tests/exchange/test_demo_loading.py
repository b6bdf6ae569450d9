"""Loading the demo: on any day, the same each time, and into a database of its own."""

from datetime import UTC, datetime, time

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone

from coachwork.evidence.models import Evidence
from coachwork.exchange import demo
from coachwork.exchange.demo import acts, script
from coachwork.kit.content.linter import validator
from coachwork.kit.errors import Refused
from coachwork.notifications.models import Message
from coachwork.people.models import Event
from coachwork.plans.models import Goal
from tests import builders


def shape() -> dict[str, object]:
    """Everything that two loads have in common: all but ids, secrets and what is made of them."""
    counts: dict[str, object] = {
        model.__name__: model._base_manager.count() for model in apps.get_models()
    }
    counts["evidence"] = sorted(
        Evidence.objects.values_list(
            "client__user__email", "competency__code", "source", "level", "chance", "text",
            "created_at",
        ),
        key=str,
    )  # fmt: skip
    counts["goals"] = sorted(Goal.objects.values_list("title", "state", "created_at", "target_on"))
    counts["events"] = sorted(
        Event.objects.values_list("kind", "client__user__email", "created_at")
    )
    counts["mail"] = sorted(Message.objects.values_list("kind", "address", "state", "created_at"))
    return counts


def test_every_act_of_the_schema_can_be_played_and_is_used():
    step = validator("demo_story").schema["properties"]["steps"]["items"]["properties"]
    used = {step.act for step in script.steps(until=timezone.now())}
    assert set(step) - {"when", "who", "by"} == set(acts.ACTS) == used


@pytest.mark.parametrize("day", range(16, 23))
def test_it_can_be_loaded_on_any_day_of_the_week(day):
    at = datetime.combine(datetime(2026, 3, day, tzinfo=UTC), time(0, 5), UTC)
    played = script.steps(until=at)
    assert played[-1].at <= at
    made: set[tuple[str, str]] = set()
    for step in played:
        for name in ("goal", "what", "item", "if_then"):
            if name in step.words:
                assert (step.who.key, step.words[name]) in made, f"{step} comes too early"
        if "key" in step.words:
            made.add((step.who.key, step.words["key"]))


def test_a_database_with_other_people_is_refused(db):
    builders.user("nobody")
    with pytest.raises(Refused, match="one of its own"):
        demo.load(at=timezone.now(), echo=lambda line: None)
    assert not demo.is_loaded()


@pytest.mark.slow
def test_two_loads_are_the_same(django_db_setup, django_db_blocker):
    at = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)  # a Thursday: the week is half lived
    found = []
    with django_db_blocker.unblock():
        for _turn in range(2):
            with transaction.atomic():
                demo.load(at=at, echo=lambda line: None)
                found.append(shape())
                transaction.set_rollback(True)
    assert found[0] == found[1]
