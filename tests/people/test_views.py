"""The pages about people: what they show, what they refuse, and that nothing typed is lost."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.timezone import now

from coachwork.notifications.models import Message
from coachwork.people import actions
from coachwork.people.access import Thing
from coachwork.people.models import (
    ApiToken,
    AuditEntry,
    Client,
    Event,
    Invitation,
    Membership,
    Organisation,
    Relation,
    Relationship,
    Share,
    ShareEvent,
    User,
    Visibility,
)
from coachwork.plans.models import Goal
from coachwork.web.middleware import FirstRun
from tests import builders as make

pytestmark = pytest.mark.django_db


def first(pattern: Any, text: Any, group: int = 0) -> Any:
    found = re.search(pattern, text)
    assert found, pattern
    return found[group]


BAD = {
    "null byte": "a\x00b",
    "50,000 characters": "x" * 50_000,
    "HTML": "<script>alert(1)</script><b>bold</b>",
    "right to left and emoji": "‮שלום עולם🙂",
}


def person(name: str = "amira") -> Any:
    """A client; `.user` is there, whatever the model allows."""
    return make.client(name)


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


@pytest.fixture
def amira(client: Any) -> Any:
    made = person()
    client.force_login(made.user)
    return made


def browser_of(user: Any, client: Any) -> Any:
    other = client.__class__()
    other.force_login(user)
    return other


def goal(owner: Client, visibility: Any = "V0", title: str = "Speak up") -> Goal:
    return Goal.objects.create(title=title, **make.about(owner, visibility))


# First run


@pytest.fixture
def first_run(monkeypatch: Any) -> None:
    monkeypatch.setattr(FirstRun, "begun", False)


SET_UP = {
    "name": "Olu",
    "email": "olu@example.org",
    "password": "a quiet lamp at night",
    "organisation": "Lamp",
    "kind": "practice",
}


def test_an_empty_installation_leads_to_its_set_up_and_afterwards_there_is_none(
    client: Any, first_run: Any
) -> None:
    assert client.get(reverse("account_login")).url == reverse("people:setup")
    assert client.post(reverse("people:setup"), SET_UP).url == reverse("account_login")
    assert User.objects.get().is_superuser and Organisation.objects.get().name == "Lamp"
    assert client.get(reverse("account_login")).status_code == 200
    for method in (client.get, client.post):
        assert method(reverse("people:setup"), SET_UP).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"email": "no"}, {"password": "short"}, {"password": "olu@example.org"}, {"name": ""}],
)
def test_a_set_up_with_a_mistake_keeps_what_was_typed(client: Any, wrong: Any) -> None:
    page = client.post(reverse("people:setup"), SET_UP | wrong)
    assert page.status_code == 422 and not User.objects.exists()
    assert b"Lamp" in page.content


def test_a_new_person_says_their_situation_and_has_a_record(client: Any) -> None:
    client.force_login(make.user("nora"))
    assert client.get(reverse("people:helpers")).url == reverse("people:start")
    page = client.post(reverse("people:start"), {"name": "Nora", "packaging": "career_centre"})
    assert page.status_code == 302
    assert Client.objects.get().packaging == "career_centre"
    twice = client.post(reverse("people:start"), {"name": "Nora", "packaging": "career_centre"})
    assert twice.status_code == 302 and Client.objects.count() == 1


def test_somebody_who_only_helps_needs_no_record(client: Any) -> None:
    client.force_login(make.user("carl"))
    assert client.get(reverse("people:helping")).status_code == 200
    assert not Client.objects.exists()


# Settings and keys


def settings_of(user: Any, **changed: Any) -> Any:
    return {
        "name": user.name,
        "timezone": "Europe/Berlin",
        "theme": "dark",
        **changed,
    }


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
    ],
)
def test_settings_are_kept_and_a_city_is_enough(
    client: Any, amira: Any, typed: Any, kept: Any
) -> None:
    page = client.post(reverse("people:settings"), settings_of(amira.user, timezone=typed))
    assert page.status_code == 302
    amira.user.refresh_from_db()
    assert (amira.user.timezone, amira.user.theme) == (kept, "dark")


@pytest.mark.parametrize("wrong", [{"timezone": "Atlantis"}, {"theme": "pink"}, {"name": ""}])
def test_settings_that_cannot_be_are_refused_and_change_nothing(
    client: Any, amira: Any, wrong: Any
) -> None:
    page = client.post(reverse("people:settings"), settings_of(amira.user, **wrong))
    assert page.status_code == 422
    amira.user.refresh_from_db()
    assert amira.user.timezone == "UTC"


def test_the_language_of_the_settings_is_the_language_of_the_page(
    client: Any, amira: Any, german: str
) -> None:
    client.post(reverse("people:settings"), settings_of(amira.user, locale=german))
    assert client.get(reverse("people:settings")).headers["Content-Language"] == german
    page = client.post(reverse("people:settings"), settings_of(amira.user, locale="xx"))
    assert page.status_code == 422


def test_only_a_language_that_the_interface_speaks_is_offered(client: Any, amira: Any) -> None:
    page = client.get(reverse("people:settings"))
    assert 'name="locale"' not in page.content.decode()
    client.post(reverse("people:settings"), settings_of(amira.user, locale="de"))
    amira.user.refresh_from_db()
    assert amira.user.locale == "en"


def test_what_new_items_start_as_can_be_kept_private(client: Any, amira: Any) -> None:
    page = client.post(
        reverse("people:record-settings"), {"packaging": "coached", "starting_class": "V0"}
    )
    assert page.status_code == 302
    amira.refresh_from_db()
    assert amira.starting_class == "V0"
    wrong = client.post(
        reverse("people:record-settings"), {"packaging": "x", "starting_class": "V2"}
    )
    assert wrong.status_code == 422


def test_a_key_is_shown_once_and_revoked_by_its_owner_alone(client: Any, amira: Any) -> None:
    fields: Any = {"name": "My script", "scopes": ["read", "write:plan"], "days": "90"}
    page = client.post(reverse("people:tokens"), fields)
    secret = first(r"cw_[\w-]{40,}", page.content.decode(), 0)
    token = ApiToken.objects.get()
    assert token.scopes == ["read", "write:plan"] and secret not in str(vars(token))
    assert "no-store" in page.headers["Cache-Control"]
    assert secret.encode() not in client.get(reverse("people:tokens")).content
    eve = browser_of(make.user("eve"), client)
    assert eve.post(reverse("people:token-revoke", args=[token.pk])).status_code == 404
    client.post(reverse("people:token-revoke", args=[token.pk]))
    token.refresh_from_db()
    assert token.revoked_at


def test_a_key_without_a_purpose_is_refused(client: Any, amira: Any) -> None:
    page = client.post(reverse("people:tokens"), {"name": "", "scopes": ["root"]})
    assert page.status_code == 422 and not ApiToken.objects.exists()


def test_the_security_log_is_ones_own_and_can_be_checked(client: Any, amira: Any) -> None:
    for _n in range(60):
        actions.audit(actor=amira.user, verb="sign_in", stream=amira.user.pk, at=now())
    actions.audit(actor=None, verb="sign_in.burst", stream=make.user("eve").pk, at=now())
    page = client.get(reverse("people:trail"))
    assert page.content.count(b"Signed in") == 50 and b"Many wrong" not in page.content
    older = client.get(reverse("people:trail"), {"after": page.context["after"]})
    assert older.content.count(b"Signed in") == 10
    assert b"The log is complete" in client.get(reverse("people:trail"), {"check": "1"}).content
    assert client.get(reverse("people:trail"), {"after": "nonsense"}).status_code == 200


# Asking, answering, ending


ASK = {"name": "Carl", "email": "carl@example.org", "relation": "coach"}


def ask(client: Any, **changed: Any) -> Any:
    page = client.post(reverse("people:helper-invite"), ASK | changed)
    return page, Message.objects.filter(address=(ASK | changed)["email"]).last()


def path_in(message: Message) -> Any:
    return first(r"(/people/invitation/\S+/)", message.text, 1)


def test_the_page_to_ask_says_what_each_relation_opens(client: Any, amira: Any) -> None:
    text = client.get(reverse("people:helper-invite")).content.decode()
    for words in ("They never see this", "your contacts", "read only the text that you release"):
        assert words in text


def test_a_link_shows_a_button_and_only_a_press_moves_on(client: Any, amira: Any) -> None:
    _page, message = ask(client)
    carl = make.user("carl")
    visitor = client.__class__()
    for _ in range(3):
        seen = visitor.get(path_in(message))
        assert seen.status_code == 200 and amira.name.encode() not in seen.content
        # The address stays with us; stricter still, and browsers would send the form from nowhere.
        assert seen.headers["Referrer-Policy"] == "same-origin"
    assert not Relationship.objects.exists()
    page = visitor.post(path_in(message), follow=True)
    assert path_in(message) not in page.redirect_chain[-1][0], "the secret has left the address"
    assert b"Make an account" in page.content and amira.name.encode() in page.content
    visitor.force_login(carl)
    visitor.post(path_in(message))
    done = visitor.post(reverse("people:invitation-accept"), follow=True)
    assert done.status_code == 200 and b"You now help Amira" in done.content
    assert Relationship.objects.get().consented_at
    again = visitor.get(path_in(message))
    assert again.status_code == 410 and b"works once" in again.content


def test_a_visitor_who_presses_yes_is_asked_to_sign_in(client: Any, amira: Any) -> None:
    _page, message = ask(client)
    visitor = client.__class__()
    visitor.post(path_in(message))
    assert "login" in visitor.post(reverse("people:invitation-accept")).url


def test_a_forwarded_link_is_explained_and_opens_nothing(client: Any, amira: Any) -> None:
    _page, message = ask(client)
    eve = browser_of(make.user("eve"), client)
    page = eve.post(path_in(message), follow=True)
    assert b"sent to another address" in page.content
    assert eve.post(reverse("people:invitation-accept")).status_code == 409
    assert not Relationship.objects.exists()


@pytest.mark.parametrize(
    "token", ["x", "a" * 3000, "00000000-0000-0000-0000-000000000000." + "b" * 32, "%00"]
)
def test_a_guessed_or_cut_off_link_is_answered_kindly(client: Any, token: Any) -> None:
    page = client.get(f"/people/invitation/{token}/")
    assert page.status_code == 404 and b"from the mail once more" in page.content


def test_links_that_are_over_say_so(client: Any, amira: Any) -> None:
    _page, message = ask(client)
    Invitation.objects.update(expires_at=now() - timedelta(days=1))
    page = client.get(path_in(message))
    assert page.status_code == 410 and b"too old" in page.content
    client.post(reverse("people:invitation-cancel", args=[Invitation.objects.get().pk]))
    assert b"taken back" in client.get(path_in(message)).content


def test_declining_needs_no_account(client: Any, amira: Any) -> None:
    _page, message = ask(client)
    visitor = client.__class__()
    visitor.post(path_in(message))
    page = visitor.post(reverse("people:invitation-decline"))
    assert page.status_code == 200 and Invitation.objects.get().declined_at
    assert visitor.post(reverse("people:invitation-decline")).status_code == 404


def test_pressing_twice_sends_one_invitation(client: Any, amira: Any) -> None:
    ask(client)
    ask(client)
    assert Invitation.objects.count() == 1 and Message.objects.count() == 1


def test_the_page_does_not_say_whether_an_address_has_an_account(client: Any, amira: Any) -> None:
    make.user("known")
    one, _message = ask(client, email="known@example.org")
    other, _message = ask(client, email="nobody@example.org")
    assert (one.status_code, one.url) == (other.status_code, other.url)


def test_very_many_invitations_are_slowed_down(client: Any, amira: Any) -> None:
    for n in range(60):
        assert ask(client, email=f"p{n}@example.org")[0].status_code == 302
    assert ask(client, email="p61@example.org")[0].status_code == 409
    assert Invitation.objects.count() == 60


def test_only_who_sent_an_invitation_renews_or_cancels_it(client: Any, amira: Any) -> None:
    ask(client)
    invitation = Invitation.objects.get()
    eve = browser_of(person("eve").user, client)
    for name in ("people:invitation-renew", "people:invitation-cancel"):
        assert eve.post(reverse(name, args=[invitation.pk])).status_code == 404
    client.post(reverse("people:invitation-renew", args=[invitation.pk]))
    assert Message.objects.filter(address="carl@example.org").count() == 2


def pending(amira: Any, kind: Relation = Relation.COACH, name: str = "carl") -> Relationship:
    user = User.objects.filter(email=f"{name}@example.org").first() or make.user(name)
    return Relationship.objects.create(
        client=amira, user=user, kind=kind, accepted_at=now(), created_by=user, created_at=now()
    )


def test_the_client_reads_what_a_request_would_open_and_decides(client: Any, amira: Any) -> None:
    bond = pending(amira)
    assert b"asks to help you" in client.get(reverse("people:helpers")).content
    page = client.get(reverse("people:relationship", args=[bond.pk]))
    assert b"I agree" in page.content and b"They never see this" in page.content
    client.post(reverse("people:relationship-answer", args=[bond.pk]), {"decision": "yes"})
    bond.refresh_from_db()
    assert bond.consented_at


def test_no_means_no_and_nothing_at_all_means_not_yet(client: Any, amira: Any) -> None:
    bond = pending(amira)
    client.post(reverse("people:relationship-answer", args=[bond.pk]), {"decision": "maybe"})
    bond.refresh_from_db()
    assert not bond.consented_at and not bond.ended_at
    client.post(reverse("people:relationship-answer", args=[bond.pk]), {"decision": "no"})
    bond.refresh_from_db()
    assert bond.ended_at and bond.ended_by == "client"


def test_nobody_consents_in_the_clients_place(client: Any, amira: Any) -> None:
    bond = pending(amira)
    carl = browser_of(bond.user, client)
    assert b"I agree" not in carl.get(reverse("people:relationship", args=[bond.pk])).content
    page = carl.post(reverse("people:relationship-answer", args=[bond.pk]), {"decision": "yes"})
    assert page.status_code == 404
    eve = browser_of(person("eve").user, client)
    for method in (eve.get, eve.post):
        assert method(reverse("people:relationship", args=[bond.pk])).status_code in {404, 405}
    assert eve.post(reverse("people:relationship-end", args=[bond.pk])).status_code == 404


def test_a_coach_who_is_let_in_cannot_let_in_another_request_of_theirs(
    client: Any, amira: Any
) -> None:
    carl = make.helper(amira, "carl", Relation.COACH)
    bond = pending(amira, Relation.MENTOR)
    page = browser_of(carl, client).post(
        reverse("people:relationship-answer", args=[bond.pk]), {"decision": "yes"}
    )
    bond.refresh_from_db()
    assert page.status_code in {403, 404} and not bond.consented_at


def test_two_roles_that_do_not_go_together_are_a_choice(client: Any, amira: Any) -> None:
    make.helper(amira, "sina", Relation.SPONSOR)
    bond = pending(amira, Relation.COACH, "sina")
    page = client.get(reverse("people:relationship", args=[bond.pk]))
    assert b"Please pick one" in page.content
    url = reverse("people:relationship-answer", args=[bond.pk])
    assert client.post(url, {"decision": "yes"}).status_code == 409
    client.post(url, {"decision": "instead"})
    open_now = Relationship.objects.filter(ended_at__isnull=True).values_list("kind", flat=True)
    assert list(open_now) == ["coach"]


def test_a_record_started_for_somebody_is_claimed_from_the_mail(client: Any) -> None:
    carl = make.user("carl")
    client.force_login(carl)
    fields: Any = {"name": "Ben", "email": "ben@example.org", "relation": "coach"}
    assert client.post(reverse("people:client-invite"), fields).status_code == 302
    assert client.post(reverse("people:client-invite"), fields).status_code == 302
    assert Client.objects.count() == 1
    listed = client.get(reverse("people:helping"))
    assert b"Asked, not answered yet" in listed.content and b"Ben" in listed.content
    message = Message.objects.get(address="ben@example.org")
    ben = make.user("ben")
    browser = browser_of(ben, client)
    page = browser.post(path_in(message), follow=True)
    assert b"A record of your own" in page.content and b"Take it over" in page.content
    browser.post(reverse("people:invitation-accept"))
    assert Client.objects.get().user == ben
    assert b"asks to help you" in browser.get(reverse("people:helpers")).content
    assert (
        client.get(reverse("evidence:profile-of", args=[Client.objects.get().pk])).status_code
        == 404
    )


def test_a_claim_with_a_record_of_ones_own_says_what_happens(client: Any) -> None:
    ben = person("ben")
    carl = make.user("carl")
    _started, token = actions.invite_client(
        actor=carl, name="Ben", email="ben@example.org", at=now()
    )
    Goal.objects.create(title="imported", client=_started, created_at=now())
    browser = browser_of(ben.user, client)
    page = browser.post(reverse("people:invitation", args=[token]), follow=True)
    assert b"You have a record already" in page.content
    page = browser.post(reverse("people:invitation-accept"), follow=True)
    assert b"not empty" in page.content and Client.objects.count() == 2
    browser.post(reverse("people:invitation-accept"), {"decision": "discard"})
    assert Client.objects.get() == ben and Relationship.objects.get().client == ben


def test_a_coach_takes_a_request_back(client: Any) -> None:
    carl = make.user("carl")
    actions.invite_client(actor=carl, name="Ben", email="ben@example.org", at=now())
    bond = Relationship.objects.get()
    eve = browser_of(make.user("eve"), client)
    assert eve.post(reverse("people:withdraw", args=[bond.pk])).status_code == 404
    browser_of(carl, client).post(reverse("people:withdraw", args=[bond.pk]))
    assert not Client.objects.exists()


# The list of people one helps


def test_the_list_has_names_relations_and_the_last_step_that_may_be_seen(
    client: Any, amira: Any
) -> None:
    carl = make.helper(amira, "carl", Relation.COACH)
    actions.note(actor=None, client=amira, kind="goal.activated", at=now(), visibility="V1")
    actions.note(actor=None, client=amira, kind="practice.logged", at=now() + timedelta(1))
    page = browser_of(carl, client).get(reverse("people:helping"))
    text = page.content.decode()
    assert "Amira" in text and "Coach" in text and "Started a goal" in text
    assert "Logged practice" not in text, "that step is the client's alone"
    assert reverse("evidence:profile-of", args=[amira.pk]) in text


def test_the_list_teaches_where_it_is_empty_and_finds_people_by_name(
    client: Any, amira: Any
) -> None:
    carl = make.user("carl")
    browser = browser_of(carl, client)
    assert b"Invite somebody" in browser.get(reverse("people:helping")).content
    for name in ("anna", "Bela", "cleo"):
        bond(person(name), carl)
    found = browser.get(reverse("people:helping"), {"q": "BEL"})
    assert b"Bela" in found.content and b"Anna" not in found.content
    none = browser.get(reverse("people:helping"), {"q": "<script>"})
    assert none.status_code == 200 and b"<script>\xe2" not in none.content


def bond(owner: Client, user: User, kind: str = "coach") -> Relationship:
    return Relationship.objects.create(
        client=owner,
        user=user,
        kind=kind,
        created_at=now(),
        accepted_at=now(),
        consented_at=now(),
    )


def many_clients(user: User, number: int) -> None:
    clients = Client.objects.bulk_create(
        Client(name=f"Person {n:05}", created_at=make.NOW) for n in range(number)
    )
    Relationship.objects.bulk_create(
        Relationship(
            client=one,
            user=user,
            kind="coach",
            created_at=make.NOW,
            accepted_at=make.NOW,
            consented_at=make.NOW,
        )
        for one in clients
    )
    Event.objects.bulk_create(
        Event(client=one, kind="goal.activated", visibility="V1", created_at=make.NOW)
        for one in clients
    )


@pytest.mark.parametrize("number", [10, 10_000])
def test_the_list_asks_the_same_few_questions_for_ten_people_and_for_ten_thousand(
    client: Any, django_assert_max_num_queries: Any, number: Any
) -> None:
    carl = make.user("carl")
    many_clients(carl, number)
    client.force_login(carl)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("people:helping"))
    assert page.content.count(b"Started a goal") == min(number, 25)


def test_paging_through_the_list_shows_everybody_once(client: Any) -> None:
    carl = make.user("carl")
    many_clients(carl, 60)
    client.force_login(carl)
    seen, after = [], ""
    while True:
        page = client.get(reverse("people:helping"), {"after": after} if after else {})
        seen += re.findall(r"Person \d{5}", page.content.decode())
        after = page.context["after"]
        if not after:
            break
    assert seen == [f"Person {n:05}" for n in range(60)]
    assert client.get(reverse("people:helping"), {"after": "nonsense"}).status_code == 200


# Sharing


def test_sharing_an_item_from_its_page_and_taking_it_back(client: Any, amira: Any) -> None:
    max_ = make.helper(amira, "max", Relation.MENTOR)
    item = goal(amira)
    url = reverse("people:share", args=["goals", item.pk])
    page = client.get(url)
    assert b"Speak up" in page.content and b"Max (Mentor)" in page.content
    for _ in range(2):  # a second press
        client.post(url, {"reader": str(max_.pk)})
    assert Share.objects.count() == 1
    reader = browser_of(max_, client)
    shared = reader.get(reverse("people:shared-item", args=[Share.objects.get().pk]))
    assert b"Speak up" in shared.content
    client.post(reverse("people:unshare", args=[Share.objects.get().pk]))
    gone = reader.get(reverse("people:shared-item", args=[Share.objects.get().pk]))
    assert gone.status_code == 404


def test_reading_a_shared_item_writes_nothing_until_the_page_says_it_is_open(
    client: Any, amira: Any
) -> None:
    max_ = make.helper(amira, "max", Relation.MENTOR)
    share = actions.share(
        actor=amira.user, thing=Thing.GOALS, row=goal(amira), reader=max_, at=now()
    )
    reader = browser_of(max_, client)
    page = reader.get(reverse("people:shared-item", args=[share.pk]))
    assert b'hx-trigger="load"' in page.content
    share.refresh_from_db()
    assert share.opened_at is None
    answer = reader.post(reverse("people:opened", args=[share.pk]), headers={"HX-Request": "true"})
    assert answer.status_code == 200 and answer.content == b""
    share.refresh_from_db()
    assert share.opened_at
    assert b"opened on" in client.get(reverse("people:shares")).content
    assert client.post(reverse("people:opened", args=[share.pk])).status_code == 404


def test_the_share_page_is_the_owners_alone(client: Any, amira: Any) -> None:
    carl = make.helper(amira, "carl", Relation.COACH)
    item = goal(amira, "V1")
    url = reverse("people:share", args=["goals", item.pk])
    for user in (carl, make.user("eve")):
        browser = browser_of(user, client)
        assert browser.get(url).status_code == 404
        assert browser.post(url, {"reader": str(carl.pk)}).status_code == 404
        assert (
            browser.post(
                reverse("people:share-class", args=["goals", item.pk]), {"visibility": "V0"}
            ).status_code
            == 404
        )
    share = actions.share(actor=amira.user, thing=Thing.GOALS, row=item, reader=carl, at=now())
    assert (
        browser_of(person("eva").user, client)
        .post(reverse("people:unshare", args=[share.pk]))
        .status_code
        == 404
    )


@pytest.mark.parametrize("thing", ["goals", "nonsense", "record", "coach_notes", "%00"])
def test_an_item_that_is_not_there_is_not_found(client: Any, amira: Any, thing: Any) -> None:
    nothing = "01890000-0000-7000-8000-000000000000"
    assert client.get(f"/people/share/{thing}/{nothing}/").status_code == 404
    assert client.get(f"/people/who/{thing}/{nothing}/").status_code == 404


def test_sharing_with_somebody_made_up_is_refused(client: Any, amira: Any) -> None:
    make.helper(amira, "max", Relation.MENTOR)
    item = goal(amira)
    url = reverse("people:share", args=["goals", item.pk])
    for reader in ("", "x", str(make.user("eve").pk), "\x00"):
        assert client.post(url, {"reader": reader}).status_code == 422
    assert not Share.objects.exists()


def test_opening_an_item_to_the_pair_and_keeping_it_back(client: Any, amira: Any) -> None:
    item = goal(amira)
    url = reverse("people:share-class", args=["goals", item.pk])
    page = client.post(url, {"visibility": "V1"}, follow=True)
    item.refresh_from_db()
    assert item.visibility == Visibility.PAIR and b"cannot unread" in page.content
    client.post(url, {"visibility": "V4"})
    item.refresh_from_db()
    assert item.visibility == Visibility.PAIR
    client.post(url, {"visibility": "V0"})
    assert list(ShareEvent.objects.values_list("kind", flat=True)) == ["widened", "narrowed"]


def test_who_can_see_this_is_a_page_and_a_fragment(client: Any, amira: Any) -> None:
    make.helper(amira, "carl", Relation.COACH)
    item = goal(amira, "V1")
    url = reverse("people:who", args=["goals", item.pk])
    assert b"Carl" in client.get(url).content
    fragment = client.get(url, headers={"HX-Request": "true"})
    assert b"Carl" in fragment.content and b"<html" not in fragment.content
    item.visibility = "V0"
    item.save()
    assert b"Carl" not in client.get(url).content


def test_the_log_of_shares_pages_and_asks_little(
    client: Any, amira: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(130):
        ShareEvent.objects.create(
            kind="made", thing="goals", item=goal(amira).pk, title=f"g{n}", **make.about(amira)
        )
    with django_assert_max_num_queries(12):
        page = client.get(reverse("people:shares"))
    assert page.content.count(b"log__entry") == 50
    assert client.get(reverse("people:shares"), {"after": page.context["after"]}).status_code == 200


# Refusals stand in the log


def test_asking_for_somebody_elses_record_stands_in_its_log_once_an_hour(
    client: Any, amira: Any
) -> None:
    eve = person("eve")
    for _ in range(3):
        assert client.get(reverse("people:who", args=["goals", goal(eve).pk])).status_code == 404
    carl = make.user("carl")
    browser = browser_of(carl, client)
    for _ in range(3):
        found = browser.get(reverse("evidence:profile-of", args=[amira.pk]))
        assert found.status_code == 404
    refused = AuditEntry.objects.filter(stream=amira.pk, verb="access.refused")
    assert refused.count() == 1 and refused.get().actor == carl.pk
    nothing = "01890000-0000-7000-8000-000000000000"
    assert browser.get(reverse("evidence:profile-of", args=[nothing])).status_code == 404
    assert not AuditEntry.objects.filter(stream=nothing).exists()


# Organisations


def test_founding_inviting_joining_changing_and_leaving(client: Any, amira: Any) -> None:
    page = client.post(reverse("people:organisations"), {"name": "Lamp", "kind": "practice"})
    home = Organisation.objects.get()
    assert page.url == reverse("people:organisation", args=[home.pk])
    invite: Any = {"email": "m@example.org", "role": "coach"}
    for _ in range(2):
        client.post(reverse("people:member-invite", args=[home.pk]), invite)
    assert Membership.objects.filter(email="m@example.org").count() == 1
    path = first(r"(/people/join/\S+/)", Message.objects.get(address="m@example.org").text, 1)
    member = make.user("m")
    browser = client.__class__()
    assert b"Make an account" in browser.get(path).content
    eve = browser_of(make.user("eve"), client)
    assert b"another address" in eve.get(path).content
    assert eve.post(path).status_code == 409
    browser.force_login(member)
    browser.post(path)
    assert browser.get(path).status_code == 410
    place = Membership.objects.get(user=member)
    assert place.role == "coach"
    assert browser.get(reverse("people:organisation", args=[home.pk])).status_code == 404
    change = reverse("people:member", args=[home.pk, place.pk])
    assert browser.post(change, {"role": "owner"}).status_code == 404
    client.post(change, {"role": "admin"})
    place.refresh_from_db()
    assert place.role == "admin"
    browser.post(reverse("people:leave", args=[place.pk]))
    place.refresh_from_db()
    assert place.ended_at
    last = Membership.objects.get(user=amira.user)
    assert client.post(reverse("people:leave", args=[last.pk])).status_code == 409


def test_the_role_of_the_page_is_always_in_the_header(client: Any, amira: Any) -> None:
    assert b"Client" in chip(client.get(reverse("people:helpers")))
    assert b"Helper" in chip(client.get(reverse("people:helping")))
    assert b"Organisation" in chip(client.get(reverse("people:organisations")))
    carl = make.helper(amira, "carl", Relation.COACH)
    page = browser_of(carl, client).get(reverse("evidence:profile-of", args=[amira.pk]))
    if page.status_code == 200 and b"role-chip" in page.content:
        assert b"Coach" in chip(page)


def chip(page: Any) -> Any:
    return first(rb'role-chip__text">([\s\S]*?)</span>\s*</?', page.content, 1)


# Whatever is typed


FORMS: dict[str, Any] = {
    "people:settings": ("name", {"timezone": "UTC", "theme": "dark"}),
    "people:helper-invite": ("name", {"email": "c@example.org", "relation": "coach"}),
    "people:client-invite": ("name", {"email": "c@example.org", "relation": "coach"}),
    "people:organisations": ("name", {"kind": "practice"}),
    "people:tokens": ("name", {"scopes": ["read"], "days": "0"}),
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
@pytest.mark.parametrize("name", FORMS)
def test_whatever_is_typed_is_kept_as_text_or_explained(
    client: Any, amira: Any, name: Any, text: Any
) -> None:
    field, rest = FORMS[name]
    page = client.post(reverse(name), rest | {field: text}, follow=True)
    assert page.status_code in {200, 422}
    assert b"<script>alert" not in page.content
    if page.status_code == 422:
        assert page.context["form"].errors[field]


@pytest.mark.parametrize("name", FORMS)
def test_an_empty_form_and_wrong_types_are_explained(client: Any, amira: Any, name: Any) -> None:
    for wrong in ({}, {"name": ["a", "b"], "email": ["x"], "relation": "boss", "kind": "x"}):
        page = client.post(reverse(name), wrong)
        assert page.status_code == 422 and page.context["form"].errors


PAGES = [
    "people:settings",
    "people:security",
    "people:trail",
    "people:tokens",
    "people:helpers",
    "people:helper-invite",
    "people:helping",
    "people:client-invite",
    "people:shared",
    "people:shares",
    "people:organisations",
]


@pytest.mark.parametrize("name", PAGES)
def test_each_page_asks_little_writes_nothing_and_needs_a_sign_in(
    client: Any, amira: Any, name: Any, django_assert_max_num_queries: Any
) -> None:
    assert client.__class__().get(reverse(name)).status_code == 302
    with django_assert_max_num_queries(12) as asked:
        assert client.get(reverse(name)).status_code == 200
    written = [one["sql"] for one in asked.captured_queries if is_write(one["sql"])]
    assert written == []


def is_write(sql: str) -> bool:
    return sql.lstrip().split(" ")[0].upper() in {"INSERT", "UPDATE", "DELETE"}
