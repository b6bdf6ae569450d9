"""What people do on a track: begin, log, pause and return, and end a talk with themselves."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied

from coachwork.evidence.models import Evidence, Source
from coachwork.kit.errors import Invalid, Refused
from coachwork.people.models import Relation, Visibility
from coachwork.tracks import actions, queries
from coachwork.tracks.models import Enrolment, ToolRun, TrackLog, TrackVersion, shelf
from tests import builders as make
from tests.tracks.stage import TODAY, home, listening, log, started, target

pytestmark = pytest.mark.django_db
State = Enrolment.State


@pytest.fixture
def amira():
    home()
    return make.client()


@pytest.fixture
def track(amira):
    return started(amira)


class TestEnrolments:
    @pytest.mark.accepts("T7-03")
    def test_a_third_track_waits_until_one_is_paused(self, amira, track):
        second = started(amira, "brief-and-clear")
        with pytest.raises(actions.TwoActive) as refusal:
            started(amira, "delegating")
        assert {one.pk for one in refusal.value.active} == {track.pk, second.pk}
        assert Enrolment.objects.count() == 2
        actions.pause(actor=amira.user, enrolment=second, at=make.NOW)
        assert started(amira, "delegating").state == State.STARTED
        with pytest.raises(actions.TwoActive):
            actions.resume(actor=amira.user, enrolment=second, at=make.NOW)

    def test_beginning_twice_is_beginning_once(self, amira, track):
        assert started(amira).pk == track.pk
        assert Enrolment.objects.count() == 1

    def test_an_offer_begins_only_by_the_client(self, amira):
        carl = make.helper(amira, "carl", Relation.COACH)
        offered = actions.offer_track(
            actor=carl, client=amira, code="delegating", note="Your Mondays", at=make.NOW
        )
        assert (offered.state, offered.started_at) == (State.OFFERED, None)
        for refused in (
            lambda: actions.start_track(actor=carl, client=amira, code="delegating", at=make.NOW),
            lambda: actions.start_track(actor=carl, client=amira, offered=offered, at=make.NOW),
            lambda: actions.move_on(actor=carl, enrolment=offered, stage=1, at=make.NOW),
        ):
            with pytest.raises(PermissionDenied):
                refused()
        begun = actions.start_track(actor=amira.user, client=amira, offered=offered, at=make.NOW)
        assert begun.pk == offered.pk and begun.state == State.STARTED

    def test_others_than_the_coach_cannot_offer(self, amira):
        mona = make.helper(amira, "mona", Relation.MANAGER)
        with pytest.raises((PermissionDenied, ObjectDoesNotExist)):
            actions.offer_track(actor=mona, client=amira, code="delegating", at=make.NOW)

    def test_who_began_keeps_the_edition(self, amira, track, monkeypatch):
        first = shelf.track("listen-first")
        changed = type(first)(**{name: getattr(first, name) for name in first.__slots__} | {
            "title": "Another name", "stages": first.stages[:6],
        })  # fmt: skip
        monkeypatch.setattr(shelf, "tracks", lambda: (changed,))
        again = queries.enrolment(actor=amira.user, enrolment_id=track.pk)
        assert len(again.stages) == len(first.stages) and again.title == first.title
        other = make.client("bo")
        assert len(started(other).stages) == 6
        assert TrackVersion.objects.count() == 2

    def test_after_the_last_week_it_is_about_making_it_stay(self, amira, track):
        for week in range(1, len(track.stages) + 1):
            actions.move_on(actor=amira.user, enrolment=track, stage=week, at=make.NOW)
            actions.move_on(actor=amira.user, enrolment=track, stage=week, at=make.NOW)
        assert track.state == State.CONSOLIDATING and track.stage == len(track.stages)
        words = {"stays": "two breaths", "cue": "the door", "who_notices": "Linh"}
        actions.consolidate(actor=amira.user, enrolment=track, words=words, at=make.NOW)
        actions.finish(actor=amira.user, enrolment=track, at=make.NOW)
        assert Enrolment.objects.get().who_notices == "Linh"
        with pytest.raises(Refused):
            actions.pause(actor=amira.user, enrolment=track, at=make.NOW)

    def test_a_baseline_has_five_lines(self, amira, track):
        lines = ["a", "", "b", "c", "d", "e", "f"]
        actions.write_baseline(actor=amira.user, enrolment=track, lines=lines, at=make.NOW)
        assert track.baseline == "a\nb\nc\nd\ne"
        with pytest.raises(Invalid):
            actions.write_baseline(actor=amira.user, enrolment=track, lines=[" "], at=make.NOW)

    def test_a_coach_fits_a_week_and_the_client_may_put_it_aside(self, amira, track):
        carl = make.helper(amira, "carl", Relation.COACH)
        with pytest.raises(ObjectDoesNotExist):
            actions.adapt_stage(actor=carl, enrolment=track, stage=1, text="x", at=make.NOW)
        Enrolment.objects.update(visibility=Visibility.PAIR)
        note = actions.adapt_stage(actor=carl, enrolment=track, stage=1, text="x", at=make.NOW)
        assert queries.notes(actor=amira.user, enrolment=track) == [note]
        actions.set_aside(actor=amira.user, note=note, at=make.NOW)
        assert queries.notes(actor=amira.user, enrolment=track) == []


class TestChances:
    def test_a_log_is_evidence_of_the_self_and_undoing_takes_it_back(self, amira, track):
        found = target(amira, track, behaviour=listening().behaviours.first())
        made = log(amira, found, line="I waited")
        row = Evidence.objects.get()
        assert (row.source, row.chance, row.level) == (Source.SELF, "did", None)
        assert (row.competency.code, row.behaviour.code, row.text) == ("C01", "C01.1", "I waited")
        actions.undo_log(actor=amira.user, log=made, at=make.NOW)
        actions.undo_log(actor=amira.user, log=made, at=make.NOW)
        [strip] = queries.strips(actor=amira.user, client=amira, enrolment=track)
        assert strip.logs == [] and Evidence.objects.count() == 2

    def test_the_same_tap_twice_counts_once(self, amira, track):
        found = target(amira, track)
        assert log(amira, found, moment="m1").pk == log(amira, found, moment="m1").pk
        assert (TrackLog.objects.count(), Evidence.objects.count()) == (1, 1)

    def test_up_to_14_days_back_and_marked(self, amira, track):
        found = target(amira, track)
        assert not log(amira, found).backfilled
        assert log(amira, found, on=TODAY - timedelta(days=14)).backfilled
        for day in (TODAY - timedelta(days=15), TODAY + timedelta(days=1)):
            with pytest.raises(Invalid, match="day"):
                log(amira, found, on=day)

    def test_a_behaviour_needs_an_act_and_a_situation(self, amira, track):
        with pytest.raises(Invalid) as refusal:
            target(amira, track, to_act="", situations=" ")
        assert set(refusal.value.fields) == {"to_act", "situations"}

    def test_a_coach_cannot_log_for_somebody(self, amira, track):
        carl = make.helper(amira, "carl", Relation.COACH)
        found = target(amira, track)
        type(found).objects.update(visibility=Visibility.PAIR)
        with pytest.raises(PermissionDenied):
            actions.log_chance(
                actor=carl, target=found, chance="did", on=TODAY, today=TODAY, at=make.NOW
            )


class TestTools:
    @pytest.fixture
    def run(self, amira):
        return actions.begin_tool(actor=amira.user, client=amira, code="grow", at=make.NOW)

    @staticmethod
    def say(amira, run, words, question=None):
        return actions.answer(
            actor=amira.user, run=run, question=question or run.here, said=words, at=make.NOW
        )

    def test_grow_has_fourteen_questions_that_branch(self):
        tool = shelf.tool("grow")
        assert len(tool.questions) == 14
        assert sum(one.kind == "choice" for one in tool.questions) >= 3

    @pytest.mark.accepts("T7-07")
    def test_it_resumes_at_the_same_question(self, amira, run):
        run = self.say(amira, run, "My Mondays")
        run = self.say(amira, run, "1")
        assert run.here == "instead"
        again = actions.begin_tool(
            actor=amira.user, client=amira, code="grow", at=make.NOW + timedelta(days=40)
        )
        assert (again.pk, again.here, len(again.answers)) == (run.pk, "instead", 2)

    @pytest.mark.accepts("T7-07")
    @pytest.mark.parametrize("choice", ["0", "1"])
    def test_every_way_ends_with_an_if_then_or_not_now(self, amira, run, choice):
        tool = shelf.tool("grow")
        for _step in range(20):
            asked = tool.question(run.here)
            if asked is None:
                break
            words = {"choice": choice, "scale": "6"}.get(asked.kind, "some words")
            run = self.say(amira, run, words)
        if run.here == "if_then":
            with pytest.raises(Invalid):
                actions.end_tool(
                    actor=amira.user, run=run, ending="if_then", if_text="x", at=make.NOW
                )
            actions.end_tool(
                actor=amira.user, run=run, ending="if_then", at=make.NOW,
                if_text="the door closes", then_text="breathe out",
            )  # fmt: skip
        assert run.ending in {"if_then", "not_now"}
        assert ToolRun.objects.get().ending == run.ending

    def test_an_if_then_cannot_jump_over_open_questions(self, amira, run):
        with pytest.raises(Refused):
            actions.end_tool(
                actor=amira.user, run=run, ending="if_then", if_text="a", then_text="b",
                at=make.NOW,
            )  # fmt: skip
        actions.end_tool(actor=amira.user, run=run, ending="not_now", at=make.NOW)
        assert run.ending == "not_now"
        with pytest.raises(Refused):
            self.say(amira, run, "x", question="topic")

    def test_an_old_form_changes_nothing_and_one_can_step_back(self, amira, run):
        run = self.say(amira, run, "My Mondays")
        assert self.say(amira, run, "again", question="topic").answers == run.answers
        actions.step_back(actor=amira.user, run=run, at=make.NOW)
        assert (run.here, run.answers) == ("topic", [])

    @pytest.mark.parametrize("words", ["", "9", "x", "²", "-1"])
    def test_a_choice_is_one_of_the_answers(self, amira, run, words):
        run = self.say(amira, run, "My Mondays")
        with pytest.raises(Invalid):
            self.say(amira, run, words)
