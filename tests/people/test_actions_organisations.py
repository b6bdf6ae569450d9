"""Organisations: who may do what in them, and that they open no record."""

from datetime import timedelta
from typing import Any

import pytest

from coachwork.kit.errors import Refused
from coachwork.notifications.models import Message
from coachwork.people import access, actions, queries
from coachwork.people.access import NotVisible, Thing, Verb
from coachwork.people.models import Membership, MembershipRole, Organisation, Visibility
from coachwork.plans.models import Goal
from tests import builders as make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def person(name: str = "amira") -> Any:
    """A client; `.user` is there, whatever the model allows."""
    return make.client(name)


@pytest.fixture
def owner() -> Any:
    return make.user("olu")


@pytest.fixture
def practice(owner: Any) -> Any:
    return actions.create_organisation(actor=owner, name="Lamp", kind="practice", at=NOW)


def join(practice: Organisation, owner: Any, name: str, role: MembershipRole) -> Any:
    _place, token = actions.invite_member(
        actor=owner, organisation=practice, email=f"{name}@example.org", role=role, at=NOW
    )
    user = make.user(name)
    return user, actions.accept_membership(actor=user, token=token, at=NOW)


def test_an_invitation_goes_by_mail_works_once_and_only_for_its_address(
    practice: Any, owner: Any
) -> None:
    place, token = actions.invite_member(
        actor=owner, organisation=practice, email="m@example.org", role="member", at=NOW
    )
    assert token.split(".")[1] not in place.token_digest
    assert token in Message.objects.get(address="m@example.org").text
    with pytest.raises(Refused, match="another address"):
        actions.accept_membership(actor=make.user("eve"), token=token, at=NOW)
    user = make.user("m")
    actions.accept_membership(actor=user, token=token, at=NOW)
    with pytest.raises(Refused, match="used"):
        actions.accept_membership(actor=user, token=token, at=NOW)
    assert [one.role for one in queries.my_memberships(actor=user)] == ["member"]


def test_a_link_grows_old_and_can_be_taken_back(practice: Any, owner: Any) -> None:
    user = make.user("m")
    invite: Any = {"organisation": practice, "email": "m@example.org", "role": "member"}
    place, token = actions.invite_member(actor=owner, at=NOW, **invite)
    with pytest.raises(Refused, match="too old"):
        actions.accept_membership(actor=user, token=token, at=NOW + timedelta(days=15))
    assert actions.invite_member(actor=owner, at=NOW, **invite) == (place, "")
    newer, new = actions.invite_member(actor=owner, at=NOW + timedelta(days=15), **invite)
    assert newer != place and new
    actions.end_membership(actor=owner, membership=newer, at=NOW)
    with pytest.raises(Refused):
        actions.accept_membership(actor=user, token=new, at=NOW + timedelta(days=15))


@pytest.mark.parametrize(
    "role", [MembershipRole.MEMBER, MembershipRole.COACH, MembershipRole.AUTHOR]
)
def test_only_owners_and_admins_run_an_organisation(practice: Any, owner: Any, role: Any) -> None:
    user, place = join(practice, owner, "m", role)
    for act in (
        lambda: queries.organisation(actor=user, organisation_id=practice.pk),
        lambda: queries.members(actor=user, organisation=practice),
        lambda: actions.invite_member(
            actor=user, organisation=practice, email="x@example.org", role="member", at=NOW
        ),
        lambda: actions.rename_organisation(
            actor=user, organisation=practice, name="X", kind="practice", at=NOW
        ),
        lambda: actions.change_role(actor=user, membership=place, role="admin", at=NOW),
    ):
        with pytest.raises(NotVisible):
            act()


def test_only_an_owner_decides_about_owners(practice: Any, owner: Any) -> None:
    admin, mine = join(practice, owner, "ada", MembershipRole.ADMIN)
    theirs = Membership.objects.get(organisation=practice, user=owner)
    with pytest.raises(Refused):
        actions.change_role(actor=admin, membership=mine, role="owner", at=NOW)
    with pytest.raises(Refused):
        actions.end_membership(actor=admin, membership=theirs, at=NOW)
    actions.change_role(actor=owner, membership=mine, role="owner", at=NOW)
    actions.end_membership(actor=owner, membership=theirs, at=NOW)


def test_an_organisation_always_has_an_owner(practice: Any, owner: Any) -> None:
    mine = Membership.objects.get(organisation=practice, user=owner)
    acts: tuple[Any, ...] = (
        lambda: actions.end_membership(actor=owner, membership=mine, at=NOW),
        lambda: actions.change_role(actor=owner, membership=mine, role="member", at=NOW),
    )
    for act in acts:
        with pytest.raises(Refused, match="needs an owner"):
            act()


def test_anybody_can_leave_and_then_is_nobody_there(practice: Any, owner: Any) -> None:
    user, place = join(practice, owner, "m", MembershipRole.ADMIN)
    actions.end_membership(actor=user, membership=place, at=NOW)
    assert queries.my_memberships(actor=user) == []
    with pytest.raises(NotVisible):
        queries.organisation(actor=user, organisation_id=practice.pk)


def test_no_role_in_an_organisation_opens_a_record(practice: Any, owner: Any) -> None:
    amira = person()
    Membership.objects.create(
        organisation=practice, user=amira.user, role="member", created_at=NOW, accepted_at=NOW
    )
    Goal.objects.create(title="mine", **make.about(amira, Visibility.PAIR))
    admin, _place = join(practice, owner, "ada", MembershipRole.ADMIN)
    for actor in (owner, admin):
        assert not any(access.can(actor, verb, thing, amira) for verb in Verb for thing in Thing)
        assert not Goal.objects.filter(access.visible(actor, Thing.GOALS)).exists()
