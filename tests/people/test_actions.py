"""Accounts, records, relationships and shares: what each act does, and what it refuses."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.timezone import now

from coachwork.kit.errors import Invalid, Refused
from coachwork.notifications.models import Message
from coachwork.people import access, actions, queries
from coachwork.people.access import NotVisible, Thing
from coachwork.people.actions.relationships import Conflict
from coachwork.people.models import (
    ApiToken,
    AuditEntry,
    Client,
    Event,
    Relation,
    Relationship,
    Share,
    ShareEvent,
    User,
    Visibility,
)
from coachwork.people.models.trail import unbroken
from coachwork.plans.models import Goal, GoalVersion
from tests import builders as make

pytestmark = pytest.mark.django_db
NOW = make.NOW


def person(name: str = "amira") -> Any:
    """A client; `.user` is there, whatever the model allows."""
    return make.client(name)


def goal(owner: Client, visibility: Any = "V0", title: str = "Speak up") -> Goal:
    return Goal.objects.create(title=title, **make.about(owner, visibility))


def log(owner: Client) -> list[tuple[str, str]]:
    return list(
        ShareEvent.objects.filter(client=owner).order_by("id").values_list("kind", "detail")
    )


def verbs(stream: Any) -> list[str]:
    return list(
        AuditEntry.objects.filter(stream=stream).order_by("number").values_list("verb", flat=True)
    )


# Accounts


def test_set_up_makes_the_owner_and_an_organisation_and_is_refused_ever_after() -> None:
    made = actions.set_up(
        email="o@example.org", name="Olu", password="a quiet lamp", organisation="Lamp", at=NOW
    )
    assert made.is_superuser and made.check_password("a quiet lamp")
    assert [place.role for place in queries.my_memberships(actor=made)] == ["owner"]
    with pytest.raises(Refused):
        actions.set_up(email="b@example.org", name="B", password="another lamp", at=NOW)
    assert User.objects.count() == 1


def test_an_account_made_by_hand_has_a_verified_address_and_a_record() -> None:
    made = actions.create_account(email="n@example.org", name="Nora", password="x" * 12, at=NOW)
    assert made.emailaddress_set.get().verified and made.client.name == "Nora"
    with pytest.raises(Invalid):
        actions.create_account(email="N@EXAMPLE.org", name="Other", password="x" * 12, at=NOW)


def test_one_human_has_one_record() -> None:
    amira = person()
    with pytest.raises(Refused):
        actions.open_record(actor=amira.user, name="Again", at=NOW)


def test_settings_change_the_name_on_the_record_too() -> None:
    amira = person()
    actions.change_settings(
        actor=amira.user,
        name="Amira H",
        locale="de",
        timezone="Europe/Berlin",
        theme="dark",
        at=NOW,
    )
    amira.refresh_from_db()
    assert amira.name == "Amira H"


# Where new items start


def test_new_items_start_private_until_there_is_a_coach_and_the_client_has_the_last_word() -> None:
    amira = person()
    assert queries.starting_class(actor=amira.user, client=amira) == Visibility.PRIVATE
    make.helper(amira, "max", Relation.MENTOR)
    assert queries.starting_class(actor=amira.user, client=amira) == Visibility.PRIVATE
    make.helper(amira, "carl", Relation.COACH)
    assert queries.starting_class(actor=amira.user, client=amira) == Visibility.PAIR
    actions.change_record(
        actor=amira.user, client=amira, packaging="coached", starting_class="V0", at=NOW
    )
    assert queries.starting_class(actor=amira.user, client=amira) == Visibility.PRIVATE


# Asking somebody to help


def test_a_client_asks_somebody_without_an_account_and_they_accept_by_the_link() -> None:
    amira = person()
    invitation, token = actions.propose_relationship(
        actor=amira.user,
        client=amira,
        name="Carl",
        email="carl@example.org",
        relation="coach",
        at=NOW,
    )
    assert token.startswith(str(amira.pk)) and token.split(".")[1] not in invitation.token_digest
    letter = Message.objects.get(address="carl@example.org")
    assert letter.kind == "relationship-invite-coach" and token in letter.text
    carl = make.user("carl")
    assert not access.can(carl, access.Verb.READ, Thing.GOALS, amira)
    bond = actions.accept_invitation(actor=carl, token=token, at=NOW)
    assert bond.consented_at and bond.accepted_at
    assert access.can(carl, access.Verb.READ, Thing.GOALS, amira)
    assert Message.objects.filter(user=amira.user, kind="relationship-accepted").exists()
    with pytest.raises(Refused):
        actions.accept_invitation(actor=carl, token=token, at=NOW)


def test_asking_twice_sends_one_mail() -> None:
    amira = person()
    ask: Any = {
        "client": amira,
        "name": "C",
        "email": "c@example.org",
        "relation": "mentor",
        "at": NOW,
    }
    first, _token = actions.propose_relationship(actor=amira.user, **ask)
    again, none = actions.propose_relationship(actor=amira.user, **ask)
    assert first == again and none == ""
    assert Message.objects.filter(address="c@example.org").count() == 1


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda i: {"expires_at": NOW}, "too old"),
        (lambda i: {"revoked_at": NOW}, "taken back"),
        (lambda i: {"declined_at": NOW}, "used"),
    ],
)
def test_a_link_that_is_over_opens_nothing(spoil: Any, says: Any) -> None:
    amira = person()
    invitation, token = actions.propose_relationship(
        actor=amira.user, client=amira, name="C", email="carl@example.org", relation="coach", at=NOW
    )
    for name, value in spoil(invitation).items():
        setattr(invitation, name, value)
    invitation.save()
    with pytest.raises(Refused, match=says):
        actions.accept_invitation(actor=make.user("carl"), token=token, at=NOW)
    assert not Relationship.objects.exists()


def test_a_forwarded_link_opens_nothing_for_another_address() -> None:
    amira = person()
    _invitation, token = actions.propose_relationship(
        actor=amira.user, client=amira, name="C", email="carl@example.org", relation="coach", at=NOW
    )
    with pytest.raises(Refused, match="another address"):
        actions.accept_invitation(actor=make.user("eve"), token=token, at=NOW)


@pytest.mark.parametrize("token", ["", "x", "x.y", f"{'0' * 8}-1.{'a' * 32}", "\x00", "a" * 50_000])
def test_a_guessed_link_leads_nowhere(token: Any) -> None:
    with pytest.raises(NotVisible):
        queries.link_for(actor=None, token=token)


def test_another_records_id_does_not_make_a_secret_fit() -> None:
    amira, ben = person(), person("ben")
    _invitation, token = actions.propose_relationship(
        actor=amira.user, client=amira, name="C", email="carl@example.org", relation="coach", at=NOW
    )
    with pytest.raises(NotVisible):
        queries.link_for(actor=None, token=f"{ben.pk}.{token.split('.')[1]}")


def test_a_new_link_ends_the_old_one() -> None:
    amira = person()
    invitation, old = actions.propose_relationship(
        actor=amira.user, client=amira, name="C", email="carl@example.org", relation="coach", at=NOW
    )
    new = actions.renew_invitation(actor=amira.user, invitation=invitation, at=NOW)
    with pytest.raises(NotVisible):
        queries.link_for(actor=None, token=old)
    assert queries.link_for(actor=None, token=new) == invitation
    with pytest.raises(NotVisible):
        actions.renew_invitation(actor=make.user("eve"), invitation=invitation, at=NOW)


def test_declining_needs_no_account_and_tells_the_client() -> None:
    amira = person()
    _invitation, token = actions.propose_relationship(
        actor=amira.user,
        client=amira,
        name="Carl",
        email="carl@example.org",
        relation="coach",
        at=NOW,
    )
    actions.decline_invitation(actor=None, token=token, at=NOW)
    assert Message.objects.filter(user=amira.user, kind="relationship-declined").exists()
    with pytest.raises(Refused):
        actions.accept_invitation(actor=make.user("carl"), token=token, at=NOW)


def test_only_the_client_asks_for_helpers_of_their_record() -> None:
    amira, eve = person(), make.user("eve")
    carl = make.helper(amira, "carl", Relation.COACH)
    ask: Any = {
        "client": amira,
        "name": "X",
        "email": "x@example.org",
        "relation": "mentor",
        "at": NOW,
    }
    with pytest.raises(NotVisible):
        actions.propose_relationship(actor=eve, **ask)
    with pytest.raises((NotVisible, PermissionDenied)):
        actions.revoke_invitation(
            actor=carl,
            invitation=actions.propose_relationship(actor=amira.user, **ask)[0],
            at=NOW,
        )


# Records started for somebody


def start_record(name: str = "ben", **named: Any) -> Any:
    carl = named.pop("coach", None) or make.user("carl")
    client, token = actions.invite_client(
        actor=carl, name=name.title(), email=f"{name}@example.org", at=NOW, **named
    )
    return carl, client, token


def test_a_started_record_opens_to_nobody_before_it_is_claimed_and_consented() -> None:
    carl, client, token = start_record()
    things = [thing for thing in Thing]
    assert not any(
        access.can(carl, verb, thing, client) for verb in access.Verb for thing in things
    )
    ben = make.user("ben")
    claimed = actions.claim_record(actor=ben, token=token, at=NOW)
    assert claimed == client and claimed.user == ben and claimed.email == ""
    assert not access.can(carl, access.Verb.READ, Thing.RECORD, client)
    bond = queries.waiting_for_me(actor=ben, client=claimed)[0]
    actions.consent(actor=ben, relationship=bond, at=NOW)
    assert access.can(carl, access.Verb.READ, Thing.GOALS, client)
    assert verbs(client.pk) == ["record.started", "record.claimed", "relationship.consented"]


def test_somebody_with_a_record_keeps_it_and_the_request_moves_over() -> None:
    ben = person("ben")
    carl, started, token = start_record()
    kept = actions.claim_record(actor=ben.user, token=token, at=NOW)
    assert kept == ben and not Client.objects.filter(pk=started.pk).exists()
    bond = Relationship.objects.get(client=ben)
    assert bond.user == carl and bond.accepted_at and not bond.consented_at
    with pytest.raises(NotVisible):
        queries.link_for(actor=ben.user, token=token)


def test_a_started_record_that_holds_something_goes_only_when_its_person_says_so() -> None:
    ben = person("ben")
    _carl, started, token = start_record()
    Goal.objects.create(title="imported", client=started, created_at=NOW)
    with pytest.raises(Refused):
        actions.claim_record(actor=ben.user, token=token, at=NOW)
    assert Client.objects.filter(pk=started.pk).exists()
    actions.claim_record(actor=ben.user, token=token, at=NOW, discard=True)
    assert not Client.objects.filter(pk=started.pk).exists()
    assert not Goal.objects.exists()


def test_declining_deletes_the_started_record_and_tells_the_coach() -> None:
    carl, started, token = start_record()
    actions.decline_claim(actor=None, token=token, at=NOW)
    assert not Client.objects.filter(pk=started.pk).exists()
    assert Message.objects.filter(user=carl, kind="relationship-declined").exists()


def test_a_coach_takes_a_request_back_and_the_empty_record_goes() -> None:
    carl, started, _token = start_record()
    bond = queries.proposals(actor=carl)[0]
    with pytest.raises(NotVisible):
        actions.withdraw(actor=make.user("eve"), relationship=bond, at=NOW)
    actions.withdraw(actor=carl, relationship=bond, at=NOW)
    assert not Client.objects.filter(pk=started.pk).exists()


def test_inviting_the_same_person_twice_starts_one_record() -> None:
    carl, client, _token = start_record()
    _carl, again, none = start_record(coach=carl)
    assert again == client and none == ""


def test_nobody_invites_themselves() -> None:
    carl = make.user("carl")
    with pytest.raises(Invalid):
        actions.invite_client(actor=carl, name="Me", email="carl@example.org", at=NOW)
    amira = person()
    with pytest.raises(Invalid):
        actions.propose_relationship(
            actor=amira.user,
            client=amira,
            name="I",
            email="AMIRA@example.org",
            relation="coach",
            at=NOW,
        )


# Consent and its end


def proposed(amira: Client, name: str, kind: Relation) -> Relationship:
    user = User.objects.filter(email=f"{name}@example.org").first() or make.user(name)
    return Relationship.objects.create(
        client=amira, user=user, kind=kind, accepted_at=NOW, created_by=user, created_at=NOW
    )


def test_only_the_client_consents() -> None:
    amira = person()
    bond = proposed(amira, "carl", Relation.COACH)
    with pytest.raises(NotVisible):
        actions.consent(actor=bond.user, relationship=bond, at=NOW)
    actions.consent(actor=amira.user, relationship=bond, at=NOW)
    assert bond.consented_at == NOW
    assert actions.consent(actor=amira.user, relationship=bond, at=NOW + timedelta(1)) == bond
    assert bond.consented_at == NOW


@pytest.mark.parametrize(
    ("held", "asked"),
    [(Relation.SPONSOR, Relation.COACH), (Relation.MENTOR, Relation.SPONSOR)],
)
def test_whoever_pays_cannot_also_be_near_so_the_client_picks_one(held: Any, asked: Any) -> None:
    amira = person()
    user = make.helper(amira, "sina", held)
    bond = proposed(amira, "sina", asked)
    with pytest.raises(Conflict):
        actions.consent(actor=amira.user, relationship=bond, at=NOW)
    actions.consent(actor=amira.user, relationship=bond, at=NOW, instead=True)
    assert access.relations(user, amira) == {asked}


def test_two_roles_that_go_together_need_no_choice() -> None:
    amira = person()
    make.helper(amira, "max", Relation.MENTOR)
    actions.consent(actor=amira.user, relationship=proposed(amira, "max", Relation.PARTNER), at=NOW)


def test_a_sponsor_who_accepts_as_coach_waits_for_the_clients_choice() -> None:
    amira = person()
    sina = make.helper(amira, "sina", Relation.SPONSOR)
    _invitation, token = actions.propose_relationship(
        actor=amira.user, client=amira, name="S", email="sina@example.org", relation="coach", at=NOW
    )
    bond = actions.accept_invitation(actor=sina, token=token, at=NOW)
    assert bond.consented_at is None
    assert access.relations(sina, amira) == {Relation.SPONSOR}
    assert Message.objects.filter(user=amira.user, kind="relationship-request-coach").exists()


@pytest.mark.parametrize("side", ["client", "helper"])
def test_either_side_ends_it_at_once_and_the_other_is_told(side: Any) -> None:
    amira = person()
    carl = make.helper(amira, "carl", Relation.COACH)
    bond = Relationship.objects.get(user=carl)
    actor, other = (amira.user, carl) if side == "client" else (carl, amira.user)
    actions.end_relationship(actor=actor, relationship=bond, at=NOW)
    assert not access.can(carl, access.Verb.READ, Thing.RECORD, amira)
    assert bond.ended_by == side
    assert Message.objects.filter(user=other, kind="relationship-ended").exists()
    actions.end_relationship(actor=actor, relationship=bond, at=NOW)
    assert verbs(amira.pk).count("relationship.ended") == 1


def test_a_stranger_ends_nothing() -> None:
    amira = person()
    make.helper(amira, "carl", Relation.COACH)
    with pytest.raises(NotVisible):
        actions.end_relationship(
            actor=make.user("eve"), relationship=Relationship.objects.get(), at=NOW
        )


def test_the_end_of_a_relationship_closes_its_shares_and_a_new_one_does_not_open_them_again() -> (
    None
):
    amira = person()
    max_ = make.helper(amira, "max", Relation.MENTOR)
    item = goal(amira)
    actions.share(actor=amira.user, thing=Thing.GOALS, row=item, reader=max_, at=NOW)
    actions.end_relationship(actor=max_, relationship=Relationship.objects.get(), at=NOW)
    make_again = proposed(amira, "max", Relation.MENTOR)
    actions.consent(actor=amira.user, relationship=make_again, at=NOW)
    assert not Goal.objects.filter(access.visible(max_, Thing.GOALS)).exists()
    item.refresh_from_db()
    assert item.visibility == Visibility.PRIVATE
    assert [kind for kind, _detail in log(amira)] == ["made", "revoked"]


# Sharing


def test_sharing_opens_one_item_to_one_person_and_unsharing_closes_it() -> None:
    amira = person()
    max_, pia = (
        make.helper(amira, "max", Relation.MENTOR),
        make.helper(amira, "pia", Relation.PARTNER),
    )
    item, other = goal(amira), goal(amira, title="Other")
    share = actions.share(actor=amira.user, thing=Thing.GOALS, row=item, reader=max_, at=NOW)
    assert list(Goal.objects.filter(access.visible(max_, Thing.GOALS))) == [item]
    assert not Goal.objects.filter(access.visible(pia, Thing.GOALS)).exists()
    assert item.visibility == Visibility.CIRCLE and other.visibility == Visibility.PRIVATE
    assert Message.objects.filter(user=max_, kind="share-notice").exists()
    again = actions.share(actor=amira.user, thing=Thing.GOALS, row=item, reader=max_, at=NOW)
    assert again == share and Share.objects.count() == 1
    actions.unshare(actor=amira.user, share=share, at=NOW)
    actions.unshare(actor=amira.user, share=share, at=NOW)
    assert not Goal.objects.filter(access.visible(max_, Thing.GOALS)).exists()
    item.refresh_from_db()
    assert item.visibility == Visibility.PRIVATE
    assert [kind for kind, _detail in log(amira)] == ["made", "revoked"]
    assert "Speak up" not in Message.objects.get(user=max_, kind="share-notice").text


def test_an_item_stays_in_the_circle_until_its_last_share_is_gone() -> None:
    amira = person()
    people = [
        make.helper(amira, "max", Relation.MENTOR),
        make.helper(amira, "pia", Relation.PARTNER),
    ]
    item = goal(amira)
    shares = [
        actions.share(actor=amira.user, thing=Thing.GOALS, row=item, reader=one, at=NOW)
        for one in people
    ]
    actions.unshare(actor=amira.user, share=shares[0], at=NOW)
    item.refresh_from_db()
    assert item.visibility == Visibility.CIRCLE


@pytest.mark.parametrize(
    ("thing", "kind"),
    [
        (Thing.PLAN, Relation.MANAGER),
        (Thing.PLAN, Relation.SPONSOR),
        (Thing.ASSESSMENT, Relation.PARTNER),
        (Thing.ASSESSMENT, Relation.MANAGER),
    ],
)
def test_what_the_table_closes_to_a_role_cannot_be_shared_with_it(thing: Any, kind: Any) -> None:
    amira = person()
    helper = make.helper(amira, "helper", kind)
    item = goal(amira)
    with pytest.raises(Refused):
        actions.share(actor=amira.user, thing=thing, row=item, reader=helper, at=NOW)
    with pytest.raises(Refused):
        actions.share(
            actor=amira.user, thing=Thing.GOALS, row=item, reader=make.user("eve"), at=NOW
        )


def test_nobody_but_the_owner_shares() -> None:
    amira = person()
    carl = make.helper(amira, "carl", Relation.COACH)
    max_ = make.helper(amira, "max", Relation.MENTOR)
    item = goal(amira, Visibility.PAIR)
    with pytest.raises(NotVisible):
        actions.share(actor=carl, thing=Thing.GOALS, row=item, reader=max_, at=NOW)


def test_a_sponsor_reads_the_text_as_released_and_nothing_that_comes_later() -> None:
    amira = person()
    sina = make.helper(amira, "sina", Relation.SPONSOR)
    item = goal(amira)
    item.released_text = "I will lead the review."
    item.why = "a private reason"
    item.save()
    share = actions.share(actor=amira.user, thing=Thing.GOALS, row=item, reader=sina, at=NOW)
    item.released_text = "something else"
    item.save()
    assert share.frozen is not None and "I will lead the review." in str(share.frozen)
    assert "private reason" not in str(share.frozen)
    assert not Goal.objects.filter(access.visible(sina, Thing.GOALS)).exists()
    assert queries.share(actor=sina, share_id=share.pk) == share
    actions.unshare(actor=amira.user, share=share, at=NOW)
    share.refresh_from_db()
    assert share.frozen is None
    with pytest.raises(NotVisible):
        queries.share(actor=sina, share_id=share.pk)


def test_opening_a_share_is_noted_once_and_only_for_its_reader() -> None:
    amira = person()
    max_ = make.helper(amira, "max", Relation.MENTOR)
    share = actions.share(actor=amira.user, thing=Thing.GOALS, row=goal(amira), reader=max_, at=NOW)
    with pytest.raises(NotVisible):
        actions.mark_opened(actor=amira.user, share=share, at=NOW)
    actions.mark_opened(actor=max_, share=share, at=NOW)
    actions.mark_opened(actor=max_, share=share, at=NOW + timedelta(1))
    assert share.opened_at == NOW
    assert [kind for kind, _detail in log(amira)] == ["made", "opened"]


def test_widening_and_narrowing_are_acts_of_the_client_and_stand_in_the_log() -> None:
    amira = person()
    carl = make.helper(amira, "carl", Relation.COACH)
    item = goal(amira)
    actions.set_visibility(actor=amira.user, thing=Thing.GOALS, row=item, visibility="V1", at=NOW)
    assert Goal.objects.filter(access.visible(carl, Thing.GOALS)).exists()
    with pytest.raises(PermissionDenied):
        actions.set_visibility(actor=carl, thing=Thing.GOALS, row=item, visibility="V0", at=NOW)
    actions.set_visibility(actor=amira.user, thing=Thing.GOALS, row=item, visibility="V0", at=NOW)
    assert not Goal.objects.filter(access.visible(carl, Thing.GOALS)).exists()
    assert log(amira) == [("widened", "V0>V1"), ("narrowed", "V1>V0")]
    for forbidden in ("V2", "V3", "V4", "V5", "", "x"):
        with pytest.raises(Invalid):
            actions.set_visibility(
                actor=amira.user, thing=Thing.GOALS, row=item, visibility=forbidden, at=NOW
            )


def test_keeping_an_item_to_oneself_takes_back_every_share_of_it() -> None:
    amira = person()
    max_ = make.helper(amira, "max", Relation.MENTOR)
    item = goal(amira, Visibility.PAIR)
    actions.share(actor=amira.user, thing=Thing.GOALS, row=item, reader=max_, at=NOW)
    actions.set_visibility(actor=amira.user, thing=Thing.GOALS, row=item, visibility="V0", at=NOW)
    assert not Share.objects.filter(revoked_at__isnull=True).exists()


def test_a_row_that_is_written_once_can_be_kept_to_oneself_but_not_changed() -> None:
    amira = person()
    made = GoalVersion.objects.create(
        goal=goal(amira), number=1, wording={}, **make.about(amira, Visibility.PAIR)
    )
    actions.set_visibility(actor=amira.user, thing=Thing.GOALS, row=made, visibility="V0", at=NOW)
    made.refresh_from_db()
    assert made.visibility == Visibility.PRIVATE
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        GoalVersion.objects.filter(pk=made.pk).update(number=2)


# The trails


def test_a_step_is_seen_by_no_more_people_than_its_item() -> None:
    amira = person()
    carl = make.helper(amira, "carl", Relation.COACH)
    sina = make.helper(amira, "sina", Relation.SPONSOR)
    actions.note(actor=amira.user, client=amira, kind="entry.written", at=NOW)
    open_step = actions.note(
        actor=amira.user, client=amira, kind="goal.activated", at=NOW, visibility=Visibility.PAIR
    )
    assert list(Event.objects.filter(access.visible(carl, Thing.EVENTS))) == [open_step]
    assert not Event.objects.filter(access.visible(sina, Thing.EVENTS)).exists()


def test_the_audit_log_shows_a_gap_and_a_change() -> None:
    amira = person()
    for verb in ("a", "b", "c"):
        actions.audit(actor=amira.user, verb=verb, stream=amira.pk, at=now(), origin="10.0.0.1")
    entries = list(AuditEntry.objects.filter(stream=amira.pk).order_by("number"))
    assert unbroken(entries) and queries.whole(actor=amira.user, client=amira)
    assert not unbroken([*entries[:1], *entries[2:]])
    entries[1].verb = "changed"
    assert not unbroken(entries)
    with pytest.raises(TypeError):
        entries[1].save()
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(stream=amira.pk).delete()
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        AuditEntry.objects.filter(stream=amira.pk).update(verb="x")


# Keys


def test_a_key_is_kept_as_a_digest_and_opens_nothing_once_revoked_or_too_old() -> None:
    amira = person()
    token, secret = actions.create_token(
        actor=amira.user, name="script", scopes=["read"], at=NOW, expires_at=NOW + timedelta(days=1)
    )
    assert secret not in str(vars(token)) and secret.startswith("cw_")
    assert queries.key(secret=secret, at=NOW) == token
    for wrong in ("", "x" * 40, secret + "x", secret[:-1]):
        with pytest.raises(NotVisible):
            queries.key(secret=wrong, at=NOW)
    with pytest.raises(NotVisible):
        queries.key(secret=secret, at=NOW + timedelta(days=1))
    with pytest.raises(NotVisible):
        actions.revoke_token(actor=make.user("eve"), token=token, at=NOW)
    actions.revoke_token(actor=amira.user, token=token, at=NOW)
    with pytest.raises(NotVisible):
        queries.key(secret=secret, at=NOW)
    assert verbs(amira.user.pk) == ["token.created", "token.revoked"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"scopes": []},
        {"scopes": ["admin"]},
        {"name": "  "},
        {"expires_at": NOW},
    ],
)
def test_a_key_needs_a_name_known_scopes_and_a_day_ahead(wrong: Any) -> None:
    amira = person()
    with pytest.raises(Invalid):
        actions.create_token(
            actor=amira.user, at=NOW, **({"name": "n", "scopes": ["read"]} | wrong)
        )
    assert not ApiToken.objects.exists()


def test_the_use_of_a_key_is_kept_by_day() -> None:
    amira = person()
    token, _secret = actions.create_token(actor=amira.user, name="s", scopes=["read"], at=NOW)
    actions.mark_used(actor=amira.user, token=token, at=NOW)
    token.refresh_from_db()
    assert token.used_on == NOW.date()
    with connection.execute_wrapper(lambda *a: pytest.fail("a second write on one day")):
        actions.mark_used(actor=amira.user, token=token, at=NOW)
