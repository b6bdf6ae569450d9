"""The second lock: PostgreSQL holds back other people's rows even where the first lock fails."""

from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils.timezone import now

from coachwork.kit import rowlock
from coachwork.people import access, actions, queries
from coachwork.people.models import Client, Event, Relation, Relationship
from coachwork.plans.models import Goal
from coachwork.web.errors import Errors
from coachwork.web.middleware import RowLock
from tests import builders as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="SQLite has no row-level security"
    ),
]


def person(name: str = "amira") -> Any:
    """A client; `.user` is there, whatever the model allows."""
    return make.client(name)


def role() -> Any:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def asked_as(user: Any, view: Any) -> Any:
    """A request of this person that reaches `view` through the lock."""
    request = RequestFactory().get("/")
    request.user = type(user).objects.select_related("client").get(pk=user.pk)
    return RowLock(view)(request)


@pytest.fixture
def two() -> Any:
    amira, ben = person(), person("ben")
    for one in (amira, ben):
        Goal.objects.create(title=one.name, **make.about(one))
    return amira, ben


def test_without_any_filter_a_request_sees_only_its_own_rows(two: Any) -> None:
    amira, _ben = two
    seen: dict[str, Any] = {}

    def view(request: Any) -> Any:
        seen["role"] = role()
        seen["goals"] = [goal.title for goal in Goal.objects.all()]
        seen["clients"] = [client.name for client in Client.objects.all()]
        seen["events"] = {event.client_id for event in Event.objects.all()}
        return HttpResponse()

    asked_as(amira.user, view)
    assert seen == {
        "role": rowlock.ROLE,
        "goals": ["Amira"],
        "clients": ["Amira"],
        "events": {amira.pk},
    }


def test_a_visitor_sees_no_record_at_all(two: Any, client: Any) -> None:
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    counts = []

    def view(request: Any) -> Any:
        counts.append((Goal.objects.count(), Client.objects.count()))
        return HttpResponse()

    RowLock(view)(request)
    assert counts == [(0, 0)]


def test_a_helper_sees_the_records_that_are_open_to_them_and_no_others(two: Any) -> None:
    amira, _ben = two
    carl = make.helper(amira, "carl", Relation.COACH)
    names: list[str] = []
    asked_as(carl, lambda request: names.extend(Client.objects.values_list("name", flat=True)))
    assert names == ["Amira"]
    Relationship.objects.update(consented_at=None)
    del names[:]
    asked_as(carl, lambda request: names.extend(Client.objects.values_list("name", flat=True)))
    assert names == []


def test_writing_into_another_record_is_refused_by_the_database(two: Any) -> None:
    amira, ben = two

    def insert(request: Any) -> Any:
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Goal.objects.create(title="planted", **make.about(ben))
        return HttpResponse()

    asked_as(amira.user, insert)

    def change(request: Any) -> Any:
        assert Goal.objects.filter(client=ben).update(title="changed") == 0
        assert Goal.objects.filter(client=ben).delete()[0] == 0
        return HttpResponse()

    asked_as(amira.user, change)
    assert Goal.objects.get(client=ben).title == "Ben"


def test_a_row_cannot_be_moved_into_another_record(two: Any) -> None:
    amira, ben = two

    def move(request: Any) -> Any:
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            Goal.objects.filter(client=amira).update(client=ben)
        return HttpResponse()

    asked_as(amira.user, move)


def test_the_lock_is_gone_after_the_request_and_after_an_error(two: Any) -> None:
    amira, _ben = two
    before = role()
    asked_as(amira.user, lambda request: HttpResponse())
    assert role() == before and Goal.objects.count() == 2

    def broken(request: Any) -> None:
        raise RuntimeError("a fault of ours")

    with pytest.raises(RuntimeError), transaction.atomic():
        asked_as(amira.user, broken)
    assert role() == before and Goal.objects.count() == 2

    def refused_by_the_database(request: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")

    with pytest.raises(DatabaseError), transaction.atomic():
        asked_as(amira.user, refused_by_the_database)
    assert role() == before and Goal.objects.count() == 2


def test_a_refusal_inside_the_lock_is_a_page_and_leaves_the_connection_clean(two: Any) -> None:
    amira, ben = two
    before = role()

    def view(request: Any) -> Any:
        raise access.NotVisible("no", client_id=ben.pk)

    request = RequestFactory().get("/")
    request.user = type(amira.user).objects.select_related("client").get(pk=amira.user.pk)
    errors = Errors(view)

    def answer(request: Any) -> Any:
        try:
            return errors(request)
        except access.NotVisible as problem:
            return errors.process_exception(request, problem)

    assert RowLock(answer)(request).status_code == 404
    assert role() == before


def test_stepping_outside_the_lock_ends_with_the_question(two: Any) -> None:
    amira, _ben = two
    roles = []

    def view(request: Any) -> Any:
        with rowlock.lifted():
            roles.append(role())
        roles.append(role())
        return HttpResponse()

    before = role()
    asked_as(amira.user, view)
    assert roles == [before, rowlock.ROLE]


def test_a_request_that_waits_is_found_by_who_sent_it(two: Any) -> None:
    carl = make.user("carl")
    started, _token = actions.invite_client(
        actor=carl, name="Nora", email="nora@example.org", at=now()
    )
    found: list[Any] = []

    def view(request: Any) -> Any:
        assert not Client.objects.exists(), "nothing is open before consent"
        found.extend(bond.client.pk for bond in queries.proposals(actor=request.user))
        return HttpResponse()

    asked_as(carl, view)
    assert found == [started.pk]


def test_the_way_from_invitation_to_consent_passes_the_lock(client: Any) -> None:
    carl, nora = make.user("carl"), make.user("nora")
    client.force_login(carl)
    fields: Any = {"name": "Nora", "email": "nora@example.org", "relation": "coach"}
    assert client.post(reverse("people:client-invite"), fields).status_code == 302
    assert b"Nora" in client.get(reverse("people:helping")).content
    from coachwork.notifications.models import Message

    path = (
        "/people/invitation/"
        + Message.objects.get(address="nora@example.org")
        .text.split("/people/invitation/")[1]
        .split("/")[0]
        + "/"
    )
    browser = client.__class__()
    browser.force_login(nora)
    browser.post(path)
    assert browser.post(reverse("people:invitation-accept")).status_code == 302
    bond = Relationship.objects.get()
    browser.post(reverse("people:relationship-answer", args=[bond.pk]), {"decision": "yes"})
    bond.refresh_from_db()
    assert bond.consented_at and bond.client.user == nora
    assert b"Nora" in client.get(reverse("people:helping")).content
