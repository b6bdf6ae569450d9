"""A large population with a year of data each, written straight into the tables.

Rows are made by field names from the models, so a renamed field fails loudly here. Everybody has
lived the same year with other dates and levels; texts are of ordinary length.
"""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks.harness import note

YEAR_START = datetime(2025, 11, 24, 8, 0, tzinfo=UTC)
WEEKS = 52
CHUNK = 500  # clients a transaction
TARGETS = 10
TEXT = "Waited two breaths before I answered; Jo went on and told me what the real problem was."


class Writer:
    """Rows of one model, with the defaults of its fields, as tuples for the database."""

    def __init__(self, model: Any, connection: Any) -> None:
        self.fields = [f for f in model._meta.concrete_fields]
        self.places = {f.attname: n for n, f in enumerate(self.fields)}
        self.connection = connection
        self.blank = [self._default(f) for f in self.fields]
        columns = ", ".join(f'"{f.column}"' for f in self.fields)
        marks = ", ".join(["?"] * len(self.fields))
        self.sql = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})'
        self.rows: list[list[Any]] = []

    def _default(self, field: Any) -> Any:
        if field.primary_key or not field.has_default():
            return None if field.null or field.primary_key else ""
        return field.get_db_prep_save(field.get_default(), self.connection)

    def add(self, **values: Any) -> None:
        row = list(self.blank)
        for name, value in values.items():
            row[self.places[name]] = value
        self.rows.append(row)

    def flush(self, database: sqlite3.Connection) -> int:
        count = len(self.rows)
        database.executemany(self.sql, self.rows)
        self.rows.clear()
        return count


class Keys:
    """Version 7 identifiers in order, as SQLite keeps them."""

    def __init__(self) -> None:
        self.count = 0

    def new(self, at: datetime) -> str:
        self.count += 1
        milliseconds = int(at.timestamp() * 1000)
        number = milliseconds << 80 | 0x7 << 76 | 0x2 << 62 | self.count
        return f"{number:032x}"


def populate(database: sqlite3.Connection, clients: int, *, seed: int = 7) -> int:
    """Write the people; returns how many rows. Career Core 40 must be loaded."""
    from django.db import connection

    from coachwork.assessment.models import SelfAssessment, SelfRating
    from coachwork.evidence.models import AgreedLevel, Aim, AimTarget, Evidence, GapDecision
    from coachwork.frameworks.models import RoleProfile
    from coachwork.people.models import Client, Event, Relationship, User
    from coachwork.plans.models import (
        Goal,
        GoalVersion,
        IfThen,
        Plan,
        PlanItem,
        PlanVersion,
        Rung,
    )
    from coachwork.practice.models import PracticeLog

    models = (
        User, Client, Relationship, Event, Aim, AimTarget, SelfAssessment, SelfRating, Evidence,
        AgreedLevel, GapDecision, Goal, Rung, GoalVersion, IfThen, Plan, PlanItem, PlanVersion,
        PracticeLog,
    )  # fmt: skip
    write = {model.__name__: Writer(model, connection) for model in models}
    roles = [
        (role.pk.hex, role.framework_id.hex, [t.competency_id.hex for t in role.targets.all()])
        for role in RoleProfile.objects.filter(source="content").prefetch_related("targets")
    ]
    chance, keys, total = random.Random(seed), Keys(), 0
    coach = keys.new(YEAR_START)
    write["User"].add(
        id=coach, email="coach@example.org", name="Coach", password="!", is_active=1, is_staff=0,
        is_superuser=0, date_joined=_stamp(YEAR_START), locale="en", timezone="Europe/Berlin",
    )  # fmt: skip
    for start in range(0, clients, CHUNK):
        for number in range(start, min(start + CHUNK, clients)):
            _year(write, keys, chance, number, roles, coach)
        with database:
            total += sum(writer.flush(database) for writer in write.values())
        if start % 10_000 == 0:
            note(f"    {start:,} of {clients:,} people, {total:,} rows")
    return total


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")


def _year(
    write: dict[str, Writer],
    keys: Keys,
    chance: random.Random,
    number: int,
    roles: Sequence[tuple[str, str, list[str]]],
    coach: str,
) -> None:
    at = YEAR_START + timedelta(seconds=number)
    user, client = keys.new(at), keys.new(at)
    role, framework, competencies = roles[number % len(roles)]
    competencies = competencies[:TARGETS]

    def row(model: str, when: datetime, /, **values: Any) -> str:
        key = keys.new(when)
        about = {"client_id": client, "visibility": "V1", "created_by_id": user}
        write[model].add(id=key, created_at=_stamp(when), **{**about, **values})
        return key

    write["User"].add(
        id=user, email=f"person{number}@example.org", name=f"Person {number}", password="!",
        is_active=1, is_staff=0, is_superuser=0, date_joined=_stamp(at),
        locale="en", timezone="Europe/Berlin",
    )  # fmt: skip
    write["Client"].add(
        id=client, user_id=user, name=f"Person {number}", created_by_id=user,
        created_at=_stamp(at), claimed_at=_stamp(at),
    )  # fmt: skip
    if number < 1_000:  # one coach with very many clients, as many in every size
        row("Relationship", at, user_id=coach, kind="coach",
            consented_at=_stamp(at), accepted_at=_stamp(at))  # fmt: skip
    aim = row("Aim", at, kind="next", role_id=role, title="Team lead")
    for place, competency in enumerate(competencies):
        row("AimTarget", at, aim_id=aim, competency_id=competency, level="3.0",
            importance=3 - place // 4, position=place)  # fmt: skip
    for turn, month in enumerate((0, 26)):
        _assess(
            row,
            chance,
            at + timedelta(weeks=month),
            framework,
            aim,
            competencies=competencies,
            turn=turn,
        )
    _observe(row, chance, at, competencies)
    for competency in competencies:
        row("AgreedLevel", at + timedelta(weeks=3), competency_id=competency,
            level=str(chance.choice((2, 2.5, 3, 3.5))), reason="What people told me fits.",
            basis='{"rule": "bench"}')  # fmt: skip
        row("GapDecision", at + timedelta(weeks=3), aim_id=aim, competency_id=competency,
            decision="focus" if competency in competencies[:2] else "park", energy=4)  # fmt: skip
    _plan(row, at, competencies)
    for week in range(0, WEEKS, 2):
        row("Event", at + timedelta(weeks=week), kind="practice.logged")


def _assess(  # noqa: PLR0913
            row: Any, chance: random.Random, at: datetime, framework: str, aim: str, *,
            competencies: Sequence[str], turn: int) -> None:  # fmt: skip
    state = "superseded" if turn == 0 else "submitted"
    assessment = row("SelfAssessment", at, framework_id=framework, aim_id=aim, depth="quick",
                     purpose="baseline" if turn == 0 else "midpoint", state=state,
                     submitted_at=_stamp(at))  # fmt: skip
    for place, competency in enumerate(competencies):
        level = chance.randint(2, 4)
        rating = row("SelfRating", at, assessment_id=assessment, competency_id=competency,
                     position=place, level=level, not_seen=0, confidence="med", example=TEXT,
                     answered_at=_stamp(at))  # fmt: skip
        row("Evidence", at, competency_id=competency, source="self", occasion_on=str(at.date()),
            level=f"{level}.0", text=TEXT, withdrawn=0,
            provenance=f"self_rating:{rating}")  # fmt: skip


def _observe(row: Any, chance: random.Random, at: datetime, competencies: Sequence[str]) -> None:
    for quarter in (10, 30, 48):
        moment = at + timedelta(weeks=quarter)
        for source, raters in (("manager", 1), ("peer", 4)):
            for competency in competencies[:5]:
                row("Evidence", moment, competency_id=competency, source=source,
                    occasion_on=str(moment.date()), level=str(chance.choice((2.5, 3, 3.5))),
                    n_raters=raters, withdrawn=0,
                    provenance=f"bench:{source}:{quarter}:{competency}")  # fmt: skip


def _plan(row: Any, at: datetime, competencies: Sequence[str]) -> None:
    plan = row("Plan", at, state="active", capacity_hours_per_week="2.0", reserve_weeks=2,
               review_dates="[]", version=3)  # fmt: skip
    for number in range(1, 4):
        row("PlanVersion", at, plan_id=plan, number=number, trigger="client",
            what="Added a practice", content="{}")  # fmt: skip
    for competency in competencies[:2]:
        goal = row("Goal", at, kind="learning", state="active", competency_id=competency,
                   title="In our weekly meeting I will ask one open question before I answer",
                   why="People stop telling me things.", baseline="I answer at once.",
                   target_on=str(at.date() + timedelta(weeks=60)), version=1)  # fmt: skip
        for level in range(-2, 3):
            row("Rung", at, goal_id=goal, level=level, text=f"Outcome at step {level}")
        row("GoalVersion", at, goal_id=goal, number=1, wording="{}")
        if_then = row("IfThen", at, goal_id=goal, cue_type="event", active=1,
                      if_text="If Jo stops talking", then_text="I wait two breaths",
                      moment_kind="one_to_one")  # fmt: skip
        for n, week in enumerate(_mondays(at)):
            moment = at + timedelta(weeks=n)
            if n % 9 == 0:
                row("PlanItem", moment, plan_id=plan, goal_id=goal, kind="practice", state="done",
                    title="Ask one open question in the stand-up", week_on=str(week))  # fmt: skip
            if n % 2 == 0 and competency == competencies[0]:
                log = row("PracticeLog", moment, competency_id=competency, item=if_then,
                          occasion_on=str(moment.date()), chance="did" if n % 3 else "partly",
                          line=TEXT, moment=f"{competency[-6:]}{n}")  # fmt: skip
                row("Evidence", moment, competency_id=competency, source="self",
                    occasion_on=str(moment.date()), chance="did" if n % 3 else "partly",
                    text=TEXT, provenance=f"practice_log:{log}", withdrawn=0)  # fmt: skip


def _mondays(at: datetime) -> Iterator[date]:
    first = at.date() - timedelta(days=at.weekday())
    return (first + timedelta(weeks=n) for n in range(WEEKS))
