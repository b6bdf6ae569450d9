"""A plan taken away: as a PDF, for a calendar, as JSON; whole, and never with a coach's notes."""

import io
import json
from datetime import date, timedelta
from importlib.resources import files

import jsonschema
import pytest
from django.urls import reverse
from icalendar import Calendar
from pypdf import PdfReader

from coachwork.exchange import actions
from coachwork.exchange.kinds.plans import KINDS
from coachwork.people.access import NotVisible
from coachwork.people.models import AuditEntry, Relation, Visibility
from coachwork.plans import actions as plans
from coachwork.plans.models import Goal, IfThen, PlanItem, Rung
from tests import builders as make
from tests.plans import stage

pytestmark = pytest.mark.django_db
SECRET = "zebra-quartz"
SCHEMA = json.loads(
    files("coachwork.exchange.kinds.plans").joinpath("plan.schema.json").read_text("utf-8")
)


def taken(actor, owner, kind, today=stage.TODAY):
    return actions.export_plan(actor=actor, client=owner, kind=kind, today=today, at=make.NOW)


def told(actor, owner, kind, today=stage.TODAY):
    """What a reader finds in the file, whatever its form."""
    made = taken(actor, owner, kind, today)
    if kind == "pdf":
        pages = PdfReader(io.BytesIO(made)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    if kind == "ics":
        return made.decode().replace("\r\n ", "").replace("\\,", ",")
    return made.decode()


def planned(owner):
    """A goal with rungs, an item that comes back, one that comes once, an if-then, a review."""
    goal = stage.active(owner)
    first = stage.item(owner, "Two breaths", goal=goal, cadence="weekly", done_when="It was quiet")
    stage.item(owner, "Ask Jo", goal=goal, week_on=stage.week(3), first_step="Write one line")
    pair = stage.if_then(owner, goal)
    plans.shape_plan(
        actor=owner.user,
        plan=first.plan,
        capacity_hours_per_week=first.plan.capacity_hours_per_week,
        reserve_weeks=2,
        review_dates=[stage.TODAY + timedelta(days=30)],
        at=make.NOW,
    )
    return goal, first, pair


def opened(*rows):
    """To the client and the coach."""
    for row in rows:
        type(row).objects.filter(pk=row.pk).update(visibility=Visibility.PAIR)


def plant_coach_notes(owner, coach, goal, item):
    """What a coach keeps to themselves, in every table that a plan is made of."""
    facts = {"client": owner, "visibility": Visibility.COACH, "created_by": coach,
             "created_at": make.NOW}  # fmt: skip
    note = Goal.objects.create(title=f"{SECRET} goal", state=Goal.State.ACTIVE, **facts)
    Rung.objects.create(goal=note, level=0, text=f"{SECRET} rung", **facts)
    PlanItem.objects.create(
        plan=item.plan, goal=goal, title=f"{SECRET} item", week_on=stage.TODAY, **facts
    )
    IfThen.objects.create(
        goal=goal, if_text=f"{SECRET} if", then_text=f"{SECRET} then", active=True, **facts
    )


@pytest.mark.accepts("T2-11")
@pytest.mark.parametrize("kind", KINDS)
def test_each_file_holds_goals_rungs_items_and_if_thens_and_no_note_of_the_coach(kind):
    amira = make.client()
    goal, first, _pair = planned(amira)
    carl = make.helper(amira, "carl", Relation.COACH)
    opened(goal, first.plan, *PlanItem.objects.all(), *IfThen.objects.all(), *goal.rungs.all())
    plant_coach_notes(amira, carl, goal, first)
    suggested = plans.suggest_item(actor=carl, client=amira, title="Not taken yet", at=make.NOW)
    assert suggested.state == PlanItem.State.SUGGESTED
    for reader in (amira.user, carl):
        text = told(reader, amira, kind)
        assert goal.title in text
        for words in (*stage.OUTCOMES.values(), "Two breaths", "Ask Jo", "Write one line"):
            assert words in text, words
        assert "Jo stops talking" in text
        assert "I wait two breaths" in text
        assert SECRET not in text
        assert "Not taken yet" not in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_coach_takes_what_is_open_to_the_two_and_a_stranger_nothing(kind):
    amira = make.client()
    goal, first, _pair = planned(amira)
    carl = make.helper(amira, "carl", Relation.COACH)
    opened(first.plan, first)
    text = told(carl, amira, kind)
    assert "Two breaths" in text
    assert "Ask Jo" not in text
    for words in (goal.title, *stage.OUTCOMES.values(), "Jo stops talking"):
        assert words not in text, words
    with pytest.raises(NotVisible):
        taken(make.user("stranger"), amira, kind)


def test_the_audit_log_says_who_took_it_and_not_what_it_says():
    amira = make.client()
    planned(amira)
    taken(amira.user, amira, "ics")
    entry = AuditEntry.objects.filter(stream=amira.pk).latest("number")
    assert (entry.verb, entry.actor) == ("plan.export.ics", amira.user.pk)


@pytest.mark.parametrize("kind", KINDS)
def test_a_plan_with_nothing_in_it_is_a_file_all_the_same(kind):
    amira = make.client()
    assert taken(amira.user, amira, kind)
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(taken(amira.user, amira, "json")))


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_plan_gives_the_same_bytes(kind):
    amira = make.client()
    planned(amira)
    assert taken(amira.user, amira, kind) == taken(amira.user, amira, kind)


def test_the_json_fits_its_schema():
    amira = make.client()
    goal, _first, _pair = planned(amira)
    found = json.loads(taken(amira.user, amira, "json"))
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(
        found
    )
    assert found["items"][0]["week_on"] == stage.TODAY.isoformat()
    assert found["items"][0]["goal"] == str(goal.pk)
    assert [rung["level"] for rung in found["goals"][0]["rungs"]] == [-2, -1, 0, 1, 2]
    assert found["plan"]["review_dates"] == ["2026-02-04"]


class TestCalendar:
    def events(self, owner, today=stage.TODAY):
        calendar = Calendar.from_ical(taken(owner.user, owner, "ics", today))
        return {str(one["uid"]): one for one in calendar.walk("VEVENT")}

    def test_each_event_keeps_its_name_when_the_plan_changes(self):
        amira = make.client()
        _goal, first, _pair = planned(amira)
        before = set(self.events(amira))
        plans.change_item(actor=amira.user, item=first, title="Three breaths", at=make.NOW)
        plans.move_item(actor=amira.user, item=first, week_on=stage.week(2), at=make.NOW)
        after = self.events(amira)
        assert set(after) == before
        event = after[f"item-{first.pk}@coachwork"]
        assert "Three breaths" in event["summary"]
        assert event.decoded("dtstart") == stage.week(2)

    def test_events_are_whole_days_private_and_take_no_time(self):
        amira = make.client()
        planned(amira)
        for event in self.events(amira).values():
            start = event.decoded("dtstart")
            assert type(start) is date
            assert event.decoded("dtend") == start + timedelta(days=1)
            assert event["class"] == "PRIVATE"
            assert event["transp"] == "TRANSPARENT"
            assert event.decoded("dtstamp").utcoffset() == timedelta(0)

    @pytest.mark.parametrize(
        ("cadence", "rule"),
        [
            ("once", None),
            ("weekly", "FREQ=WEEKLY;UNTIL=20260202"),
            ("biweekly", "FREQ=WEEKLY;UNTIL=20260202;INTERVAL=2"),
            ("daily", "FREQ=WEEKLY;UNTIL=20260202;BYDAY=MO,TU,WE,TH,FR"),
        ],
    )
    def test_what_comes_back_comes_back_until_its_last_day(self, cadence, rule):
        amira = make.client()
        item = stage.item(
            amira, "x", cadence=cadence, window_end=None if rule is None else date(2026, 2, 2)
        )
        event = self.events(amira)[f"item-{item.pk}@coachwork"]
        found = event.get("rrule")
        assert (found.to_ical().decode() if found else None) == rule

    def test_what_lay_in_a_past_week_lies_in_this_one(self):
        amira = make.client()
        item = stage.item(amira, "x")
        later = self.events(amira, today=stage.TODAY + timedelta(days=17))
        assert later[f"item-{item.pk}@coachwork"].decoded("dtstart") == stage.week(3)

    def test_a_pair_whose_goal_is_over_reminds_of_nothing(self):
        amira = make.client()
        _goal, _first, pair = planned(amira)
        name = f"if-then-{pair.pk}@coachwork"
        assert name in self.events(amira)
        assert name not in self.events(amira, today=stage.TODAY + timedelta(weeks=20))

    def test_signs_that_mean_something_in_a_calendar_are_only_words(self):
        amira = make.client()
        nasty = "a;b,c\\d\nEND:VEVENT\r\nSUMMARY:x \x07ü 日本"
        item = stage.item(amira, "Fine")
        PlanItem.objects.filter(pk=item.pk).update(title=nasty, first_step=nasty)
        found = self.events(amira)
        assert set(found) == {f"item-{item.pk}@coachwork"}
        event = found[f"item-{item.pk}@coachwork"]
        assert str(event["summary"]).startswith("a;b,c\\d END:VEVENT SUMMARY:x ü 日本")
        assert "END:VEVENT\nSUMMARY:x" in str(event["description"])
        for line in taken(amira.user, amira, "ics").split(b"\r\n"):
            assert len(line) <= 75


class TestPages:
    def test_the_page_for_paper_shows_the_plan_and_leads_to_its_files(self, client):
        amira = make.client()
        goal, _first, _pair = planned(amira)
        client.force_login(amira.user)
        page = client.get(reverse("plans:sheet")).content.decode()
        for words in (goal.title, "Two breaths", "I do it in all one-to-ones", "Jo stops talking"):
            assert words in page
        assert reverse("exchange:plan") in page
        assert reverse("plans:sheet") in client.get(reverse("plans:plan")).content.decode()

    @pytest.mark.parametrize("kind", KINDS)
    def test_a_press_downloads_a_file_with_a_name(self, client, kind):
        amira = make.client()
        planned(amira)
        client.force_login(amira.user)
        answer = client.post(reverse("exchange:plan"), {"kind": kind})
        assert answer.status_code == 200
        assert answer["Content-Disposition"].endswith(f'.{kind}"')
        assert "no-store" in answer["Cache-Control"]
        assert client.get(reverse("exchange:plan")).status_code == 405
        assert client.post(reverse("exchange:plan"), {"kind": "exe"}).status_code == 404

    def test_a_coach_has_the_page_and_the_files_and_others_have_none(self, client):
        amira = make.client()
        planned(amira)
        carl = make.helper(amira, "carl", Relation.COACH)
        for person, expected in ((carl, 200), (make.user("nobody"), 404)):
            client.force_login(person)
            page = client.get(reverse("plans:sheet-of", args=[amira.pk]))
            file = client.post(reverse("exchange:plan-of", args=[amira.pk]), {"kind": "pdf"})
            assert (page.status_code, file.status_code) == (expected, expected)

    def test_a_sponsor_finds_nothing_of_the_plan(self, client):
        amira = make.client()
        sina = make.helper(amira, "sina", Relation.SPONSOR)
        goal, _first, _pair = planned(amira)
        client.force_login(sina)
        answer = client.post(reverse("exchange:plan-of", args=[amira.pk]), {"kind": "json"})
        assert answer.status_code == 404 or goal.title not in answer.content.decode()
