"""A house that is full: a record with very many rows in every table, and many people around it.

Rows are copies of one row of each kind. They differ where a rule wants them to (numbers, codes,
moments) and go through all choices, all competencies and many days, so that every list of every
page has something to show. Straight into the tables: ten thousand acts would take an hour.
"""

from datetime import timedelta
from typing import Any

from django.db import connection, models
from django.utils.timezone import localdate

from coachwork.evidence.models import Evidence
from coachwork.frameworks.models import Competency
from coachwork.kit.ids import new_id
from coachwork.notifications.models import Message
from coachwork.people.models import (
    ApiToken,
    AuditEntry,
    Client,
    ClientRow,
    Event,
    Membership,
    Organisation,
    Relation,
    Relationship,
    Share,
    User,
    Visibility,
)
from coachwork.plans.models import PlanItem
from coachwork.practice.models import PracticeLog
from tests import builders as make

Rows = dict[type[ClientRow], ClientRow]
Copies = dict[type[models.Model], list[Any]]
# These name people, so copies of one row would say nothing; see `_helpers` and `_shares`.
ABOUT_PEOPLE = (Relationship, Share)
MOST_PEOPLE = 200  # who help one client, or belong to one organisation: no list there is longer
# These grow for years; the other tables get a tenth of the rows.
GROWING = (Evidence, Event, PlanItem, PracticeLog)


def fill(rows: Rows, times: int, *, coach: User, organisation: Organisation) -> Copies:
    """So many rows of each kind, open to the coach, and as many people around the client."""
    owner = next(iter(rows.values())).client
    made = _copies(rows, times)
    _helpers(owner, min(times, MOST_PEOPLE))
    _clients_of(coach, times)
    made[Share] = _shares(made, coach)
    _members(organisation, min(times, MOST_PEOPLE))
    for user in (owner.user, coach):
        _account(user, times)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # in daily life the database does this by itself
    return made


# --- the record ---------------------------------------------------------------------------------


def _copies(rows: Rows, times: int) -> Copies:
    """Copies of each row; rows come before what points at them. What is allowed once stays once."""
    competencies = list(Competency.objects.values_list("pk", flat=True))
    made: Copies = {}
    for model, row in rows.items():
        if model in ABOUT_PEOPLE:
            continue
        many = times if model in GROWING else max(times // 10, 10)
        copies = [_copy(row, number, made, competencies) for number in range(many)]
        model._base_manager.bulk_create(copies, batch_size=2000, ignore_conflicts=True)
        kept = set(model._base_manager.filter(client=row.client_id).values_list("pk", flat=True))
        made[model] = [copy for copy in copies if copy.pk in kept]
    return made


def _copy(row: ClientRow, number: int, made: Copies, competencies: list[Any]) -> ClientRow:
    rules = [rule for rule in row._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    unique = {name for rule in rules for name in rule.fields}
    values = {
        field.attname: _changed(
            field, getattr(row, field.attname), number, made, competencies, field.name in unique
        )
        for field in row._meta.concrete_fields
    }
    values |= {"id": new_id(), "visibility": Visibility.PAIR}
    values["created_at"] = row.created_at + timedelta(minutes=number)
    return type(row)(**values)


def _changed(
    field: Any, value: Any, number: int, made: Copies, competencies: list[Any], must: bool
) -> Any:
    """The field's value in this copy; it must differ where the field is part of a unique rule."""
    if field.related_model is Competency:
        return competencies[number % len(competencies)]
    if field.choices:
        return field.choices[number % len(field.choices)][0]
    if field.get_internal_type() == "DateField":
        return localdate() + timedelta(days=60 - number % 300)
    return _different(field, value, number, made) if must else value


def _different(field: Any, value: Any, number: int, made: Copies) -> Any:
    if made.get(field.related_model):
        others = made[field.related_model]
        # Two fields that name rows of one kind never name the same row.
        return others[(number // 5 + len(field.name)) % len(others)].pk
    if isinstance(field, models.CharField):
        return f"{number}-{value}"[: field.max_length]
    if isinstance(field, models.IntegerField):
        return number % 5 - 2 if field.name == "level" else number + 2
    return value


# --- the people ---------------------------------------------------------------------------------


def _people(word: str, times: int) -> list[User]:
    return User.objects.bulk_create(
        User(email=f"{word}{number}@example.org", name=f"{word.title()} {number}")
        for number in range(times)
    )


def _bond(client: Client, user: User, kind: Relation) -> Relationship:
    return Relationship(
        client=client,
        user=user,
        kind=kind,
        created_at=make.NOW,
        accepted_at=make.NOW,
        consented_at=make.NOW,
    )


def _helpers(of: Client, times: int) -> None:
    mentors = _people("mentor", times)
    Relationship.objects.bulk_create(_bond(of, one, Relation.MENTOR) for one in mentors)


def _clients_of(coach: User, times: int) -> None:
    """Other people whom the same coach helps; half of them still wait for an answer."""
    clients = Client.objects.bulk_create(
        Client(name=f"Client {number}", created_at=make.NOW, created_by=coach)
        for number in range(times)
    )
    bonds = [_bond(one, coach, Relation.COACH) for one in clients]
    for waiting in bonds[::2]:
        waiting.consented_at = None
    Relationship.objects.bulk_create(bonds, batch_size=2000)


def _shares(made: Copies, reader: User) -> list[Share]:
    rows = [copy for copies in made.values() for copy in copies[:MOST_PEOPLE]]
    return Share.objects.bulk_create(
        Share(
            client_id=row.client_id,
            visibility=Visibility.PAIR,
            created_at=make.NOW,
            thing=type(row).policy,
            item=row.pk,
            title=f"{type(row).__name__} {number}",
            reader=reader,
        )
        for number, row in enumerate(rows)
    )


def _members(organisation: Organisation, times: int) -> None:
    Membership.objects.bulk_create(
        Membership(
            organisation=organisation,
            user=one,
            role="member",
            created_at=make.NOW,
            accepted_at=make.NOW,
        )
        for one in _people("member", times)
    )


def _account(user: User, times: int) -> None:
    """What gathers around an account: mails, the security log, keys for programs."""
    numbers = range(max(times // 10, 10))
    Message.objects.bulk_create(
        Message(
            user=user,
            address=user.email,
            kind="digest",
            subject="Your week",
            text="Something.",
            html="<p>Something.</p>",
            key=f"{user.pk}:{number}",
            due_at=make.NOW,
            created_at=make.NOW,
        )
        for number in numbers
    )
    AuditEntry.objects.bulk_create(
        AuditEntry(stream=user.pk, number=number + 1000, verb="sign_in", actor=user.pk, at=make.NOW)
        for number in numbers
    )
    ApiToken.objects.bulk_create(
        ApiToken(
            user=user,
            name=f"Key {number}",
            digest=f"{user.pk}{number:07}"[-64:],
            created_at=make.NOW,
        )
        for number in range(min(times, MOST_PEOPLE))
    )
