"""A round over many plans: what slipped gets a proposal, nothing moves, and it can be stopped."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import pytest

from coachwork.kit.pools import Alone
from coachwork.plans import actions, jobs
from coachwork.plans.models import Plan, PlanItem, Proposal, Replan, ReplanPart
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db
NOW = stage.NOW


def person(name: str, *, late: bool = True):
    client = make.client(name)
    stage.active(client)
    item = stage.item(client, f"Read the report of {name}", effort_minutes=60, kind="learning")
    if late:
        last_week = stage.TODAY - timedelta(weeks=1)
        PlanItem.objects.filter(pk=item.pk).update(week_on=last_week)
    return client


def crowd(number: int = 5):
    return [person(f"person{at}") for at in range(number)]


def go(pool=None, **more):
    return actions.replan_all(pool=pool or Alone(), **{"at": NOW, "part_size": 2, **more})


class Stopping(Alone):
    """Dies after so many parts, as kill -9 would."""

    def __init__(self, after: int) -> None:
        self.after = after

    def answers(self, work, pieces: Iterable) -> Iterator:
        for number, answer in enumerate(super().answers(work, pieces)):
            if number == self.after:
                raise KeyboardInterrupt
            yield answer


def test_what_slipped_gets_a_proposal_and_no_plan_is_changed():
    late, punctual = person("amira"), person("bjarne", late=False)
    before = list(PlanItem.objects.order_by("pk").values())
    done = go()
    assert (done.plans, done.asked, done.proposed) == (1, 1, 1)
    made = Proposal.objects.get()
    assert (made.client, made.state) == (late, "open")
    assert any(step["title"].startswith("Read the report") for step in made.content["steps"])
    assert list(PlanItem.objects.order_by("pk").values()) == before
    assert not Proposal.objects.filter(client=punctual).exists()


def test_all_looks_at_plans_in_which_nothing_slipped_too():
    person("amira"), person("bjarne", late=False)
    assert go(everybody=True).asked == 2


def test_one_proposal_is_enough_and_no_is_no():
    client = person("amira")
    assert go().proposed == 1
    assert go(at=NOW + timedelta(hours=1)).proposed == 0
    proposal = Proposal.objects.get()
    actions.refuse_schedule(actor=client.user, proposal=proposal, at=NOW)
    assert go(at=NOW + timedelta(hours=2)).proposed == 0
    assert Proposal.objects.count() == 1


def test_a_proposal_of_weeks_gone_by_makes_room_for_one_of_weeks_to_come():
    person("amira")
    go()
    later = NOW + timedelta(weeks=6)
    assert go(at=later).proposed == 1
    assert sorted(Proposal.objects.values_list("state", flat=True)) == ["open", "outdated"]


def test_a_round_that_was_stopped_goes_on_and_ends_with_the_same_digest():
    crowd()
    whole = go()
    Proposal.objects.all().delete()
    Replan.objects.all().delete()
    with pytest.raises(KeyboardInterrupt):
        go(Stopping(after=1))
    assert ReplanPart.objects.filter(done=True).count() == 1
    assert Proposal.objects.count() == 2
    # The clock has gone on; the round keeps its own moment.
    again = go(at=NOW + timedelta(hours=3))
    assert (again.resumed, again.parts, again.asked) == (1, 3, 3)
    assert again.replan.digest == whole.replan.digest != ""
    assert Proposal.objects.count() == 5


def test_the_digest_tells_another_answer_apart():
    crowd()
    first = go().replan.digest
    item = PlanItem.objects.filter(week_on__lt=stage.TODAY).first()
    PlanItem.objects.filter(pk=item.pk).update(effort_minutes=180)
    assert go().replan.digest != first


def test_a_round_of_another_engine_is_not_gone_on_with(monkeypatch):
    crowd()
    with pytest.raises(KeyboardInterrupt):
        go(Stopping(after=1))
    monkeypatch.setattr("coachwork.engine.weekplans.version", lambda: "another")
    done = go()
    assert (done.resumed, done.parts) == (0, 3)


def test_a_strange_plan_stops_nobody_elses(monkeypatch):
    crowd(3)
    from coachwork.engine.weekplans import many

    real, met = many.propose, []

    def odd(question):
        met.append(question)
        if len(met) == 1:
            raise ZeroDivisionError
        return real(question)

    monkeypatch.setattr(many, "propose", odd)
    assert go().proposed == 2


def test_a_plan_that_changed_meanwhile_gets_no_proposal():
    person("amira")

    class Changing(Alone):
        def answers(self, work, pieces):
            for answer in super().answers(work, pieces):
                Plan.objects.update(version=99)
                yield answer

    assert go(Changing()).proposed == 0


def test_the_nights_job_does_it_and_may_run_twice(settings):
    client = person("amira")
    jobs.look_again.call()
    jobs.look_again.call()
    assert Proposal.objects.get().client == client
    assert any(job == "coachwork.plans.jobs.look_again" for job, _ in settings.SCHEDULES.values())
